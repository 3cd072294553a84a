"""The tables of a report: every figure of the answer, rounded for people and whole for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zhiyin.apps.numerals import printed
from zhiyin.apps.report.answer import (
    SURE,
    Models,
    destroyed,
    further,
    main_metric,
    metrics,
    ordered,
    parts,
    references,
)
from zhiyin.apps.report.markup import Markup, join, tag
from zhiyin.apps.report.roles import role
from zhiyin.apps.report.words import Words, metric_name

_BEYOND = {
    "coverage": ".1%",
    "gini": ".3f",
    "entropy_bits": ".2f",
    "novelty_bits": ".2f",
    "serendipity": ".4f",
    "intra_list_distance": ".3f",
    "calibration_kl": ".3f",
    "alpha_ndcg": ".4f",
    "subtopic_recall": ".3f",
}
_COST = {
    "fit_s": ",.2f",
    "score_s": ",.2f",
    "rss_mb": ",.0f",
    "trials": ",d",
    "validation": ".4f",
}
"""Fields of a model that are no metrics of its lists, and how they are printed."""
_NONE = (None, None)


def tables(document: Mapping[str, Any], said: Words) -> Iterator[Markup]:
    """Yield all tables that the answer has figures for."""
    models: Models = document["models"]
    metric = main_metric(models)
    shown = metric_name(metric)
    yield _accuracy(said.say("table_accuracy"), models, said)
    yield from _differences(models, metric, said)
    yield from _gains(models, metric, said)
    yield from _beyond(models, said)
    yield from _cost(models, said)
    yield from _slices(said.say("table_slices", metric=shown), models, metric, said)
    apart = further(document)
    for name, group in (document.get("cold") or {}).items():
        yield _accuracy(_counted(said.named(name), group, said), apart[name], said)
    if repeats := document.get("repeats"):
        title = said.say("table_repeats", share=f"{repeats['share']:.1%}")
        yield _accuracy(_counted(title, repeats, said), apart["repeats"], said)


def _counted(name: str, group: Mapping[str, Any], said: Words) -> str:
    known = [key for key in ("people", "pairs") if key in group]
    counts = [said.say(key, **{key: f"{group[key]:,}"}) for key in known]
    counts += [] if group.get("models") else [said.say("too_few")]
    return (
        said.say("counted", name=name, counts=said.say("between").join(counts)) if counts else name
    )


def data(value: float | None, form: str = ".4f") -> Markup:
    """Return a figure as it is printed, which also holds its exact value."""
    return Markup("—") if value is None else tag("data", printed(value, form), value=repr(value))


def listed(facts: Mapping[str, Any], said: Words) -> Markup:
    """Return names and values beside one another."""
    pairs = [
        (tag("dt", said.named(key)), tag("dd", _fact(key, value, said)))
        for key, value in facts.items()
        if value is not None
    ]
    return tag("dl", *(part for pair in pairs for part in pair))


def _fact(key: str, value: object, said: Words) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return said.named(str(value)) if isinstance(value, str) else _text(value)
    form = "d" if key == "seed" else ",d" if isinstance(value, int) else ",.6g"
    return data(value, form)


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {_text(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value))
    return printed(value, ".4g") if isinstance(value, float) else str(value)


def _accuracy(title: str, models: Models, said: Words) -> Markup:
    """Return a table of all metrics, the main one first; only the title where there are no figures."""
    if not models:
        return tag("h3", title)
    main = main_metric(models)
    known = sorted(metrics(models), key=lambda name: name != main)
    rows = [
        [
            between(models[name].get(metric), *(models[name].get("ci", {}).get(metric) or _NONE))
            for metric in known
        ]
        for name in ordered(models)
    ]
    heads = [said.say("head_model"), *map(metric_name, known)]
    return _table(title, heads, models, rows, said)


def _differences(models: Models, metric: str, said: Words) -> Iterator[Markup]:
    """Yield a table of the differences to the reference; a sure one stands in bold."""
    compared = references(models)
    if not compared:
        return
    rows: list[list[object]] = []
    for name in ordered(models):
        if against := models[name].get("against"):
            p = against.get("p_holm")
            told = between(*against[metric], form="+.4f")
            sure = p is not None and p < SURE
            rows.append([tag("b", told) if sure else told, data(p, ".2g")])
        else:
            rows.append([said.say("reference"), ""])
    to = said.say("between").join(said.named(name) for name in compared)
    title = said.say("table_differences", metric=metric_name(metric), name=to)
    heads = [said.say(f"head_{key}") for key in ("model", "difference", "p")]
    yield _table(title, heads, models, rows, said, said.say("differences", p=f"{SURE:g}"))


def between(
    mean: float | None, low: float | None, high: float | None, *, form: str = ".4f"
) -> Markup:
    """Return a figure with its interval, as far as they are known."""
    if mean is None:
        return Markup("—")
    if low is None or high is None:
        return data(mean, form)
    around = tag("small", "[", data(low, form), ", ", data(high, form), "]")
    return join([data(mean, form), " ", around])


def _beyond(models: Models, said: Words) -> Iterator[Markup]:
    known = {*metrics(models), *_COST}
    found = {
        key
        for row in models.values()
        for key, value in row.items()
        if isinstance(value, int | float) and key not in known
    }
    keys = [key for key in _BEYOND if key in found] + sorted(found - set(_BEYOND))
    if keys:
        rows = [
            [data(models[name].get(key), _BEYOND.get(key, ",.4g")) for key in keys]
            for name in ordered(models)
        ]
        heads = [said.say("head_model"), *map(said.named, keys)]
        yield _table(said.say("table_beyond"), heads, models, rows, said)


def _cost(models: Models, said: Words) -> Iterator[Markup]:
    keys = [key for key in _COST if any(row.get(key) is not None for row in models.values())]
    if keys:
        rows = [
            [
                *(data(models[name].get(key), _COST[key]) for key in keys),
                tag("span", _text(models[name].get("params") or {}) or "—", class_="said"),
            ]
            for name in ordered(models)
        ]
        heads = [said.say("head_model"), *map(said.named, keys), said.say("head_parameters")]
        yield _table(said.say("table_cost"), heads, models, rows, said)


def _gains(models: Models, metric: str, said: Words) -> Iterator[Markup]:
    gains = {name: row["gain"] for name, row in models.items() if row.get("gain")}
    if not gains:
        return
    rows = []
    for name, gain in gains.items():
        controls = [
            join([said.named(destroyed(control, name)), " ", between(*found, form="+.4f")])
            for control, found in gain.get("controls", {}).items()
        ]
        apart = [part for control in controls for part in (control, tag("br"))][:-1]
        gained = between(*gain[metric], form="+.4f")
        rows.append(
            [
                said.named(gain["over"]),
                gained,
                join(apart) or "—",
                data(gain["p_holm"], ".2g"),
                said.named(gain["verdict"]),
            ]
        )
    keys = ("model", "over", "gain", "control", "p", "verdict")
    heads = [said.say(f"head_{key}") for key in keys]
    yield _table(
        said.say("table_gains", metric=metric_name(metric)),
        heads,
        models,
        rows,
        said,
        said.say("gains", p=f"{SURE:g}"),
        names=list(gains),
    )


def _slices(title: str, models: Models, metric: str, said: Words) -> Iterator[Markup]:
    """Yield a table of a metric in parts of the people and of what they took, a column a part."""
    shown = parts(models, "slices")
    if not shown:
        return
    heads: list[object] = [said.say("head_model")]
    for part, found in shown.items():
        count = said.say("people", people=f"{found['people']:,}")
        heads.append(join([said.part(part), tag("br"), tag("small", count)]))
    rows = [
        [_slice((models[name].get("slices") or {}).get(part), metric, said) for part in shown]
        for name in ordered(models)
    ]
    yield _table(title, heads, models, rows, said)


def _slice(found: Mapping[str, Any] | None, metric: str, said: Words) -> object:
    if found is None:
        return "—"
    value = found.get(metric)
    return tag("small", said.say("too_few_short")) if value is None else between(*value)


def _table(
    title: object,
    heads: Sequence[object],
    models: Models,
    rows: Sequence[Sequence[object]],
    said: Words,
    note: str = "",
    *,
    names: Sequence[str] | None = None,
) -> Markup:
    """Return a table whose rows are models."""
    body = []
    for name, cells in zip(names or ordered(models), rows, strict=True):
        of = models[name].get("control_of")
        of = of if of in models else None
        head = tag("th", said.model(name, of), scope="row", class_="control" if of else None)
        body.append(
            tag("tr", head, *(tag("td", cell) for cell in cells), class_=role(name, models))
        )
    return framed(title, heads, body, note)


def framed(
    title: object, heads: Sequence[object], body: Sequence[Markup], note: str = ""
) -> Markup:
    """Return a table of rows that are made; what is too wide for the page scrolls by itself."""
    made = tag(
        "table",
        tag("caption", title),
        tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads))),
        tag("tbody", *body),
    )
    after = tag("p", note, class_="note") if note else ""
    return join([tag("div", made, class_="scroll", tabindex=0), after])
