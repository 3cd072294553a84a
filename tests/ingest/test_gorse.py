from __future__ import annotations

import json
import re

import pytest

from zhiyin.core import Kind
from zhiyin.errors import InvalidRecord
from zhiyin.ingest.formats.gorse import Gorse
from zhiyin.ingest.importing import run_import
from zhiyin.store.store import Store

ITEMS = (
    {
        "ItemId": "tea",
        "IsHidden": False,
        "Categories": ["drink", "leaf"],
        "Timestamp": "2024-05-01T08:00:00Z",
        "Labels": {"colour": "green", "tags": ["loose"]},
        "Comment": "Green tea",
    },
    {
        "ItemId": "cup",
        "IsHidden": True,
        "Categories": [],
        "Timestamp": "0001-01-01T00:00:00Z",
        "Labels": ["blue", "small"],
        "Comment": "",
    },
    {"ItemId": "jar", "IsHidden": False, "Categories": None, "Timestamp": "soon", "Labels": None},
)
USERS = (
    {"UserId": "an", "Labels": {"city": "Xi'an"}, "Comment": "An"},
    {"UserId": "bo", "Labels": ["early"]},
)
FEEDBACK = (
    {
        "FeedbackType": "star",
        "UserId": "an",
        "ItemId": "tea",
        "Timestamp": "2024-05-02T08:00:00Z",
        "Value": 2,
    },
    {
        "FeedbackType": "read",
        "UserId": "bo",
        "ItemId": "cup",
        "Timestamp": "0001-01-01T00:00:00Z",
    },
    {"FeedbackType": "read", "UserId": "", "ItemId": "cup"},
)


def as_said(name):
    return name


def snake(name):
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def camel(name):
    return name[0].lower() + name[1:]


def written(folder, spelled):
    for name, rows in (("items", ITEMS), ("users", USERS), ("feedback", FEEDBACK)):
        lines = [json.dumps({spelled(key): value for key, value in row.items()}) for row in rows]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


@pytest.mark.parametrize("spelled", [as_said, snake, camel])
def test_items_users_and_feedback_come_in(tmp_path, spelled):
    folder = written(tmp_path, spelled)
    with Store.open(folder / "shop.db") as store:
        report = run_import(Gorse(), [folder], store, folder / "quarantine")
        [events] = store.events()
        items = store.entities_since(Kind.ITEM, 0)
        people = store.entities_since(Kind.PERSON, 0)
    counts = {kind: n for kind, n in report.accepted.items() if n}
    assert counts == {"items": 2, "users": 2, "events": 2}
    assert items.select("id", "title", "category", "stock").rows() == [
        ("tea", "Green tea", "drink", None),
        ("cup", None, None, 0),
    ]
    assert [json.loads(said) for said in items["attributes"]] == [
        {"categories": ["drink", "leaf"], "colour": "green", "tags": ["loose"]},
        {"labels": ["blue", "small"]},
    ]
    assert items["created"].null_count() == 1
    assert [json.loads(said) for said in people["attributes"]] == [
        {"city": "Xi'an", "comment": "An"},
        {"labels": ["early"]},
    ]
    assert events["type"].to_list() == ["star", "read"]
    assert events["value"].to_list() == [2.0, None]
    assert events["time_us"].to_list() == [1714636800_000000, None]
    bad = [json.loads(line) for line in report.quarantine.read_text().splitlines()]
    assert [(row["file"], row["line"], row["reason"]) for row in bad] == [
        ("items.jsonl", 3, "created: soon is not a time"),
        ("feedback.jsonl", 3, "user is missing"),
    ]


def test_a_second_import_of_the_files_in_any_order_adds_nothing(tmp_path):
    folder = written(tmp_path, as_said)
    paths = [folder / f"{name}.jsonl" for name in ("feedback", "users", "items")]
    with Store.open(folder / "shop.db") as store:
        run_import(Gorse(), [folder], store, folder / "quarantine")
        again = run_import(Gorse(), paths, store, folder / "quarantine")
    assert not any(again.accepted.values())
    kinds = [batch.kind for batch in Gorse().batches(paths)]
    assert kinds == ["items", "users", "events"]


def test_a_missing_file_is_named(tmp_path):
    (written(tmp_path, as_said) / "users.jsonl").unlink()
    with pytest.raises(InvalidRecord, match=r"users\.jsonl not found.*Gorse.*check the path"):
        next(Gorse().batches([tmp_path]))


def test_a_file_of_something_else_is_refused(tmp_path):
    (tmp_path / "other.jsonl").write_text('{"name":"tea"}\n')
    with pytest.raises(InvalidRecord, match=r"no column UserId or ItemId.*Gorse"):
        next(Gorse().batches([tmp_path / "other.jsonl"]))


def test_nothing_to_read_is_an_error():
    with pytest.raises(InvalidRecord, match="nothing to read"):
        next(Gorse().batches([]))


def test_another_encoding_is_said(tmp_path):
    text = json.dumps({"UserId": "小安", "Comment": "喜欢好茶"}, ensure_ascii=False) + "\n"
    (tmp_path / "users.jsonl").write_bytes(text.encode("gb18030"))
    notes = [note for batch in Gorse().batches([tmp_path / "users.jsonl"]) for note in batch.notes]
    assert notes == ["users.jsonl: read as GB18030 (it is not UTF-8)"]
