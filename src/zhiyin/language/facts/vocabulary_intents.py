"""Words for what somebody is about to do, to buy or to give, Chinese and English."""

from __future__ import annotations

OUTINGS = {
    "cinema": "看(电影|场电影|个电影|部电影) / (see|watch|catch) (a|the|some|) (movie|film|movies) / see a movie / watch a movie / catch a movie / movie night",
    "concert": "看(演唱会|音乐会|演出|音乐节|livehouse) / 听(演唱会|音乐会)",
    "exhibition": "看(展|展览|画展|漫展)",
    "mall": "逛街 / 逛(商场|商店) / go shopping / shopping spree / window shopping",
    "gym": "健身 / 撸铁 / 练瑜伽 / 去练腿 / work out / hit the gym",
    "mountain": "爬山 / 登山 / 徒步 / go hiking / hiking / hike / climb a mountain",
    "pool": "游泳 / go swimming / swim",
    "camp_site": "露营 / 野营 / 去扎帐篷 / go camping / camping",
    "park": "野餐 / 踏青 / 放风筝 / 春游 / 赏花 / 逛公园 / picnic / fly a kite",
    "beach": "看海 / 赶海 / 冲浪 / see the sea / surf",
    "ski_resort": "滑雪 / go skiing / skiing / snowboarding",
    "ice_rink": "滑冰 / 溜冰 / ice skating",
    "karaoke": "唱(k|歌) / sing karaoke",
    "restaurant": "下馆子 / 聚餐 / 撸串 / 吃(大餐|饭) / eat out / have dinner out / dine out",
    "cafe": "喝(咖啡|下午茶|奶茶) / grab (a |)coffee / have afternoon tea",
    "hair_salon": "剪(头发|个头发|头) / 理发 / 烫(头|头发) / 染(头|头发) / 做(头发|美甲) / get a haircut / get my nails done",
    "travel": "旅游 / 旅行 / 出差 / 自驾游 / 度假 / 出国玩 / 出去玩 / travel / travelling / traveling / go on (a trip|a holiday|holiday|vacation) / road trip / take a (trip|vacation)",
}  # fmt: skip
"""Where one goes, by what one does there; kinds of places are added to these."""

WILL_ZH = r"想(?!到|起|念|象|必|着|法|不)要?|好想|打算|准备|计划|决定|(?<![主只不重需])要(?!是|求|不)|约[了上好]|约(?=.{1,4}(?:一起|去))|出发|马上|待会儿?|等下|一会儿?|改天|迫不及待"
TO_COME_ZH = r"今天|今晚|今早|明天|明早|明晚|大?后天|周末|下周|下班|下课|周[一二三四五六日天]|假期|放假|国庆节?|五一|十一|元旦|清明|端午|中秋|春节|圣诞节?|寒假|暑假|过年|这就|(?:\d{1,2}月)?\d{1,2}[日号](?!.{0,4}到)"
OVER_ZH = r"[^,。]{0,3}[了过完]|回来|的(?:路上|时候|票)"
"""What stands before going somewhere: a will, or a time to come unless it is over after all."""

GOING_EN = (
    r"\b(?:want to|wanna|going to|gonna|heading to|headed to|off to|on (?:my|our) way|let's|feel like|(?:would|'d) (?:love|like) to|plan(?:ning)?|can't wait to|about to|hoping to|need to|thinking (?:of|about) (?:going|visiting)|up for|"
    r"ready for|excited (?:for|to)|in the mood for|have to|leaving|(?:i|we)(?:'ll| will)|going|time (?:for|to)|taking [a-z]{1,12} to)"
    r"(?: (?:to|for|go|going|visit|visiting|see|seeing|watch|walk|take|hit|hitting|have|do|be|spend|an?|the|my|our|some|this|that|another|out|back|over|down|in|at|on|day|trip|walk|weekend|afternoon|evening|nice|new|"
    r"local|nearby|nearest|big|little|long|good|fancy|with|by|somewhere|straight|finally|really|just|mom|mum|dad|friends|kids|family|sister|brother|wife|husband|boyfriend|girlfriend|today|tonight|tomorrow))* $"
)
"""What stands before a place or an outing when somebody is about to go there."""

