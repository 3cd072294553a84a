"""What happens in lives, plainly announced by the one it happens to; Chinese and English."""

from __future__ import annotations

EVENTS = {
    "moving": (
        "(终于|刚|刚刚|要|准备|马上|马上要|快要|即将|准备要|下周|周末|这周|今天|我|我们|又要)搬家 / 搬家(了|啦|中|咯|倒计时|完毕|第一天|后) / 搬(新家|进新家|到新家|来新家|进了新家|进新房|到新房) / 刚搬(到|来|进|过来|完) / (要|准备|马上|即将)搬(到|去) / 搬完家 / 搬了新家 / 搬到(新|了)"
        " / (i'm|i am|we're|we are) moving (in|out|house|home|to|into|next|tomorrow|this|soon|apartments) / (just|finally|we|i|i've|we've|have) moved (to a new|into a new|into our|into my|to our new|to my new|house|in together|apartments) / (just|finally) moved in / moving (into|to) (a new|our new|my new|our first|my first) / moving (house|day|apartments|boxes everywhere) / just moved"
    ),
    "moving=": "moved in / we moved / moving day",
    "new_job": (
        "(我|刚|终于|今天|明天|下周|马上|即将|正式|要|准备|)入职(了|啦|第一天|新公司|第) / (找到|换|换了|有|拿到)(新|了新|了一份|一份新)工作(了|啦|) / 新工作(第一天|入职|开始|第一周) / 拿到(了|)(offer|录用通知|录取offer) / 跳槽(了|成功|到) / 面试(通过|过)(了|) / 上班第一天 / 转正(了|啦) / 收到(了|)offer"
        " / (got|landed|started|starting|start|accepted|found) (a|my|the|this) (new|dream|first) (job|role|position|gig) / new job (starts|started|next|tomorrow|today|alert) / first day (at|of|on) (my|the|a|) (new|) (job|work|office) / got the job / got a job offer / (just|) got hired / passed the interview"
    ),
    "promotion": "(我|终于|今天|刚|)(升职|晋升|升职加薪|升经理)(了|啦|成功) / (got|getting|been) (a|the|my) promotion / (i|i've|just|finally|got|been|was) (got|been|) promoted",
    "retirement": "(我|终于|今天|正式|刚|要|马上|明天|下个月)退休(了|啦|) / (i'm|i am|just|finally) retiring / (just|finally|i) retired (today|yesterday|last week|last month|this) / just retired",
    "engagement": "(我|我们|终于|今天)订婚(了|啦) / (求婚成功|被求婚了|答应求婚) / (we're|we are|i'm|i am|just|got|getting|finally) engaged / i said yes / she said yes",
    "wedding": (
        "(我|我们|俩|终于|要|马上要|准备|快要|下个月|下周|明天|今天|明年|年底|刚|刚刚|就要)结婚(了|啦|) / (我|我们|俩)(的|)婚礼 / (我|我们|终于|今天|刚|)领证(了|啦|) / 备婚(中|日常|) / (我|我们)(下个月|下周|明天|今天|年底|明年|十月|五月|刚|刚刚|就要|快要|马上要|准备)结婚 / 新婚(第|快乐的我们) / 拍婚纱照"
        " / (can't wait for|planning|getting ready for|counting down to|preparing for|days until|weeks until|months until|days to|weeks to|months to) (our|my) (wedding|big day) / (our|my) wedding (is|planning|prep|day is|countdown) / (we're|we are|i'm|i am|just got|just|getting) (getting |)married (next|in|this|soon|tomorrow|today|yesterday|on) / just married / just got married / (we're|we are|i'm|i am) getting married / tied the knot"
    ),
    "new_baby": (
        "(宝宝|女儿|儿子|闺女|小公主|小王子|孩子|娃|二宝|老二|大宝)(今天|昨天|昨晚|今早|终于|前天|上周|)(出生|降生|诞生|落地|满月|百天|出世)(了|啦) / 喜得(贵子|千金|一子|一女|麟儿) / (生了|刚生了)(个|)(女儿|儿子|大胖小子|小棉袄|女宝|男宝|宝宝) / (我|我们)(当|做)(爸爸|妈妈|爸|妈)(了|啦) / 母女平安 / 母子平安"
        " / (our|my) (baby|baby boy|baby girl|little one|twins|little girl|little boy|son|daughter) (is finally here|has arrived|was just born|is born) / welcomed our (baby|son|daughter|first|second|little|twins) / new (mom|mum|dad|parents) here / became (a mom|a mum|a dad|a father|a mother|parents)"
    ),
    "new_baby~": "(our|my) (baby|baby boy|baby girl|little one|twins|little girl|little boy|son|daughter) (was|were) born / (we|i) (just |)had (a|our) baby / (宝宝|女儿|儿子|闺女|孩子|娃|二宝|老二|大宝)出生",
    "graduation": (
        "(我|我们|终于|今天|明天|下个月|快要|要|即将|马上要|正式|马上|顺利|昨天)毕业(了|啦|) / (我的|我们的|今天|参加)毕业典礼 / (拍|今天拍)毕业照 / 拿到(毕业证|学位证) / 答辩(通过|过了|结束|顺利)"
        " / (i|i've|i'm|we|just|finally|officially|have) (just |finally |officially |)(graduated|graduating|graduate)(| today| tomorrow| next week| next month| this summer) / (my|our) graduation (is|ceremony|day|tomorrow|today|party) / class of (2023|2024|2025|2026|2027|2028) / got my (degree|diploma)"
    ),
    "school_start": "(我|明天|今天|下周|要|马上|快|快要|终于)开学(了|啦|) / 考上(了|)(大学|研究生|研|高中|公务员|清华|北大) / (收到|拿到)(了|)录取通知书 / 上岸了 / (孩子|娃|宝宝|女儿|儿子)(第一天|今天第一天|要|开始|今天|明天|马上|要去|)上(幼儿园|小学|初中|大学|学|高中) / (got|been|i'm) (accepted|admitted) (into|to) (college|university|grad school|my) / (starting|start|starts|off to) (college|university|uni|kindergarten|grad school|first grade|nursery) / first day of (school|college|nursery|kindergarten|university|preschool)",
    "travel": (
        "(机票|行程|签证)(订好|买好|定好|都订好|下来)(了|啦) / 收拾好行李 / (在|正在|开始)收拾行李 / (准备|马上|即将|明天|今天|现在|终于)(要|)(出发去|飞往|启程|自驾去) / (出国|出门|蜜月)旅行(中|啦|倒计时) / (在|正在)(旅途|旅行|度假)中"
        " / (packing|packed) for (my|our) (trip|holiday|vacation|honeymoon|flight|week|weekend) / (can't wait for|planning|ready for|excited for|days until|weeks until) (our|my) (trip|holiday|vacation|honeymoon) / (booked|booking) (a|my|our|the|) (flight|flights|trip|holiday|vacation|cruise) / (going|leaving) on (holiday|vacation|our honeymoon) (in|next|tomorrow|this|to|soon) / (we're|i'm) on (holiday|vacation|our honeymoon) / (solo trip|honeymoon|city break|road trip) (starts|begins|next|tomorrow|coming up)"
    ),
    "travel=": "收拾行李 / packing for my trip / on holiday / on vacation",
    "new_pet": (
        "(领养|收养|接回|捡到|养|抱回|带回|买|接|捡)了(一|)(只|条|个)(小|)(猫|狗|猫咪|狗狗|奶猫|奶狗|兔子|仓鼠|鹦鹉|橘猫|布偶|金毛|柯基|泰迪|流浪猫|流浪狗) / 领养代替购买 / 接(猫|狗|猫咪|狗狗)回家 / (家里|我家)(来了|添了|多了)(新成员|一只猫|一只狗|只小猫|只小狗) / 终于(有猫|有狗|养猫|养狗)了 / 当(铲屎官|猫奴)了"
        " / (adopted|got|adopting|getting|bought|rescued|brought home|picked up) (a|our|my|two|another|this) (new |little |rescue |)(kitten|puppy|cat|dog|kitty|pup|bunny|rabbit|hamster|parrot|kittens|puppies) / (new|our new|my new) (puppy|kitten) (today|yesterday|is here|arrived|home) / (meet|welcome) (our|my) new (puppy|kitten|dog|cat|pup)"
    ),
    "birthday": "(今天|明天|后天|周末|下周|周六|周日)(是|)我(的|)生日 / 我(的|)生日(快到|到|快要到|马上到|就要到|就是|在)(了|明天|今天|下周|) / 我(今天|明天|下周|后天)(过|)生日 / (今天|明天)过生日 / 祝我生日快乐 / 又老了一岁 / (it's|today is|tomorrow is|it is) my (birthday|bday|30th|40th|18th|21st) / my (birthday|bday) (is|today|tomorrow|weekend|week|month|next|coming|soon) / (i'm|i am) turning (18|20|21|25|30|35|40|50|60) / (just|i) turned (18|20|21|25|30|35|40|50|60) (today|yesterday) / happy birthday to me / birthday girl here",
    "new_home": "(我|我们|终于|今天|刚)(买房|买了房|交房|收房|拿到新房钥匙|买新房|买了新房|有自己的房子)(了|啦|) / (买房|交房|收房)(了|啦) / (新房|新家|房子|我家|家里)(装修|在装修|正在装修|开始装修|装修完|装修好|终于装好)(了|啦|中|) / (正在|开始|准备)装修(新房|新家|房子|新家中) / 乔迁(新居|啦|了) / (just |we |i |finally |we've |i've )(bought|closed on) (a|our|my|our first|my first) (house|home|flat|apartment|condo|first home|first house|new house|new home) / (we're|i'm|we are|i am) (buying|closing on|renovating|remodeling|redecorating) (a|our|my|the) (house|home|flat|apartment|condo|new house|kitchen|bathroom) / (i'm|we're|i am|we are|now|as) (a |)(new|first-time) (homeowner|homeowners) / got the keys to (our|my) (new|first) (house|home|flat|apartment|place)",
    "new_car": "(我|我们|终于|今天|明天|刚|)提(车|新车)(了|啦|) / 喜提(新|)(车|爱车|座驾|小车) / (买|买了|换了)(新车|辆新车|一辆新车|辆车) / (拿到|考到|考完)(了|)驾照 / (bought|got|picked up|getting|buying) (a|my|our|the) (new|first|used) (car|truck|suv|tesla) / passed my driving test / got my (driver's|driving) (licence|license)",
    "": "(下雨|蚂蚁|帮(忙|人|朋友))搬家 / 搬家(公司|服务|纸箱|货拉拉|神器|袋|打包) / 结婚(率|证件|季|礼|照|纪念日|礼服|用品|敬酒) / 毕业(论文|季|服|礼物|生|设计|证书|院校) / 生日(礼物|蛋糕|快乐|派对|帽|礼|卡|贺卡|会) / 入职(体检|培训|通知) / 装修(公司|风格|材料|队|公司|效果图) / wedding (dress|dresses|gift|gifts|ring|rings|band|guest|guests|season|shoes|invitation|cake) / birthday (gift|gifts|present|presents|card|cake|party|boy|girl|dress|shirt) / travel (mug|size|sized|bag|pillow|case|agency|agent|adapter|kit|light)",
}  # fmt: skip
"""Event → what announces it; with ``=`` only as a whole clause, with ``~`` only with a recent time. Nothing stands here that tells of illness, pregnancy, loss or want."""

