import importlib.util
import math
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.affinity.evidence import Evidence
from zhiyin.compute import mapped, summed
from zhiyin.errors import DataError, SettingsError, ZhiyinError

HAS_RAY = importlib.util.find_spec("ray") is not None
PROCESSES = {"engine": "processes", "workers": 2}


def parts(n=8):
    """Rows whose sums are rounded, so that another order of the parts would show."""
    for seed in range(n):
        rng = np.random.default_rng(seed)
        rows = np.where(rng.random((30, 12)) < 0.4, rng.random((30, 12)), 0)
        yield sparse.csr_array(rows.astype(np.float32))


def same(one, two):
    return np.array_equal(one.gram, two.gram) and np.array_equal(one.degrees, two.degrees)


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=9))
@settings(deadline=None, max_examples=25)
def test_a_map_is_a_map_and_a_sum_is_a_sum(parts):
    assert list(mapped(abs, parts)) == [abs(part) for part in parts]
    assert summed(abs, iter(parts)) == sum(abs(part) for part in parts)


def test_the_order_of_a_sum_can_be_seen_in_its_bits():
    first, *others = [Evidence.of(rows) for rows in parts()]
    assert not same(sum(others, first), sum(others[::-1], first))


def test_processes_add_up_to_the_same_bits():
    assert same(summed(Evidence.of, parts(), **PROCESSES), summed(Evidence.of, parts()))


def test_results_come_in_the_order_of_parts_whoever_is_ready_first():
    numbers = [30_000, 3, 4, 5]
    told = []
    found = mapped(math.factorial, numbers, **PROCESSES, progress=lambda *far: told.append(far))
    assert list(found) == [math.factorial(number) for number in numbers]
    assert told == [(0.25, 1), (0.5, 2), (0.75, 3), (1.0, 4)]


def test_progress_has_no_share_while_the_number_of_parts_is_unknown():
    told = []
    list(mapped(abs, iter([1, 2]), progress=lambda *far: told.append(far)))
    assert told == [(0.0, 1), (0.0, 2)]


def test_workers_use_one_blas_thread_and_parts_are_read_a_few_ahead():
    before, read = dict(os.environ), []

    def names():
        for _ in range(100):
            read.append(1)
            yield "OPENBLAS_NUM_THREADS"

    settings_found = mapped(os.getenv, names(), engine="processes", workers=1)
    assert [next(settings_found), next(settings_found)] == ["1", "1"]
    settings_found.close()
    assert len(read) <= 3
    assert dict(os.environ) == before


@pytest.mark.parametrize("engine", ["here", "processes"])
def test_what_a_function_raises_comes_out_as_it_is_at_its_place(engine):
    totals = mapped(partial(summed, abs), [[1], [-2], [], [3]], engine=engine, workers=1)
    assert [next(totals), next(totals)] == [1, 2]
    with pytest.raises(DataError, match="compute: there is nothing to add up") as raised:
        next(totals)
    assert raised.value.expected == "at least one part"


def test_a_killed_worker_is_named():
    signals = [0, 0, signal.SIGKILL, 0]
    with pytest.raises(ZhiyinError, match="a worker ended before its part was done") as raised:
        list(mapped(signal.raise_signal, signals, engine="processes", workers=1))
    assert raised.value.next_step


@pytest.mark.parametrize("ending", ["SIGINT", "SIGKILL"])
def test_workers_end_with_the_work(tmp_path, ending):
    """The signal reaches the parent alone, as from ``kill``, and not the whole group, as from a keyboard."""
    script = tmp_path / "work.py"
    script.write_text(
        "import os, pathlib, sys, time\n"
        "from zhiyin.compute import mapped\n"
        "def work(part):\n"
        "    pathlib.Path(sys.argv[1], str(os.getpid())).touch()\n"
        "    time.sleep(60)\n"
        "if __name__ == '__main__':\n"
        "    list(mapped(work, range(4), engine='processes', workers=2))\n"
    )
    folder = tmp_path / "pids"
    folder.mkdir()
    parent = subprocess.Popen(
        [sys.executable, script, folder], stderr=subprocess.PIPE, start_new_session=True
    )
    _until(lambda: len(list(folder.iterdir())) == 2)
    pids = [int(path.name) for path in folder.iterdir()]
    parent.send_signal(getattr(signal, ending))
    said = parent.communicate(timeout=20)[1].decode()
    _until(lambda: not any(_is_alive(pid) for pid in pids))
    assert parent.returncode != 0
    assert said.count("Traceback") == (ending == "SIGINT")


