"""A shop's training leaves vectors and a learned order for its search, and says what it decided."""

from __future__ import annotations

import json

from tests.conftest import plays
from tests.search.test_judged_weights import GOODS, MAKERS, table
from zhiyin import Shop
from zhiyin.core import Item
from zhiyin.errors import ModelTimeout
from zhiyin.settings import Settings
from zhiyin.store.frames import frame


def opened(home, **search) -> Shop:
    return Shop.open(Settings.load(home, search=search))


def fill(shop: Shop) -> None:
    titles = [f"{maker} {goods}" for maker in MAKERS for goods in GOODS]
    shop.store.write("items", frame([Item(f"i{n}", title=title) for n, title in enumerate(titles)]))
    shop.record(plays({f"p{n}": f"i{n} i{n + 1} i{n + 2}" for n in range(12)}))


def order(shop: Shop) -> list[int]:
    return shop.searching.index.find(shop.searching.index.understand("Bolt chair")).numbers.tolist()


def test_judgments_of_the_settings_order_hits_after_a_training_and_a_start(tmp_path):
    with opened(tmp_path) as shop:
        fill(shop)
        told = shop.train()["search"]
        assert told["order"] == "weights for all shops"
        assert "vectors" not in told
        before = order(shop)
    table(tmp_path / "judged.tsv")
    with opened(tmp_path, judgments="judged.tsv") as shop:
        assert order(shop) == before
        manifest = shop.train()
        assert manifest["search"]["order"] == "judgments"
        assert json.loads(json.dumps(manifest["search"])) == manifest["search"]
        after = order(shop)
        assert after != before
        of_bolt = range(len(GOODS), 2 * len(GOODS))
        assert sum(n in of_bolt for n in after[:8]) > sum(n in of_bolt for n in before[:8])
        assert shop.search("Bolt chair").page.items[0].ref.number == before[0]
    with opened(tmp_path, judgments="judged.tsv") as shop:
        assert order(shop) == after


def test_items_are_found_by_meaning_after_mining_and_training_and_by_words_where_it_fails(tmp_path):
    with opened(tmp_path, dense=True) as shop:
        fill(shop)
        assert shop.train()["search"]["vectors"].startswith("none: zhiyin mine")
        assert not shop.search("Bolt chair").lacks_meaning
        shop.texts.mine()
        assert shop.train()["search"]["vectors"] == shop.texts.embedder().model_id
        assert shop.searching.index._now().base.vectors is not None
        meaning = shop.searching.index._meaning
        assert meaning.query("chair") is not None

        def fail(texts, *, kind):
            raise ModelTimeout("no answer", where="test", expected="one", next_step="wait")

        meaning._loaded.embed = fail
        answer = shop.search("Corda drill")
        assert answer.lacks_meaning
        assert not answer.page.degraded
        assert shop.catalogue.key(answer.page.items[0].ref.number) == f"i{2 * len(GOODS) + 4}"
