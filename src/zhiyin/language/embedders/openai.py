"""Any embedding model behind an OpenAI-compatible endpoint: vLLM, Ollama, OpenAI, Qwen and so on."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from zhiyin.errors import BadOutput
from zhiyin.language.embedder import Kind, readable, unit_rows
from zhiyin.language.endpoint import LONGEST_PAUSE_S, Endpoint
from zhiyin.privacy.redaction import Redaction
from zhiyin.registry import PartConfig

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
        self._endpoint = Endpoint(
            "embeddings",
            config.base_url,
            config.key_variable,
            attempts=config.retries + 1,
            attempt_s=config.timeout_s,
        )
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

    def _asked(self, texts: list[str]) -> NDArray[np.float64]:
        config = self._config
        length = {} if config.dim is None else {"dimensions": config.dim}
        vectors = self._endpoint.ask(
            {"model": config.model, "input": texts, "encoding_format": "float", **length},
            time.monotonic() + (config.retries + 1) * (config.timeout_s + LONGEST_PAUSE_S),
            lambda received: self._parsed(received, len(texts)),
            _BYTES_A_TEXT * len(texts),
        )
        self._dim = vectors.shape[1]
        return vectors

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
