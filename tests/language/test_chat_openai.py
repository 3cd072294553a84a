"""An endpoint's answers, and everything it may do instead of answering: the right error each time, and in time."""

import json
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.language.endpoint import answer, delta, drips, endpoint, hangs, refuses, says, streams
from zhiyin import registry
from zhiyin.errors import (
    BadOutput,
    ModelError,
    ModelTimeout,
    NeedsKey,
    RateLimited,
    SettingsError,
)
from zhiyin.language.chat.model import Message
from zhiyin.language.endpoint import retry_after_s

HELLO = [Message("system", "Be brief."), Message("user", "hello")]
SCHEMA = {
    "type": "object",
    "properties": {"mood": {"enum": ["good", "bad"]}},
    "required": ["mood"],
    "additionalProperties": False,
}


@contextmanager
def asking(*behaviours, **options):
    """Give a model in front of an endpoint that behaves so, and the requests that came."""
    with endpoint(*behaviours) as (url, seen):
        given = {"base_url": url, "model": "m", "key_variable": "", **options}
        model = registry.build("chat_models", "openai", given)
        try:
            yield model, seen
        finally:
            model.close()


def test_an_answer_comes_with_what_it_took():
    prices = {"prompt_price": 2.0, "completion_price": 10.0}
    with asking(says(answer("hi", usage=(1_000_000, 100_000))), **prices) as (model, seen):
        said = model.complete(HELLO, max_tokens=9)
        assert (said.text, said.is_cut) == ("hi", False)
        assert (said.prompt_tokens, said.completion_tokens) == (1_000_000, 100_000)
        assert (model.spent.requests, model.spent.cost) == (1, 3.0)
    [(_, body)] = seen
    assert body["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "hello"},
    ]
    assert (body["model"], body["max_tokens"], body["temperature"]) == ("m", 9, 0)
    assert "response_format" not in body
    assert model.model_id == "m"


def test_half_a_surrogate_pair_is_neither_sent_nor_taken():
    with asking(says(answer("b\ud800")), streams("b\ud800")) as (model, seen):
        asked = [Message("user", "a\ud800")]
        assert model.complete(asked).text == "b?"
        assert list(model.stream(asked)) == ["b?"]
    assert seen[0][1]["messages"][0]["content"] == "a?"


def test_an_answer_that_was_cut_says_so():
    with asking(says(answer("hi", finish="length"))) as (model, _):
        assert model.complete(HELLO).is_cut


def test_without_a_count_the_tokens_are_guessed():
    with asking(says(answer("hi", usage=None))) as (model, _):
        assert model.complete(HELLO).prompt_tokens > 0


def test_the_key_comes_from_the_environment_alone(monkeypatch):
    with asking(says(answer("hi")), key_variable="SOME_KEY") as (model, seen):
        monkeypatch.delenv("SOME_KEY", raising=False)
        with pytest.raises(NeedsKey, match="export SOME_KEY=…"):
            model.complete(HELLO)
        assert seen == []
        monkeypatch.setenv("SOME_KEY", "s3cret")
        model.complete(HELLO)
    assert seen[0][0]["authorization"] == "Bearer s3cret"
    assert "s3cret" not in repr(vars(model))


def test_reasoning_models_are_asked_in_their_words():
    with asking(says(answer("hi")), is_reasoning=True) as (model, seen):
        model.complete(HELLO, max_tokens=5)
    assert seen[0][1]["max_completion_tokens"] == 5
    assert not {"max_tokens", "temperature"} & seen[0][1].keys()


def test_a_schema_is_sent_as_a_schema():
    with asking(says(answer('{"mood":"good"}'))) as (model, seen):
        model.complete(HELLO, schema=SCHEMA)
    form = seen[0][1]["response_format"]
    assert form["type"] == "json_schema"
    assert form["json_schema"]["schema"] == SCHEMA


def test_an_endpoint_that_knows_no_schemas_is_asked_for_json_from_then_on():
    no_schema = refuses(400, "response_format json_schema is not supported")
    good = says(answer('{"mood":"good"}'))
    with asking(no_schema, good) as (model, seen):
        assert model.complete(HELLO, schema=SCHEMA).text == '{"mood":"good"}'
        model.complete(HELLO, schema=SCHEMA)
        bodies = [body for _, body in seen]
    forms = [body["response_format"]["type"] for body in bodies]
    assert forms == ["json_schema", "json_object", "json_object"]
    task, asked = bodies[1]["messages"]
    assert task["content"].startswith("Be brief.")
    assert json.dumps(SCHEMA) in task["content"]
    assert asked["content"] == "hello"


