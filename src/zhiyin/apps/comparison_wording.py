"""Products side by side, a line each, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhiyin.apps.portrait_names import name_of

_MOST = 12
_SAID = {
    "en": {
        "unlike": "{}: nothing of these brands is of one category, so they cannot be compared.", "compared": "Compared: {}",
        "unknown": "Nothing was found for {}.", "opinions": "{}: praise {}, complaints {}", "better": "{} (people like {} better)",
    },
    "zh": {
        "unlike": "{}：这些品牌没有同类商品，无法比较。", "compared": "比较：{}", "unknown": "没有找到{}。",
        "opinions": "{}：夸 {} 次，不满 {} 次", "better": "{}（大家更喜欢{}）",
    },
}  # fmt: skip


def comparison_texts(told: Mapping[str, Any] | None, language: str) -> list[str]:
    """Return a comparison as lines: what is compared, then facts and opinions, differences first.

    Args:
        told: ``comparison`` of ``search_aids_document``; None where nothing is to be compared.
        language: ``zh`` or ``en``.
    """
    if told is None:
        return []
    said = _SAID[language]
    names = [one["title"] or one["name"] for one in told["items"]]
    if told["are_unlike"]:
        return [said["unlike"].format(" / ".join(names))]
    unknown = [one["name"] for one in told["items"] if one["item"] is None]
    lines = [said["unknown"].format(" / ".join(unknown))] if unknown else []
    known = [name for name, one in zip(names, told["items"], strict=True) if one["item"]]
    if len(known) > 1:
        lines.append(said["compared"].format(" / ".join(known)))
        lines += [_fact_text(one) for one in told["facts"][:_MOST]]
        lines += [_aspect_text(one, known, language) for one in told["aspects"][:_MOST]]
    return lines


def _fact_text(fact: Mapping[str, Any]) -> str:
    return f"  {fact['text']}: " + " / ".join(one or "–" for one in fact["texts"])


def _aspect_text(aspect: Mapping[str, Any], names: Sequence[str], language: str) -> str:
    said, opinions = _SAID[language], aspect["opinions"]
    text = said["opinions"].format(
        name_of("aspect", aspect["aspect"], language),
        " / ".join(str(one["positive"]) for one in opinions),
        " / ".join(str(one["negative"]) for one in opinions),
    )
    if aspect["better"] is not None:
        text = said["better"].format(text, names[aspect["better"]])
    return f"  {text}"
