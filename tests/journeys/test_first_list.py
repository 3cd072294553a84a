"""From a shop's files to a list that changes with what happens."""

import threading
import time
from datetime import UTC, datetime

import polars as pl
import pytest

from tests.conftest import plays
from zhiyin import Context, Event, Shop
from zhiyin.errors import NotFound, SettingsError, StoreError, UnknownEntity, UnknownPart

TASTES = {
    f"{taste}{i}": " ".join(f"{taste}-{(i + step) % 6}" for step in range(4))
    for taste in ("tea", "bike")
    for i in range(8)
}


@pytest.fixture
def trained(shop):
    shop.record(plays(TASTES))
    shop.train()
    return shop


def keys(shop, page):
    return [shop.catalogue.key(item.ref.number) for item in page.items]


def test_a_list_fits_the_taste_and_names_the_items_that_gave_the_score(trained):
    page = trained.recommend("tea0", n=2)
    assert not page.degraded
    assert set(keys(trained, page)) == {"tea-4", "tea-5"}
    for item in page.items:
        history = next(reason for reason in item.reasons if reason.kind == "history")
        named = [trained.catalogue.key(witness.ref.number) for witness in history.evidence]
        assert set(named) <= {"tea-0", "tea-1", "tea-2", "tea-3"}
        assert sum(reason.share for reason in item.reasons) == pytest.approx(1, abs=1e-4)


def test_someone_unknown_gets_what_is_popular(trained):
    page = trained.recommend("nobody-knows-me", n=5)
    assert len(page.items) == 5
    assert {reason.kind for item in page.items for reason in item.reasons} == {"popular"}


def test_events_change_the_next_list_at_once_and_what_was_bought_does_not_come_back(trained):
    before = keys(trained, trained.recommend("newcomer", n=4))
    trained.record(plays({"newcomer": "bike-0 bike-1 bike-2"}))
    after = keys(trained, trained.recommend("newcomer", n=3))
    assert set(after) == {"bike-3", "bike-4", "bike-5"}
    assert after != before[:3]


def test_what_was_turned_down_never_comes_back(trained):
    trained.record([Event("tea0", "tea-4", "dislike")])
    assert "tea-4" not in keys(trained, trained.recommend("tea0", n=50))


def test_what_is_out_of_stock_is_not_shown_and_comes_back_with_the_stock(trained):
    for stock, is_shown in ((0, False), (3, True)):
        trained.store.write("items", pl.DataFrame({"id": ["tea-4"], "stock": [stock]}))
        assert ("tea-4" in keys(trained, trained.recommend("tea0"))) is is_shown


def test_an_item_newer_than_the_training_is_found_as_new(trained):
    item = {"id": ["tea-new"], "created": [datetime.now(UTC)]}
    trained.store.write("items", pl.DataFrame(item))
    page = trained.recommend("nobody", n=20)
    reasons = {trained.catalogue.key(i.ref.number): i.reasons[0].kind for i in page.items}
    assert reasons["tea-new"] == "fresh"


def test_an_item_without_a_date_is_new_when_it_came_after_the_training_and_has_a_title(trained):
    trained.store.write("items", pl.DataFrame({"id": ["tea-x", "typo"], "title": ["Tea X", None]}))
    page = trained.recommend("nobody", n=20)
    reasons = {trained.catalogue.key(i.ref.number): i.reasons[0].kind for i in page.items}
    assert reasons["tea-x"] == "fresh"
    assert "typo" not in reasons


def test_similar_items_are_those_that_go_together(trained):
    assert all(key.startswith("bike") for key in keys(trained, trained.similar("bike-2", n=3)))
    with pytest.raises(UnknownEntity, match="no item has the id nothing"):
        trained.similar("nothing")


def test_the_same_event_sent_twice_counts_once(trained):
    event = Event("tea0", "tea-5", "purchase", event_id="order-1")
    assert trained.record([event]).accepted == {"events": 1}
    again = trained.record([event])
    assert (again.accepted.get("events", 0), again.duplicates) == (0, 1)


def test_every_page_leaves_an_impression_with_its_request_id(trained):
    pages = [trained.recommend("tea0", n=3) for _ in range(5)]
    home = trained.settings.home
    trained.close()
    with Shop.open(home) as again:
        stored = {shown.request_id: shown for _, shown in again.store.impressions()}
    assert {page.request_id for page in pages} <= set(stored)
    shown = stored[pages[0].request_id]
    assert shown.items == tuple(item.ref.number for item in pages[0].items)


