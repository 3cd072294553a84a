"""A route that does nothing, behind what the shop's routes stand behind: what a request costs by itself."""

from __future__ import annotations

from fastapi import FastAPI

app = FastAPI(openapi_url=None)


@app.get("/noop")
def noop() -> dict[str, int]:
    """Answer at once, from a thread as the shop's routes do."""
    return {"answer": 1}
