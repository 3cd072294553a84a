"""Personal data in texts: found by its form, taken out before a text leaves the machine, and put back into the answer.

What has no form is not found: names of people above all. It is a fence against accidents, not a proof of anonymity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

_HALF_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2212: 0x2D}
_GAP = r"[ .\-\u200b\u00a0]{0,2}"

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}"
)
_ID_CARD = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
_BANK_CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")
_PHONE = re.compile(
    rf"(?<!\d)(?:(?:\+|00)?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)"  # a Chinese mobile
    r"|(?<!\d)\(?0[1-9]\d{1,2}\)?[ -]?\d{7,8}(?!\d)"  # a Chinese landline
    r"|(?<![\d+])\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}(?!\d)"  # any, in the international form
    r"|(?<!\d)(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?!\d)"  # North American
)
_ORDER = re.compile(
    r"(?:[订訂运運][单單](?:编号|編號|号码|号|號)?|[快物][递遞流](?:单号|單號|号)|单号|單號"
    r"|\b(?:order|tracking)(?: ?(?:no|number|id|#))?\b)"
    r"[\s.:#是为]{0,4}(?=[A-Z]{0,4}-?\d{3})([A-Z0-9-]{6,32})(?![A-Z0-9])",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"(?<!\d)\d{12,}(?!\d)")

_HAN = r"\u4e00-\u9fff"
_NUMBER = r"[0-9A-Za-z一二三四五六七八九十百-]{1,8}"
_HOUSE = r"(?:号楼|號樓|号院|号|號|弄|栋|棟|幢|座|单元|單元|室)"
_ROAD = re.compile(
    rf"[路街道巷弄村区區园園苑城厦廈镇鎮屯庄]\s?{_NUMBER}\s?{_HOUSE}"
    rf"(?:[{_HAN}]{{0,8}}{_NUMBER}(?:{_HOUSE}|[楼樓层層]))*+(?:-?\d{{1,5}})?"
)
_BEFORE_ROAD = re.compile(rf"[{_HAN}\dA-Za-z]{{0,30}}\Z")
_LEADS_IN = re.compile(r".*(?:[在到是为寄送给往：]|地址)", re.DOTALL)
_STREET = re.compile(
    r"(?<!\d)\d{1,5} (?:[A-Z][a-z]{1,20} ){1,4}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Square)\b\.?"
    r"(?:,? (?:Apt|Apartment|Unit|Suite|Flat)\.? ?\w{1,6})?"
)
_TAKEN = "\0"
_PLACEHOLDER = re.compile(r"\[[A-Z]+_\d+\]")


class PersonalData(NamedTuple):
    """A piece of personal data: text[start:end] is one of its kind.

    The kinds are EMAIL, ID, CARD, PHONE, ORDER and ADDRESS.
    """

    kind: str
    start: int
    end: int


def personal_data(text: str) -> list[PersonalData]:
    """Return what personal data a text holds, by its form, in the order of the text and without overlaps.

    Found are e-mail addresses, Chinese identity numbers whose check digit fits, bank cards that pass Luhn's check,
    Chinese and international telephone numbers, order and tracking numbers (after such a word, or of twelve digits and
    more), and postal addresses with a street and a number. Full-width digits count as digits.

    Complexity: O(n).
    References: GB 11643-1999 (identity numbers), ISO/IEC 7812-1 (Luhn).

    >>> [found.kind for found in personal_data("电话 138-0013-8000，邮箱 an@example.com")]
    ['PHONE', 'EMAIL']
    """
    plain = text.translate(_HALF_WIDTH)
    taken: list[PersonalData] = []
    rest = plain
    for kind, spans in _FINDERS:
        letters = list(rest)
        for start, end in spans(rest):
            if letters[start] != _TAKEN:
                taken.append(PersonalData(kind, start, end))
                letters[start:end] = _TAKEN * (end - start)
        rest = "".join(letters)
    return sorted(taken, key=lambda one: one.start)


class Redaction:
    """The texts of one question with placeholders for personal data, and the way back.

    The same piece gets the same placeholder in all the texts, and no placeholder looks like what a text said itself.

    Args:
        texts: what is to be sent.

    Attributes:
        texts: the same with placeholders: [PHONE_1], [EMAIL_1] and so on.

    >>> redaction = Redaction(["ring 13800138000"])
    >>> redaction.texts
    ['ring [PHONE_1]']
    >>> redaction.restored("Is [PHONE_1] yours?")
    'Is 13800138000 yours?'
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._said = {match.group() for text in texts for match in _PLACEHOLDER.finditer(text)}
        self._numbers = {kind: count(1) for kind, _ in _FINDERS}
        self._placeholders: dict[str, str] = {}
        self.texts = [self._hidden(text) for text in texts]
        self._pieces = {placeholder: piece for piece, placeholder in self._placeholders.items()}

    def restored(self, answer: str) -> str:
        """Return an answer with the personal data for which its placeholders stand."""
        return _PLACEHOLDER.sub(lambda m: self._pieces.get(m.group(), m.group()), answer)

    def _hidden(self, text: str) -> str:
        parts, at = [], 0
        for kind, start, end in personal_data(text):
            parts += [text[at:start], self._placeholder(kind, text[start:end])]
            at = end
        return "".join([*parts, text[at:]])

    def _placeholder(self, kind: str, piece: str) -> str:
        if piece not in self._placeholders:
            names = (f"[{kind}_{number}]" for number in self._numbers[kind])
            self._placeholders[piece] = next(name for name in names if name not in self._said)
        return self._placeholders[piece]


Span = tuple[int, int]


def _emails(text: str) -> Iterator[Span]:
    return (match.span() for match in _EMAIL.finditer(text))


def _id_cards(text: str) -> Iterator[Span]:
    return (match.span() for match in _ID_CARD.finditer(text) if _fits_id_card(match.group()))


def _bank_cards(text: str) -> Iterator[Span]:
    for match in _BANK_CARD.finditer(text):
        digits = [int(digit) for digit in match.group() if digit.isdigit()]
        if _fits_luhn(digits) and any(digits):
            yield match.span()


def _phones(text: str) -> Iterator[Span]:
    for match in _PHONE.finditer(text):
        if 8 <= sum(map(str.isdigit, match.group())) <= 15:
            yield match.span()


def _orders(text: str) -> Iterator[Span]:
    yield from (match.span(1) for match in _ORDER.finditer(text))
    yield from (match.span() for match in _LONG_NUMBER.finditer(text))


def _addresses(text: str) -> Iterator[Span]:
    end = 0
    for match in _ROAD.finditer(text):
        before = _BEFORE_ROAD.search(text, max(end, match.start() - 30), match.start())
        start = before.start() if before else match.start()
        leads_in = _LEADS_IN.match(text, start, match.start())
        end = match.end()
        yield (leads_in.end() if leads_in else start), end
    yield from (match.span() for match in _STREET.finditer(text))


_FINDERS = (
    ("EMAIL", _emails),
    ("ID", _id_cards),
    ("CARD", _bank_cards),
    ("PHONE", _phones),
    ("ORDER", _orders),
    ("ADDRESS", _addresses),
)
"""Kind → what finds it; what an earlier one found, a later one does not see."""


def _fits_id_card(number: str) -> bool:
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17].upper()


def _fits_luhn(digits: Sequence[int]) -> bool:
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[::-2]) + sum(doubled)) % 10 == 0
