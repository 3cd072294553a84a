from __future__ import annotations

import json
from datetime import UTC, datetime

import polars as pl
import pytest

from zhiyin.core import Kind
from zhiyin.errors import InvalidRecord
from zhiyin.ingest.formats.complete_journey import CompleteJourney
from zhiyin.ingest.importing import run_import
from zhiyin.store.store import Store

DAY = datetime(2017, 3, 1)
TABLES = {
    "products": {
        "product_id": [7, 8, 9],
        "manufacturer_id": [2, 69, 2],
        "department": ["GROCERY", "PASTRY", "MISCELLANEOUS"],
        "brand": ["National", "Private", "National"],
        "product_category": ["FRZN ICE", "BREAD", None],
        "product_type": ["ICE - CRUSHED", "BREAD:ITALIAN", None],
        "package_size": ["22 LB", None, None],
    },
    "demographics": {
        "household_id": [1],
        "age": ["65+"],
        "income": ["35-49K"],
        "home_ownership": [None],
        "marital_status": ["Married"],
        "household_size": ["2"],
        "household_comp": ["2 Adults No Kids"],
        "kids_count": ["0"],
    },
    "transactions": {
        "household_id": [1, 1, 2, None],
        "store_id": [330] * 4,
        "basket_id": [31, 31, 32, 33],
        "product_id": [7, 7, 8, 8],
        "quantity": [2, 2, 1, 1],
        "sales_value": [3.5, 3.5, 0.99, 0.99],
        "retail_disc": [0.0, 0.0, 0.1, 0.1],
        "coupon_disc": [0.0] * 4,
        "coupon_match_disc": [0.0] * 4,
        "week": [9] * 4,
        "transaction_timestamp": [DAY] * 4,
    },
    "coupons": {"coupon_upc": [100, 100], "product_id": [7, 8], "campaign_id": [26, 26]},
    "campaigns": {"campaign_id": [26], "household_id": [1]},
    "campaign_descriptions": {
        "campaign_id": [26],
        "campaign_type": ["Type B"],
        "start_date": [DAY],
        "end_date": [datetime(2017, 4, 9)],
    },
    "coupon_redemptions": {
        "household_id": [1, 1],
        "coupon_upc": [100, 100],
        "campaign_id": [26, 26],
        "redemption_date": [DAY, datetime(2017, 3, 2)],
    },
}


@pytest.fixture
def folder(tmp_path):
    for name, columns in TABLES.items():
        pl.DataFrame(columns).write_parquet(tmp_path / f"{name}.parquet")
    return tmp_path


def imported(folder, store):
    return run_import(CompleteJourney(), [folder], store, folder / "quarantine")


def test_products_households_and_purchases_come_in(folder):
    with Store.open(folder / "shop.db") as store:
        report = imported(folder, store)
        [events] = store.events()
        items = store.entities_since(Kind.ITEM, 0)
        people = store.entities_since(Kind.PERSON, 0)
    counts = {kind: n for kind, n in report.accepted.items() if n}
    assert counts == {"items": 3, "users": 2, "events": 3, "facts": 5}
    assert events["type"].unique().to_list() == ["purchase"]
    assert events["value"].to_list() == [2.0, 2.0, 1.0]
    at = int(DAY.replace(tzinfo=UTC).timestamp()) * 1_000_000
    assert events["time_us"].to_list() == [at] * 3
    assert items.select("title", "category", "brand").rows() == [
        ("Frzn Ice Ice - Crushed 22 Lb", "GROCERY > FRZN ICE", "National"),
        ("Bread:Italian", "PASTRY > BREAD", "Private"),
        ("Miscellaneous", "MISCELLANEOUS", "National"),
    ]
    assert json.loads(items["attributes"][1]) == {
        "manufacturer_id": 69,
        "product_type": "BREAD:ITALIAN",
        "title_from": "category, type and size",
    }
    assert json.loads(people["attributes"][0])["age"] == "65+"
    [bad] = [json.loads(line) for line in report.quarantine.read_text().splitlines()]
    assert (bad["file"], bad["line"], bad["reason"]) == (
        "transactions.parquet",
        4,
        "user is missing",
    )


def test_a_purchase_says_its_basket_and_only_the_discounts_there_were(folder):
    contexts = [
        context
        for batch in CompleteJourney().batches([folder])
        if batch.kind == "events"
        for context in batch.rows["context"]
    ]
    said = [{k: v for k, v in context.items() if v is not None} for context in contexts]
    assert said[0] == {"basket_id": 31, "store_id": 330, "sales_value": 3.5}
    assert said[2] == {"basket_id": 32, "store_id": 330, "sales_value": 0.99, "retail_disc": 0.1}


def test_coupons_campaigns_and_redemptions_are_facts(folder):
    with Store.open(folder / "shop.db") as store:
        imported(folder, store)
        facts = pl.concat(store.facts())
    said = [(name, json.loads(value)) for name, value in facts.select("name", "value").rows()]
    coupon = {"campaign_id": 26, "coupon_upc": 100}
    assert said == [
        ("coupon", coupon),
        ("coupon", coupon),
        (
            "campaign",
            {
                "campaign_id": 26,
                "campaign_type": "Type B",
                "start_date": "2017-03-01",
                "end_date": "2017-04-09",
            },
        ),
        ("redeemed", coupon | {"redemption_date": "2017-03-01"}),
        ("redeemed", coupon | {"redemption_date": "2017-03-02"}),
    ]


def test_a_second_import_adds_nothing(folder):
    with Store.open(folder / "shop.db") as store:
        imported(folder, store)
        again = imported(folder, store)
    assert not any(again.accepted.values())


def test_a_missing_file_is_named(folder):
    (folder / "coupons.parquet").unlink()
    with pytest.raises(InvalidRecord, match=r"coupons\.parquet not found.*Journey.*check the path"):
        next(CompleteJourney().batches([folder]))


def test_other_columns_are_an_error_of_ours(folder):
    pl.DataFrame({"product_id": [7]}).write_parquet(folder / "products.parquet")
    with pytest.raises(InvalidRecord, match=r"no column .*Journey"):
        list(CompleteJourney().batches([folder]))


@pytest.mark.slow
def test_the_real_data_come_in(shared_data, tmp_path):
    with Store.open(tmp_path / "shop.db") as store:
        folder = shared_data / "complete_journey"
        report = run_import(CompleteJourney(), [folder], store, tmp_path / "quarantine")
    assert report.rejected == 8_869  # purchases of a quantity of 0, which is none
    assert report.accepted["events"] == 1_460_438
    assert report.accepted["users"] == 2_469
    assert report.accepted["items"] >= 92_331
    assert report.accepted["facts"] >= 115_000
