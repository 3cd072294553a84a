"""Any embedding model behind an OpenAI-compatible endpoint: vLLM, Ollama, OpenAI, Qwen and so on."""

from __future__ import annotations

import importlib
import json
import os
import time
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.errors import (
    BadOutput,
    MissingExtra,
    ModelError,
    ModelTimeout,
    NeedsKey,
    RateLimited,
    SettingsError,
)
from zhiyin.language.embedder import Kind, readable, unit_rows
from zhiyin.privacy.redaction import Redaction
from zhiyin.registry import PartConfig

_WHERE = "embedders.openai"
_BYTES_A_TEXT = 1 << 18  # 8,192 numbers of 32 characters


class OpenAI:
    """Asks a model behind an OpenAI-compatible endpoint; phone numbers, addresses and the like stay here.

    What the endpoint cannot do for now is tried again, each time after a longer pause.

    >>> OpenAI(OpenAI.Config(model="bge-m3", base_url="http://localhost:11434/v1", key_variable="")).model_id
    'bge-m3'
    """

    name = "openai"

    class Config(PartConfig):
        """Options of `OpenAI`."""

        model: str = Field(description="The model's name at the endpoint.")
        base_url: str = Field(
            "https://api.openai.com/v1",
            description="The endpoint, such as http://localhost:11434/v1.",
        )
        key_variable: str = Field(
            "ZHIYIN_OPENAI_KEY",
            description="Environment variable that holds the key; empty where none is wanted.",
        )
        dim: int | None = Field(
            None, ge=1, description="Ask for vectors of so many numbers; the model's own if none."
        )
        query_prefix: str = Field("", description="What the model wants before a query.")
        passage_prefix: str = Field("", description="What the model wants before other texts.")
        max_characters: int = Field(2_000, ge=1, description="How much of a text is sent.")
        batch: int = Field(64, ge=1, le=2_048, description="Texts in a request, at most.")
        timeout_s: float = Field(30.0, gt=0, description="Longest wait for an attempt's answer.")
        retries: int = Field(4, ge=0, description="New attempts before a request is given up.")

    def __init__(self, config: Config) -> None:
        self._config = config
        self._dim = config.dim
        self._client: Any = None
        told = config.model_dump(
            include={"dim", "query_prefix", "passage_prefix", "max_characters"},
            exclude_defaults=True,
        )
        mark = "/" + sha256(json.dumps(told).encode()).hexdigest()[:8] if told else ""
        self.model_id = config.model + mark

    @property
    def dim(self) -> int:
        """How many numbers a vector has; asked of the endpoint where the options do not say."""
        if self._dim is None:
            self.embed(["1"], kind="passage")
        assert self._dim is not None  # noqa: S101 - an answer without vectors was refused
        return self._dim

    def embed(self, texts: Sequence[str], *, kind: Kind) -> NDArray[np.float32]:
        """Return (n, dim) float32 unit vectors of n texts, zero for an empty one; see `Embedder`.

        Raises:
            NeedsKey: there is no key, or it is not taken.
            RateLimited: the endpoint lets no more through.
            ModelTimeout: no answer came in time.
            BadOutput: what came are not that many vectors of that many numbers.
            ModelError: the endpoint failed.
            SettingsError: there is no such endpoint or model.
        """
        prefix = self._config.query_prefix if kind == "query" else self._config.passage_prefix
        said = [readable(text[: self._config.max_characters]) for text in texts]
        rows = [row for row, text in enumerate(said) if text]
        made = []
        for start in range(0, len(rows), self._config.batch):
            part = [said[row] for row in rows[start : start + self._config.batch]]
            # Each by itself, so that a vector depends on nothing but its text.
            made.append(self._asked([prefix + Redaction([text]).texts[0] for text in part]))
        vectors = np.zeros((len(texts), self.dim), np.float32)
        if made:
            vectors[rows] = unit_rows(np.concatenate(made))
        return vectors

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_client": None}

    def _asked(self, texts: list[str]) -> NDArray[np.float64]:
        openai, httpx = _package("openai"), _package("httpx2")
        length = {} if self._config.dim is None else {"dimensions": self._config.dim}
        try:
            with self._connected(openai).embeddings.with_streaming_response.create(
                model=self._config.model, input=texts, encoding_format="float", **length
            ) as response:
                received = self._received(response.iter_bytes(), _BYTES_A_TEXT * len(texts))
        except (openai.APITimeoutError, httpx.TimeoutException) as error:
            raise self._late() from error
        except openai.APIStatusError as error:
            raise self._meaning(error) from error
        except (openai.APIConnectionError, httpx.HTTPError) as error:
            raise ModelError(
                f"the connection failed: {error.__cause__ or error}",
                where=self._config.base_url,
                expected="an endpoint that answers",
                next_step="see whether it runs, and check base_url",
            ) from error
        vectors = self._parsed(received, len(texts))
        self._dim = vectors.shape[1]
        return vectors

    def _connected(self, openai: Any) -> Any:
        if self._client is None:
            variable = self._config.key_variable
            key = os.environ.get(variable, "") if variable else "none"
            if not key:
                raise NeedsKey(
                    f"the environment variable {variable} holds no key",
                    where=_WHERE,
                    expected=f"a key for {self._config.base_url}",
                    next_step=f"export {variable}=…, or set key_variable to an empty text",
                )
            self._client = openai.OpenAI(
                base_url=self._config.base_url,
                api_key=key,
                timeout=self._config.timeout_s,
                max_retries=self._config.retries,
            )
        return self._client

    def _received(self, pieces: Iterable[bytes], most_bytes: int) -> bytes:
        received, deadline = bytearray(), time.monotonic() + self._config.timeout_s
        for piece in pieces:
            received += piece
            if len(received) > most_bytes:
                raise self._bad(f"it sent more than {most_bytes:,} bytes")
            if time.monotonic() > deadline:
                raise self._late()
        return bytes(received)

    def _parsed(self, received: bytes, n: int) -> NDArray[np.float64]:
        """Return (n, dim) vectors in the order of the texts."""
        try:
            data = sorted(json.loads(received)["data"], key=lambda one: one["index"])
            places = [one["index"] for one in data]
            vectors = np.array([one["embedding"] for one in data], np.float64)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise self._bad("it sent no vectors") from error
        if places != list(range(n)) or vectors.ndim != 2 or not vectors.size:
            raise self._bad(f"it sent {len(data)} vectors, {vectors.shape}", f"{n} of one length")
        if self._dim is not None and vectors.shape[1] != self._dim:
            raise self._bad(f"its vectors have {vectors.shape[1]} numbers", str(self._dim))
        if not np.isfinite(vectors).all():
            raise self._bad("its vectors hold what is no number")
        return vectors

    def _bad(self, what: str, expected: str = "one vector of numbers for each text") -> BadOutput:
        return BadOutput(
            what,
            where=self._config.base_url,
            expected=expected,
            next_step=f"check that {self._config.model} is an embedding model",
        )

    def _late(self) -> ModelTimeout:
        return ModelTimeout(
            "it did not answer in time",
            where=self._config.base_url,
            expected=f"an answer within {self._config.timeout_s:g} s",
            next_step="raise timeout_s, or lower batch",
        )

    def _meaning(self, error: Any) -> Exception:
        """Return what a status other than 200 means."""
        status, where, said = error.status_code, self._config.base_url, str(error.message)[:200]
        if status in (401, 403):
            step = f"set {self._config.key_variable or 'key_variable'}"
            return NeedsKey(f"it does not take the key: {said}", where=where, next_step=step)
        if status == 404:
            return SettingsError(
                f"it has no model {self._config.model}, or is no such endpoint: {said}",
                where=where,
                next_step="check base_url, which mostly ends in /v1, and model",
            )
        if status == 429:
            step = "try again later; what is finished is kept"
            return RateLimited(f"it lets no more through: {said}", where=where, next_step=step)
        return ModelError(f"it answered {status}: {said}", where=where, next_step="see its log")


def _package(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise MissingExtra(
            f"the client of endpoints is not installed: {error}",
            where=_WHERE,
            expected="the package openai",
            next_step="pip install openai",
        ) from error
