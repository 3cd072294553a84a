"""The main job on real data."""

import pytest

from zhiyin import Event
from zhiyin.core import Kind

pytestmark = pytest.mark.slow


def test_import_train_recommend_and_feedback(shop, shared_data):
    report = shop.ingest("hetrec-lastfm", [shared_data / "hetrec_lastfm"])
    assert report.accepted["events"] == 92_834
    assert report.accepted["ties"] == 25_434
    manifest = shop.train()
    assert manifest["model"] == "blend"
    assert "people and ties" in manifest["facts"]["affinity"]["weights"]["8"]
    mean, low, high = manifest["facts"]["affinity"]["over_popularity"]
    assert 0.1 < low < mean < high

    page = shop.recommend("2")
    assert len(page.items) == 10
    assert not page.degraded
    for item in page.items:
        assert sum(reason.share for reason in item.reasons) == pytest.approx(1, abs=1e-3)
        assert all(reason.evidence for reason in item.reasons if reason.kind == "history")
    assert any(reason.kind == "history" for item in page.items for reason in item.reasons)

    liked = [shop.catalogue.key(item.ref.number) for item in page.items[:3]]
    before = shop.recommend("newcomer")
    shop.record([Event("newcomer", item, "purchase") for item in liked])
    after = shop.recommend("newcomer")
    assert shop.store.number(Kind.PERSON, "newcomer") == 1892
    shown = {item.ref.number for item in after.items}
    assert shown != {item.ref.number for item in before.items}
    assert not shown & {item.ref.number for item in page.items[:3]}
