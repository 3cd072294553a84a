"""Which encoding a file's text is in, told from its bytes."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

UTF_8 = "utf-8-sig"
"""UTF-8 with or without a byte order mark."""

NAMES = {
    "utf-16": "UTF-16",
    "gb18030": "GB18030",
    "big5": "Big5",
    "cp1252": "Windows-1252",
}
"""How people call the encodings that are found beside UTF-8."""

_PIECE = 1 << 18
_SKIMMED = 1 << 26
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_UTF_8 = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]"
    rb"|(?:\xe0[\xa0-\xbf]|[\xe1-\xef][\x80-\xbf])[\x80-\xbf]"
    rb"|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2}"
)
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
# In both, a character is a pair of bytes; what is common are the everyday characters and the punctuation.
_GB_PAIR = re.compile(rb"[\x81-\xfe](?:[\x40-\x7e\x80-\xfe]|[\x30-\x39][\x81-\xfe][\x30-\x39])")
_GB_COMMON = re.compile(rb"[\xa1\xa3\xb0-\xd7][\xa1-\xfe]")
_BIG5_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\xa1-\xfe]")
_BIG5_COMMON = re.compile(rb"(?:[\xa4-\xc5][\x40-\x7e\xa1-\xfe]|\xc6[\x40-\x7e]|\xa1[\x40-\x7e])")
# Letters with accents stand alone or in twos between plain ones; signs stand alone.
_WESTERN_RUN = re.compile(rb"[\x80-\xff]+")
_WESTERN = re.compile(
    rb"[\x8a\x8c\x8e\x9a\x9c\x9e\x9f\xc0-\xd6\xd8-\xf6\xf8-\xff]{1,2}"
    rb"|[\x80\x85\x91-\x97\x99\xa0-\xbf\xd7]"
)


def detect(path: Path) -> str:
    """Return the encoding of a text file, by the name that `open` knows it under.

    A file that is mostly UTF-8 is UTF-8, and so is one that fits nothing else, binary files included: reading it
    then says what is wrong. Looked at are up to 256 kB of the lines that hold more than ASCII, from the first 64 MB
    and from the middle and the end; ``.gz`` is gunzipped, and only its beginning is looked at.

    Returns: a key of `NAMES`, or `UTF_8`.
    Raises:
        OSError: the file cannot be read.
    Complexity: O(file) up to 64 MB, about 0.3 s; constant memory.
    """
    with path.open("rb") as raw:
        is_zipped = path.suffix.lower() == ".gz"
        binary: Any = gzip.GzipFile(fileobj=raw) if is_zipped else raw
        blocks = _blocks(binary)
        first = next(blocks, b"")
        if first.startswith((b"\xff\xfe", b"\xfe\xff")) and first[2:4] != b"\0\0":
            return "utf-16"
        sample = bytearray(_telling(first))
        for block in blocks:
            sample += _telling(block)
            if len(sample) >= _PIECE:
                break
        if not is_zipped and raw.tell() >= _SKIMMED:
            size = path.stat().st_size
            for place in (size // 2, size - _PIECE):
                raw.seek(max(place, raw.tell()))
                sample += _telling(raw.read(_PIECE))
    return likeliest(bytes(sample[: 2 * _PIECE]))


def likeliest(text: bytes) -> str:
    """Return the encoding that bytes of text are in, a few damaged or cut off characters among them.

    >>> likeliest("用户,商品".encode("gbk")), likeliest("Sigur Rós".encode("cp1252"))
    ('gb18030', 'cp1252')
    """
    n_bytes = len(_BEYOND_ASCII.findall(text))
    n_valid = sum(map(len, _UTF_8.findall(text)))
    if n_valid >= n_bytes or _is_binary(text):
        return UTF_8
    # Of encodings that fit as well the first is taken.
    shares = {
        UTF_8: n_valid / n_bytes,
        "gb18030": _common(text, _GB_PAIR, _GB_COMMON),
        "cp1252": _western(text),
        "big5": _common(text, _BIG5_PAIR, _BIG5_COMMON),
    }
    best = max(shares, key=shares.__getitem__)
    if shares[best] >= 0.5:
        return best
    # Rare characters, of names and places.
    n_strays = len(_BEYOND_ASCII.findall(_GB_PAIR.sub(b"", text)))
    return "gb18030" if n_strays <= n_bytes / 100 else UTF_8


def _is_binary(text: bytes) -> bool:
    return b"\0" in text or len(_CONTROLS.findall(text)) > len(text) / 500


def _common(text: bytes, pair: re.Pattern[bytes], common: re.Pattern[bytes]) -> float:
    """Return which part of the bytes beyond ASCII makes common characters."""
    pairs = pair.findall(text)
    n_wrong = len(_BEYOND_ASCII.findall(pair.sub(b"", text)))
    n_common = sum(common.fullmatch(one) is not None for one in pairs)
    return n_common / max(len(pairs) + n_wrong, 1)


def _western(text: bytes) -> float:
    """Return which part of the bytes beyond ASCII stands as accented letters and signs do."""
    runs = _WESTERN_RUN.findall(text)
    n_fitting = sum(len(run) for run in runs if _WESTERN.fullmatch(run))
    return n_fitting / max(sum(map(len, runs)), 1)


def _blocks(binary: IO[bytes]) -> Iterator[bytes]:
    """Yield the beginning of a file in blocks, up to where it is damaged."""
    for _ in range(_SKIMMED // _PIECE):
        try:
            block = binary.read(_PIECE)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            return
        if not block:
            return
        yield block


def _telling(block: bytes) -> bytes:
    """Return the lines of a block that hold more than ASCII."""
    if block.isascii():
        return b""
    return b"".join(line for line in block.splitlines(keepends=True) if not line.isascii())