def test_an_endpoint_that_knows_no_json_mode_is_asked_in_words():
    with asking(refuses(400), refuses(422), says(answer("{}"))) as (model, seen):
        model.complete(HELLO[1:], schema=SCHEMA)
    assert "response_format" not in seen[2][1]
    assert [message["role"] for message in seen[2][1]["messages"]] == ["system", "user"]


def test_a_question_that_is_refused_in_every_form_is_an_error():
    with asking(refuses(400, "too long")) as (model, seen):
        with pytest.raises(ModelError, match=r"answered 400: .*too long"):
            model.complete(HELLO, schema=SCHEMA)
        assert len(seen) == 3
        with pytest.raises(ModelError, match="too long"):
            model.complete(HELLO)
        assert len(seen) == 4


def test_it_waits_as_long_as_the_endpoint_asks_for():
    with asking(refuses(429, headers=[("Retry-After", "0.3")]), says(answer("hi"))) as (model, _):
        began = time.monotonic()
        assert model.complete(HELLO).text == "hi"
        assert time.monotonic() - began >= 0.3


def test_a_wait_that_is_too_long_is_not_begun():
    with asking(refuses(429, headers=[("Retry-After", "60")])) as (model, seen):
        began = time.monotonic()
        with pytest.raises(RateLimited, match="try again in 60 s"):
            model.complete(HELLO, timeout_s=5)
        assert time.monotonic() - began < 3
        assert len(seen) == 1


def test_an_empty_account_is_not_asked_again():
    with asking(refuses(429, code="insufficient_quota")) as (model, seen):
        with pytest.raises(RateLimited):
            model.complete(HELLO)
        assert len(seen) == 1


def test_retry_after_may_be_a_date_or_nonsense():
    later = datetime.now(UTC) + timedelta(seconds=30)
    assert 25 < retry_after_s(format_datetime(later, usegmt=True)) <= 30
    for header in (None, "soon", "nan", "inf", "Wed, 99 Foo"):
        assert retry_after_s(header) is None
    assert retry_after_s("-5") == 0.0


def test_a_passing_failure_is_tried_again_but_not_for_ever():
    with asking(refuses(500), refuses(503), says(answer("hi"))) as (model, seen):
        assert model.complete(HELLO).text == "hi"
        assert len(seen) == 3
    with asking(refuses(500, "oh")) as (model, seen):
        with pytest.raises(ModelError, match="answered 500"):
            model.complete(HELLO)
        assert len(seen) == 3
        assert model.spent.requests == 0


def test_no_pause_goes_beyond_the_time_out():
    with asking(refuses(500), attempts=50) as (model, _):
        began = time.monotonic()
        with pytest.raises(ModelError):
            model.complete(HELLO, timeout_s=1.0)
        assert time.monotonic() - began < 3


@pytest.mark.parametrize("behaviour", [hangs, drips("{" * 1000, 0.05)])
def test_silence_and_dripping_end_in_time(behaviour):
    with asking(behaviour) as (model, seen):
        began = time.monotonic()
        with pytest.raises(ModelTimeout):
            model.complete(HELLO, timeout_s=0.5)
        assert time.monotonic() - began < 8
        assert len(seen) == 1


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"<html>busy</html>",
        b"[1, 2]",
        b'{"choices": []}',
        b'{"choices": "x"}',
        b'{"choices": [{"message": {"content": null}, "finish_reason": "content_filter"}]}',
        b'{"choices": [{"message": {"content": 3}}]}',
        b'{"choices": [{"message": null}]}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_garbage_is_no_answer(garbage):
    with asking(says(garbage)) as (model, _), pytest.raises(BadOutput):
        model.complete(HELLO)


def test_a_huge_answer_is_not_read():
    huge = says(answer("a" * 3_000_000))
    with asking(huge) as (model, _), pytest.raises(BadOutput, match="more than 1,048,576 bytes"):
        model.complete(HELLO)


@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_key_is_not_tried_again(status):
    with asking(refuses(status)) as (model, seen):
        with pytest.raises(NeedsKey, match="key_variable"):
            model.complete(HELLO)
        assert len(seen) == 1


def test_a_model_that_is_not_there_is_a_wrong_setting():
    gone = refuses(404, "no model m")
    with asking(gone) as (model, _), pytest.raises(SettingsError, match="check base_url"):
        model.complete(HELLO)


def test_an_endpoint_that_is_not_there_is_left_alone_after_failures():
    with endpoint(hangs) as (url, _):
        pass  # its port is closed by now
    options = {"base_url": url, "model": "m", "key_variable": "", "attempts": 1}
    model = registry.build("chat_models", "openai", options | {"breaker_failures": 2})
    for _ in range(2):
        with pytest.raises(ModelError, match="the connection failed"):
            model.complete(HELLO)
    with pytest.raises(ModelError, match="failed 2 times in a row"):
        model.complete(HELLO)
    model.close()


