"""Words that service is asked with and that mean the same, in Chinese and English."""

from __future__ import annotations

import re

from zhiyin.language.scripts import fold

_GROUPS: dict[str, str] = {
    "dispatch": "发货 寄出 发出 寄走 出库 发走 | ship\\w* dispatch\\w* send\\s+out sent\\s+out leave\\w*",
    "arrive": "送到 送达 到货 到家 能到 收到货 可以收到 配送 时效 | deliver\\w* arriv\\w* get\\s+here reach\\w*",
    "duration": "多久 多长时间 几天 什么时候 何时 几时 几点 时间 | how\\s+long how\\s+soon how\\s+many\\s+days when days hours time",
    "parcel": "快递 包裹 物流 丢件 | parcels? packages? courier track\\w*",
    "where": "哪里 哪儿 到哪 在哪 | where",
    "fee": "运费 邮费 快递费 包邮 免邮 邮资 | postage free\\s+(?:shipping|delivery) charge\\w* costs? how\\s+much pays?",
    "address": "地址 收件 搬家 | address\\w*",
    "change": "改 修改 更改 变更 | chang\\w+ edit\\w* modif\\w+ different another",
    "return": "退货 退回 寄回 退换 无理由 能退 退吗 不想要 | returns? returned returning sen[dt]\\s+(?:it\\s+|them\\s+)?back tak\\w+\\s+back",
    "refund": "退款 退钱 到账 钱 | refund\\w* money",
    "exchange": "换货 调换 换个 换一 更换 | exchang\\w+ swap\\w* switch\\w*",
    "damaged": "坏 碎 破损 损坏 裂 破了 | broke\\w* damag\\w+ crack\\w+ fault\\w* defect\\w*",
    "missing": "少发 漏发 缺了 少了 只收到 少件 丢了 丢失 | missing lack\\w* only\\s+got not\\s+in los\\w+ lost",
    "size": "尺码 码 大一号 多大 身高 | sizes? sizing fits?",
    "colour": "颜色 色差 | colou?rs? look\\w* pictures? photos?",
    "genuine": "正品 假货 真的 真假 真伪 | genuine authentic\\w* fakes? original",
    "coupon": "优惠券 优惠劵 优惠卷 代金券 券 | coupons? vouchers?",
    "expired": "过期 到期 失效 过了日期 保质期 | expir\\w+ ran\\s+out best-before renew\\w* extend\\w*",
    "cheaper": "降价 差价 便宜 保价 买贵 | price\\s+(?:drop|protection|match)\\w* cheaper difference",
    "cancel": "取消 撤销 不想买 | cancel\\w* stop",
    "invoice": "发票 开票 报销 | invoices? tax",
    "on delivery": "货到付款 到了再付 货再付 | on\\s+delivery when\\s+it\\s+arrives",
    "stock": "没货 缺货 断货 补货 有货 | stock restock\\w* sold\\s+out available",
    "group": "拼团 拼单 团购 | group with\\s+friends together",
    "gift": "礼品 礼物 送人 礼盒 包装 贺卡 | gifts? presents? wrap\\w*",
    "review": "评价 评论 点评 | reviews? comments?",
    "delete": "删 注销 移除 彻底 | delet\\w+ remov\\w+ clos\\w+",
    "recommend": "推荐 个性化 | recommend\\w* personal\\w* suggest\\w*",
    "turn off": "关闭 关掉 怎么关 不想被 能不能别 | turn\\s+off disabl\\w+ stop",
    "account": "账号 账户 帐号 帐户 | accounts? profiles?",
    "warranty": "保修 质保 三包 维修 | warrant\\w+ guarant\\w+ repair\\w*",
    "agent": "客服 人工 真人 | customer\\s+service agents? real\\s+person human service\\s+hours",
    "food": "食品 零食 吃的 | foods? snacks?",
    "electronics": "电子产品 手机 电脑 耳机 数码 | electronic\\w* phones? laptops? headsets? headphones",
    "ticket": "门票 车票 演唱会 票能 | tickets? concerts?",
    "data": "个人数据 隐私 个人信息 | data privacy",
    "made when": "生产日期 保质期 什么时候过期 | best-before expiry\\s+date when\\s+the\\s+food",
}  # fmt: skip


def _pattern(told: str) -> re.Pattern[str]:
    chinese, _, english = told.partition("|")
    latin = "|".join(english.split())
    return re.compile(f"{'|'.join(chinese.split())}|\\b(?:{latin})\\b")


_PATTERNS = {f"#{name}": _pattern(told) for name, told in _GROUPS.items()}
NAMES = tuple(_PATTERNS)
"""What a text can speak of; no text holds these names themselves."""


def spoken_of(text: str) -> dict[str, str]:
    """Return what a text speaks of, and the words that say so, folded.

    Complexity: O(characters), some forty times.

    >>> spoken_of("邮费！"), list(spoken_of("Is it free shipping?"))
    ({'#fee': '邮费'}, ['#dispatch', '#fee'])
    """
    folded = fold(text)
    found = {name: pattern.findall(folded) for name, pattern in _PATTERNS.items()}
    return {name: " ".join(words) for name, words in found.items() if words}
