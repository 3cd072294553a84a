"""A report as one page of HTML that needs nothing else: no script, no font, no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from zhiyin import __version__
from zhiyin.apps.report.answer import main_metric, metrics
from zhiyin.apps.report.charts import pictures
from zhiyin.apps.report.fairness import fairness
from zhiyin.apps.report.markup import Markup, join, tag
from zhiyin.apps.report.tables import data, listed, tables
from zhiyin.apps.report.words import Words

_STYLE = Path(__file__).with_name("page.css")
_NOTHING_FROM_ELSEWHERE = "default-src 'none'; style-src 'unsafe-inline'"
_FACTS = ("judged_people", "people", "items", "events", "cut")


def page(document: Mapping[str, Any], language: str) -> str:
    """Return a whole HTML page of what ``zhiyin evaluate`` answers.

    Args:
        document: the answer; parts that it does not have are left out.
        language: ``zh`` or ``en``.
    """
    said = Words(language)
    answer, detail = said.verdict(document)
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_NOTHING_FROM_ELSEWHERE),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", said.say("title")),
        tag("style", Markup(_STYLE.read_text("utf-8"))),
    )
    top = tag(
        "header",
        tag("p", said.say("eyebrow"), class_="eyebrow"),
        tag("h1", answer),
        tag("p", detail, class_="lede"),
        _facts(document.get("data") or {}, said),
    )
    figures = [_figure(name, picture, said) for name, picture in pictures(document, said)]
    all_figures = tag("section", tag("h2", said.say("section_figures")), *tables(document, said))
    about = tag("section", tag("h2", said.say("section_about")), *_about(document, said))
    foot = tag("footer", said.say("footer", version=__version__))
    fair = fairness(document, said)
    body = tag("body", tag("main", top, *figures, all_figures, *fair, about, foot))
    lang = "zh-CN" if language == "zh" else "en"
    return f"<!doctype html>\n{tag('html', head, body, lang=lang)}\n"


def _facts(counts: Mapping[str, Any], said: Words) -> Markup:
    known = [(key, counts[key]) for key in _FACTS if counts.get(key) is not None]
    return tag(
        "ul",
        *(
            tag("li", tag("span", said.named(key)), tag("strong", _count(value)))
            for key, value in known
        ),
        class_="facts",
    )


def _count(value: object) -> object:
    return data(value, ",d") if isinstance(value, int) else str(value).partition("T")[0]


def _figure(name: str, picture: Markup, said: Words) -> Markup:
    caption = tag(
        "figcaption",
        tag("h2", said.say(f"chart_{name}")),
        tag("p", said.say(f"chart_{name}_note")),
    )
    return tag("figure", caption, tag("div", picture, class_="scroll", tabindex=0))


def _about(document: Mapping[str, Any], said: Words) -> Iterator[Markup]:
    models = document["models"]
    main = main_metric(models)
    for metric in sorted(metrics(models), key=lambda name: name != main):
        yield from (tag("p", text) for text in said.explained(metric))
    for key in ("data", "protocol", "serving", "training", "left_out"):
        if facts := document.get(key):
            yield join([tag("h3", said.say(f"about_{key}")), listed(facts, said)])