def test_there_must_be_parts_and_a_known_engine():
    with pytest.raises(DataError, match="nothing to add up"):
        summed(abs, [])
    with pytest.raises(SettingsError, match='did you mean "processes"'):
        mapped(abs, [1], engine="process")


def test_a_missing_ray_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(SettingsError, match=r"pip install 'zhiyin\[ray\]'"):
        mapped(abs, [1], engine="ray")


@pytest.fixture
def two_nodes(monkeypatch):
    """A Ray cluster of two nodes on this machine, this process connected to it."""
    if not HAS_RAY:
        pytest.skip("Ray is not installed: pip install 'zhiyin[ray]'")
    import ray
    from ray.cluster_utils import Cluster

    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    options = {"num_cpus": 1, "object_store_memory": 80 * 2**20}
    cluster = Cluster(initialize_head=True, head_node_args={**options, "include_dashboard": False})
    cluster.add_node(**options)
    ray.init(address=cluster.address, log_to_driver=False)
    yield ray
    ray.shutdown()
    cluster.shutdown()


def node_of(folder, part):
    """Wait for the other part, so that one node of one CPU cannot do both."""
    import ray

    (folder / str(part)).touch()
    _until(lambda: len(list(folder.iterdir())) == 2, timeout_s=60)
    return ray.get_runtime_context().get_node_id()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_ray_on_two_nodes_gives_the_same_bits(two_nodes, tmp_path):
    assert same(summed(Evidence.of, parts(), engine="ray"), summed(Evidence.of, parts()))
    assert len(set(mapped(partial(node_of, tmp_path), range(2), engine="ray"))) == 2
    assert set(mapped(os.getenv, ["OMP_NUM_THREADS"], engine="ray")) == {"1"}
    totals = mapped(partial(summed, abs), [[1], [], [3]], engine="ray", workers=1)
    assert next(totals) == 1
    with pytest.raises(DataError, match="compute: there is nothing to add up") as raised:
        next(totals)
    assert raised.value.expected == "at least one part"
    with pytest.raises(ZhiyinError, match="a worker ended before its part was done"):
        list(mapped(signal.raise_signal, [0, signal.SIGKILL], engine="ray"))
    assert two_nodes.is_initialized()


ALONE = """
import psutil, sys
from zhiyin.compute import mapped
def listening():
    found = psutil.net_connections("tcp")
    return {tuple(one.laddr) for one in found if one.status == psutil.CONN_LISTEN}
before = listening()
results = mapped(abs, [-1, 2, -3], engine="ray", workers=2)
first = next(results)
opened = listening() - before
print(first, *results, *{address.removeprefix("::ffff:") for address, _ in opened})
print(sys.modules["ray"].is_initialized())
"""


@pytest.mark.slow
@pytest.mark.skipif(not HAS_RAY, reason="Ray is not installed: pip install 'zhiyin[ray]'")
def test_ray_is_started_for_this_machine_alone_and_stopped():
    settings_around = {name: text for name, text in os.environ.items() if "RAY" not in name}
    told = subprocess.run(
        [sys.executable, "-c", ALONE], capture_output=True, text=True, env=settings_around
    )
    assert told.stdout == "1 2 3 127.0.0.1\nFalse\n"


def _is_alive(pid):
    state = Path(f"/proc/{pid}/stat")
    try:
        return state.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _until(is_so, timeout_s=20):
    until = time.monotonic() + timeout_s
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)
