"""What emoji, emoticons and the bracketed signs of microblogs, such as [哈哈], say about a mood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from zhiyin.language.scripts import fold

Emotion = Literal["anger", "joy", "sadness", "fear", "surprise", "disgust", "neutral"]


class Mood(NamedTuple):
    """How a sign is meant most often.

    Attributes:
        polarity: -1 (bad) to 1 (good).
        emotion: the nearest of the six of Ekman (1992), or neutral.

    >>> MOODS["[鼓掌]"]
    Mood(polarity=0.8, emotion='joy')
    """

    polarity: float
    emotion: Emotion


# Our own judgement of how shoppers and bloggers use them, which is not always what the picture shows. All are folded.
_EMOJI: tuple[tuple[float, Emotion, str], ...] = (
    (1.0, "joy", "😍 🥰 😘 🤩 ❤ 💕 💖 💗 💓 💞 💝 💘 😻 ❣ 🧡 💛 💚 💙 💜 🖤 🤍 🤎 ♥ 🫶"),
    (0.9, "joy", "😀 😃 😄 😁 😊 ☺ 🥳 🎉 🎊 💯 🏆 🤗 😋 😚 😙 😸 😺 💋 🎁 🎂 🍻 🥂 🥇 🌟 ⭐"),
    (0.8, "joy", "👍 👏 🙌 😂 🤣 😆 🌹 💐 🌸 🌺 ✨ 🔥 💪 👌 🤟 🤘 ✌ 💃 🕺 😹 🫰 🆒 🌈 🤝"),
    (0.5, "joy", "😉 😎 😇 😜 😝 😛 🤪 🙏 😌 😏 🤭 😅 🍀 ☀ 🌞 ✅ 🤠 😈 🥹 ☑"),
    (0.1, "neutral", "🙂 👀 🤔 🧐 👋 💰 🛒 📦"),
    (-0.2, "neutral", "😐 😑 😶 🙃 😬 🤷 🤦 😪 😴 🥱 💤 😓 😥 🫠 🫤"),
    (0.1, "surprise", "😮 😲 😯 ❗ 🫢 🤯"),
    (-0.3, "surprise", "😳 😵 🙀 🤨 ❓ ❔ ⁉"),
    (-0.7, "sadness", "😢 😭 😞 😔 😟 🙁 ☹ 😿 🥺 😩 😫 😣 😖 😕 💔 😰 🕯 🥀 🤕 🤒 😷 ⚰"),
    (-0.8, "anger", "😠 😡 🤬 👿 😤 😾 💢 🖕 💣 🔪"),
    (-0.7, "fear", "😨 😱 😧 😦 💀 ☠ 🚨 ⚠ 🆘"),
    (-0.8, "disgust", "🤢 🤮 👎 💩 🙄 😒 🗑 ❌ 🚫 🤡 🙅 🪳 🐛 🦠"),
)
_BRACKETED: tuple[tuple[float, Emotion, str], ...] = (
    (1.0, "joy", "爱你 心 爱心 色 花心 亲亲 飞吻 好爱哦 好喜欢 比心 爱慕 心动 抱抱 拥抱 送花花"),
    (0.9, "joy", "哈哈 笑哈哈 太开心 开心 大笑 高兴 愉快 嘻嘻 呲牙 憨笑 可爱 撒花 庆祝 礼花 撒欢 好棒"),
    (0.8, "joy", "鼓掌 good 赞 赞啊 点赞 棒 强 给力 威武 耶 顶 牛 胜利 ok 玫瑰 鲜花 蛋糕 礼物 干杯 笑cry 破涕为笑"),
    (0.5, "joy", "偷笑 害羞 羞嗒嗒 得意 酷 调皮 挤眼 馋嘴 鬼脸 太阳 阳光 加油 奋斗 红包 发财 握手 抱拳 坏笑 嘿哈 机智"),
    (0.1, "neutral", "微笑 doge 二哈 吃瓜 思考 围观 话筒 睡 睡觉 钱 拜拜 再见"),
    (-0.2, "neutral", "捂脸 摊手 闭嘴 困 尴尬 汗 流汗 擦汗 黑线 懒得理你"),
    (-0.1, "surprise", "吃惊 惊讶 震惊 傻眼 疑问 费解"),
    (-0.4, "surprise", "晕 囧 跪了"),
    (-0.7, "sadness", "泪 流泪 大哭 哭 泪奔 泪流满面 悲伤 伤心 难过 失望 失落 委屈 可怜 快哭了 心碎 生病 感冒 衰 累"),
    (-0.6, "sadness", "蜡烛 悲催 苦涩 凋谢 枯萎 裂开 生无可恋 允悲"),
    (-0.8, "anger", "怒 发怒 愤怒 怒骂 咒骂 骂人 抓狂 哼 左哼哼 右哼哼 炸弹 菜刀 敲打 拳头 打脸"),
    (-0.6, "fear", "惊恐 害怕 恐惧 骷髅 冷汗"),
    (-0.8, "disgust", "吐 呕吐 恶心 鄙视 白眼 嘘 弱 不要 no 挖鼻 挖鼻屎 便便 嫌弃 差劲"),
)  # fmt: skip
_DRAWN: tuple[tuple[float, Emotion, str], ...] = (
    (0.9, "joy", ":d :-d =d <3 (≧▽≦) (*^▽^*) ヽ(✿゚▽゚)ノ (づ￣3￣)づ \\(^o^)/ ^o^ (o゜▽゜)o☆ (*╹▽╹*)"),
    (0.7, "joy", ":) :-) =) ^_^ ^^ ^-^ (^_^) o(∩_∩)o (￣▽￣) ʕ•ᴥ•ʔ xd n_n (^▽^) (*^_^*) (◕‿◕)"),
    (0.4, "joy", ";) ;-) :p :-p =p (¬‿¬) (・ω・)"),
    (-0.2, "neutral", ":/ :-/ :| -_- -_-# -_-||| =_= =.= ╮(╯▽╰)╭ ╮(╯_╰)╭ ¯\\_(ツ)_/¯ _(:з」∠)_ ⊙_⊙"),
    (-0.1, "surprise", ":o :-o o_o o.o σ(っ°д°;)っ (⊙o⊙) (°ー°〃)"),
    (-0.7, "sadness", ":( :-( =( :'( t_t tat qaq qwq ;_; (ಥ_ಥ) o(╥_╥)o (┬_┬) </3 >_< orz (´・ω・`) 囧rz (。•́〈•̀。)"),
    (-0.8, "anger", ">:( (╯°□°)╯(┻━┻ (╬▔皿▔) (ノ▼д▼)ノ (`へ´) (╬￣皿￣) 凸(艹皿艹)"),
    (-0.6, "disgust", "(¬_¬) (눈_눈) (→_→) →_→ (ノへ￣)"),
)  # fmt: skip


def _table() -> dict[str, Mood]:
    return {
        form.format(name): Mood(polarity, emotion)
        for rows, form in ((_EMOJI, "{}"), (_DRAWN, "{}"), (_BRACKETED, "[{}]"))
        for polarity, emotion, names in rows
        for name in names.split()
    }


MOODS: Mapping[str, Mood] = MappingProxyType(_table())
"""Sign, folded and without variation selectors and skin colours → its mood."""

_PICTURE = "[\u203c\u2049\u231a-\u23ff\u2600-\u27bf\u2b1b-\u2b55\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
_DRESS = "(?:[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|[\U000e0020-\U000e007f])*"
_EMOJI_PATTERN = (
    f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|[©®™↔-↪]\ufe0f"
    f"|{_PICTURE}{_DRESS}(?:\u200d{_PICTURE}{_DRESS})*"
)


def _drawn_pattern() -> str:
    """Return a pattern of the emoticons, which are no part of a word, a web address or a remark in brackets."""
    drawn = {sign for _, _, signs in _DRAWN for sign in signs.split()}
    patterns = []
    for sign in sorted(drawn, key=lambda sign: (-len(sign), sign)):
        is_worded = any("0" <= end <= "z" and end.isalnum() for end in (sign[0], sign[-1]))
        before = "(?<![a-z0-9])" if is_worded else ""
        after = "(?![a-z0-9])" if is_worded else {"/": "(?!/)", "(": r"(?!\w)"}.get(sign[-1], "")
        patterns.append(before + re.escape(sign) + after)
    first = "".join(sorted({re.escape(sign[0]) for sign in drawn}))
    return f"(?=[{first}])(?:{'|'.join(patterns)})"


_NAMES = "|".join(re.escape(sign[1:]) for sign in MOODS if sign[0] == "[")
SIGNS = f"\\[(?:{_NAMES})|{_drawn_pattern()}|{_EMOJI_PATTERN}"
"""Matches every emoji, and every emoticon and bracketed sign of `MOODS`, in a folded text."""
_SIGNS = re.compile(SIGNS)
_BARE = re.compile("[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")


def bare(sign: str) -> str:
    """Return a sign without variation selectors, key caps and skin colours."""
    return _BARE.sub("", sign)


def moods(text: str) -> list[tuple[int, int, Mood]]:
    """Return where a text has a sign of a mood, and which mood.

    Of a sequence such as ❤️‍🔥 that is not known, its first picture counts.

    Returns: (start, end, mood) of each sign in order, in characters of the text.
    Complexity: O(n).

    >>> moods("终于到了[哈哈]👍🏽")
    [(4, 8, Mood(polarity=0.9, emotion='joy')), (8, 10, Mood(polarity=0.8, emotion='joy'))]
    """
    found = []
    for match in _SIGNS.finditer(fold(text)):
        sign = bare(match[0])
        mood = MOODS.get(sign) or MOODS.get(sign[:1])
        if mood is not None:
            found.append((match.start(), match.end(), mood))
    return found
