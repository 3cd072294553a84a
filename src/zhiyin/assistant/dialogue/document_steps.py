"""Steps that quote what documents say: surely, by what was quoted before, part by part, or as the closest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from zhiyin.assistant.dialogue.flows import UNKNOWN, asks
from zhiyin.assistant.dialogue.references import points_back
from zhiyin.assistant.dialogue.talk import Talk
from zhiyin.assistant.knowledge.service_words import spoken_of
from zhiyin.assistant.knowledge.topics import SPEAKS, SPEAKS_UP, matter_of
from zhiyin.assistant.tools.tool import Evidence, ToolResult
from zhiyin.language.scripts import fold

_MOST_PARTS = 3
_CLOSE, _CLOSE_ALONE = 0.5, 0.2
"""Share of the telling words of a question and a title that both have, above which the title is close: of several, of one."""
_TOLD = 0.3
"""Share of what a question tells that what is quoted must hold, where it is not known what is asked for."""
_QUESTIONS = re.compile(r"[?？!！。;；\n]+|另外|顺便|还有|\balso\b|\band\b")
_TELLING = re.compile(r"[\u4e00-\u9fff]|[a-z]{4,}")
EMPTY = re.compile(
    r"为什么|怎么|什么|哪里?|多少|可以|一[下个件]|[的了吗呢啊吧是不在有我你您们要能会这那和与到也都就还很]"
    r"|\b(?:what|which|where|when|does|that|this|with|have|your|from|will|there|they|them|then|than|would|could|should|like|much|many|come|here|about|been|being|were|only|just|also|some|into|over|please|does|make|made|it's|good|look|looking|need|show|gets?)\b"
)
_AMOUNT = re.compile(
    r"多少钱|收费|收钱|要钱|加钱|价格|\bhow much\b|\bextra\b|\bcharge\b|\bcost\b|\bprice\b|\bfree\b"
)
_PRICED = re.compile(r"\d\s*(?:元|yuan|cny)|\bfree\b|免费|包邮")
_FILLER = re.compile(
    r"^\W*(?:(?:哦|噢|嗯|额|好吧?|那么?|所以|然后|请问|ok|okay|well|so|and|oh|then|but|hi|hello)(?:[,，\s]+|(?=多|几|怎|要|什|能|可|how|what|can|do)))+"
)


def documents(talk: Talk, otherwise: Callable[[], bool] = lambda: False) -> None:
    """Quote what documents say; where that is not sure, quote the closest, or ask which question is meant, and let a person look.

    Args:
        talk: of this turn.
        otherwise: what else may answer before that; it returns whether it did.
    """
    if talk.state.item is None and points_back(talk.text) and goes_on(talk):
        return
    found = talk.call("policy", text=_FILLER.sub("", talk.text) or talk.text)
    titles = list(dict.fromkeys(found.data["titles"])) if found.outcome == "suggest" else []
    if found.outcome == "ok" and not _is_beside(talk, found):
        talk.quote(found)
        return
    steps: tuple[Callable[[], bool], ...] = (
        lambda: _asks_title(talk, titles),
        lambda: goes_on(talk, titles),
        lambda: _answered_by_parts(talk),
        otherwise,
        lambda: quotes_closest(talk, titles),
    )
    if any(step() for step in steps):
        return
    if titles:
        talk.lane = "draft"
        talk.fail("did_you_mean")
        talk.list_of("question", titles, [Evidence("question", one, one) for one in titles])
    elif found.outcome == "unavailable":
        talk.fail("unavailable")
    else:
        talk.fail("not_found")
        talk.offer("human")


def _is_beside(talk: Talk, found: ToolResult) -> bool:
    """Return whether what was found only shares words with a message of which nobody knows what it asks for."""
    if talk.topic not in (UNKNOWN, "policy"):
        return False
    matter, strength = matter_of(talk.text)
    if strength >= SPEAKS_UP and matter == matter_of(found.data["titles"][0])[0]:
        return False
    is_title = fold(found.data["titles"][0]) == fold(talk.text)
    is_remark = not (asks(talk.text) or is_title) and matter_of(talk.text)[1] < SPEAKS
    return is_remark or not is_about(talk.text, found)


def _asks_title(talk: Talk, titles: Sequence[str]) -> bool:
    """Quote the only passage whose title has every telling word of the question; return whether there is one."""
    told = told_in(talk.text)
    held = [title for title in titles if len(told) > 1 and told <= told_in(title)]
    found = talk.call("policy", text=held[0]) if len(held) == 1 else ToolResult("nothing")
    if found.outcome != "ok":
        return False
    talk.quote(found)
    return True


def goes_on(talk: Talk, titles: Sequence[str] = ()) -> bool:
    """Quote again what was quoted last where the question is about that, rather than one of some titles; return whether it is."""
    if talk.quoted is None or _is_of_another_matter(talk.text, talk.quoted):
        return False
    found = talk.call("policy", text=talk.quoted)
    if found.outcome != "ok":
        return False
    text = " ".join(one.text for one in found.evidence)
    is_amount = bool(_AMOUNT.search(fold(talk.text)) and _PRICED.search(fold(text)))
    told = told_in(talk.text)
    likest = max(
        (len(told & told_in(title)) for title in titles if title != talk.quoted), default=0
    )
    if is_amount or len(told & told_in(text)) > likest:
        talk.quote(found)
        return True
    return False


def _is_of_another_matter(text: str, title: str) -> bool:
    matter, strength = matter_of(text)
    return strength >= SPEAKS and matter_of(title)[0] != matter


def quotes_closest(talk: Talk, titles: Sequence[str]) -> bool:
    """Quote the passage that has the most of what the question speaks of, said to be no more than close; return whether one has enough."""
    topics, told = set(spoken_of(talk.text)), told_in(talk.text)
    matter, strength = matter_of(talk.text)
    best, most, found = "", (0.0, 0.0, 0.0), ToolResult("nothing")
    for title in titles:
        said = talk.call("policy", text=title)
        if said.outcome != "ok":
            continue
        text = " ".join([title, *(one.text for one in said.evidence)])
        has = (
            _share(topics, set(spoken_of(text))),
            _share(told, told_in(text)),
            float(matter_of(title)[0] == matter if strength >= SPEAKS else 0),
        )
        if max(has) > max(most) or (max(has) == max(most) and has > most):
            best, most, found = title, has, said
    if max(most) < _CLOSE or not best:
        return False
    talk.lane = "draft"
    talk.say("closest", Evidence("question", best, best), title=best)
    talk.quote(found)
    return True


def is_about(text: str, found: ToolResult) -> bool:
    """Return whether enough of what a question tells stands in what is quoted, in its words or others that mean the same."""
    quoted = [
        *(one["title"] for one in found.data["citations"]),
        *(one.text for one in found.evidence),
    ]
    said = " ".join(quoted)
    held, left = spoken_of(said), fold(text)
    for name, words in spoken_of(text).items():
        for word in words.split() if name in held else ():
            left = left.replace(word, " ")
    told = told_in(text)
    return not told or len(told_in(left) - told_in(said)) <= (1 - _TOLD) * len(told)


def _share(wanted: set[str], held: set[str]) -> float:
    return len(wanted & held) / len(wanted) if wanted else 0.0


def told_in(text: str) -> set[str]:
    """Return the words of a text that tell something: Chinese signs, and the beginnings of longer words."""
    return {word[:5] for word in _TELLING.findall(EMPTY.sub(" ", fold(text)))}


def _answered_by_parts(talk: Talk) -> bool:
    """Quote documents for each question of a message that asks several; return whether all were answered."""
    parts = [part for part in _QUESTIONS.split(talk.text) if len(part.strip()) > 2]
    if not 1 < len(parts) <= _MOST_PARTS:
        return False
    found = [talk.call("policy", text=part) for part in parts]
    if any(one.outcome != "ok" for one in found):
        return False
    for one in found:
        talk.quote(one)
    return True
