"""A page that was partly drawn leaves its chances with the impression."""

import pytest

from tests.conftest import plays
from zhiyin import Query, Shop
from zhiyin.settings import Settings


@pytest.fixture
def shop(tmp_path):
    home = {"rerankers": [{"type": "explore", "options": {"share": 0.5, "tail": 1.0}}]}
    with Shop.open(Settings.load(tmp_path, pipelines={"home": home})) as shop:
        shop.record(
            plays({f"p{i}": " ".join(f"i{(i * k) % 11}" for k in range(5)) for i in range(9)})
        )
        shop.train()
        yield shop


def test_the_impression_holds_the_page_s_chances(shop):
    page = shop.page(Query(n=4, request_id="r1"))
    again = shop.page(Query(n=4, request_id="r1", is_preview=True))
    assert [item.ref for item in page.items] == [item.ref for item in again.items]
    chances = tuple(item.propensity for item in page.items)
    assert chances[:2] == (1.0, 1.0)
    assert max(chances[2:]) < 1
    store = shop.store
    shop._impressions.close()
    [(_, logged)] = store.impressions()
    assert logged.propensities == pytest.approx(chances)
