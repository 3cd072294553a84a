import gc
import threading
import time
import weakref
from collections import Counter

import pytest

from zhiyin.core import StagePool


@pytest.fixture
def pool():
    pool = StagePool(calls=2)
    yield pool
    pool.close()


def soon(seconds=0.05):
    return time.perf_counter() + seconds


def test_what_was_answered_is_not_called_again_when_a_later_call_hangs(pool):
    counted, until = Counter(), threading.Event()

    def work(calls):
        first = calls.call("first", lambda: counted.update(["first"]) or 1, soon(5))
        hung = calls.call("hung", lambda: counted.update(["hung"]) or until.wait(5), soon())
        last = calls.call("last", lambda: counted.update(["last"]) or 3, soon(5))
        return first.value, hung.status, last.value

    assert pool.make(work) == (1, "late", 3)
    until.set()
    assert counted == {"first": 1, "hung": 1, "last": 1}


def test_never_more_than_so_many_calls_of_a_name_are_under_way(pool):
    until, lock, now, most = threading.Event(), threading.Lock(), Counter(), Counter()

    def hang():
        with lock:
            now["hang"] += 1
            most["hang"] = max(most["hang"], now["hang"])
        until.wait(5)
        with lock:
            now["hang"] -= 1

    statuses = []

    def page():
        statuses.append(pool.make(lambda calls: calls.call("hang", hang, soon(0.03)).status))

    pages = [threading.Thread(target=page) for _ in range(12)]
    for thread in pages:
        thread.start()
    for thread in pages:
        thread.join()
    assert most["hang"] == 2
    assert len(statuses) == 12
    assert set(statuses) == {"late", "open"}
    until.set()


def test_calls_that_wait_for_something_at_the_same_time_are_not_late():
    pool, statuses = StagePool(), []

    def page():
        statuses.append(pool.make(lambda c: c.call("x", lambda: time.sleep(0.03), soon(5)).status))

    pages = [threading.Thread(target=page) for _ in range(30)]
    for thread in pages:
        thread.start()
    for thread in pages:
        thread.join()
    pool.close()
    assert statuses == ["ok"] * 30


def test_what_a_call_raises_is_an_outcome_and_what_the_work_raises_is_raised(pool):
    def failing():
        raise SystemExit("no")

    assert pool.make(lambda calls: calls.call("x", failing, soon(5))).note == "SystemExit: no"
    with pytest.raises(ZeroDivisionError):
        pool.make(lambda calls: 1 / 0)


def test_threads_are_used_again_and_a_late_one_does_not_keep_the_process():
    pool = StagePool()
    before = threading.active_count()
    for _ in range(50):
        pool.make(lambda calls: calls.call("x", int, soon(5)).value)
    assert threading.active_count() <= before + 2
    assert all(t.daemon for t in threading.enumerate() if t.name == "page")
    pool.close()


def test_many_pages_at_once_each_get_their_own_answers(pool):
    answers = {}

    def page(number):
        answers[number] = pool.make(lambda calls: calls.call("x", lambda: number, soon(5)).value)

    pages = [threading.Thread(target=page, args=(i,)) for i in range(40)]
    for thread in pages:
        thread.start()
    for thread in pages:
        thread.join()
    assert answers == {i: i for i in range(40)}


def test_a_resting_thread_holds_nothing_of_its_last_page(pool):
    class Snapshot:
        pass

    snapshot = Snapshot()
    held = weakref.ref(snapshot)

    def page(calls, served=snapshot):
        return calls.call("any", lambda: served is not None, time.perf_counter() + 1).value

    assert pool.make(page)
    del page, snapshot
    until = time.monotonic() + 5
    while held() is not None and time.monotonic() < until:
        gc.collect()
    assert held() is None
