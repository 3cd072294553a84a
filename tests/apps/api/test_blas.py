"""While requests are answered, BLAS works in the thread that asks."""

import socket

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from zhiyin.apps.api import server
from zhiyin.apps.api.listening import Listener
from zhiyin.settings import Settings


def blas_threads():
    return [
        library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"
    ]


def test_a_server_takes_one_thread_for_each_product_and_gives_the_others_back(
    tmp_path, monkeypatch: pytest.MonkeyPatch
):
    seen = []
    monkeypatch.setattr(server._Server, "run", lambda *_, **__: seen.extend(blas_threads()))
    monkeypatch.setattr(server.signal, "signal", lambda *_: None)
    with threadpool_limits(2, user_api="blas"), socket.socket() as listener:
        server.answer(Settings(home=tmp_path), Listener(listener), lambda: None)
        assert set(blas_threads()) == {2}
    assert set(seen) == {1}
