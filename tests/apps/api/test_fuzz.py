"""The API keeps to its own description, whatever it is sent (schemathesis: examples, coverage, fuzzing, stateful)."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from pydantic import SecretStr

from zhiyin.apps.api.app import create_app
from zhiyin.apps.api.protocol import ProblemProtocol
from zhiyin.settings import Settings
from zhiyin.shop import Shop

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[3]
KEY = "a-secret-of-the-tests"
EXAMPLES = 15
"""For each operation, in each of the phases that draw some."""


@pytest.fixture
def url(home: Path) -> Iterator[str]:
    (home / "zhiyin.local.toml").write_text("[pipelines.home]\nbudget_ms = 5000\n")
    settings = Settings.load(home)
    api = settings.api.model_copy(update={"key": SecretStr(KEY), "timeout_s": 60.0})
    with (
        Shop.open(settings.model_copy(update={"api": api})) as shop,
        socket.create_server(("127.0.0.1", 0)) as listener,
    ):
        config = uvicorn.Config(create_app(shop), http=ProblemProtocol, log_config=None)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def test_answers_are_as_described(url: str, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("schemathesis")
    command = [program, "--config-file", ROOT / "schemathesis.toml", "--no-color", "run"]
    command += [f"{url}/openapi.json", "--header", f"Authorization: Bearer {KEY}"]
    command += ["--max-examples", str(EXAMPLES), "--seed", "1", "--wait-for-schema", "10"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-5_000:]
