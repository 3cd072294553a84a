"""Texts cut into words: Chinese by a dictionary and a hidden Markov model, English by its letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from zhiyin.language.emoji import SIGNS, bare
from zhiyin.language.scripts import HAN, LATIN, fold
from zhiyin.language.stop_words import STOP_WORDS

if TYPE_CHECKING:
    from rjieba import Jieba

Kind = Literal["zh", "en", "number", "emoji", "other"]

_WORD = f"[0-9{LATIN}]+"
# A point between digits is a decimal mark, a comma before three of them parts thousands.
_JOINT = r"(?:['-]|(?<=[0-9])(?:\.(?=[0-9])|,(?=[0-9]{3}(?![0-9]))))"
_SCAN = re.compile(
    f"(?P<zh>[{HAN}]+)|(?P<emoji>{SIGNS})|(?P<en>{_WORD}(?:{_JOINT}{_WORD})*)"
    f"|(?P<other>[^\\W_0-9{HAN}{LATIN}]+)"
)
# A rarer word loses to words that lie across its ends: 红花|西|子口|红 for 红|花西子|口红.
_FREQUENCY = 1000
_HAN = re.compile(f"[{HAN}]+")
_NUMBER = re.compile("[0-9.,]+")
_CODE = re.compile(f"[0-9][{LATIN}]|[{LATIN}][0-9]")
_HYPHENED = re.compile(f"[{LATIN}]{{1,2}}-{_WORD}|{_WORD}-[{LATIN}]{{1,2}}")
_HAS_DIGIT = re.compile("[0-9]")
_SAID_ALONE = re.compile(f"[{LATIN}]{{3,}}|[0-9.]{{2,}}")


class Token(NamedTuple):
    """A word of a text.

    Attributes:
        text: as it is in the folded text.
        start: where it begins, in characters of the text.
        end: behind its last character.
        kind: number only for bare ones; what has letters too, such as ``500ml``, is en.

    >>> Tokenizer().tokens("好 500ML")[1]
    Token(text='500ml', start=2, end=7, kind='en')
    """

    text: str
    start: int
    end: int
    kind: Kind


class Tokenizer:
    """Cuts texts into words.

    Args:
        new_words: words of a shop that the dictionary lacks, such as brands; each is kept in one piece.

    >>> [token.text for token in Tokenizer(["花西子"]).tokens("花西子的蜜粉，WH-1000XM5 don't 12.5元😀")]
    ['花西子', '的', '蜜粉', 'wh-1000xm5', "don't", '12.5', '元', '😀']
    >>> Tokenizer().words("These shoes aren't the best")
    ['shoe', "aren't", 'best']
    """

    def __init__(self, new_words: Iterable[str] = ()) -> None:
        words = {fold(word).strip() for word in new_words}
        chinese = {word for word in words if len(word) > 1 and _HAN.fullmatch(word)}
        self._jieba = dictionary()
        if chinese:
            self._jieba = _fresh_dictionary()
            for word in sorted(chinese):
                self._jieba.add_word(word, max(_FREQUENCY, self._jieba.suggest_freq(word)), None)
        self._joined = frozenset(
            word for word in words - chinese if word and not re.search(r"\s", word)
        )
        self._initials = frozenset(word[0] for word in self._joined)
        self._longest = max(map(len, self._joined), default=0)

    def tokens(self, text: str) -> list[Token]:
        """Return the words of a text in order, without punctuation and spaces.

        Model codes stay whole (``wh-1000xm5``, ``a4``), and so do pairs with a part of one or two letters
        (``t-shirt``); other hyphens part words.

        Complexity: O(n).
        """
        folded = fold(text)
        found = self._pieces(folded)
        return self._rejoined(folded, found) if self._joined else found

    def words(self, text: str, *, for_search: bool = False) -> list[str]:
        """Return the terms of a text: without stop words, English by its stems, numbers without commas.

        Args:
            text: of any length.
            for_search: put the shorter words within a word before it, so that 手机 finds 手机壳 and ``iphone 15``
                finds ``iphone15``. For documents; queries are better without.
        Complexity: O(n).

        >>> Tokenizer().words("iPhone15的保护套", for_search=True)
        ['iphon', '15', 'iphone15', '保护', '护套', '保护套']
        """
        return self.terms(self.tokens(text), for_search=for_search)

    def terms(self, tokens: Iterable[Token], *, for_search: bool = False) -> list[str]:
        """Return the terms of tokens of this tokenizer, see ``words``."""
        terms: list[str] = []
        for token in tokens:
            if token.text in STOP_WORDS:
                continue
            if for_search:
                terms.extend(self._within(token))
            terms.append(_term(token))
        return terms

    def _pieces(self, folded: str) -> list[Token]:
        cut = self._jieba.tokenize
        found: list[Token] = []
        for match in _SCAN.finditer(folded):
            kind, start, piece = match.lastgroup, match.start(), match[0]
            if kind == "zh":
                found += [Token(word, start + a, start + b, "zh") for word, a, b in cut(piece)]
            elif kind == "en":
                found += _latin(piece, start)
            else:
                other: Kind = "emoji" if kind == "emoji" else "other"
                found.append(Token(piece, start, match.end(), other))
        return found

    def _rejoined(self, folded: str, tokens: list[Token]) -> list[Token]:
        """Return the tokens with those in one that together are a new word, the longest first."""
        joined, place = [], 0
        while place < len(tokens):
            token, after = tokens[place], place + 1
            start = token.start
            if folded[start] in self._initials:
                for last in range(place + 1, len(tokens)):
                    end = tokens[last].end
                    if end - start > self._longest:
                        break
                    word = folded[start:end]
                    if word in self._joined:
                        kind: Kind = "zh" if _HAN.search(word) else "en"
                        token, after = Token(word, start, end, kind), last + 1
            joined.append(token)
            place = after
        return joined

    def _within(self, token: Token) -> Iterator[str]:
        """Return the terms inside a token, without itself."""
        text = token.text
        if token.kind == "zh":
            for size in (2, 3):
                for start in range(len(text) - size + 1 if len(text) > size else 0):
                    if self._jieba.has_word(text[start : start + size]):
                        yield text[start : start + size]
        elif token.kind == "en" and not text.isalpha():
            yield from _within_latin(text)


@lru_cache(maxsize=1 << 16)
def _within_latin(text: str) -> tuple[str, ...]:
    if "-" not in text and not _CODE.search(text):
        return ()
    parts = tuple(_stem(part) for part in _SAID_ALONE.findall(text))
    return (*parts, _stem(text.replace("-", ""))) if "-" in text else parts


def _latin(piece: str, start: int) -> list[Token]:
    """Return the tokens of a run of Latin letters, digits and what joins them."""
    if piece.isalpha():
        return [Token(piece, start, start + len(piece), "en")]
    found = []
    for part, kind in _latin_parts(piece):
        found.append(Token(part, start, start + len(part), kind))
        start += len(part) + 1
    return found


@lru_cache(maxsize=1 << 16)
def _latin_parts(piece: str) -> tuple[tuple[str, Kind], ...]:
    if "-" not in piece or _CODE.search(piece) or _HYPHENED.fullmatch(piece):
        parts = [piece]
    else:
        parts = piece.split("-")
    return tuple((part, "number" if _NUMBER.fullmatch(part) else "en") for part in parts)


@lru_cache(maxsize=1 << 16)
def _latin_term(text: str) -> str:
    return text if _HAS_DIGIT.search(text) else _stem(text)


def _term(token: Token) -> str:
    if token.kind == "en":
        return _latin_term(token.text)
    if token.kind == "number":
        return token.text.replace(",", "")
    return bare(token.text) if token.kind == "emoji" else token.text


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    from snowballstemmer import stemmer  # type: ignore[import-untyped]

    # A stemmer holds the word at hand, so threads must not share one.
    return str(stemmer("english").stemWord(unicodedata.normalize("NFC", word)))


def _fresh_dictionary() -> Jieba:
    from rjieba import Jieba

    return Jieba()


@cache
def dictionary() -> Jieba:
    """Return the dictionary without new words, which is shared: nobody adds words to it."""
    return _fresh_dictionary()
