"""What a benchmark answers, as tables for people."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from zhiyin.apps.cli.output import say, table
from zhiyin.apps.numerals import printed
from zhiyin.apps.report.answer import (
    SURE,
    destroyed,
    further,
    main_metric,
    metrics,
    ordered,
    parts,
    references,
)
from zhiyin.apps.report.words import Words

_GAP = 3
_GIVES_WAY = ("MB", "score s", "fit s", "Gini", "coverage")
"""Columns that a narrow terminal does without, the first of them first."""
_COUNTS = ("people", "pairs")
_SETTINGS = ("trials", "seed")

_PLAIN = {
    "coverage": ("coverage", ".1%"),
    "Gini": ("gini", ".3f"),
    "fit s": ("fit_s", ",.2f"),
    "score s": ("score_s", ",.2f"),
    "MB": ("rss_mb", ",.0f"),
}
"""Head of a column → field of a model, and how it is printed."""

Row = Mapping[str, Any]


def show(document: Mapping[str, Any]) -> None:
    """Print all tables of a document: models, gains, histories, slices, data, protocol."""
    models = document["models"]
    _show_models("", models)
    _show_gains(models)
    metric = main_metric(models)
    _show_parts(
        f"{metric} where the history is cut to so many items, and all is fitted anew",
        models,
        "history",
        metric,
    )
    _show_parts(f"{metric} by group; history: items known of the person", models, "slices", metric)
    apart = further(document)
    for name, group in (document.get("cold") or {}).items():
        _show_models(_counted(name, group), apart[name])
    if repeats := document.get("repeats"):
        title = f"What was taken again, {repeats['share']:.1%} of all"
        _show_models(_counted(title, repeats), apart["repeats"])
    for name in ("data", "serving", "training", "protocol"):
        if facts := _facts(document.get(name) or {}):
            _say_wrapped(f"{name.capitalize()}: {facts}")
    if left_out := document.get("left_out"):
        reasons = (f"{name} ({why})" for name, why in left_out.items())
        _say_wrapped(f"Left out: {'; '.join(reasons)}")


def show_text(document: Mapping[str, Any]) -> None:
    """Print what a task of texts answers: the model beside baselines and controls, the learning curve, groups."""
    model = {name: value for name, value in document.items() if isinstance(value, float)}
    metrics_ = [
        name for name in ("accuracy", "macro_f1", "precision", "recall", "f1") if name in model
    ]
    compared = {
        f"zhiyin, tier {document['tier']}": model,
        **(document.get("baselines") or {}),
        **({"labels shuffled": document["control"]} if document.get("control") else {}),
        **{f"from {n} labels": told for n, told in (document.get("curve") or {}).items()},
    }
    table(
        "",
        ["", *metrics_],
        [[name, *(figure(told.get(one)) for one in metrics_)] for name, told in compared.items()],
    )
    if groups := document.get("groups"):
        rows = [[name, told["texts"], figure(told["accuracy"])] for name, told in groups.items()]
        table("", ["group", "texts", "accuracy"], rows)
    say(f"{document['per_s']:,.0f} texts a second")
    for name in ("seconds", "data"):
        if facts := _facts(document.get(name) or {}):
            _say_wrapped(f"{name.capitalize()}: {facts}")


def show_ties(document: Mapping[str, Any]) -> None:
    """Print how well hidden ties are told: the model beside baselines and its control, and what it goes by."""
    low, high = document["interval"]
    rows = [
        ["zhiyin", figure(document["auc"]), _between(low, high)],
        *([name, figure(value), ""] for name, value in document["baselines"].items()),
        ["ties shuffled", figure(document["control"]["auc"]), ""],
    ]
    table("", ["", "AUC", "95 %"], rows)
    gain, lowest, highest = document["gain"]["auc"]
    over = document["gain"]["over"]
    say(f"Gain over {over}: {figure(gain, sign='+')} {_between(lowest, highest)}")
    for name in ("weights", "data", "protocol", "seconds"):
        if facts := _facts(document[name]):
            _say_wrapped(f"{name.capitalize()}: {facts}")


def show_contexts(document: Mapping[str, Any]) -> None:
    """Print the models of each table, and how many times better one with context is than the same without."""
    for name, told in document["tables"].items():
        rows = [
            [model, f"{figure(one['ndcg@10'])} {_between(*one['interval'])}", _times(one)]
            for model, one in told["models"].items()
        ]
        heads = ["model", "NDCG@10 [95 %]", "times the same without context"]
        table(_counted(name, told), heads, rows)
    for name in ("data", "protocol", "seconds"):
        if facts := _facts(document[name]):
            _say_wrapped(f"{name.capitalize()}: {facts}")


def show_search(document: Mapping[str, Any]) -> None:
    """Print how well queries find products: the search beside baselines and controls, and how many times BM25's that is."""
    metrics_ = ("ndcg@10", "gap_share", "recall@100")
    compared = {"zhiyin": document, **document["baselines"], **document["others"]}
    rows = [[name, *(figure(told.get(one)) for one in metrics_)] for name, told in compared.items()]
    table("", ["", "NDCG@10", "share of the gap over random", "recall@100"], rows)
    for name, (mean, low, high) in document["over_bm25"].items():
        say(f"{name}: {mean:.2f} times BM25's [{low:.2f}, {high:.2f}]")
    say(f"{document['p50_ms']:.1f} ms a query, one of a hundred {document['p99_ms']:.1f}")
    _say_wrapped(f"Data: {_facts(document['data'])}")


