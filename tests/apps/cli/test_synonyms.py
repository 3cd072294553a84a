"""``zhiyin synonyms`` and ``zhiyin suggest``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.apps.cli.conftest import Zhiyin
from zhiyin.core import Kind
from zhiyin.core.searched import Searched
from zhiyin.shop import Shop


def told(zhiyin: Zhiyin, home: Path, *words: str) -> dict[str, Any]:
    result = zhiyin("--home", home, *words, "--json")
    assert result.exit_code == 0, result.stderr
    return dict(json.loads(result.stdout))


def test_a_synonym_from_a_preview_to_its_end(zhiyin: Zhiyin, home: Path) -> None:
    tried = told(zhiyin, home, "synonyms", "preview", "网子 -> 茶壶", "网子", "-n", "3")
    assert tried["alternatives"] == ["茶壶"]
    assert tried["after"][0] == {"item": "pot", "title": "Teapot"}
    assert "pot" not in [one["item"] for one in tried["before"]]
    assert told(zhiyin, home, "synonyms", "list") == {"synonyms": []}
    added = told(zhiyin, home, "synonyms", "add", "网子 -> 茶壶", "--by", "li", "--note", "dialect")
    assert (added["words"], added["meant"], added["set_by"]) == (["网子"], ["茶壶"], "li")
    assert added["set_at"].endswith("Z")
    assert told(zhiyin, home, "synonyms", "list") == {"synonyms": [added]}
    again = zhiyin("--home", home, "synonyms", "add", "网子 -> 茶壶", "--by", "an").stdout
    assert again.startswith("It stands already:")
    assert told(zhiyin, home, "synonyms", "list") == {"synonyms": [added]}
    lines = zhiyin("--home", home, "synonyms", "list").stdout
    assert "网子 -> 茶壶" in lines
    assert "dialect" in lines
    told(zhiyin, home, "synonyms", "remove", added["id"], "--by", "bo")
    changes = told(zhiyin, home, "synonyms", "list", "--changes")["changes"]
    assert [(one["act"], one["synonym"]["set_by"]) for one in changes] == [
        ("added", "li"),
        ("removed", "bo"),
    ]
    assert "removed" in zhiyin("--home", home, "synonyms", "list", "--changes").stdout
    assert "No synonyms." in zhiyin("--home", home, "synonyms", "list").stdout


def test_a_preview_shows_both_pages(zhiyin: Zhiyin, home: Path) -> None:
    lines = zhiyin("--home", home, "synonyms", "preview", "网子 = 茶壶", "网子").stdout
    assert "Also asked as: 茶壶" in lines
    assert "Teapot [pot]" in lines
    other = zhiyin("--home", home, "synonyms", "preview", "网子 = 茶壶", "茶杯").stdout
    assert "Also asked as: nothing else" in other


def test_nothing_is_proposed_before_anybody_searched(zhiyin: Zhiyin, home: Path) -> None:
    assert told(zhiyin, home, "synonyms", "proposed") == {"proposed": []}
    assert "No proposals." in zhiyin("--home", home, "synonyms", "proposed").stdout


def test_what_is_no_synonym_is_told_with_a_next_step(zhiyin: Zhiyin, home: Path) -> None:
    result = zhiyin("--home", home, "synonyms", "add", "alone", "--by", "li")
    assert result.exit_code == 1
    assert "zhiyin synonyms add --help" in result.stderr
    assert zhiyin("--home", home, "synonyms", "remove", "nothing", "--by", "li").exit_code == 1


def test_a_new_shop_suggests_its_goods_by_pinyin(zhiyin: Zhiyin, home: Path) -> None:
    from zhiyin.core import Item
    from zhiyin.shop import Shop
    from zhiyin.store.frames import frame

    with Shop.open(home) as shop:
        shop.store.write(
            "items", frame([Item(f"f{n}", title="防晒霜", brand="净颜集") for n in range(3)])
        )
    expected = [{"text": "防晒霜", "kind": "product"}]
    assert told(zhiyin, home, "suggest", "fangs") == {"suggestions": expected}
    assert told(zhiyin, home, "suggest", "fss", "--user", "u0") == {"suggestions": expected}
    assert "product    防晒霜" in zhiyin("--home", home, "suggest", "防").stdout
    assert "Nothing to suggest." in zhiyin("--home", home, "suggest", "zzz").stdout


def test_what_people_search_for(zhiyin: Zhiyin, home: Path) -> None:
    assert "No searches" in zhiyin("--home", home, "searches").stdout
    with Shop.open(home) as shop:
        people = shop.store.numbers(Kind.PERSON, [f"u{n}" for n in range(5)]).tolist()
        made = [Searched(f"r{n}", one, "kettle", 0, 1_000_000 * n) for n, one in enumerate(people)]
        shop.store.searches.record(made)
    [one] = told(zhiyin, home, "searches", "--without", "results")["searches"]
    assert one == {
        "text": "kettle", "times": 5, "people": 5, "unfound": 5, "clicked": 0, "last": "1970-01-01T00:00:04Z",
    }  # fmt: skip
    assert told(zhiyin, home, "searches", "--without", "clicks") == {"searches": []}
    assert told(zhiyin, home, "searches", "--days", "1") == {"searches": []}
    assert "kettle" in zhiyin("--home", home, "searches").stdout