def test_a_rest_ends_with_one_question_that_decides():
    behaviours = [refuses(500), refuses(500), says(answer("hi"))]
    options = {"attempts": 1, "breaker_failures": 2, "breaker_rest_s": 0.3}
    with asking(*behaviours, **options) as (model, seen):
        for _ in range(3):
            with pytest.raises(ModelError):
                model.complete(HELLO)
        assert len(seen) == 2
        time.sleep(0.35)
        assert model.complete(HELLO).text == "hi"
        assert model.complete(HELLO).text == "hi"


def test_refusals_do_not_open_the_breaker():
    with asking(refuses(429), attempts=1, breaker_failures=1) as (model, seen):
        for _ in range(3):
            with pytest.raises(RateLimited):
                model.complete(HELLO)
        assert len(seen) == 3


def test_limits_of_our_own_are_kept():
    with asking(says(answer("hi")), requests_per_minute=2) as (model, seen):
        for _ in range(2):
            model.complete(HELLO)
        with pytest.raises(RateLimited, match="2 requests a minute"):
            model.complete(HELLO, timeout_s=5)
        assert len(seen) == 2
    with asking(says(answer("hi", usage=(60, 40))), tokens_per_minute=150) as (model, _):
        model.complete(HELLO, max_tokens=20)
        with pytest.raises(RateLimited, match="150 tokens a minute"):
            model.complete(HELLO, max_tokens=100, timeout_s=5)
    with asking(says(answer("hi", usage=(60, 40))), tokens_per_day=120) as (model, seen):
        model.complete(HELLO, max_tokens=20)
        with pytest.raises(RateLimited, match="100 of the 120 tokens of the day"):
            model.complete(HELLO, max_tokens=20)
        assert len(seen) == 1


def test_a_failed_question_costs_no_tokens():
    with asking(refuses(400), tokens_per_minute=150, tokens_per_day=150) as (model, seen):
        for _ in range(4):
            with pytest.raises(ModelError, match="400"):
                model.complete(HELLO, max_tokens=100, timeout_s=2)
        assert len(seen) == 4


def test_personal_data_stay_here_and_come_back():
    told = "I am an@example.com, ring 13800138000 or 13800138000"
    with asking(says(answer('{"to":"[PHONE_1]","cc":"[EMAIL_1]"}'))) as (model, seen):
        said = model.complete([Message("system", "task"), Message("user", told)])
    sent = seen[0][1]["messages"][1]["content"]
    assert sent == "I am [EMAIL_1], ring [PHONE_1] or [PHONE_1]"
    assert json.loads(said.text) == {"to": "13800138000", "cc": "an@example.com"}


def test_a_stream_is_put_together_and_counted():
    usage = b'data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":4}}\n\n'
    pieces = ("Ri", "ng [PHO", "NE_", "1] or [x", "] now", b": a comment\n\n", usage)
    with asking(streams(*pieces)) as (model, seen):
        assert list(model.stream([Message("user", "to 13800138000")])) == [
            "Ri", "ng ", "13800138000 or ", "[x] now",
        ]  # fmt: skip
        assert (model.spent.prompt_tokens, model.spent.completion_tokens) == (5, 4)
    assert seen[0][1]["stream"] is True


@pytest.mark.parametrize(
    "behaviour",
    [
        streams("half", done=False),
        streams("half", b"data: {not json}\n\n"),
        streams("half", b'data: {"error": {"message": "out of memory"}}\n\n'),
        streams("half", b'data: {"choices": [{"delta": 3}]}\n\n'),
        streams("half", b"data: " + json.dumps(delta("a" * 3_000_000)).encode() + b"\n\n"),
    ],
)
def test_a_stream_that_breaks_off_is_an_error_after_its_pieces(behaviour):
    with asking(behaviour) as (model, _):
        pieces = model.stream(HELLO)
        assert next(pieces) == "half"
        with pytest.raises(BadOutput):
            list(pieces)


def test_a_connection_that_breaks_off_is_an_error():
    with asking(streams("half", done=False, length=10_000)) as (model, _):
        pieces = model.stream(HELLO)
        assert next(pieces) == "half"
        with pytest.raises(ModelError, match="the connection failed"):
            list(pieces)


def test_a_stream_is_begun_again_only_before_its_first_piece():
    with asking(refuses(500), streams("hi")) as (model, seen):
        assert list(model.stream(HELLO)) == ["hi"]
        assert len(seen) == 2


def test_a_stream_that_nobody_reads_to_its_end_is_closed():
    with asking(streams(*"abcdef")) as (model, _):
        pieces = model.stream(HELLO)
        assert next(pieces) == "a"
        pieces.close()
