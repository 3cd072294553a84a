"""What makes words no plain statement of their writer: time, doubt, denial, another speaker."""

from __future__ import annotations

TIMES = {
    "past": (
        "昨(天|日|晚|夜|儿) / (大|)前天 / (前|那)(几|两|些|阵子|段时间|一阵)(天|) / 那(天|时|时候) / 上(周|个月|个星期|星期|礼拜|次|回|个周末|周末|学期) / 去年 / 前年 / 往年 / 以前 / 从前 / 曾经 / 当年 / 当时 / 小时候 / 过去 / 年前 / 个月前 / 周前 / 天前 / 之前 / 原先 / 早些时候"
        " / yesterday / last (night|week|weekend|month|year|summer|winter|spring|autumn|fall|time|monday|tuesday|wednesday|thursday|friday|saturday|sunday|christmas) / ago / used to / back then / once upon a time / previously / formerly / as a (kid|child) / when i was / the other day / in the past / years back"
    ),
    "now": "现在 / 此刻 / 眼下 / 这会儿 / 刚刚 / 正在 / right now / now / at the moment / currently",
    "today": "今天 / 今日 / 今儿 / 今早 / 今晨 / 今个儿 / 今天(上午|中午|下午|傍晚) / today / this (morning|afternoon|evening)",
    "tonight": "今晚 / 今夜 / 今天(晚上|夜里) / 下班(后|以后) / tonight / later today / after work",
    "tomorrow": "明(天|日|早|晚|儿|晨) / tomorrow",
    "in_two_days": "后天 / the day after tomorrow",
    "in_three_days": "大后天",
    "weekend": "(这个|这|本|)周末 / (这个|)(双休日|礼拜末) / (this|at the) weekend",
    "next_weekend": "下(个|)周末 / next weekend",
    "this_week": "这(一|个|)(周|星期|礼拜) / 本周 / this week",
    "next_week": "下(个|)(周|星期|礼拜) / next week",
    "this_month": "这个月 / 本月 / this month",
    "next_month": "下个月 / 下月 / next month",
    "": "usa today / (today|this week|this month|this year|tomorrow|next month|next week)'s / 周一综合(症|征) / 明天会更好 / 明日之(后|星) / (黑色|疯狂)星期五 / black friday / good morning / sunday best / today show",
    "habit": "每(天|日|晚|周|个周末|次|年|个月|个星期) / 天天 / 平时 / 平常 / 一般 / 经常 / 常常 / 总是 / every (day|morning|night|week|weekend|time|year|month) / always / usually / on (weekends|sundays|saturdays|rainy days)",
}  # fmt: skip
"""When → the words that say so; days of the week are added to these."""

WEEKDAYS_ZH = "一二三四五六日天"
WEEKDAYS_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

FEASTS = {
    "--01-01": "元旦 / new year's day", "--02-14": "情人节 / valentine's day", "--05-01": "五一", "--06-01": "六一", "--10-01": "国庆 / 国庆节 / 十一",
    "--10-31": "万圣节 / halloween", "--12-24": "平安夜 / christmas eve", "--12-25": "圣诞节 / 圣诞 / christmas", "--12-31": "跨年 / 跨年夜 / new year's eve",
}  # fmt: skip
"""Feasts with a day of their own; of some days the first."""

NO_FEAST = r"[零一二三四五六七八九十百几]|广场|大道|[路街村店中校]|点|个|条|次|分|年|月"
"""What makes a feast in front of it a number or a place."""

NO_NUMBERED = r"[色楼线店馆门口厅院机码款链针内游后间前]|到?货"
"""What makes a number with 号 in front of it a size, a model or a house."""

PLAN_ZH = r"去(?!年|掉|除|污|味|世)|来(?![货的看])|的时候|出发|出差|回[家去来]|走|飞|见面|约|聚|玩(?!具)|搬家|开学|开始|结婚|考试|放假|上班|休息|有空|生日|婚礼|聚会"
PLAN_EN = r"\b(?:go|going|off to|leav(?:e|ing)|fly(?:ing)?|travel(?:ling|ing)?|visit(?:ing)?|meet(?:ing)?|see you|hik(?:e|ing)|trip|party|wedding|birthday|will|we'll|i'll)\b"
"""Beside these a date is a day, and one that has its clause to itself is where it holds a month."""

