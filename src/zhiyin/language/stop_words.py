"""Words that only hold a sentence together.

Negations (不, not), quantities (都, few), comparisons (更, than) and contrasts (但, but) are none: they turn what is said.
"""

from __future__ import annotations

_CHINESE = """
的 了 着 过 地 得 之 所 者 们 是 在 于 以 为 对 对于 关于 从 自 自从 由 由于 向 往 朝 到 至 给 被 把 将 让 叫 按 按照 根据
和 与 及 以及 或 或者 并 并且 而 而且 且 则 即 也 就 就是 又 还 因为 因此 所以 如果 要是 假如 那么 于是 然后 以便
我 你 您 他 她 它 我们 你们 您们 他们 她们 它们 咱 咱们 自己 本人 人家 别人
这 那 这个 那个 这些 那些 这样 那样 这么 这里 那里 这儿 那儿 这种 那种 其 此 该 某 什么 怎么 怎样 哪 哪里 谁 何
啊 吧 呢 吗 嘛 呀 哦 噢 喔 哇 哈 呵 嗯 呃 哎 唉 诶 啦 咯 喽 哟 呗 罢 矣 么 来 去 时 会 能 要 说 来说 的话
"""
_ENGLISH = """
a an the this that these those i me my mine myself we us our ours you your yours he him his she her hers it its itself
they them their theirs who whom whose which what there here i'm i've i'd i'll it's that's you're we're they're he's she's
am is are was were be been being do does did doing have has had having will would shall should can could may might must
and or if because then also of at by for with into onto to from in on during when where how why
"""

STOP_WORDS = frozenset(_CHINESE.split()) | frozenset(_ENGLISH.split())
"""Folded words of both languages that `Tokenizer.words` leaves out."""
