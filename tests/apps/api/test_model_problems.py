"""What a language model's failures are over HTTP: never the caller's fault, and nothing of the inside."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from zhiyin import errors
from zhiyin.apps.api.problems import add_problem_handlers


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.ModelError, 503),
        (errors.NeedsKey, 503),
        (errors.RateLimited, 503),
        (errors.ModelTimeout, 504),
        (errors.BadOutput, 502),
        (errors.MissingExtra, 500),
    ],
)
def test_a_failing_model_has_a_status_and_keeps_its_address(error, status):
    app = FastAPI()
    add_problem_handlers(app)

    @app.get("/")
    def fail():
        raise error("it said secret", where="http://inside:8000/v1", next_step="export KEY=…")

    with TestClient(app) as client:
        answer = client.get("/")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    for inside in ("secret", "inside", "KEY"):
        assert inside not in answer.text
