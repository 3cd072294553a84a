"""Words that say the same in the sentences of portraits, and words that say nothing by themselves."""

from __future__ import annotations

from collections.abc import Mapping

_SAME = """
choose chooses choosing chosen pick picks picking picked select selects selecting
often frequently
usually normally typically generally
mostly mainly largely chiefly primarily
about around roughly approximately
thing things item items good goods product products
others other people everyone everybody else
you your yours you're
like likes enjoy enjoys
buy buys buying bought purchase purchases purchased
praise praises praised praising
complaints complaint complain complained complaining
write writes writing wrote written
review reviews
pay pays paying paid spend spends spending spent
looking look seek seeking searching search
want wants wish wishes
hear listen listening hearing
see watch watching seeing
ready prepare preparing
gift gifts present presents
for on
here shop
come comes appear appears
lately recently
sound sounds sounded
marked labelled labeled tagged
选 选择 挑 挑选
常 常常 经常 时常
约 大约 约为 大概
东西 商品 物品
一般人 普通人
喜欢 喜爱
牌子 品牌
一般 通常
花 花费
最近 近来 近期
想 想要
夸 称赞 表扬
不满 抱怨
评价 评论
说到 提到 谈到 提及
多 多半 大多
送礼 礼物
"""
_EMPTY = """
a an the this that these which of in to with and is are am be being do does doing it its as between from up get getting what tend
tends when
的 了 是 在 也 就 这 这个 这些 那 之 所 得 来 里 中 时 个
"""
_NEGATIONS = """
not no never none neither nor without hardly barely cannot can't don't doesn't didn't isn't aren't wasn't weren't won't less
不 没 没有 无 非 别 未 不是 不会 从不 并非 不再 不常
"""

SAME: Mapping[str, str] = {
    word: line.split()[0] for line in _SAME.strip().splitlines() for word in line.split()
}
"""Folded word → the first of those that say the same."""
EMPTY = frozenset(_EMPTY.split())
"""Words that may come and go."""
NEGATIONS = frozenset(_NEGATIONS.split())
"""Words that turn a sentence round."""
ROLES = frozenset(("you", "others", "你", "一般人"))
"""Who does it, and to whom he or she is compared: whoever comes first must stay first."""
LABELS = frozenset(("praise", "complaints", "夸", "不满"))
"""What a figure may count: it must stay beside the same one."""
