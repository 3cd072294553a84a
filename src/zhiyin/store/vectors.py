"""Vectors of texts by model and digest: a cache, so that a text that did not change is embedded once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, delete, func, select

from zhiyin.errors import StoreError
from zhiyin.store.engine import insert, within
from zhiyin.store.schema import vectors as table

_FLOAT16 = np.dtype("<f2")


def find(
    connection: Connection, model: str, digests: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
    """Return which texts have a vector, and the vectors.

    Args:
        connection: to read with.
        model: the embedder's ``model_id``.
        digests: n of them, distinct.
    Returns: (m,) int64 ascending positions in ``digests`` and (m, dim) float16; (0, 0) where there are none.
    Raises:
        StoreError: vectors of several lengths are stored for the model.
    """
    c = table.c
    is_asked = and_(c.model == model, within(connection, c.digest, digests))
    asked = select(c.digest, c.vector).where(is_asked)
    stored: dict[str, bytes] = dict(connection.execute(asked).all())
    positions = [position for position, digest in enumerate(digests) if digest in stored]
    found = [stored[digests[position]] for position in positions]
    sizes = {len(vector) for vector in found}
    if len(sizes) > 1:
        raise StoreError(
            f"vectors of {sorted(size // 2 for size in sizes)} numbers are stored for {model}",
            where="vectors",
            expected="one length for each model",
            next_step="drop the model's vectors, so that its texts are embedded anew",
        )
    matrix = np.frombuffer(b"".join(found), _FLOAT16)
    return np.array(positions, np.int64), matrix.reshape(len(found), -1 if found else 0)


def keep(
    connection: Connection, model: str, digests: Sequence[str], vectors: NDArray[np.floating]
) -> int:
    """Store vectors; a text that has one keeps it.

    Args:
        connection: inside a writing transaction.
        model: the embedder's ``model_id``.
        digests: n of them.
        vectors: (n, dim), stored as float16.
    Returns: how many are new.
    """
    if not len(digests):
        return 0
    rows = [
        {"model": model, "digest": digest, "vector": vector.tobytes()}
        for digest, vector in zip(digests, vectors.astype(_FLOAT16), strict=True)
    ]
    put = insert(connection, table).on_conflict_do_nothing()
    result = connection.execute(put, rows, execution_options={"preserve_rowcount": True})
    return int(result.rowcount)


def drop(connection: Connection, model: str, digests: Sequence[str] | None = None) -> int:
    """Remove the vectors of some texts, or all of a model's.

    Returns: how many there were.
    """
    asked = delete(table).where(table.c.model == model)
    if digests is not None:
        asked = asked.where(within(connection, table.c.digest, digests))
    return int(connection.execute(asked).rowcount)


def models(connection: Connection) -> dict[str, int]:
    """Return model → how many vectors of it are stored, by name."""
    asked = select(table.c.model, func.count()).group_by(table.c.model).order_by(table.c.model)
    return {str(model): int(count) for model, count in connection.execute(asked)}
