"""Reasons of the feed in words, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhiyin.apps.portrait_names import name_of
from zhiyin.apps.wording import listed, reason_text

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "taste": "Close to {names} in your history",
        "taste.post": "About {names}, which fits your taste",
        "taste.": "Fits your taste",
        "taste.post.everybody": "About {names}, like what people here choose",
        "taste.everybody": "Like what people here choose",
        "told": "Because you wrote “{wrote}”",
        "told.": "Goes with your interests or plans",
        "friends_bought": "{names} and others you know or trust, {count} in all, bought or praised it",
        "friends_bought.all": "{names}, whom you know or trust, bought or praised it",
        "friends_bought.": "{count} of the people you know or trust bought or praised it",
        "friend_review": "Written by {names}, whom you know or trust",
        "friend_review.": "Written by somebody you know or trust",
        "friend_post": "Shared by {names}, whom you know or trust",
        "friend_post.": "Shared by somebody you know or trust",
        "nearby": "{km} km from you",
        "nearby.planned": "{km} km from you, and the kind of place you want to go to",
        "aspects": "Talks about what matters to you: {aspects}",
        "helpful": "{likes} of {seen} who saw it liked it",
        "critical": "Somebody was not happy with it",
        "follow": "You both know {names} and others, {count} in all",
        "follow.all": "You both know {names}",
        "follow.": "Friends in common: {count}",
        "follow.taste": "Likes what you like",
        "follow.follows_you": "Follows you",
        "new_to_you": "About something you do not have yet",
    },
    "zh": {
        "taste": "与你看过或选过的{names}相近",
        "taste.post": "说的是{names}，符合你的喜好",
        "taste.": "符合你的喜好",
        "taste.post.everybody": "说的是{names}，和大家常选的相近",
        "taste.everybody": "和大家常选的相近",
        "told": "因为你写过“{wrote}”",
        "told.": "与你的兴趣或计划有关",
        "friends_bought": "{names}等{count}位你认识或信任的人买过或夸过",
        "friends_bought.all": "你认识或信任的{names}买过或夸过",
        "friends_bought.": "你认识或信任的人里有{count}位买过或夸过",
        "friend_review": "你认识或信任的{names}写的评价",
        "friend_review.": "你认识或信任的人写的评价",
        "friend_post": "你认识或信任的{names}分享的",
        "friend_post.": "你认识或信任的人分享的",
        "nearby": "离你{km}公里",
        "nearby.planned": "离你{km}公里，正是你想去的那类地方",
        "aspects": "聊到你在意的{aspects}",
        "helpful": "看过的{seen}人里有{likes}人点了赞",
        "critical": "也有人不满意",
        "follow": "你们都认识{names}等{count}人",
        "follow.all": "你们都认识{names}",
        "follow.": "你们有{count}位共同好友",
        "follow.taste": "和你喜好相近",
        "follow.follows_you": "关注了你",
        "new_to_you": "说的是你还没有的东西",
    },
}


def feed_reason_text(
    kind: str,
    names: Sequence[str],
    data: Mapping[str, Any],
    language: str,
    *,
    of_post: bool = False,
) -> str:
    """Return one reason of the feed in words.

    Args:
        kind: of the reason.
        names: of what speaks for it and may be named.
        data: of the reason, such as how many people.
        language: ``zh`` or ``en``.
        of_post: whether a post is told of.

    >>> feed_reason_text("friends_bought", [], {"count": 3}, "en")
    '3 of the people you know or trust bought or praised it'
    >>> feed_reason_text("nearby", [], {"km": 1.2, "planned": True}, "zh")
    '离你1.2公里，正是你想去的那类地方'
    >>> feed_reason_text("told", ["p2"], {"wrote": "看了《流浪地球》"}, "zh")
    '因为你写过“看了《流浪地球》”'
    """
    words = _WORDS[language]
    form = _form(kind, names, data, of_post=of_post)
    if form not in words:
        return reason_text(kind, names, language)
    between = "、" if language == "zh" else ", "
    told = listed(names, language) if kind == "taste" else between.join(names)
    aspects = (name_of("aspect", one, language) for one in data.get("aspects", ()))
    return words[form].format(**{**data, "aspects": between.join(aspects), "names": told})


def _form(kind: str, names: Sequence[str], data: Mapping[str, Any], *, of_post: bool) -> str:
    """Return the key of the words for a reason."""
    if kind == "follow" and "count" not in data:
        return "follow.taste" if "likeness" in data else "follow.follows_you"
    if kind == "nearby" and data.get("planned"):
        return "nearby.planned"
    if kind == "told":
        return "told" if "wrote" in data else "told."
    if kind == "taste" and data.get("everybody"):
        return "taste.post.everybody" if of_post and names else "taste.everybody"
    if not names and f"{kind}." in _WORDS["en"]:
        return f"{kind}."
    if kind == "taste" and of_post:
        return "taste.post"
    if kind in ("friends_bought", "follow") and len(names) >= data["count"]:
        return f"{kind}.all"
    return kind