BUYING_ZH = (
    r"(?:想(?!到|起|念|象|必|着|法|不)|打算|准备|计划|需要|(?<![主只不重需])要(?!是|求|不))[^,。不没了]{0,7}?(?:购买|买(?!方|家|主|卖|单|账|手(?![机表套链]))|入手|购入|购置|添置|囤|下单|换(?=[个一新台部])|添|种草)"
    r"|求购|求推荐|求安利|[求蹲](?=一?[个件双款条台部])|(?:想要|需要|急需|缺|想拥有)(?=[一两几][个件双款条台部本张把套瓶盒支副辆]|[个件双款台])|推荐(?:一下|一?[个款双件本台条])|哪里(?:能|可以)?(?:买到|有卖)|有没有(?:好用|好看|好吃|靠谱|平价|值得买)的"
)
MEASURES = "个件双款条台部本张把套瓶盒支副辆箱包袋份对枚块顶罐桶只些点"
ONE_ZH = frozenset("包鞋表书锅伞灯床茶酒米笔碗刀琴")
GOODS_END_ZH = "这么 那么 成 还会 会 选择 下次 回来 回去 来 留着 再 多 把 被 才 只 她 他 它 你 你们 此 该 这 这本 这个 那个 那款 这件 这双 一直 送 给 送给 用来 来 但 但是 不过 可以 能 有没有 求 求推荐 推荐 了 吗 呢 吧 啊 呀 哦 哈 啦 嘛 嗎 好久 很久 怎么 怎么样 什么 哪个 哪款 哪里 哪家 哪 如何 的话 不知 不知道 一直 大家 谁 然后 就 都 结果 犹豫 纠结 可惜 适合 已经 又 时候 时 太 很 要 或者 我 是 有 也 还 还是 和我 链接 想 去 回 没 没有 不 不是 放 的人 好 结婚 过年 过冬 过 因为 所以 自己 用 穿 戴 吃 看 在 这里 这款 这个 选 试试 看看 备用"
"""Measure words before goods, goods with a name of one character, and the words behind which there are none."""

BUYING_EN = (
    r"(?:^|[.!?,;] ?|\b(?:i'm|i am|we're|we are|am|still|currently|also|now|desperately|and|but) )(?:looking (?:for|to buy|to get)|shopping for|(?:searching|hunting) for)\b"
    r"|\b(?:in the market for|in search of|want to buy|wanna buy|need to buy|thinking (?:of|about) (?:buying|getting)|planning (?:to buy|to get|on buying|on getting)|(?:would|'d) (?:like|love) to buy|(?:going to|gonna) (?:buy|order)|saving (?:up )?for|"
    r"(?:any|need|some|want|your|seeking) (?:good )?(?:recommendations?|suggestions?) (?:for|on)|(?:can|could) (?:anyone|someone|you) recommend|where (?:can|do|could|should) i buy|ready to buy)\b"
    r"|(?P<weak>(?:\b(?:i|we|really|and|just|so|badly|also|desperately) |(?<![a-z] ))need(?= (?:an?|some|another|new) )|\bi want(?= (?:an?|some|another|new|this|that) )|\b(?:want to|wanna|need to|would like to|'d (?:like|love) to|would love to) get(?= (?:an?|some|another|new) ))"
)
GOODS_EN = r" (?:(?:a|an|some|the|my|our|any|new|another|good|nice|great|decent|best|really|very|few|couple|of|pair|pairs|set|bit|this|that|one|more|cheap|other) )*"
GOODS_END_EN = "for to under to below above over that which with in on at but and or so because as from this next today tomorrow tonight now any please who when while if are is was i you my our by before after instead until thanks can could around between than asap anyone like about we it it's again soon since though already back up out of"
NO_GOODS_EN = "account accounts acount reimbursement profile bill invoice invoices information receipt visa uber taxi cab reminder alarm reservation table appointment room number vaccination meeting flight loan card tailor coverage xs s m l xl xxl inch inches look another others event waist length pair tight something good more less than best perfect bad hard easy break help hug hand vacation holiday nap sleep rest drink job work advice love someone something somebody anything one them it him her them these those answers time way ways reason minute more moment lot size sizes small medium large bigger smaller life friend friends ideas idea people person place home change chance week day lift ride tips tip recommendation recommendations suggestions opinion word words little slip half step refund return replacement gift gifts present presents improvement petite smile laugh miracle excuse answer plan getaway trip partner boyfriend girlfriend roommate quiet peace birthday"
NO_GOODS_ZH = "京东 淘宝 天猫 当当 自营 正品 一条 一件 一个 两条 几个 一瓶 一箱 箱 瓶 条 件 此书 这书 本书 本 多一条 行业 城市 专业 新家 礼物 小礼物 生日礼物 东西 单 家 人 菜 票 会员 房 房子 彩票 股票 基金 保险 账 效果 朋友 建议 帮助 时间 休息 男朋友 女朋友 对象 方法 办法 工作 心情 口味 心 手 座 位置 药 毛病 话 货 退货 换货 客服 说法 解释 售后 发票 购 一次 这家 几次 的"
"""What somebody may look for or need that is no goods of a shop."""

