"""Words for the people in one's life, by what they are to one, and the words that only look like them."""

from __future__ import annotations

KINDS = {
    "mother": "妈妈 / 妈咪 / 老妈 / 母亲 / 母上 / 老娘 / 亲妈 / mother / mom / mum / mommy / mummy / mama",
    "father": "爸爸 / 老爸 / 父亲 / 爹地 / 老爹 / 亲爸 / father / dad / daddy / papa",
    "parent": "爸妈 / 父母 / 爸爸妈妈 / 妈妈爸爸 / 老爸老妈 / 二老 / 爹妈 / parent(s|) / mom and dad / mum and dad / folks",
    "grandparent": "奶奶 / 爷爷 / 外婆 / 外公 / 姥姥 / 姥爷 / 爷爷奶奶 / 外公外婆 / 姥姥姥爷 / grandma / grandpa / granny / nana / grandmother / grandfather / grandparent(s|) / gran / granddad",
    "child": "女儿 / 儿子 / 闺女 / 孩子 / 娃 / 娃娃 / 宝宝 / 小孩 / 宝贝女儿 / 宝贝儿子 / 儿女 / daughter(s|) / son(s|) / kid(s|) / child / children / toddler / baby / little one(s|) / kiddo(s|) / stepson / stepdaughter",
    "grandchild": "孙子 / 孙女 / 外孙 / 外孙女 / grandson(s|) / granddaughter(s|) / grandchild / grandchildren / grandkid(s|)",
    "sibling": "姐姐 / 妹妹 / 哥哥 / 弟弟 / 老姐 / 老妹 / 老哥 / 老弟 / 大哥 / 大姐 / 二姐 / 二哥 / 亲姐 / 亲哥 / 亲妹妹 / 亲弟弟 / sister(s|) / brother(s|) / sibling(s|) / sis / twin sister / twin brother",
    "relative": "表姐 / 表妹 / 表哥 / 表弟 / 堂姐 / 堂妹 / 堂哥 / 堂弟 / 叔叔 / 阿姨 / 舅舅 / 舅妈 / 姑姑 / 姑妈 / 姨妈 / 小姨 / 伯伯 / 伯父 / 伯母 / 婶婶 / 侄子 / 侄女 / 外甥 / 外甥女 / 嫂子 / 姐夫 / 妹夫 / 婆婆 / 公公 / 岳母 / 岳父 / 丈母娘 / 老丈人 / 公婆 / 亲戚 / 长辈 / cousin(s|) / aunt(s|) / auntie / uncle(s|) / niece(s|) / nephew(s|) / mother-in-law / father-in-law / mother in law / father in law / daughter-in-law / son-in-law / daughter in law / son in law / sister-in-law / brother-in-law / sister in law / brother in law / in-laws / relatives",
    "family": "家人 / 家里人 / 一家人 / 全家 / 一家三口 / 一家四口 / family",
    "partner": "老公 / 老婆 / 媳妇 / 媳妇儿 / 丈夫 / 妻子 / 爱人 / 先生 / 太太 / 男朋友 / 女朋友 / 男友 / 女友 / 对象 / 未婚妻 / 未婚夫 / 男票 / 女票 / 另一半 / husband / hubby / wife / wifey / boyfriend / girlfriend / bf / gf / partner / fiance / fiancee / fiancé / fiancée / spouse / significant other / better half",
    "best_friend": "闺蜜 / 闺密 / 铁哥们 / 铁哥们儿 / 好哥们 / 好基友 / 死党 / 好闺蜜 / 好姐妹 / 好兄弟 / 发小 / 挚友 / 最好的朋友 / 好朋友 / 知己 / best friend(s|) / bestie(s|) / bff / closest friend(s|) / best mate / best buddy",
    "friend": "朋友 / 哥们 / 哥们儿 / 小伙伴 / 老友 / 老朋友 / 球友 / 驴友 / 牌友 / 网友 / friend(s|) / buddy / buddies / pal(s|) / mate(s|) / girlfriends",
    "colleague": "同事 / 同事们 / 搭档 / 组员 / colleague(s|) / coworker(s|) / co-worker(s|) / workmate(s|) / teammate(s|)",
    "boss": "老板 / 领导 / 上司 / 主管 / boss / manager / supervisor",
    "classmate": "同学 / 同学们 / 同桌 / 老同学 / 校友 / 学长 / 学姐 / 学弟 / 学妹 / 师兄 / 师姐 / 师弟 / 师妹 / classmate(s|) / schoolmate(s|)",
    "roommate": "室友 / 舍友 / 合租室友 / roommate(s|) / flatmate(s|) / housemate(s|) / roomie(s|)",
    "neighbour": "邻居 / 邻居家 / 隔壁邻居 / neighbor(s|) / neighbour(s|)",
    "teacher": "老师 / 导师 / 班主任 / 教练 / teacher(s|) / professor / tutor / coach / mentor",
    "student": "学生 / 徒弟 / student(s|) / pupil(s|)",
}  # fmt: skip
"""What somebody is to the writer → words. Partners are one kind: whom somebody loves is nobody's business."""

