"""A language model in this process, by llama.cpp."""

from __future__ import annotations

import atexit
import importlib
import queue
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import Field

from zhiyin.errors import BadOutput, MissingExtra, ModelError, ModelTimeout
from zhiyin.language.chat.bundled import MODEL_ID, bundled_model
from zhiyin.language.chat.model import Completion, Message
from zhiyin.language.chat.schema import grammar
from zhiyin.registry import PartConfig

_WHERE = "chat model llama"
_BATCH = 128
"""Tokens of a prompt read between two looks at the clock."""


class Llama:
    """Runs a GGUF file in this process by llama.cpp: the Gemma 3 with 270 million weights in the box, or another.

    The model goes on with a text; it is shown examples rather than told what to do, and held to a schema by a grammar.
    The same words always get the same answer. Questions wait for one another: there is one model for all threads.

    >>> Llama(Llama.Config()).model_id
    'gemma-3-270m-q4_k_m'
    """

    name = "llama"

    class Config(PartConfig):
        """Options of `Llama`."""

        path: str = Field("", description="A GGUF file; empty means the model in the box.")
        context_tokens: int = Field(
            2048, ge=256, description="Most tokens of a question and its answer together."
        )
        threads: int = Field(
            1,
            ge=1,
            description="Cores for it alone; more than are idle make it tens of times slower.",
        )

    def __init__(self, config: Config) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._server: Any = None

    @property
    def model_id(self) -> str:
        """The name of its file."""
        return Path(self._config.path).stem or MODEL_ID

    def complete(
        self,
        messages: Sequence[Message],
        *,
        schema: Mapping[str, Any] | None = None,
        max_tokens: int = 256,
        timeout_s: float = 30.0,
    ) -> Completion:
        """Return the next message; see `ChatModel`. Loading the model, once, is outside of the time.

        Raises:
            MissingExtra: llama.cpp or the model in the box is not installed.
            ModelTimeout: it took longer, by more than a batch of 128 tokens at most.
            ModelError: the file cannot be loaded, or the question is longer than the context.
            BadOutput: the schema makes no grammar, or nothing came.
        """
        chunks: list[dict[str, Any]] = []
        self._run(_question(messages, schema, max_tokens), timeout_s, chunks.append)
        if not chunks:
            raise BadOutput("llama.cpp answered nothing", where=_WHERE)
        last = chunks[-1]
        return Completion(
            "".join(map(_text, chunks)),
            is_cut=last["choices"][0]["finish_reason"] == "length",
            prompt_tokens=last["usage"]["prompt_tokens"],
            completion_tokens=last["usage"]["completion_tokens"],
        )

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int = 256, timeout_s: float = 30.0
    ) -> Iterator[str]:
        """Give the next message piece by piece; see `ChatModel`."""
        pieces: queue.SimpleQueue[str | BaseException | None] = queue.SimpleQueue()
        stopped = threading.Event()

        def work() -> None:
            try:
                question = _question(messages, None, max_tokens)
                self._run(question, timeout_s, lambda c: pieces.put(_text(c)), stopped.is_set)
                pieces.put(None)
            except BaseException as error:  # noqa: BLE001  it is raised in the thread that listens
                pieces.put(error)

        thread = threading.Thread(target=work, name="llama", daemon=True)

        def stop() -> None:
            stopped.set()
            thread.join()

        # llama.cpp aborts the process that ends while it is at work.
        atexit.register(stop)
        thread.start()
        try:
            while (piece := pieces.get()) is not None:
                if isinstance(piece, BaseException):
                    raise piece
                if piece:
                    yield piece
        finally:
            stop()
            atexit.unregister(stop)

    def close(self) -> None:
        """Give back the memory; the next question loads the model again."""
        with self._lock:
            self._server = None

    def _run(
        self,
        question: dict[str, Any],
        timeout_s: float,
        take: Callable[[dict[str, Any]], None],
        is_stopped: Callable[[], bool] = bool,
    ) -> None:
        """Ask, and hand on what comes; llama.cpp stops where its callback answers True."""
        began = time.monotonic()
        if not self._lock.acquire(timeout=timeout_s):
            raise self._late(timeout_s)
        try:
            if self._server is None:
                self._server = _loaded(self._config)
                began = time.monotonic()
            failed: dict[str, Any] = {}
            is_late = False

            def heard(chunk: dict[str, Any]) -> bool:
                nonlocal is_late
                if "error" in chunk:
                    failed.update(chunk["error"])
                    return True
                if "choices" in chunk:
                    take(chunk)
                is_late = time.monotonic() - began > timeout_s
                return is_late or is_stopped()

            self._server.handle_completions(question, heard)
        finally:
            self._lock.release()
        if failed:
            kind = BadOutput if "grammar" in str(failed.get("message")) else ModelError
            raise kind(str(failed.get("message")), where=_WHERE, next_step="ask for less at once")
        if is_late:
            raise self._late(timeout_s)

    def _late(self, timeout_s: float) -> ModelTimeout:
        return ModelTimeout(
            f"{self.model_id} did not answer within {timeout_s:g} s",
            where=_WHERE,
            expected="a shorter answer, or an idle core for each of its threads",
            next_step="give it more time or fewer tokens",
        )


def _question(
    messages: Sequence[Message], schema: Mapping[str, Any] | None, max_tokens: int
) -> dict[str, Any]:
    """Return what llama.cpp is asked: messages become a text whose next paragraph is the answer."""
    ends = {"system": "\n\n", "user": "\n", "assistant": "\n\n"}
    text = "".join(f"{message.text}{ends[message.role]}" for message in messages)
    held = {"grammar": grammar(schema)} if schema else {"stop": ["\n\n"]}
    return {
        "prompt": text.encode("utf-8", "replace").decode(),
        "n_predict": max_tokens,
        "temperature": 0,
        "stream": True,
        "return_progress": True,
        **held,
    }


def _text(chunk: dict[str, Any]) -> str:
    return "".join(choice["text"] for choice in chunk["choices"])


def _loaded(config: Llama.Config) -> Any:
    try:
        xllamacpp = importlib.import_module("xllamacpp")
    except ImportError as error:
        raise MissingExtra(
            f"llama.cpp is not installed: {error}",
            where=_WHERE,
            expected="the extra [local]",
            next_step="pip install 'zhiyin[local]'",
        ) from error
    path = Path(config.path) if config.path else bundled_model()
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx = config.context_tokens
    for threads in (params.cpuparams, params.cpuparams_batch):
        threads.n_threads = config.threads
    params.n_batch = params.n_ubatch = _BATCH
    params.swa_full = True  # so that examples read once are not read again for the next question
    params.cache_ram_mib = 0
    params.warmup = False
    params.verbosity = 0
    # It opens a port of the loopback that nobody asked for: one thread behind a key that nobody knows.
    params.api_keys = [secrets.token_urlsafe(32)]
    params.n_threads_http = 1
    params.ui = params.endpoint_slots = False
    try:
        return xllamacpp.Server(params)
    except RuntimeError as error:
        raise ModelError(
            "the model cannot be loaded",
            where=str(path),
            expected="a readable GGUF file, and memory for it",
            next_step="check the option path of the chat model llama",
        ) from error
