"""How shoppers ask: words for leaving out, comparing, giving and needing help, and words that say nothing of goods."""

from __future__ import annotations

import re
from typing import NamedTuple

_WITHOUT = re.compile(
    r"(?:不要|别要|不买|不喜欢|讨厌|不想要|不含|不带|不能有|不是|别带|没有|排除|除了|去掉|拒绝)(?:含|带|有|任何|是)?"
    r"|(?<![\w-])(?:without|excluding|except(?: for)?|other than|apart from|instead of|anything but|i hate|minus|free of|not|no|don't want|doesn't have)(?: any| a| the)?(?=\s+[a-z])"
)
_EXTENT = re.compile(r"\s*([^，,。.；;!?！？的\n]{1,40})")
_STOPS = re.compile(
    r"\s(?:but|under|below|for|with|that|please|less|over|than|in)\b|但是|但|要(?!求)|价格|预算|\d"
)
_AND = re.compile(r"\s*(?:和|或者|或|以及|跟|还有|、|/|\band\b|\bor\b)\s*")

_PAIR = r"(?P<a>.{1,40}?)\s*(?:和|跟|与|还是|\bvs\.?\b|\bversus\b|\bor\b|\band\b|\bcompared? (?:to|with)\b|对比|比)\s*(?P<b>.{1,40}?)"
_COMPARED = (
    re.compile(
        rf"^\s*(?:compare|对比一?下?|比较一?下?)?\s*{_PAIR}[\s,，]*(?:哪个?一?[个款种]?(?:更|比较|最)?(?:好|划算|值|适合|耐用|实用).*|怎么选.*|有(?:什么|啥)?(?:区别|不同|差别).*|的?区别.*|的?对比|选哪个?.*|which (?:one )?is better.*)[?？]?\s*$"
    ),
    re.compile(rf"^\s*(?:compare|对比一?下?|比较一?下?|difference between|which is better[,:]?)\s+{_PAIR}[?？]?\s*$"),
    re.compile(r"^\s*(?P<a>.{1,40}?)\s*(?:\bvs\.?(?!\w)|\bversus\b|对比)\s*(?P<b>.{1,40}?)[?？]?\s*$"),
)  # fmt: skip
_SUPPORT = re.compile(
    r"退货|退款|换货|退换|售后|订单(?!本)|物流(?!盒|箱|车|袋|托盘|周转)|快递(?!盒|袋|箱|柜|车|面单|单|架|包装|打印|刀|广告|纸|驿站|员|服)|发票(?!夹|打印|收纳|袋|本|纸)|客服|投诉|账号|密码|登录|怎么退|几天到|什么时候(?:到|发货)|发货了|保修期|取消购买"
    r"|\b(?:refund|return (?:policy|my|an?|this)|how (?:do|can|to) (?:i )?return|where(?:'s| is) my (?:order|parcel|package)|track(?:ing)? (?:my|number|order)"
    r"|invoice|cancel (?:my|an) order|customer service|talk to (?:a|an) (?:human|agent|person)|my order|complaint|reset (?:my )?password|shipping (?:cost|time|policy)|warranty claim)\b"
)
_WHOSE = "(?:my|an?|her|him|your)"
_KIN = "(?:mom|mum|mother|dad|father|wife|husband|girlfriend|boyfriend|friend|teacher|boss|son|daughter|kid|baby|sister|brother|grandma|grandpa|parents)"
_GIFT = re.compile(
    r"礼物|礼品|送礼|伴手礼|(?:送|给)(?:我|他|她)?的?(?:女朋友|男朋友|女友|男友|老婆|老公|妈妈|爸爸|妈|爸|父母|长辈|老师|同事|闺蜜|朋友|孩子|宝宝|儿子|女儿|领导|客户|奶奶|爷爷|对象)"
    rf"|生日|\b(?:gifts?(?: for(?: {_WHOSE})?(?: {_KIN})?)?|presents? for(?: {_WHOSE})?(?: {_KIN})?|birthday|for {_WHOSE} {_KIN})\b"
)
_FILLER = re.compile(
    r"有没有|有什么|适合|推荐一?下?|推荐|求推荐|想买一?[个款双件条台]?|我想要|我要|帮我找|给我找|找一?[个款双件条台]|买一?[个款双件条台]|哪个?[个款种](?:最|比较)?好|哪里(?:有|买)|好用的?|什么|怎么样|一下|请问|谢谢"
    r"|\b(?:i(?:'m| am)? (?:want|need|looking for|would like)(?: to buy)?|looking for|show me|find me|please|recommend(?:ation|ations)?|where (?:can i|to) buy|buy|best|good|nice|some|any|search for|do you have)\b"
)


