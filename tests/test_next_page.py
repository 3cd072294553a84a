"""Tokens of the next page: nothing repeats, and a token is good for one list, one shop and one day."""

from __future__ import annotations

import base64
import json
import stat
import subprocess
import sys

import pytest
from pydantic import SecretStr

from zhiyin import Event, Settings, Shop
from zhiyin.core import Kind, Page, PageItem, Query, Ref
from zhiyin.errors import ExpiredToken, InvalidToken, SettingsError
from zhiyin.next_page import MOST_SHOWN, NextPages

HOUR = 3600
ITEMS = [Ref(Kind.ITEM, number) for number in range(MOST_SHOWN + 100)]


def made(query):
    """A shop of items in the order of their numbers."""
    seen = set() if query.shown is None else query.shown.numbers[Kind.ITEM]
    left = [ref for ref in ITEMS if ref.number not in seen][: query.n]
    return Page("r", tuple(PageItem(ref, 1.0) for ref in left))


class Clock:
    now = 1_800_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def pages(tmp_path, clock):
    return NextPages(Settings.load(tmp_path), made, clock)


def numbers(page):
    return [item.ref.number for item in page.items]


def test_a_list_goes_on_where_it_was_and_may_change_its_length(pages):
    first = pages.page(Query(n=3), None, "home", "an")
    second = pages.page(Query(n=2), first.next, "home", "an")
    third = pages.page(Query(n=4), second.next, "home", "an")
    assert [numbers(one) for one in (first, second, third)] == [[0, 1, 2], [3, 4], [5, 6, 7, 8]]
    assert numbers(pages.page(Query(n=2), first.next, "home", "an")) == [3, 4]  # again, the same


def test_a_list_ends_where_nothing_is_left_or_too_much_was_shown(pages):
    assert pages.page(Query(n=len(ITEMS) + 1), None, "home").next is None
    assert pages.page(Query(n=MOST_SHOWN), None, "home").next is not None
    assert pages.page(Query(n=MOST_SHOWN + 1), None, "home").next is None


def test_a_token_is_short_and_says_nothing_of_the_person(pages):
    token = pages.page(Query(n=10), None, "home", "an@example.com").next
    assert len(token) < 80
    assert b"an@example" not in base64.urlsafe_b64decode(token + "==")


@pytest.mark.parametrize("asked", [("home", "bo"), ("hot", "an"), ("home", None), ("home",)])
def test_a_token_of_another_list_is_refused(pages, asked):
    token = pages.page(Query(n=2), None, "home", "an").next
    with pytest.raises(InvalidToken, match="of another list") as raised:
        pages.page(Query(n=2), token, *asked)
    assert raised.value.where == "after"
    assert raised.value.expected
    assert raised.value.next_step


def test_a_token_holds_for_a_day(pages, clock):
    token = pages.page(Query(n=2), None, "home").next
    clock.now += 24 * HOUR
    assert pages.page(Query(n=2), token, "home").items
    clock.now += 1
    with pytest.raises(ExpiredToken, match="24 hours"):
        pages.page(Query(n=2), token, "home")


def test_every_changed_character_is_noticed(pages):
    token = pages.page(Query(n=2), None, "home").next
    for at in range(len(token) - 1):  # the last may hold bits of padding
        other = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        with pytest.raises(InvalidToken):
            pages.page(Query(n=2), other, "home")


@pytest.mark.parametrize("token", ["", "nonsense", "é", "A" * 8000, "=", "a b", "\0"])
def test_nonsense_is_refused(pages, token):
    with pytest.raises(InvalidToken, match="gave no such token"):
        pages.page(Query(n=2), token, "home")


def test_another_shop_refuses_it_and_another_worker_of_this_one_does_not(pages, tmp_path):
    token = pages.page(Query(n=2), None, "home").next
    worker = NextPages(Settings.load(tmp_path), made)
    assert numbers(
        NextPages(Settings.load(tmp_path), made, Clock()).page(Query(n=2), token, "home")
    )
    assert worker  # its clock is the machine's own
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(InvalidToken):
        NextPages(Settings.load(other), made, Clock()).page(Query(n=2), token, "home")


def test_one_secret_signs_for_two_machines_of_one_shop_and_for_no_other_shop(tmp_path, clock):
    def machine(name, url):
        settings = Settings.load(tmp_path / name)
        api = settings.api.model_copy(update={"next_page_key": SecretStr("s" * 16)})
        store = settings.store.model_copy(update={"url": url})
        return NextPages(settings.model_copy(update={"api": api, "store": store}), made, clock)

    token = machine("a", "postgresql://db/one").page(Query(n=2), None, "home").next
    assert machine("b", "postgresql://db/one").page(Query(n=2), token, "home").items
    with pytest.raises(InvalidToken):
        machine("b", "postgresql://db/two").page(Query(n=2), token, "home")
    assert not (tmp_path / "a").exists()


def test_the_key_is_its_owner_s_alone_and_a_damaged_one_is_named(pages, tmp_path):
    pages.page(Query(n=2), None, "home")
    [file] = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_bytes(b"short")
    with pytest.raises(SettingsError, match="damaged"):
        NextPages(Settings.load(tmp_path), made)


def test_workers_that_start_together_agree_on_a_key(tmp_path):
    code = (
        "import sys; from pathlib import Path; from zhiyin.next_page import _kept_key\n"
        "print(_kept_key(Path(sys.argv[1])).hex())"
    )
    words = [sys.executable, "-c", code, tmp_path / "key"]
    started = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert len({one.communicate()[0] for one in started}) == 1
    assert [one.returncode for one in started] == [0] * 4


def test_what_happens_between_two_pages_repeats_nothing(shop):
    basket = [f"i{number}" for number in range(30)]
    shop.record(
        [
            Event(f"u{p}", basket[(p + step) % 30], "purchase")
            for p in range(30)
            for step in range(6)
        ]
    )
    shop.train()
    listed, after = [], None
    for turn in range(20):
        page = shop.recommend("u0", n=4, after=after)
        listed += [item.ref.number for item in page.items]
        shop.record(
            [Event("u0", basket[(7 * turn) % 30], "click"), Event("u0", f"new{turn}", "view")]
        )
        if turn == 2:
            shop.train()
        if (after := page.next) is None:
            break
    assert len(set(listed)) == len(listed) >= 25


def test_a_page_s_log_holds_what_it_takes_to_ask_again(shop):
    shop.record(
        [Event(f"u{p}", f"i{i}", "purchase") for p in range(9) for i in range(9) if (p + i) % 3]
    )
    shop.train()
    first = shop.recommend("u1", n=2)
    shop.recommend("u1", n=2, after=first.next)
    home = shop.settings.home
    shop.close()
    with Shop.open(home) as again:
        logged = [page for _, page in again.store.impressions()]
    assert "asked" not in logged[0].context
    assert list(logged[1].context["asked"]) == ["shown"]
    assert json.dumps(logged[1].context)