DAYS = {
    "moving": 60, "new_job": 90, "promotion": 30, "retirement": 180, "engagement": 365, "wedding": 120, "new_baby": 365, "graduation": 90,
    "school_start": 45, "travel": 21, "new_pet": 180, "birthday": 14, "new_home": 180, "new_car": 90,
}  # fmt: skip
"""For how many days an event shapes what somebody needs."""

RECENT = r"[今昨刚终]|前天|上周|\b(?:just|today|yesterday|this (?:morning|week|month)|last (?:night|week|month|\w+day)|finally|(?:two|three|few|\d+) (?:days|weeks) ago)\b"
"""What makes a birth a recent one."""

LONG_AGO = r"去年|前年|往年|以前|从前|曾经|当年|当时|小时候|那时|那年|多年|年前|好几年|过去|\b(?:years? ago|last year|used to|back then|when i was|back when|in (?:19|20)\d\d|decades?|once upon|originally|remember(?:ed)?|previously)\b"
"""What makes an event an old one."""

TRAVEL_ZH = r"(?:要|准备|打算|马上|即将|出发|计划|今天|明天|后天|周末|下周|下个月|假期|国庆节?|五一|过年)[^,。不没了]{0,8}?(?:去|到|飞|来)[\u4e00-\u9fff]{2,6}?(?:旅游|旅行|度假|玩(?!具|游)|自驾|蜜月|看海)(?!了|过|的)"
TRAVEL_EN = r"\b(?:[Oo]ff to|[Ff]lying to|[Tt]ravell?ing to|[Hh]eading to|trip to|holiday in|vacation in|honeymoon in|flight to|flights to|backpacking (?:in|through|across)) (?!I\b|The\b|My\b|Park\b)(?:the )?[A-Z][a-z]+"
"""Somebody is about to travel somewhere; English names have a capital letter."""