def show_search_sample(document: Mapping[str, Any]) -> None:
    """Print how near the search comes to the best order of the sample shop's goods, half by half, beside its control."""
    told = {
        "half A": document["A"],
        "half B": document["B"],
        **{f"half B, {name}": part for name, part in document["B by part"].items()},
        "judgments shuffled": document["control_shuffled_judgments"],
    }
    rows = [
        [name, one["queries"], *(figure(one[key]) for key in ("ndcg@10", "bm25", "share_of_gap"))]
        for name, one in told.items()
    ]
    table("", ["", "queries", "NDCG@10", "BM25", "share of the gap over BM25"], rows)
    slots = document["B"]["slots"]
    say(f"Slots of half B: precision {slots['precision']:.2f}, recall {slots['recall']:.2f}")


def _times(one: Row) -> str:
    if "ratio" not in one:
        return ""
    mean, *ends = (f"{value:.2f}" for value in one["ratio"])
    return f"{mean} [{', '.join(ends)}]"


def figure(value: float | None, *, sign: str = "") -> str:
    """Return a figure with four digits after the point and none before where it is 0.

    >>> figure(0.20937), figure(-0.5, sign="+"), figure(1.25, sign="+"), figure(None)
    ('.2094', '−.5000', '+1.2500', '—')
    """
    if value is None:
        return "—"
    text = printed(value, f"{sign}.4f")
    return text.replace("0.", ".", 1) if abs(value) < 1 else text


def _between(low: float | None, high: float | None) -> str:
    return f"[{figure(low)}, {figure(high)}]"


def _counted(name: str, group: Row) -> str:
    counts = [f"{group[key]:,} {key}" for key in _COUNTS if key in group]
    return f"{name}: {', '.join(counts)}" if counts else name


def _columns(models: Mapping[str, Row]) -> dict[str, Callable[[Row], str]]:
    """Return head → what makes a cell of a model; what no model has gets no column."""
    main = main_metric(models)
    others = [name for name in metrics(models) if name.startswith("recall@")]
    others = others or [name for name in metrics(models) if name != main][:2]

    def plain(key: str, form: str) -> Callable[[Row], str]:
        return lambda row: "—" if row.get(key) is None else printed(row[key], form)

    def metric_cell(name: str) -> Callable[[Row], str]:
        return lambda row: figure(row.get(name))

    def mean(row: Row) -> str:
        return f"{figure(row.get(main))} {_between(*row.get('ci', {}).get(main, (None, None)))}"

    def difference(row: Row) -> str:
        return _difference(row.get("against"), main)

    columns = {name: metric_cell(name) for name in others}
    columns |= {f"{main} [95 %]": mean} if main else {}
    columns |= {"difference": difference} if references(models) else {}
    for head, (key, form) in _PLAIN.items():
        if any(row.get(key) is not None for row in models.values()):
            columns[head] = plain(key, form)
    return columns


def _difference(against: Row | None, metric: str) -> str:
    if not against:
        return "reference  "
    p = against.get("p_holm")
    return f"{figure(against[metric][0], sign='+')} {'*' if p is not None and p < SURE else ' '}"