NO_THING = "谨慎 慎重 小心 注意 三思 的 something someone somebody anything nothing everything it them him her these those one 东西 此书 这书"
"""What stands for goods that are not named."""

BUYERS = "朋友 朋友们 人 亲 同学 小伙伴 姐妹 宝宝 宝贝 亲们 人们 可以 赶紧 赶快 顾客 话 请 要 慎重 慎 不要 就 家长"
"""想买…的 with one of these is said of others."""

GIVING = (
    r"(?:挑|选|准备|推荐|求|想|打算|纠结)[^,。不]{0,10}(?:礼物|礼品|伴手礼)|(?:送|随)(?:什么|啥|点(?:什么|啥|东西)|个什么)|送礼(?=[^,。]{0,3}(?:难|选|推荐|什么|啥|求|怎么|纠结|吗|$))|礼物[^,。]{0,3}(?:推荐|选|求|挑|怎么|难)|(?:求|问)[^,。]{0,6}礼物|随礼|(?:想|打算|准备)送(?!货)"
    r"|\b(?:gift|present) (?:ideas?|recommendations?|suggestions?|shopping|inspo|hunting)|(?:looking for|searching for|shopping for|thinking of|ideas for|suggest|(?:need|want)(?= (?:an?|some|to find) )|(?:to|should i) (?:buy|find|get|choose|pick))\b(?! it)[^,.!?]{0,30}\b(?:gifts?|presents?)\b"
    r"|what (?:do|should|to|can|would) (?:you|i|we)?\s?(?:give|get|buy) (?:for )?(?:someone|my|our|him|her)\b"
)
"""Somebody looks for a gift."""
NOT_GIVING = r"(?:没有?|[不别])(?:想|打算|准备|用|会|要|再|能|必|来得及|[给跟]\w{1,4})*$|(?:\b(?:not|never|no)|n't)(?: (?!know|sure|certain|idea)\w+)? $"
"""What stands before it where nothing is given."""
FOR_WHOM = r"(?:送给|买给|给|送|为|帮|孝敬)(?:我|我们|咱)?(?:的|家)?(?:亲爱的)?$|\b(?:for|give|get|buy)(?: my| our| the| a)?(?: \w+)? $"
FEAST = r"的?(?:过?生日|结婚|婚礼|毕业|乔迁|满月)|'s (?:birthday|wedding|graduation)"
"""What stands before and behind those for whom a gift is."""