SHORT = {"我爸妈": "parent", "我爸爸妈妈": "parent", "我妈妈爸爸": "parent", "我爸我妈": "parent", "我妈": "mother", "我爸": "father", "我爹": "father", "我娘": "mother", "我姐": "sibling", "我妹": "sibling", "我哥": "sibling", "我弟": "sibling", "咱妈": "mother", "咱爸": "father", "我爷": "grandparent", "我奶": "grandparent", "我姥": "grandparent", "我娃": "child", "我姨": "relative", "我舅": "relative", "我姑": "relative", "我叔": "relative", "我家娃": "child", "我家宝宝": "child", "我家孩子": "child", "我家宝贝": "child", "我家闺女": "child", "我家小孩": "child", "我家老头": "father", "我家小子": "child"}  # fmt: skip
"""Words that hold their owner."""

CIRCLE = {
    "mother": "family", "father": "family", "parent": "family", "grandparent": "family", "child": "family",
    "grandchild": "family", "sibling": "family", "relative": "family", "best_friend": "friend",
}  # fmt: skip
"""Kind → the wider kind that says less."""

OWNED_ONLY = (
    "妈咪 爹地 老板 领导 上司 主管 先生 太太 对象 爱人 宝宝 小孩 孩子 娃 娃娃 老师 教练 学生 徒弟 姐姐 妹妹 哥哥 弟弟 大哥 大姐 二姐 二哥 叔叔 阿姨 "
    "婆婆 公公 伯伯 亲戚 长辈 网友 校友 学长 学姐 学弟 学妹 大叔 知己 搭档 媳妇 妻子 丈夫 父亲 母亲 父母 母上 全家 一家人 小伙伴 好兄弟 好姐妹 师兄 师姐 "
    "师弟 师妹 二老 球友 驴友 牌友 组员 另一半"
)
"""Chinese words that are the writer's own people only with 我 or the like before them; others are without."""

ADDRESSED_EN = "mom mum dad mommy mummy daddy grandma grandpa granny nana"
"""English words that name one's own people without "my"."""

NO_PEOPLE = (
    "他妈的 / (真|太|好|这|可|特|都|又|也|还|你|就|真是)他妈 / 他妈(真|太|难|好|就) / 妈的 / 你妈的 / 老干妈 / 阿里妈妈 / 宝妈 / 宝爸 / 准(妈妈|爸爸) / 新手(妈妈|爸爸) / 辣妈 / 奶爸"
    " / 大妈 / 干妈 / 干爹 / 姨妈巾 / 大姨妈 / 来姨妈 / 姨妈期 / (姐妹|家人|兄弟|老铁|宝子)们 / (姐妹|兄弟) / 小朋友 / 朋友圈 / (男|女)同学 / 老师傅 / (龟|狗)儿子 / 老板(娘|椅) / 小(姐姐|哥哥|妹妹|弟弟)"
    " / 快递(小哥|哥哥|员) / (快递|外卖)小哥 / 客服(小姐姐|妹妹|姐姐) / 娃娃(机|脸|菜) / (布|洋|芭比)娃娃 / 娃哈哈 / 外婆(家|菜) / 奶奶灰 / 对象存储 / 学生(党|证|机|票) / 全家(桶|福|便利店)"
    " / 同学会 / 家长会 / (母亲|父亲|教师|老师)节 / (前|前任)(男友|女友|男朋友|女朋友|夫|妻|对象|老板|领导|同事) / 前任 / 情侣 / 儿童 / 家庭"
    " / (mother|father|teacher|children|parent|grandparent)(s|'s|s') day / my ex / (ex-|ex )(boyfriend|girlfriend|husband|wife) / student (body|council|loan|loans|discount) / sister-in-laws / man's best friend / a girl's best friend"
    " / motherboard / (mother|father) (nature|christmas|tongue|lode) / uncle sam / sister (store|company|brand) / big brother / friends and family (sale|discount|event) / coach (bag|purse|wallet|store|outlet)(s|) / baby (bump|blue|pink|doll)"
)
"""Words that look like people and are none: oaths, crowds, strangers, feasts, former partners."""