TOLD_OF_DAY = (
    r"^(?!.*(?:[要快将该]|马上)).*(?<![为除])了(?!解|不起)|过(?!生日|节|年)|[买订定下购拍]的|[收拿送]到|[下订][单货]|订单|付款|还没|才|签收|购买|购入|入手"
    r"|\b(?:was|were|bought|got|received|ordered|arrived|came|went|purchased|since|delivered|shipped|born)\b"
)
"""A clause with this tells of a day that was."""

NO_DAY_OF_OURS = r"生产|出厂|保质|有效期|截止|上市|发布|发货|到货|促销|出生|出版|\b(?:expir\w+|released?|launch\w*|sale)\b"
"""A clause with this tells the date of goods."""

QUESTION = (
    r"[吗么]\W*$|有没有|是不是|要不要|能不能|可不可以|会不会|好不好|想不想|喜不喜欢|不(?:不|会)是|谁(?!都)"
    r"|(?<!没)(?<!为)什么(?!都|的)|为什么|哪(?!怕)|怎么(?!这么|那么|又|还|都|也)|如何|多少|几(?:点|时|号)|啥(?!都)|咋(?!这么)"
    r"|^\W*(?:(?:do|does|did|is|are|was|were|can|could|should|would|will|shall|have|has|am|may)(?:n't)?"
    r" (?:i|you|we|they|he|she|it|it's|this|that|these|those|there|the|your|my|any|anyone|anybody|someone)\b"
    r"|(?:why|where|who|whose|which|when (?:do|does|is|will|can))\b|what(?:'s| is| are| do| does| should| time| can| did)\b"
    r"|how (?:do|does|can|much|many|to|is|are|long|should|did|about)\b|any(?:one|body)\b)"
)
"""A clause with this asks, also without a question mark."""

SUPPOSED = (
    r"要想|若想|如果|要是|假如|假设|万一|倘若|若是|若(?=有|能|不)|的话|(?<!没)希望|但愿|可能|也许|或许|说不定|大概|本来[想要打准]|原本[想要打准]|差点|差一点"
    r"|每(?:当|逢)|一旦|只要|无论|不管|幻想|梦见|梦到|听说|据说|假装"
    r"|\b(?:if|unless|suppose|imagine|wish|wished|when|whenever|whether|in case|any ?time|every time|once|maybe|perhaps|might|probably"
    r"|was going to|almost|as though|as if|in the event|hopefully|hope)\b"
)
"""From here to the end of the sentence nothing is stated."""

PAST_EN = r"\b(?:was|were|wasn't|weren't|had been|rained|snowed|poured)\b"
"""A clause with this tells of the past."""

DENIAL = (
    r"(?<![忍差迫住停受控制舍])不(?!仅|但|止|光|错|愧|过[,了]?|只|得不|小心|知不觉|禁|由得|然|管|好意思|如去|久|停)|没(?!想到|关系|事|错|准|法|问题|忍住|有比)|(?<![特分个级性区告离类差鉴识辨])别(?!人|的|墅|致|样|具)|未(?!来)|无(?:须|需|法)"
    r"|拒绝|讨厌|戒(?:了|掉)|懒得|放弃|取消|才怪|不能再"
    r"|\b(?:not(?! only)|never|no(?! wonder| doubt| matter| one)|without|nor|neither|hardly|don't(?! forget| miss)|doesn't|didn't|isn't|wasn't"
    r"|won't|can't(?! wait| stop| help| get enough)|cannot(?! wait)|couldn't|wouldn't|shouldn't|aren't|haven't|hasn't|hate|hates|refuse|dont|didnt|stopped|quit|cancelled|canceled)\b"
)
"""What denies the words behind it."""

OTHERS = (
    "他 / 她 / 他们 / 她们 / 人家 / 别人 / 有人 / 有些人 / 有的人 / 大家 / 对方 / 你 / 你们 / 您 / 网友 / 博主 / 楼主 / 商家 / 卖家 / 店家 / 客服 / 主角 / 女主 / 男主"
    " / he / she / they / you / (his|her|their|your) / someone / somebody / everyone / everybody / people / anyone / who"
)
SELVES = "我 / 我们 / 咱 / 咱们 / 俺 / 本人 / 自己 / 人在 / i / i'm / i've / i'd / i'll / we / we're / we've / we'll / me / myself / us / let's"
"""Who a clause speaks of: somebody else, or the writer."""