OCCASIONS = {
    "spring_festival": "春节 / 过年 / 除夕 / 大年三十 / 年货 / 新春 / 回家过年 / spring festival / chinese new year / lunar new year",
    "valentines_day": "情人节 / 214 / valentine's day / valentines day / valentine's",
    "mothers_day": "母亲节 / mother's day / mothers day / mothers' day",
    "fathers_day": "父亲节 / father's day / fathers day",
    "teachers_day": "教师节 / teacher's day / teachers' day / teachers day",
    "childrens_day": "儿童节 / 六一 / children's day / childrens day",
    "qixi": "七夕 / 七夕节 / qixi",
    "dragon_boat": "端午 / 端午节 / dragon boat festival",
    "mid_autumn": "中秋 / 中秋节 / mid-autumn festival / mid autumn festival / moon festival",
    "national_day": "国庆 / 国庆节 / 十一假期 / 十一长假 / national day",
    "labour_day": "五一假期 / 劳动节 / 五一小长假 / labor day / labour day",
    "christmas": "圣诞 / 圣诞节 / 平安夜 / christmas / xmas",
    "new_year": "元旦 / 跨年 / 新年 / new year's eve / new year's / new year",
    "halloween": "万圣节 / halloween",
    "thanksgiving": "感恩节 / thanksgiving",
    "back_to_school": "开学 / 开学季 / back to school / school starts",
    "anniversary": "纪念日 / 周年纪念 / 结婚纪念日 / anniversary",
    "": "(母亲|父亲|情人|儿童|中秋|圣诞|国庆|教师|端午|感恩|万圣)节(款|限定|活动|促销|特惠|大促|礼盒|专场|优惠|装饰) / (国庆|春节|元旦|圣诞|中秋|七夕)(活动|促销|特惠|大促|款|限定|优惠|期间活动) / (mother's|father's|valentine's|national|labor|labour|children's) day (sale|deal|deals|special|discount|offer|promo|collection|event) / (christmas|new year|halloween|thanksgiving|back to school|valentine's|spring festival) (sale|deal|deals|special|discount|offer|promo|edition|collection|sweater|tree|light|lights|movie|song) / 新年快乐 / 圣诞快乐 / 中秋快乐 / 节日快乐 / happy new year / merry christmas / new year's resolution / 开学(了吗)",
}  # fmt: skip
PERSONAL = {
    "birthday": "生日 / 过生日 / 寿辰 / 大寿 / 周岁 / birthday / bday / b-day",
    "wedding": "结婚 / 婚礼 / 新婚 / 订婚 / wedding / getting married",
    "graduation": "毕业 / graduation / graduating",
    "housewarming": "乔迁 / 搬新家 / 暖房 / housewarming",
    "new_baby": "满月 / 百日宴 / 百天 / baby shower / newborn",
}  # fmt: skip
"""Occasions of people; they count where somebody looks for a gift."""

TOLD = r"[送给]了|[没不](?:有|想|打算|会|用)?(?:[给跟]\w{1,4})?送|期间|入住|住过|的时候|收到|[买送]的|过完|买了|\b(?:wore|bought|got|received|gave|(?:didn't|did not|never) (?:get|buy|give|send)|purchased|ordered|has been|was|were|been)\b"
"""A clause with this tells of an occasion that is over."""

COMING = r"想去|想带|要去|快|马上|就要|要到|将至|来临|到来|来了|到了|还有|准备|打算|计划|去哪|回家|倒计时|放假|前夜|前一天|礼物|怎么过|\b(?:coming|soon|almost|nearly|plan|planning|can't wait|ready for|countdown|around the corner|approaching|gifts?|presents?|want|need|ideas|days until|weeks until)\b"
"""A clause with this tells of an occasion to come."""

AFTER_EN = r" (?:vacation|trip|house|holiday|wedding|party|cruise|bag|towel|dress|wear|purchases?|clothes|card|class|day|time|boots?|shoes?|gear|backpacks?|poles?|pants|socks?|trail)\b"
"""What makes a place in front of it something else."""
