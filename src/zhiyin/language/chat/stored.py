"""Answers of chat models that outlive the process: kept in a shop's store."""

from __future__ import annotations

from zhiyin.store.store import Store


class StoredAnswers:
    """Keeps answers in a store by model, prompt and a digest of the data, for an `AnswerCache`.

    An answer quotes the text it is about, so it may be kept no longer than that: dumps hold both.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/shop.db") as store:
    ...     StoredAnswers(store)["answers/m/context.en@1/0"] = '{"place": "beach"}'
    ...     StoredAnswers(store).get("answers/m/context.en@1/0")
    '{"place": "beach"}'
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str, /) -> str | None:
        """Return the JSON text kept under a key, None where there is none."""
        return self._store.get_state(key)

    def __setitem__(self, key: str, text: str, /) -> None:
        """Keep a JSON text."""
        self._store.set_state(key, text)
