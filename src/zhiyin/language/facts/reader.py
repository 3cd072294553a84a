"""All facts of one text: every reader in turn, then without repetition and with the more specific kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from zhiyin.language.facts import entities
from zhiyin.language.facts.context import read_context
from zhiyin.language.facts.entities import Opinion, read_entities
from zhiyin.language.facts.gazetteer import Gazetteer
from zhiyin.language.facts.intents import read_intents
from zhiyin.language.facts.interests import read_interests
from zhiyin.language.facts.life_events import read_life_events
from zhiyin.language.facts.relations import read_relations
from zhiyin.language.facts.statements import Said
from zhiyin.language.facts.vocabulary_people import CIRCLE
from zhiyin.language.finding import Finding
from zhiyin.language.tokens import Tokenizer


class Reader:
    """Reads facts from free text by rules, without a model.

    What somebody writes is data: a text that gives orders is read for facts like any other.

    Args:
        gazetteer: the names the shop knows.
        opinion: text, start, end → what the text thinks of what stands there, -1 to 1; None finds no opinions.
        tokenizer: knows the shop's own words.

    >>> found = Reader(Gazetteer()).read("今天天气真好，我想去公园散步", datetime(2024, 5, 1, 9))
    >>> [(f.name, f.value) for f in found]
    [('weather', 'fair'), ('day', '2024-05-01'), ('intent', 'park')]
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        opinion: Opinion | None = None,
        tokenizer: Tokenizer | None = None,
    ) -> None:
        self.gazetteer = gazetteer
        self._opinion = opinion
        self._tokenizer = tokenizer

    def read(self, text: str, time: datetime | None = None) -> list[Finding]:
        """Return what a text says, in the order of the readers: situation, plans, things, people, likes, events.

        Args:
            text: what somebody wrote.
            time: when, in the writer's own zone; without it days keep their names and last as long as they may.
        Returns: findings whose value is a canonical id, an ISO 8601 day, a name the shop knows, or words of the text,
            the last two also behind a canonical word, as in ``buy red kettle``. No two have the same name and value.
        Complexity: O(n).
        """
        said = Said(text)
        found = [
            *read_context(said, time),
            *read_intents(said, time, self._tokenizer),
            *read_entities(said, self.gazetteer, self._opinion),
            *read_relations(said),
            *read_interests(said),
            *read_life_events(said),
        ]
        best: dict[tuple[str, str], Finding] = {}
        for finding in _specific(found):
            key = finding.name, finding.value
            if key not in best or best[key].confidence < finding.confidence:
                best[key] = finding
        return list(best.values())


def _specific(found: list[Finding]) -> Iterator[Finding]:
    """Leave out what another finding says more exactly.

    That is a kind of place inside the name of a place, a wide circle of people beside one of them, and somebody only
    called by a handle who is said to be a friend as well.
    """
    places = [f for f in found if f.method == entities.METHOD and f.name in ("place", "intent")]
    relations = [f.value for f in found if f.name == "relation"]
    circles = {CIRCLE[value.split(" ")[0]] for value in relations if value.split(" ")[0] in CIRCLE}
    named = {value.partition(" ")[2] for value in relations if not value.startswith("mentioned ")}
    bare = {value.split(" ")[0] for value in relations if " " in value}
    for finding in found:
        kind, _, name = finding.value.partition(" ")
        if finding.name == "relation" and (
            (not name and (kind in circles or kind in bare))
            or (kind == "mentioned" and name in named)
        ):
            continue
        if any(
            place is not finding
            and place.name == finding.name
            and place.start < finding.end <= place.end
            for place in places
        ):
            continue
        yield finding
