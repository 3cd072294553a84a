"""What a report says, in Chinese and English: the one catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from zhiyin.apps.numerals import printed
from zhiyin.apps.report.answer import comparison, destroyed, main_metric
from zhiyin.apps.report.sentences import CATALOGUE, KNOWN, KNOWN_WITH_VALUES, NAMES_IN_ENGLISH

FEW = 20
"""People below whom no verdict is given."""

_HISTORY = re.compile(r"history (\d+)(?:-(\d+)|(\+))?")


class Words:
    """The words of one language.

    >>> Words("en").say("people", people=3), Words("zh").named("popularity")
    ('3 people', '热门')
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = {key: texts[language == "zh"] for key, texts in CATALOGUE.items()}

    def say(self, key: str, **values: object) -> str:
        """Return a text of the catalogue with its values."""
        return self._texts[key].format(**values)

    def named(self, name: str) -> str:
        """Return what a field, a model or a known sentence is called; what is not known keeps its own name."""
        if self.language == "zh":
            return KNOWN.get(name) or _with_values(name)
        shown = NAMES_IN_ENGLISH.get(name, name)
        return shown.replace("_", " ") if shown.isidentifier() else shown

    def model(self, name: str, control_of: str | None = None) -> str:
        """Return a model's name; a control is called by what it destroyed."""
        if control_of is None:
            return self.named(name)
        return self.say("control", what=self.named(destroyed(name, control_of)))

    def part(self, name: str) -> str:
        """Return what a part of the people is called."""
        found = _HISTORY.fullmatch(name)
        if not found:
            return self.named(name)
        low, high, more = found.groups()
        if high:
            return self.say("history_range", low=low, high=high)
        return self.say("history_more" if more else "history_exact", low=low)

    def verdict(self, document: Mapping[str, Any]) -> tuple[str, str]:
        """Return in plain words whether what the shop serves beats the best baseline, and by how much."""
        models = document["models"]
        metric = metric_name(main_metric(models))
        found = comparison(models)
        if found is None:
            return self.say("verdict_unknown"), self.say("detail_unknown", metric=metric)
        side = "better" if found.difference[0] > 0 else "worse"
        mean, low, high = found.difference
        name = self.named(found.other)
        relative = printed(mean / found.other_mean, "+.1%") if found.other_mean else ""
        detail = self.say(
            "detail",
            metric=metric,
            own=printed(found.own_mean, ".4f"),
            other=printed(found.other_mean, ".4f"),
            name=name,
            difference=printed(mean, "+.4f"),
            share=self.say("share", share=relative) if relative else "",
            low=printed(low, "+.4f"),
            high=printed(high, "+.4f"),
            p=printed(found.p, ".2g"),
        )
        people = (document.get("data") or {}).get("judged_people", FEW)
        if people < FEW:
            return self.say("verdict_few", people=people), detail
        sure = "sure" if found.is_sure else "unsure"
        return self.say(f"verdict_{side}_{sure}", name=name), detail

    def explained(self, metric: str) -> Iterator[str]:
        """Yield what a metric means where the catalogue knows it."""
        name, _, k = metric.partition("@")
        if f"about_{name}" in self._texts:
            yield self.say(f"about_{name}", k=k)


def _with_values(name: str) -> str:
    """Return in Chinese a known sentence that holds values; a field gets spaces, and other text stays as it is."""
    for pattern, chinese in KNOWN_WITH_VALUES.items():
        if found := re.fullmatch(pattern, name):
            return chinese.format(*found.groups())
    return name.replace("_", " ") if name.isidentifier() else name


def metric_name(metric: str) -> str:
    """Return a metric as it is printed.

    >>> metric_name("ndcg@20"), metric_name("hit_rate@5")
    ('NDCG@20', 'Hit rate@5')
    """
    name, at, k = metric.partition("@")
    shown = name.upper() if name in _SHORT else name.replace("_", " ").capitalize()
    return f"{shown}{at}{k}"


_SHORT = {"ndcg", "mrr", "map", "auc", "gauc", "rmse", "mae"}