GOODS = (
    r"装(?!修|得|进|不下|不进|了)|款|鞋|裤|裙|杯|衫|戒指|对戒|手链|牌|味|系(?!统)|版|椅|床|霜|圈|团(?!聚|圆)|级|专用|专属|餐|奶粉|节(?!省|约|俭|目)|式|风格|范儿?(?!围)|粉丝|类"
    r"|[ -](?:jeans?|fit|style|sized?|friendly|shirts?|shorts|shoes?|bags?|clothes|wear|clothing|blouse|sweater|cardigan|brand|pack|discount|doll|tees?|carriage|shower"
    r"|powder|oil|wipes|food|care|department|section|toys?|rooms?|stores?|sneakers|hat|jokes?|sale|request|zone|movie|dinner|bear|gift card|plan|sizes?|line|reunion|pants|blanket|version|belly|body|bod|in-laws?)\b"
)
"""What makes people in front of it a kind of goods, as in 妈妈装 and "mom jeans"."""

SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马方袁柳唐薛雷贺罗郝安常于傅齐康余顾孟黄穆萧尹姚邵汪毛戴宋庞纪舒项董梁杜阮蓝季贾江童郭梅林钟徐邱高夏蔡田胡霍卢莫丁邓崔龚程洪包左石段侯武刘龙叶白蒲赖卓乔翁谭姬申冉桂牛温庄柴阎习向易廖耿欧聂曾关"
"""What a name such as 小王 or 老张 is made with."""

NO_NAMES_ZH = "谢谢 多谢 大家 老板 老师 老公 老婆 小孩 小朋友 小心 小吃 小事 阿姨 看看 试试 想想 听听 说说 哈哈 呵呵 嘻嘻 嘿嘿 天天 常常 刚刚 等等 慢慢 好好 拜拜 偷偷 渐渐 人人 家家 个个 样样"
"""Words that look like names, and those that nobody is called by."""
NAME_TAIL_ZH = "说看来给跟和在也都就很太是有送买要请用去里说做问推的"
"""What the last of three characters is where the name has two."""
NAME_CUT_ZH = "太很真不了是没吗吧啊呢呀哦的得着们这那我你他她它您就也都又还再超"
"""What begins a word that is no part of a name."""

OWNER_ZH = r"(?:我|咱|俺)们?(?!这些)(?:自己)?(?:家|的|那|这|几|一|两|三|俩|个|位|群|帮|些|亲|好|老|小|大|二|有|可爱的|最好的|最亲爱的|亲爱的|带着|最|宝贝){0,4}$"
COMPANION_ZH = r"(?:和|跟|与|带|陪|给|送|送给|买给|帮|(?<!因)为|替|接|带着|陪着|孝敬|想|约|陪伴)(?:一个|一群|几个|两个|家里的?|亲爱的)?$"
NOT_OWN_ZH = r"(?:他|她|它|你|您|别人|人家|谁|们|顾客|客户|用户|明星|男主|女主|主角)(?:家|的|自己){0,2}$|(?:没有|没|不是|并非|无|当|做|叫|喊|像|成为|变成|是个|作为|找|找个|有个|要个|各位|所有|每个|每位|介绍个?|某|姓|准|想要个|叫一声|全国|天下|天下的|新手|有没有|想找)$"
"""What stands before people in Chinese: their owner, who is with them, or what says they are not the writer's."""

OWNER_EN = r"\b(?:my|our)(?: (?:dear|dearest|old|older|oldest|elder|little|younger|youngest|big|new|good|close|closest|own|lovely|beloved|sweet|wonderful|amazing|teenage|teenaged?|adult|twin|grown|two|three|four|first|second|\d+|favou?rite|whole|entire|fellow|best|[a-z0-9]+-(?:year-)?old|year|years|month|months|college|school|high))* $"
COMPANION_EN = r"\b(?:(?P<a>(?:with|for|from) a )|(?:with|for|from) (?:some |old |good |close |a few )+|with |(?P<child>(?:with|for|taking|take|took) the ))$"
ADDRESSING_EN = r"(?:^\W*|\b(?:with|for|and|to|thanks|thank you|call|called|miss|love|dear|hi|hey|took|take|taking|got|get|gift|told|tell|asked|ask|gave|give|bought|buy|visit|visiting|see|made|help|when|because|so|but) )$"
PARENT_OF = r"我是[^,。]{0,4}(?:孩子|娃|宝宝)的?(?:妈妈|爸爸|妈|爸|母亲|父亲)|\bas an? (?:mom|mum|mother|dad|father|parent) of\b|\bi(?:'m| am) (?:an?|the) (?:\w+ )?(?:mom|mum|mother|dad|father|parent) of\b"
NO_NAMES = "The And But Is Was Said Says Loves Loved Likes Liked Has Had Will Would She He They It This That Who For With In On At Of To Also Always Really Just Not We My So If When While Because Wanted Wants Got Gave Bought I Monday Tuesday Wednesday Thursday Friday Saturday Sunday Christmas Today Tomorrow Or As From Are Were Love Day"
"""Words with a capital letter behind people that are no names."""
