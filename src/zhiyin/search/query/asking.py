"""How shoppers ask: words for leaving out, comparing and needing help, and words that say nothing of goods."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from zhiyin.language.scripts import HAN

_CUE = (
    r"(?:(?:不要|别要|不买|不喜欢|讨厌|不想要|不想买|不含|不带|不能有|不是|别带|没有|排除|除了|去掉|拒绝)(?:含|带|有|任何|是)?)+",
    r"(?<![\w-])(?:without|exclud(?:e|es|ing)|except(?: for)?|other than|apart from|instead of|anything but|i hate|minus|free of|but not|not|no|don't want|doesn't have)(?: any| a| the)?",
)
_WITHOUT = re.compile(rf"{_CUE[0]}|{_CUE[1]}(?=\s+[a-z])(?!\s+(?:more|less|later)\b)")
_DASH = re.compile(rf"(?<=\s)-(?P<said>[a-z{HAN}][^\s,，。;；]{{0,39}})")
_BEHIND = re.compile(
    r"(?:(?!除)(?P<said>[^\s,，。;；]{1,20}?)的?(?:(?:除|[以之])外的?|(?:不要|别要)(?=\s*(?:$|[,，。;；])))|\b(?P<en>[a-z]+) excluded\b)"
)
_NON = re.compile(
    rf"(?:^-(?=[a-z{HAN}])|非(?=[{HAN}])|(?<!\S)除(?=[a-z{HAN}])|(?<![\w-])non[- ](?=[a-z]))(?P<said>[^\s,，。;；非]{{1,40}})"
)
_FREE = re.compile(
    r"\b(?P<said>[a-z]{3,})[- ]free\b(?![- ](?:shipping|delivery|gift|sample|size|standing|range))"
    r"|(?<![\w-])non-(?P<en>alcohol(?=ic)?|fragrance|toxin|gluten|dairy|latex|leather|nickel)"
)
_MARKED = (
    (_DASH, ("-",), True), (_BEHIND, ("外", "不要", "别要", "excluded"), True), (_NON, ("-", "非", "non", "除"), False),
)  # fmt: skip
"""Patterns, what one of must stand in a query, and whether they are sure."""
_OUTSIDE = re.compile("(?:[以之]外|外(?=的))?的?")
_DANGLING = re.compile(
    rf"(?:{_CUE[0]}|{_CUE[1]}|(?<!\S)(?:under|below|(?:less|cheaper|more) than|at (?:most|least)|up to|[<>]=?|≤|≥)|(?:不超过|[大小高低]于|至少|最多))\s*$"
    r"|^\s*(?:以内|以下|以上|左右|之间|size|尺码|码数|尺寸)\s*$"
)
_EXTENT = re.compile(r"\s*([^，,。.；;!?！？的\n]{1,40})")
_STOPS = re.compile(
    rf"{_CUE[0]}|(?:也|又|且|并且|而且)(?={_CUE[0]}|\s*$)|\s(?:and |or |nor )?(?:not|no|without|excluding)\b|\s(?:but|under|below|for|with|that|please|less|over|than|in)\b|\s-(?=\w)|以外|之外|但是|但|要(?!求)|价格|预算|\d"
)
_AND = re.compile(r"\s*(?:和|或者|或|以及|跟|还有|、|/|\band\b|\bor\b)\s*")

_PAIR = r"(?P<a>.{1,40}?)\s*(?:和|跟|与|还是|\bvs\.?\b|\bversus\b|\bor\b|\band\b|\bcompared? (?:to|with)\b|对比|比|、)\s*(?P<b>.{1,40}?)"
_VERSUS = re.compile(r"\s*(?:\bvs\.?(?!\w)|\bversus\b)\s*")
_MOST_COMPARED = 5
_COMPARED = (
    re.compile(
        rf"^\s*(?:compare|对比一?下?|比较一?下?)?\s*{_PAIR}[\s,，]*(?:哪个?一?[个款种]?(?:更|比较|最)?(?:好|划算|值|适合|耐用|实用).*|怎么选.*|有(?:什么|啥)?(?:区别|不同|差别).*|的?区别.*|的?对比|选哪个?.*|which (?:one )?is better.*)[?？]?\s*$"
    ),
    re.compile(rf"^\s*(?:compare|对比一?下?|比较一?下?|difference between|which is better[,:]?)\s+{_PAIR}[?？]?\s*$"),
    re.compile(r"^\s*(?P<a>.{1,40}?)\s*(?:\bvs\.?(?!\w)|\bversus\b|对比)\s*(?P<b>.{1,40}?)[?？]?\s*$"),
)  # fmt: skip
_SUPPORT = re.compile(
    r"退货|退款|换货|退换|可以退|能退|能不能退|优惠券(?:怎|如何|在哪|不能|用不)|包邮吗|售后|订单(?!本)|物流(?!盒|箱|车|袋|托盘|周转)|快递(?!盒|袋|箱|柜|车|面单|单|架|包装|打印|刀|广告|纸|驿站|员|服)|发票(?!夹|打印|收纳|袋|本|纸)|客服|投诉|账号|密码|登录|怎么退|几天到|什么时候(?:到|发货)|发货了|保修期|取消购买"
    r"|\b(?:refund|return (?:policy|my|an?|this)|how (?:do|can|to) (?:i )?return|where(?:'s| is) my (?:order|parcel|package)|track(?:ing)? (?:my|number|order)"
    r"|invoice|cancel (?:my|an) order|customer service|can i return|use (?:my|a) coupon|talk to (?:a|an) (?:human|agent|person)|my order|complaint|reset (?:my )?password|shipping (?:cost|time|policy)|warranty claim)\b"
)
_SELLER = re.compile(
    r"旗舰店|专卖店|专营店|官网|官方店|\bofficial (?:online )?(?:store|shop|site|website)\b|\bflagship store\b"
)
_COUNTED = r"(?:[一几两][个款双件条台套只把张瓶盒箱部副顶块支辆](?![次体对龙])|[个款件]|双(?![肩人层面色开])|条(?![纹形])|台(?![灯式历])|一些|一下)"
_FILLER = re.compile(
    rf"有没有|有什么|适合|(?:求?推荐|(?<![不别])我?想(?:要|买)|我(?:需?要|买)|[帮给]我[找买]?){_COUNTED}?|(?<![不别])[找买来要]{_COUNTED}|(?<!\S)一[个双件条款](?=[^\s代次体对龙])"
    r"|哪个?[个款种](?:最|比较)?好|哪里(?:有|买)|好用的?|什么|怎么样|一下|请问|谢谢"
    r"|\b(?:i(?:'m| am)? (?:want|need|looking for|would like)(?: to buy)?|looking for|show me|find me|please|recommend(?:ation|ations)?|where (?:can i|to) buy|buy|best|good|nice|some|any|search for|do you have)\b"
)

_NO_GOODS = frozenset(
    [
        "最",
        "不",
        "无",
        "没",
        "没有",
        "送",
        "的",
        "很",
        "更",
        "太",
        "非",
        "除",
        "想",
        "想要",
        "要",
        "买",
        "有",
        "请",
        "求",
        "几",
        "个",
        "只",
        "双",
        "条",
        "件",
        "款",
        "一个",
        "一只",
        "一双",
        "一条",
        "一件",
        "一款",
        "一些",
        "more",
        "most",
        "better",
        "best",
        "very",
        "really",
        "free",
        "non",
        "vs",
        "versus",
    ]
)


def blank(text: str, start: int, end: int) -> str:
    """Return a text of the same length with a stretch made blank."""
    return text[:start] + " " * (end - start) + text[end:]


class Extent(NamedTuple):
    """A stretch of a query."""

    text: str
    start: int
    end: int


class LeftOut(NamedTuple):
    """What a query does not want.

    Attributes:
        whole: the stretch with its cue.
        named: each thing.
        is_sure: whether it is meant whatever it is; 非, "non-" and a dash that begins the query leave out values alone, as
            non-slip is none.
    """

    whole: Extent
    named: list[Extent]
    is_sure: bool = True


def left_out(folded: str, most: int = 3) -> list[LeftOut]:
    """Return what a folded query does not want, in order.

    Args:
        folded: the query.
        most: words of a thing, where spaces part them.

    >>> [[one.text for one in part.named] for part in left_out("洗面奶 不要含酒精和香精的 -蓝色 绿色除外")]
    [['酒精', '香精'], ['蓝色'], ['绿色']]
    >>> [[one.text for one in part.named] for part in left_out("anti-slip shoes without laces under $50")]
    [['laces']]
    """
    said = [*_wanted_without(folded, most)]
    said += [
        one
        for pattern, marks, is_sure in _MARKED
        if any(mark in folded for mark in marks)
        for one in _called(pattern, folded, is_sure=is_sure)
    ]
    apart: list[LeftOut] = []
    for one in sorted(said, key=lambda one: one.whole.start):
        if not apart or one.whole.start >= apart[-1].whole.end:
            apart.append(one)
    return apart


def _wanted_without(folded: str, most: int) -> Iterator[LeftOut]:
    for cue in _WITHOUT.finditer(folded):
        if extent := _EXTENT.match(folded, cue.end()):
            text = extent[1]
            if stop := _STOPS.search(text):
                text = text[: stop.start()]
            named = [one for one in _parted(text, extent.start(1), most) if one.text]
            if named:
                end = behind_it(folded, named[-1].end)
                yield LeftOut(_extent(folded, cue.start(), end), named)


def behind_it(folded: str, end: int) -> int:
    """Return where what is left out ends, with 以外 and 的 behind it."""
    match = _OUTSIDE.match(folded, end)
    return match.end() if match else end


def free_of(folded: str) -> list[LeftOut]:
    """Return what goods should be free of: alcohol-free, non-alcohol."""
    return [*_called(_FREE, folded, is_sure=True)] if "free" in folded or "non-" in folded else []


def _called(pattern: re.Pattern[str], folded: str, *, is_sure: bool) -> Iterator[LeftOut]:
    for match in pattern.finditer(folded):
        name = "said" if match["said"] else "en"
        whole, thing = _extent(folded, *match.span()), _extent(folded, *match.span(name))
        yield LeftOut(whole, [thing], is_sure)


def _extent(folded: str, start: int, end: int) -> Extent:
    return Extent(folded[start:end], start, end)


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


def compared(folded: str) -> tuple[str, ...] | None:
    """Return the things that a folded query asks to compare, five at most.

    >>> compared("小米手环和华为手环哪个好"), compared("bosch vs makita"), compared("salt and pepper")
    (('小米手环', '华为手环'), ('bosch', 'makita'), None)
    >>> compared("小米、华为和荣耀哪个好"), compared("bosch vs makita vs ryobi")
    (('小米', '华为', '荣耀'), ('bosch', 'makita', 'ryobi'))
    """
    for pattern in _COMPARED:
        if match := pattern.match(folded):
            between = _AND if "、" in folded else _VERSUS
            named = [one for side in ("a", "b") for one in between.split(match[side])]
            found = tuple(one for said in named if (one := said.strip(" ,，")))
            if len(found) > 1:
                return found[:_MOST_COMPARED]
    return None


def asks_for_help(folded: str) -> bool:
    """Return whether a folded query is one for the customer service.

    >>> asks_for_help("怎么退货"), asks_for_help("where is my order"), asks_for_help("order book")
    (True, True, False)
    """
    return bool(_SUPPORT.search(folded))


def without_dangling(folded: str) -> str:
    """Return a folded query with a word blank at its end that asks for something and names nothing, of the same length.

    >>> without_dangling("shoes without").split(), without_dangling("size").split(), without_dangling("plus size").split()
    (['shoes'], [], ['plus', 'size'])
    """
    return _DANGLING.sub(_spaces, folded)


def says_what_is_absent(said: str) -> bool:
    """Return whether a word behind 无 names a thing, as 无酒精 does and 无添加 does not."""
    return bool(re.fullmatch(f"无(?!添加)[{HAN}]{{2,}}", said))


def says_goods(word: str) -> bool:
    """Return whether a word of a query may be one for goods; 最, 一双 and "better" are none by themselves.

    >>> [word for word in ("最", "双肩包", "better", "一双", "butter") if says_goods(word)]
    ['双肩包', 'butter']
    """
    return word not in _NO_GOODS


def asks_for_a_store(folded: str) -> bool:
    """Return whether a folded query looks for a seller rather than for goods.

    >>> asks_for_a_store("华为官方旗舰店"), asks_for_a_store("sony official store"), asks_for_a_store("store shelf")
    (True, True, False)
    """
    return bool(_SELLER.search(folded))


def without_filler(folded: str) -> str:
    """Return a folded query with words that say nothing of goods made blank, of the same length.

    >>> without_filler("有没有好用的耳机").split()
    ['耳机']
    """
    return _FILLER.sub(_spaces, folded)


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])