def test_a_preview_leaves_no_impression(trained):
    page = trained.recommend("tea0", is_preview=True)
    trained.close()
    with Shop.open(trained.settings.home) as again:
        assert page.request_id not in {shown.request_id for _, shown in again.store.impressions()}


def test_a_damaged_snapshot_is_named_and_training_again_is_the_way_out(trained):
    home = trained.settings.home
    trained.close()
    damage(home, 1)
    with Shop.open(home) as again:
        with pytest.raises(StoreError, match="popularity"):
            again.recommend("tea0")
        again.train()
        assert len(again.recommend("tea0", n=2).items) == 2


def damage(home, version):
    array = next((home / "snapshots" / f"{version:06}").glob("popularity*"))
    array.write_bytes(array.read_bytes()[:-1] + b"x")


def named_damage(shop, caplog):
    """Return how often the damaged array was named, after one more page."""
    shop.recommend("tea0")
    return sum("popularity" in record.message for record in caplog.records)


def wait_until(is_so):
    for _ in range(200):
        if is_so():
            return True
        time.sleep(0.02)
    return False


def wait_for(shop, version):
    def is_served():
        shop.recommend("tea0")
        return shop.version == version

    return wait_until(is_served)


def test_a_running_shop_passes_over_a_damaged_snapshot_and_takes_the_next(trained, caplog):
    home = trained.settings.home
    with Shop.open(home) as other:
        other.train()
        damage(home, 2)
        assert wait_until(lambda: named_damage(trained, caplog) == 1)
        for _ in range(20):
            time.sleep(0.02)
            assert (named_damage(trained, caplog), trained.version) == (1, 1)
        other.train()
    assert wait_for(trained, 3)


def test_a_damaged_pointer_does_not_stop_what_is_served(trained):
    (trained.settings.home / "snapshots" / "CURRENT").write_text("?")
    assert len(trained.recommend("tea0", n=2).items) == 2


def test_a_context_that_is_no_json_spoils_its_own_page_s_impression_only(trained):
    odd = trained.recommend("tea0", context=Context(extra={"x": object()}))
    assert odd.degraded
    assert len(odd.items) == 10
    page = trained.recommend("tea0")
    trained.close()
    with Shop.open(trained.settings.home) as again:
        stored = {shown.request_id for _, shown in again.store.impressions()}
    assert page.request_id in stored
    assert odd.request_id not in stored


def test_settings_that_name_what_is_not_there_are_refused_before_anything_is_done(tmp_path):
    (tmp_path / "zhiyin.toml").write_text('[[pipelines.home.sources]]\ntype = "populr"\n')
    with pytest.raises(UnknownPart, match=r'pipelines.home.sources\[0\].*did you mean "popular"'):
        Shop.open(tmp_path)
    (tmp_path / "zhiyin.toml").write_text("[train.strengths]\nview = 0.3\n")
    with pytest.raises(SettingsError, match="eighths"):
        Shop.open(tmp_path)


def test_a_shop_that_learned_nothing_says_what_to_do(shop):
    with pytest.raises(NotFound, match="Next: zhiyin train"):
        shop.recommend("anybody")
    with pytest.raises(NotFound, match="no events"):
        shop.train()


def test_two_people_and_one_item_are_enough_to_train(shop):
    shop.record([Event("an", "tea", "purchase"), Event("bo", "tea", "view")])
    manifest = shop.train()
    assert manifest["facts"]["affinity"]["figures"] == {}
    assert keys(shop, shop.recommend("nobody")) == ["tea"]


def test_an_unknown_surface_is_named(trained):
    with pytest.raises(UnknownPart, match='did you mean "home"'):
        trained.recommend("tea0", surface="hoem")


def test_a_running_shop_takes_up_a_snapshot_that_another_process_published(trained):
    with Shop.open(trained.settings.home) as other:
        other.record(plays({"x": "kite-1 kite-2", "y": "kite-1 kite-2", "z": "kite-2 kite-3"}))
        other.train()
    assert wait_for(trained, 2)
    trained.record(plays({"w": "kite-1"}))
    assert keys(trained, trained.recommend("w", n=1)) == ["kite-2"]


def test_lists_stay_right_while_events_and_trainings_go_on(trained):
    failures = []

    def ask():
        for _ in range(40):
            page = trained.recommend("bike3", n=2)
            if page.degraded or len(page.items) != 2:
                failures.append(page)

    def change():
        for i in range(5):
            trained.record(plays({f"p{i}": "bike-0 bike-1"}))
            trained.train()

    threads = [threading.Thread(target=ask) for _ in range(3)] + [threading.Thread(target=change)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
