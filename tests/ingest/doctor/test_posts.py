"""Posts, and texts that are alike."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.doctor.conftest import NOW, Examined, unwell
from zhiyin.core.records import Post
from zhiyin.ingest.doctor.alike_texts import SHINGLE, alike_pairs
from zhiyin.ingest.doctor.impressions import impressions
from zhiyin.store.attribution import Attribution

PRAISE = (
    "I bought this for my mother and she has worn it every single day since, so warm and so soft."
)


def posts(n: int, **fields: Any) -> list[Post]:
    told = {"item": "i1", "rating": 5.0, "time": NOW - timedelta(days=1), **fields}
    return [
        Post(f"x{k}", **{"user": f"u{k}", "text": f"{k * 7919:x} z {k}", **told}) for k in range(n)
    ]


@pytest.mark.parametrize(
    ("check", "planted", "found"),
    [
        ("posts.copied", posts(4, text=PRAISE), 4),
        ("posts.empty", posts(15, text=" "), 15),
        ("posts.mojibake", posts(2, text="trÃ¨s bon, merci beaucoup"), 2),
        ("posts.unrated", posts(250, rating=None), 250),
        ("posts.dominant", posts(30, user="u1"), 32),
    ],
)
def test_posts(examined: Examined, check: str, planted: list[Post], found: int) -> None:
    finding = examined(planted)[check]
    assert (finding.status, finding.found) == ("WARN", found)
    assert finding.examples


def test_nearly_copied_texts_are_found_with_their_authors(examined: Examined) -> None:
    texts = [PRAISE, PRAISE.upper() + "!!", PRAISE.replace("warm", "WARM,"), PRAISE[:-5]]
    planted = [
        Post(f"x{n}", f"u{n}", "i1", text=text, rating=5.0, time=NOW)
        for n, text in enumerate(texts)
    ]
    found = examined(planted)["posts.copied"]
    assert found.found == 4
    [group] = found.examples
    assert (group["copies"], group["authors"], group["items"], group["person"]) == (4, 4, 1, "u0")


def test_short_texts_and_one_author_s_two_reviews_of_an_item_are_no_copies(
    examined: Examined,
) -> None:
    short = posts(9, text="Very good!")
    own = [Post(f"y{n}", "u1", "i1", text=PRAISE, rating=5.0, time=NOW) for n in range(5)]
    assert unwell(examined(short, own)) == {}


def jaccard(one: str, other: str) -> float:
    sets = [{t[n : n + SHINGLE] for n in range(len(t) - SHINGLE + 1)} for t in (one, other)]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


def test_pairs_are_those_of_comparing_all_with_all() -> None:
    rng = np.random.default_rng(3)
    texts = ["".join(rng.choice(list("abcdefghijklmnop "), 200)) for _ in range(60)]
    texts += [text[:195] + "#####" for text in texts[:20]]  # likeness 0.95
    texts += [text[:100] + "#" * 100 for text in texts[20:40]]  # likeness about 0.33
    likeness = {(a, b): jaccard(texts[a], texts[b]) for b in range(100) for a in range(b)}
    wanted = {pair for pair, alike in likeness.items() if alike >= 0.9}
    assert wanted == {(n, n + 60) for n in range(20)}
    found = {tuple(pair) for pair in alike_pairs(texts, likeness=0.85).tolist()}
    assert len(found & wanted) >= 19
    assert found <= wanted


@given(st.lists(st.text(min_size=SHINGLE, max_size=30), max_size=12))
def test_equal_texts_are_always_found(texts: list[str]) -> None:
    pairs = alike_pairs(texts)
    assert all(0 <= a < b < len(texts) for a, b in pairs.tolist())
    later = {b for _, b in pairs.tolist()}
    assert all(place in later for place, text in enumerate(texts) if text in texts[:place])


def test_requests_that_lead_nowhere() -> None:
    counts = Attribution(impressions=9, events=100, joined=90, unknown_request=6, other_person=4)
    found = impressions(counts)
    assert (found.status, found.found, found.of) == ("WARN", 10, 100)
    assert [row["events"] for row in found.examples] == [6, 4]
    assert (
        impressions(Attribution(impressions=9, events=100, joined=95, not_on_page=5)).status
        == "PASS"
    )
    assert impressions(Attribution(events=100, unknown_request=100)).status == "PASS"