def _show_models(title: str, models: Mapping[str, Row]) -> None:
    if not models:
        say(f"{title}: too few people to tell")
        return
    columns = _columns(models)
    names = ordered(models)
    rows = [
        [_named(name, models), *(cell(models[name]) for cell in columns.values())] for name in names
    ]
    heads = ["model", *columns]
    gone = _print(title, heads, rows)
    if compared := references(models):
        to = ", ".join(compared)
        say(f"difference: in {main_metric(models)}, to {to}; * = p < {SURE:g} (Holm)")
    if gone:
        say(f"For want of room without {', '.join(gone)}; --json has them.")


def _print(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Print a table with figures to the right, and return the heads that did not fit."""
    places = list(range(len(heads)))
    widths = _widths(heads, rows)
    room = _room()
    gone = []
    for head in _GIVES_WAY:
        if head in heads and sum(widths[place] + _GAP for place in places) - _GAP > room:
            places.remove(heads.index(head))
            gone.append(head)
    aligned = [
        [row[place].rjust(widths[place]) if place else row[place] for place in places]
        for row in (heads, *rows)
    ]
    if title:
        say(title)  # a table would break a title that is wider than its columns
    table("", aligned[0], aligned[1:])
    return gone


def _named(name: str, models: Mapping[str, Row]) -> str:
    of = models[name].get("control_of")
    return name if of is None or of not in models else f"  {destroyed(name, of)} (control)"


def _show_gains(models: Mapping[str, Row]) -> None:
    for name, row in models.items():
        gain = row.get("gain")
        if not gain:
            continue
        metric = next(key for key, value in gain.items() if isinstance(value, list))
        found = f"{gain['verdict']} (p = {printed(gain['p_holm'], '.2g')}, Holm)"
        _say_wrapped(f"{name} over {gain['over']}: {_signed(gain[metric])}, {found}")
        for control, same in gain.get("controls", {}).items():
            say(f"  {destroyed(control, name)} (control): {_signed(same)}")
    say()


def _signed(found: Sequence[float | None]) -> str:
    mean, low, high = found
    return f"{figure(mean, sign='+')} {_between(low, high)}"


def _show_parts(title: str, models: Mapping[str, Row], key: str, metric: str) -> None:
    """Print a metric of parts of the people, a column a part; the first row counts the people."""
    shown = parts(models, key)
    if not shown:
        return
    names = ordered(models)
    heads = ["model", *shown]
    rows = [["people", *(f"{found['people']:,}" for found in shown.values())]]
    for name in names:
        own = models[name].get(key) or {}
        rows.append([_named(name, models), *(_part(own.get(part), metric) for part in shown)])
    for place, columns in enumerate(_side_by_side(heads, rows)):
        chosen = [[row[column] for column in columns] for row in (heads, *rows)]
        _print("" if place else title, chosen[0], chosen[1:])


def _side_by_side(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[int]]:
    """Return columns of tables that fit the terminal; the first column leads each of them."""
    widths = _widths(heads, rows)
    room = _room() - widths[0]
    found: list[list[int]] = []
    left = 0
    for place, width in enumerate(widths[1:], 1):
        if not found or width + _GAP > left:
            found.append([0])
            left = room
        found[-1].append(place)
        left -= width + _GAP
    return found


def _say_wrapped(text: str) -> None:
    say(textwrap.fill(text, _room(), subsequent_indent="  ", break_on_hyphens=False))


def _room() -> int:
    return shutil.get_terminal_size().columns - 2  # a space on either side


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    from rich.cells import cell_len

    return [max(map(cell_len, column)) for column in zip(heads, *rows, strict=True)]


def _part(found: Row | None, metric: str) -> str:
    if found is None:
        return "—"
    value = found.get(metric)
    return "too few" if value is None else figure(value[0])


def _facts(facts: Row) -> str:
    return " · ".join(_fact(key, value) for key, value in facts.items() if value is not None)


def _fact(key: str, value: object) -> str:
    name = Words("en").named(key)
    if isinstance(value, int) and key not in _SETTINGS:
        return f"{value:,} {name}"
    return f"{name}: {_listed(value)}"


def _listed(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {inner}" for key, inner in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