class Extent(NamedTuple):
    """A stretch of a query."""

    text: str
    start: int
    end: int


def left_out(folded: str, most: int = 3) -> list[tuple[Extent, list[Extent]]]:
    """Return what a folded query does not want: the whole stretch with its cue, and each thing that is named.

    Args:
        folded: the query.
        most: words of a thing, where spaces part them.

    >>> [[one.text for one in named] for _, named in left_out("洗面奶 不要含酒精和香精的")]
    [['酒精', '香精']]
    >>> [[one.text for one in named] for _, named in left_out("shoes without laces under $50")]
    [['laces']]
    """
    found = []
    behind = 0
    for cue in _WITHOUT.finditer(folded):
        extent = _EXTENT.match(folded, cue.end())
        if cue.start() < behind or not extent:
            continue
        start, text = extent.start(1), extent[1]
        if stop := _STOPS.search(text):
            text = text[: stop.start()]
        named = [one for one in _parted(text, start, most) if one.text]
        if named:
            behind = named[-1].end
            whole = Extent(folded[cue.start() : behind], cue.start(), behind)
            found.append((whole, named))
    return found


def _parted(text: str, start: int, most: int) -> list[Extent]:
    parts, place = [], 0
    for joint in [*_AND.finditer(text), None]:
        end = joint.start() if joint else len(text)
        words = text[place:end].split()
        piece = " ".join(words[:most])
        first = start + place + (len(text[place:end]) - len(text[place:end].lstrip()))
        parts.append(Extent(piece, first, first + len(piece)))
        place = joint.end() if joint else end
        if len(words) > most:
            break
    return parts


def compared(folded: str) -> tuple[str, str] | None:
    """Return the two things that a folded query asks to compare.

    >>> compared("小米手环和华为手环哪个好"), compared("bosch vs makita"), compared("salt and pepper")
    (('小米手环', '华为手环'), ('bosch', 'makita'), None)
    """
    for pattern in _COMPARED:
        if match := pattern.match(folded):
            first, second = match["a"].strip(" ,，"), match["b"].strip(" ,，")
            if first and second:
                return first, second
    return None


def asks_for_help(folded: str) -> bool:
    """Return whether a folded query is one for the customer service.

    >>> asks_for_help("怎么退货"), asks_for_help("where is my order"), asks_for_help("order book")
    (True, True, False)
    """
    return bool(_SUPPORT.search(folded))


def is_for_somebody(folded: str) -> bool:
    """Return whether a folded query looks for a gift.

    >>> is_for_somebody("送女朋友的生日礼物"), is_for_somebody("gift for mom"), is_for_somebody("送水泵")
    (True, True, False)
    """
    return bool(_GIFT.search(folded))


def without_recipient(folded: str) -> str:
    """Return a folded query with whom a gift is for made blank, of the same length; where nothing else is said, it stays.

    >>> without_recipient("送女朋友的红色围巾").split(), without_recipient("送妈妈的礼物").split()
    (['的红色围巾'], ['妈妈的礼物'])
    """
    goods = _GIFT.sub(lambda match: " " * len(match[0]), folded)
    if any(one.isalnum() and one not in "的送给" for one in goods):
        return goods
    return folded.replace("送", " ").replace("给", " ")


def without_filler(folded: str) -> str:
    """Return a folded query with words that say nothing of goods made blank, of the same length.

    >>> without_filler("有没有好用的耳机").split()
    ['耳机']
    """
    return _FILLER.sub(lambda match: " " * len(match[0]), folded)
