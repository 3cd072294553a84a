"""Reasons of the feed in words, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhiyin.apps.wording import reason_text

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "taste": "Fits your taste: {names}",
        "taste.": "Fits your taste",
        "told": "Because you wrote “{wrote}”",
        "told.": "Goes with what is known of you",
        "friends_bought": "{names} and others you know, {count} in all, bought or praised it",
        "friends_bought.": "{count} of the people you know bought or praised it",
        "friend_review": "Written by {names}, whom you know",
        "friend_review.": "Written by somebody you know",
        "friend_post": "Shared by {names}, whom you know",
        "friend_post.": "Shared by somebody you know",
        "nearby": "{km} km from you",
        "nearby.planned": "{km} km from you, and you plan to go to such a place",
        "aspects": "It speaks of what you look at: {aspects}",
        "helpful": "{likes} of {seen} who saw it liked it",
        "critical": "A critical voice",
        "follow": "You both know {names}; {count} in common",
        "follow.": "{count} people you both know",
        "follow.taste": "Likes what you like",
        "follow.follows_you": "Follows you",
        "new_to_you": "About something you do not have yet",
    },
    "zh": {
        "taste": "合你的口味：{names}",
        "taste.": "合你的口味",
        "told": "因为你写过“{wrote}”",
        "told.": "与你的喜好有关",
        "friends_bought": "{names}等{count}位你认识的人买过或称赞过",
        "friends_bought.": "你认识的人中有{count}位买过或称赞过",
        "friend_review": "你认识的{names}写的评价",
        "friend_review.": "你认识的人写的评价",
        "friend_post": "你认识的{names}分享的",
        "friend_post.": "你认识的人分享的",
        "nearby": "离你{km}公里",
        "nearby.planned": "离你{km}公里，你正想去这样的地方",
        "aspects": "说到你在意的：{aspects}",
        "helpful": "看过的{seen}人中有{likes}人点赞",
        "critical": "不同的声音",
        "follow": "你们都认识{names}，共同好友{count}位",
        "follow.": "你们有{count}位共同好友",
        "follow.taste": "和你口味相近",
        "follow.follows_you": "关注了你",
        "new_to_you": "说的是你还没有的东西",
    },
}


def feed_reason_text(
    kind: str, names: Sequence[str], data: Mapping[str, Any], language: str
) -> str:
    """Return one reason of the feed in words.

    Args:
        kind: of the reason.
        names: of what speaks for it and may be named.
        data: of the reason, such as how many people.
        language: ``zh`` or ``en``.

    >>> feed_reason_text("friends_bought", [], {"count": 3}, "en")
    '3 of the people you know bought or praised it'
    >>> feed_reason_text("nearby", [], {"km": 1.2, "planned": True}, "zh")
    '离你1.2公里，你正想去这样的地方'
    >>> feed_reason_text("told", ["p2"], {"wrote": "看了《流浪地球》"}, "zh")
    '因为你写过“看了《流浪地球》”'
    """
    words = _WORDS[language]
    between = "、" if language == "zh" else ", "
    if kind == "follow" and "count" not in data:
        kind = "follow.taste" if "likeness" in data else "follow.follows_you"
    elif kind == "nearby" and data.get("planned"):
        kind = "nearby.planned"
    elif kind == "told" and "wrote" not in data:
        kind = "told."
    elif not names and kind != "told" and f"{kind}." in words:
        kind = f"{kind}."
    if kind not in words:
        return reason_text(kind, names, language)
    slots = {name: between.join(v) if isinstance(v, list) else v for name, v in data.items()}
    return words[kind].format(**{**slots, "names": between.join(names)})
