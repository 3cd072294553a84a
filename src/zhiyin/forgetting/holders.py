"""What holds something of people beside the tables: vectors of texts, files of the home, snapshots, this process."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from zhiyin.core.erasable import Erased, Leaving
from zhiyin.forgetting.receipts import RECEIPTS
from zhiyin.ingest.quarantine import unsealed
from zhiyin.language.vectors import digest
from zhiyin.privacy.pseudonyms import PLAIN, Pseudonyms
from zhiyin.store.store import Store
from zhiyin.store.whole_file import whole_file

_OWN = frozenset({"shop.db", "shop.db-wal", "shop.db-shm", "snapshots", "language", "quarantine", RECEIPTS})  # fmt: skip
_SETTINGS = (".toml", ".key")
_PIECE = 1 << 20
_MOST_NAMED = 20


class TextVectors:
    """Vectors of what the person wrote, of every model.

    A text that others wrote too, word by word, is embedded anew the next time.
    """

    holds = ("vectors",)

    def __init__(self, store: Store) -> None:
        self._store = store

    def erase(self, person: Leaving) -> Sequence[Erased]:
        """See ``Erasable.erase``."""
        digests = [digest(text, kind) for text in person.texts for kind in ("passage", "query")]
        models = self._store.vector_models() if digests else {}
        return [Erased("vectors", sum(self._store.drop_vectors(m, digests) for m in models))]


class HomeFiles:
    """Files of the home that people's ids may stand in: rows that an import refused, and what others laid there."""

    holds = ("quarantine", "language", "files")

    def __init__(self, home: Path, pseudonyms: Pseudonyms = PLAIN) -> None:
        self._home, self._pseudonyms = home, pseudonyms

    def erase(self, person: Leaving) -> Sequence[Erased]:
        """See ``Erasable.erase``; of refused rows every line goes that has the id as a word, or one of the texts."""
        lines = 0
        for path in sorted((self._home / "quarantine").glob("*.jsonl")):
            lines += _without_lines(path, person, self._pseudonyms)
        return [
            Erased("quarantine", lines),
            Erased("language", 0, self._said_of_language(person)),
            Erased("files", 0, self._said_of_others(person)),
        ]

    def _said_of_language(self, person: Leaving) -> str:
        fitted = list((self._home / "language").glob("*.npz"))
        if not fitted or not person.texts:
            return ""
        return "word counts over all texts stay until the embedder is fitted anew: zhiyin mine --rebuild"

    def _said_of_others(self, person: Leaving) -> str:
        held = [name for name in self._others() if _has(self._home / name, person)]
        if not held:
            return ""
        more = f" and {len(held) - _MOST_NAMED} more" if len(held) > _MOST_NAMED else ""
        return f"not the shop's own, and may hold the person: {', '.join(held[:_MOST_NAMED])}{more}"

    def _others(self) -> Iterator[str]:
        for path in sorted(self._home.rglob("*")) if self._home.is_dir() else ():
            name = path.relative_to(self._home)
            is_own = name.parts[0] in _OWN or path.suffix in _SETTINGS
            if not is_own and path.is_file():
                yield str(name)


class ThisProcess:
    """What this process keeps in memory: it serves from what is left, and reads texts with empty caches.

    Other processes that serve take the new snapshot up by themselves; ids are looked up in the store, so none of them
    finds the person meanwhile.
    """

    holds = ("memory",)

    def __init__(self, renew: Callable[[], None]) -> None:
        self._renew = renew

    def erase(self, person: Leaving) -> Sequence[Erased]:
        """See ``Erasable.erase``."""
        self._renew()
        return [Erased("memory", 0)]


def _named(person: Leaving) -> re.Pattern[bytes]:
    """Return what finds the id as a word of its own, and ids of posts and texts anywhere."""
    key = re.escape(person.key).encode("utf-8", "surrogatepass")
    words = [rb"(?<![\w.-])" + key + rb"(?![\w-])"]
    told = [name for _, name in person.posts] + [
        t for t in person.texts if len(t) > len(person.key)
    ]
    words += [re.escape(one).encode("utf-8", "surrogatepass") for one in told]
    return re.compile(b"|".join(words))


def _without_lines(path: Path, person: Leaving, pseudonyms: Pseudonyms) -> int:
    named = _named(person)
    lines = path.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if not named.search(unsealed(line, pseudonyms))]
    if gone := len(lines) - len(kept):
        if kept:
            with whole_file(path, replaces=True) as file:
                file.writelines(kept)
        else:
            path.unlink()
    return gone


def _has(path: Path, person: Leaving) -> bool:
    """Return whether a file may hold the person: its bytes do, or they are packed."""
    if path.suffix in (".zip", ".parquet", ".gz", ".zst"):
        return True
    named, before = _named(person), b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            if named.search(before + piece):
                return True
            before = piece[-4096:]
    return False
