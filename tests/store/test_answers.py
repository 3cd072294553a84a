"""Answers kept for requests that may be sent again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from zhiyin.errors import Conflict, InvalidRecord
from zhiyin.store import answers
from zhiyin.store.store import Store


class Clock(datetime):
    passed = timedelta()

    @classmethod
    def now(cls, tz: object = None) -> datetime:
        return datetime(2026, 5, 1, tzinfo=UTC) + cls.passed


@pytest.fixture
def store(store_url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(answers, "datetime", Clock)
    monkeypatch.setattr(Clock, "passed", timedelta())
    with Store.open(store_url) as opened:
        yield opened


def test_an_answer_is_given_again(store: Store):
    assert store.answers.claim("r", "b") is None
    store.answers.keep("r", '{"a":"茶"}')
    assert store.answers.claim("r", "b") == '{"a":"茶"}'
    assert store.answers.claim("other", "b") is None


def test_another_body_is_refused(store: Store):
    store.answers.claim("r", "b")
    with pytest.raises(InvalidRecord, match="something else"):
        store.answers.claim("r", "c")


def test_under_way_is_a_conflict_until_it_is_released(store: Store):
    store.answers.claim("r", "b")
    with pytest.raises(Conflict, match="being answered"):
        store.answers.claim("r", "b")
    store.answers.release("r")
    assert store.answers.claim("r", "b") is None


@pytest.mark.parametrize(
    ("passed", "is_kept"), [(timedelta(hours=23), True), (timedelta(hours=25), False)]
)
def test_an_answer_is_kept_a_day(store: Store, passed: timedelta, is_kept: bool):
    store.answers.claim("r", "b")
    store.answers.keep("r", "{}")
    Clock.passed = passed
    assert (store.answers.claim("r", "b") == "{}") == is_kept


def test_a_request_that_was_cut_off_may_be_tried_again(store: Store):
    store.answers.claim("r", "b")
    Clock.passed = answers.LEASE + timedelta(seconds=1)
    assert store.answers.claim("r", "c") is None
