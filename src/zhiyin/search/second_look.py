"""A second look at the first hits, by a chat model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal, cast

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, create_model

from zhiyin.core import Candidates, Query
from zhiyin.errors import ModelError
from zhiyin.language.answers import Order
from zhiyin.language.chat.breaker import Breaker
from zhiyin.language.chat.model import ChatModel
from zhiyin.language.chat.structured import AnswerCache, structured
from zhiyin.language.prompt import load
from zhiyin.registry import PartConfig
from zhiyin.search.asked_queries import holds_personal_data
from zhiyin.search.understood import finding_of, relevance_of, rows_of
from zhiyin.store.catalogue import Catalogue

_FAILURES, _REST_S = 3, 30.0


class SecondLook:
    """Shows a chat model the query and the titles of the first hits, and puts these in the order that it answers.

    Nothing crosses what was given up for a hit. A title that the answer leaves out keeps its place. Where the model fails
    or is late the order stays and the page is degraded; after three times in a row it is left alone for half a minute.
    The same query with the same titles is asked about once. A query with personal data is not shown.
    """

    name = "second_look"

    class Config(PartConfig):
        """Options of `SecondLook`."""

        n: int = Field(
            10, ge=2, le=20, description="How many of the first hits the model is shown."
        )
        budget_ms: float = Field(
            500.0,
            gt=0,
            description="How long it may take; an answer that is none may be asked for once more.",
        )

    def __init__(self, config: Config, catalogue: Catalogue, chat: Callable[[], ChatModel]) -> None:
        self._config = config
        self._catalogue = catalogue
        self._chat = chat
        self._answers = AnswerCache()
        self._breaker = Breaker(_FAILURES, _REST_S)

    def rerank(self, query: Query, candidates: Candidates, k: int) -> NDArray[np.int64]:
        """Return k positions.

        Raises:
            ModelError: the model gave no answer.
            SettingsError: the settings name none.
        """
        order = np.arange(len(candidates))
        finding = finding_of(query)
        text = finding.read.said
        shown = np.flatnonzero(rows_of(finding, candidates) >= 0)[: self._config.n]
        if shown.size < 2 or holds_personal_data(text):
            return order[:k]
        _, level = relevance_of(finding, candidates)
        language: Literal["zh", "en"] = "en" if finding.read.language == "en" else "zh"
        numbers = candidates.ids[shown].tolist()
        titles = [self._catalogue.title(one, language) or "" for one in numbers]
        self._breaker.check()
        try:
            wanted = looked_again(
                self._chat(), text, titles, language, self._config.budget_ms / 1e3, self._answers
            )
        except ModelError:
            self._breaker.failed()
            raise
        self._breaker.succeeded()
        order[shown] = shown[within(wanted, level[shown])]
        return order[:k]


def looked_again(
    model: ChatModel,
    text: str,
    titles: Sequence[str],
    language: Literal["zh", "en"],
    timeout_s: float,
    answers: AnswerCache | None = None,
) -> list[int]:
    """Return positions of titles, those that a model thinks fit a query best first; some may be missing or twice.

    Args:
        model: asked once, or twice where the first answer does not fit.
        text: the query.
        titles: at most 20.
        language: of the prompt.
        timeout_s: seconds for each attempt.
        answers: where answers are kept.
    Raises:
        ModelError: it gave no answer that fits.
    """
    numbers = range(1, len(titles) + 1)
    number = cast(Any, Literal)[tuple(numbers)]
    listed = Annotated[list[number], Field(min_length=1, max_length=len(titles))]  # type: ignore[valid-type]
    kind = create_model("Order", __base__=Order, order=(listed, ...))
    shown = [f"{place}: {title}" for place, title in zip(numbers, titles, strict=True)]
    data = {"query": text, "titles": shown}
    said = structured(
        model, load("order", language), kind, data, cache=answers, timeout_s=timeout_s
    )
    return [one - 1 for one in said.order]


def within(wanted: Sequence[int], level: NDArray[np.int8]) -> NDArray[np.int64]:
    """Return positions in a wanted order, inside each level; those that are not named keep their places.

    Args:
        wanted: positions, the best first; a second mention does not count.
        level: (m,) int8 of each; nothing moves to another's.

    >>> within([3, 0, 1], np.array([0, 0, 0, 1, 1])).tolist(), within([2, 0], np.zeros(3)).tolist()
    ([0, 1, 2, 3, 4], [2, 1, 0])
    """
    order = np.arange(level.size)
    for one in np.unique(level):
        named = [place for place in dict.fromkeys(wanted) if level[place] == one]
        order[sorted(named)] = named
    return order
