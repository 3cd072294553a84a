"""Words for the weather and for kinds of places, Chinese and English."""

from __future__ import annotations

WEATHER = {
    "fair": (
        "天气(真|很|太|好|超|超级|特别|格外|非常|不错|那么|这么|如此|可真|真的很|是真|真是|)好 / (好|这么好的)天气 / 天气(真|很|挺|还|相当|真的|)不错 / 天气(真|很|超|太|)(棒|给力|舒服|晴朗|晴好|美|赞) / (大晴天|艳阳高照|阳光明媚|阳光灿烂|风和日丽|晴空万里|万里无云|天高云淡|秋高气爽|春光明媚|天晴|天晴了|放晴|放晴了|转晴|出太阳|出太阳了|太阳出来了|雨停了|雨过天晴|不下雨了|春暖花开|碧空如洗)"
        " / (阳光|太阳)(真|这么|很|太|特别|那么|超|超级)好 / 阳光正好 / 天(真|好|这么|太)蓝 / 天空(真|好|这么|很|特别)蓝 / (今天|今日|外面)(是|)(个|)(大|)(晴天|晴) / 天朗气清 / 暖洋洋的太阳"
        " / (nice|lovely|great|beautiful|gorgeous|perfect|glorious|fine|good|amazing|wonderful|fantastic) (weather|sunny day|sunshine) / (nice|lovely|beautiful|gorgeous|glorious|perfect) day (out|outside|today|for a) / weather is (so |really |just |)(nice|lovely|great|beautiful|gorgeous|perfect|amazing|good|fine) / weather's (so |really |)(nice|lovely|great|beautiful|gorgeous|perfect)"
        " / (it's|it is) (so |really |very |finally |)sunny / (so |really |finally |)sunny (today|outside|out|again|here|out there) / sun is (out|shining) / sun's (out|shining) / sun came out / sun finally came out / (blue|clear) skies / lovely sunny day / not a cloud in the sky / stopped raining / what a (beautiful|lovely|gorgeous|glorious) (sunny |)day"
    ),
    "cloudy": "(今天|外面)(是|)(多云|阴天) / 天(好|很|真|)阴 / 天阴(沉沉|了) / (so |very |)(cloudy|overcast|grey|gray) (today|outside|out) / (it's|it is) (so |really |)(cloudy|overcast) / (grey|gray) (skies|sky) today",
    "rain": (
        "(下|在下|又下|还在下|正下|正在下|下起|开始下)(大|小|暴|阵|)雨(了|啦|咯|喽) / (在|还在|又在|正在|一直在|一直)下(大|小|暴|)雨 / 下着(大|小|暴|毛毛|)雨 / 下起(了|)(大|小|暴|毛毛|)雨 / 雨(好|太|真|很|越来越|越下越|下得好|下得真|下得很|下得太|这么|实在太)大 / (大雨|暴雨)(倾盆|如注|滂沱) / 倾盆大雨 / 瓢泼大雨 / 阴雨(绵绵|连绵) / 下雨下(个不停|个没完|得) / 雨下(个不停|得好大|得很大|得真大|得太大|大了)"
        " / (被雨|被)淋(湿|成落汤鸡|成狗|透) / 落汤鸡 / 听着(窗外的|)雨声 / 窗外(的|)(雨声|雨|下雨) / 没带(雨|)伞 / 忘(了|记)带(雨|)伞 / 梅雨季(来了|什么时候|又) / 回南天 / (又|今天)是(个|)(雨天|下雨天) / 雨(一直|还在|又在|还)下"
        " / (it's|it is|it's been|still|been) (raining|pouring|drizzling) / (raining|pouring|drizzling) (again|outside|today|all day|here|out there|hard|cats and dogs|non-stop|nonstop|right now|like crazy|so hard) / (pouring|heavy) rain (today|outside|here|again) / rain again / rain, rain / rainy (today|again|outside|here) / (caught|soaked|stuck) in the rain / rain (won't|doesn't|does not|will not) stop / so rainy / downpour (today|outside|here|again) / forgot my umbrella"
    ),
    "rain?": "下(大|小|暴|阵|)雨 / 雨天 / (大|小|暴|阵)雨 / raining / rainy day / rainy",
    "snow": (
        "(下|在下|又下|还在下|正下|正在下|下起|开始下)(大|小|暴|)雪(了|啦|咯|喽) / (在|还在|又在|正在|一直在)下(大|小|)雪 / 下着(大|小|)雪 / 雪(好|太|真|很|下得好|越下越)大 / 大雪纷飞 / 鹅毛大雪 / 初雪 / 今年第一场雪 / 第一场雪 / 雪下(个不停|得好大|得很大|大了) / 窗外(的雪|飘着雪)"
        " / (it's|it is|it's been|still|been) snowing / snowing (again|outside|today|all day|here|hard|right now) / first snow of the (year|season|winter) / first snowfall / heavy snow (today|outside|here) / snowed in"
    ),
    "snow?": "下(大|小|)雪 / 大雪 / 暴雪 / snowing / snowy",
    "storm": "(台风|雷暴)(来了|登陆|天|要来|来袭|过境) / 电闪雷鸣 / (打雷|在打雷)(了|闪电) / 雷阵雨 / 雷雨 / (thunder|)storm (outside|today|here|again|is here|rolling in) / thunderstorm(s|) (outside|today|here|again|right now) / typhoon (is here|day|hit|hits|outside)",
    "hot": (
        "天(气|)(真|好|太|很|这么|那么|超|越来越|变|实在太|是真的|怎么这么)(热|炎热|闷热) / 天(气|)热了 / 天气炎热 / (今天|外面|今日|最近|这几天|这天)(可|)(真|好|太|很|这么|超|实在太|真的好|真的太|怎么这么|有点|又)热 / 热(死|哭|化|晕|成狗|爆)(了|我了|个人|) / 热到(融化|爆炸|不行|不想出门|想死|窒息) / 热得(要命|不行|受不了|像蒸笼|喘不过气|睡不着) / 快(要|)热(死|化|晕) / (要|快)被热(死|化|晕)"
        " / (酷暑|酷热|高温)(难耐|来袭|天气|预警|天) / (桑拿|蒸笼)天 / 三伏天(来了|真) / 烈日炎炎 / 烈日当头 / 像蒸桑拿 / (快|要|都快|都要)(中暑|晒化|融化)(了|) / 太阳(好|太|真|这么)(毒|晒|大)"
        " / (it's|it is|its) (so |too |really |very |super |way too |boiling |crazy |insanely |scorching |)hot (today|outside|out|here|out there|already|this week|right now) / (it's|it is|its) (so|boiling|scorching|insanely|swelteringly|unbearably) hot / (so|too|boiling|scorching) hot (today|outside|out|out there|here|this week) / heat(wave| wave) (is|today|this|again|here|continues|outside) / this heat(wave| wave|) / (sweltering|scorching|boiling) (today|outside|heat|here|out|out there) / i('m| am) melting / hot (and humid |)(weather|day) today / (90|95|100)(-| |)degree (heat|weather)"
    ),
    "cold": (
        "天(气|)(真|好|太|很|这么|那么|超|越来越|变|突然|转|有点|开始变|开始转|实在太|怎么这么)(冷|凉|寒冷) / 天(气|)(冷|凉)了 / (今天|外面|今日|最近|这几天|这天|早上|晚上)(可|)(真|好|太|很|这么|超|实在太|真的好|真的太|怎么这么|有点|又)冷 / (冷|冻)(死|哭|成狗|傻|僵)(了|我了|个人|) / (冷|冻)得(发抖|要命|不行|直哆嗦|瑟瑟发抖|受不了) / (快|要|快要|都快|都要)(冷|冻)(死|僵|傻)(了|) / 手(都|)冻(得|僵|红) / 瑟瑟发抖 / (又|突然|大|开始|要|)降温(了|啦) / 寒潮(来|来了|来袭) / 冷空气(来|来了|来袭) / 寒风刺骨 / 天寒地冻 / 入冬了 / 被窝有封印"
        " / (it's|it is|its) (so |too |really |very |super |way too |freezing |bitterly |)(cold|chilly|freezing) (today|outside|out|here|out there|already|this week|right now|again) / (it's|it is|its) (so|freezing|bitterly|unbearably) cold / (it's|it is) freezing / (so|too|freezing|bitterly) cold (today|outside|out|out there|here|this week|this morning|tonight) / freezing (today|outside|out|out here|out there|here|tonight|this morning) / my (hands|fingers|toes|feet|ears) are (too cold|freezing|frozen|so cold|numb) / cold snap (is|today|this|here) / chilly (today|outside|out|this morning|tonight|evening) / i('m| am) freezing"
    ),
    "wind": "风(好|太|真|很|这么|特别|越来越|实在太)大 / (刮|在刮|又刮|起)(大|)风了 / (刮|在刮|又刮)(着|起)(了|)大风 / (今天|外面)(刮|)大风 / 妖风 / 狂风(大作|呼啸) / (it's|it is) (so |really |very |super |)windy / (so |very |really |)windy (today|outside|out|here|again|out there) / blown (away|over) by the wind / wind is (so strong|howling|crazy)",
    "smog": "雾霾(天|好|太|真|又|严重|爆表|来了) / (今天|外面|又|又是)(雾霾|霾) / (霾|沙尘暴)(好|太|真)(重|大|严重) / 空气(污染|质量)(好|太|很|真|)(严重|差) / pm2.5(爆表|超标|又) / (smog|haze) (is|today|again|outside|everywhere) / (smoggy|hazy) (today|outside|again|here|out) / air quality is (so |really |)(bad|terrible|awful)",
    "fog": "(今天|外面|早上|又)(起|下|)(大|)(雾|起雾)(了|) / 大雾(弥漫|天) / 雾(好|太|真|很)大 / (it's|it is) (so |really |very |)foggy / foggy (today|outside|morning|again|out|here)",
    "": (
        "在下(雨|雪)天 / 下(大|小|)(雨|雪)(的时候|时候|时|穿|也|都|就|就是|后|之后|前|用|没|没有|出门|路滑|必备|打伞) / (一|每次|每逢|一到|遇到|遇上|碰到)下(大|小|暴|)(雨|雪) / (大|小|)(雨|雪)(天|衣|伞|鞋|靴|具|季)(穿|必备|出行|路滑|) / (下雨|下雪|雨|雪|大雪|晴|大冷|大热|冷|热)天(最|也|都|穿|适合|出门|必备|用|骑|开车|更|还|就|可以|能) / 暴雨(预警|季) / (白|初|瑞|冰|新)雪(公主|节|精灵|之城|) / 雨(刮|棚|披|刷|林|花|前|后|露|夜|停)"
        " / rain(coat|coats|boots|boot|proof|fly|jacket|cover|bow|drop|drops) / rain (coat|jacket|boots|boot|gear|cover|fly|proof|shoes|suit|shell)(s|) / snow (boots|boot|pants|shoes|suit|white|globe|board|tires|shovel|blower|cone|gear|jacket)(s|) / snow white / storm (door|trooper|chaser|cover|window)(s|) / barn storm / hot (pot|dog|dogs|tub|deal|deals|sauce|chocolate|pink|water|plate|glue|air) / cold (brew|cream|brewed|water|press|shoulder|shoulders|sore|medicine) / wind (chime|chimes|breaker|shield|proof|turbine)"
    ),
}  # fmt: skip
"""Weather → what says it. With ``?`` it needs a word of now or of here beside it; of ``""`` is what only looks like it."""

HERE = r"今天|今日|今早|今晚|外面|窗外|现在|此刻|这边|这会|我们这|又|还在|正在|一直|整天|\b(?:today|outside|right now|here|tonight|again|still|out there)\b"
"""Words of now and of here."""

DEGREES = r"(?:今天|今日|室外|外面|气温|户外)[^0-9零\-]{0,6}(零下|-)?([0-9]{1,2}|[零一二三四五六七八九十]{1,3})(?:多|几)?(?:度|℃|°)|(?<![0-9.\w])(-)?([0-9]{1,2}) ?(?:°c?|℃|degrees|celsius|c)(?: celsius)? (?:today|outside|out there|here)\b"
"""A temperature of the air."""

PLACES = {
    "park": "公园 / 湿地公园 / 森林公园 / 植物园 / park(s|) / botanical garden(s|)",
    "cinema": "电影院 / 影院 / 影城 / cinema(s|) / movie theater / movie theatre / the movies / imax",
    "theatre": "剧院 / 大剧院 / 剧场 / 音乐厅 / 话剧院 / theatre / theater / opera house / concert hall",
    "mall": "商场 / 购物中心 / 百货 / 百货公司 / 百货商场 / 商业街 / 步行街 / 万达广场 / 奥特莱斯 / mall(s|) / shopping centre / shopping center / outlet mall / department store",
    "supermarket": "超市 / 大卖场 / 便利店 / 菜市场 / 菜场 / supermarket(s|) / grocery store / convenience store / grocery shop / farmers market / farmers' market",
    "gym": "健身房 / 健身中心 / 瑜伽馆 / 拳馆 / gym / fitness centre / fitness center / yoga studio",
    "stadium": "体育馆 / 体育场 / 球场 / 篮球场 / 足球场 / 羽毛球馆 / 网球场 / 球馆 / 操场 / stadium / tennis court / basketball court / football pitch / sports hall",
    "pool": "游泳馆 / 泳池 / 游泳池 / 水上乐园 / swimming pool / water park / the pool",
    "ice_rink": "滑冰场 / 溜冰场 / 冰场 / ice rink / skating rink",
    "ski_resort": "滑雪场 / 雪场 / ski resort / ski slope(s|) / the slopes",
    "beach": "海边 / 沙滩 / 海滩 / 海滨 / 海滨浴场 / 大海 / beach / beaches / seaside / seashore / the coast",
    "lake": "湖边 / 河边 / 江边 / 湖畔 / 水库边 / lake / lakeside / riverside / river bank",
    "mountain": "山上 / 山顶 / 山里 / 山脚 / mountain(s|) / hill top / summit",
    "forest": "森林 / 树林 / 林子里 / forest / woods",
    "camp_site": "营地 / 露营地 / 房车营地 / camp site / campsite / campground / camping ground",
    "zoo": "动物园 / 野生动物园 / zoo / safari park",
    "aquarium": "海洋馆 / 水族馆 / 海洋公园 / aquarium",
    "amusement_park": "游乐园 / 游乐场 / 欢乐谷 / 迪士尼 / 迪士尼乐园 / 环球影城 / 主题乐园 / amusement park / theme park / disneyland / disney world / universal studios",
    "museum": "博物馆 / 科技馆 / 故宫 / 纪念馆 / museum(s|) / science centre / science center",
    "gallery": "美术馆 / 画廊 / 艺术馆 / 展览馆 / 艺术中心 / art gallery / gallery / exhibition hall",
    "library": "图书馆 / 自习室 / library / reading room",
    "bookstore": "书店 / 书城 / 书吧 / bookstore / bookshop / book store / book shop",
    "school": "学校 / 幼儿园 / 教室 / 校园 / 大学 / school / campus / kindergarten / nursery school / university / college / classroom",
    "office": "公司 / 办公室 / 单位 / 工位 / 写字楼 / office / workplace",
    "home": "家 / 家里 / 家中 / 我家 / 老家 / 宿舍 / 寝室 / home / dorm",
    "restaurant": "餐厅 / 饭店 / 饭馆 / 火锅店 / 烧烤店 / 食堂 / 餐馆 / 小吃街 / 夜市 / restaurant(s|) / diner / steakhouse / night market / food court",
    "cafe": "咖啡馆 / 咖啡店 / 咖啡厅 / 奶茶店 / 甜品店 / 茶馆 / cafe / café / coffee shop / coffee house / tea house / starbucks",
    "bar": "酒吧 / 清吧 / 小酒馆 / livehouse / pub / the bar / cocktail bar / nightclub",
    "karaoke": "ktv / karaoke / 唱吧 / 量贩式ktv",
    "hotel": "酒店 / 宾馆 / 民宿 / 度假村 / 青旅 / hotel / hostel / resort / guesthouse / airbnb",
    "airport": "机场 / 候机楼 / 候机厅 / airport / departure lounge",
    "station": "火车站 / 高铁站 / 车站 / 地铁站 / 公交站 / train station / railway station / bus station / subway station / metro station / bus stop",
    "train": "高铁上 / 火车上 / 动车上 / 地铁上 / 公交上 / 地铁里 / train / subway / metro",
    "market": "市场 / 花市 / 花鸟市场 / 古玩市场 / 集市 / 跳蚤市场 / flea market / street market / christmas market",
    "playground": "小区游乐场 / 儿童乐园 / 亲子乐园 / playground / play area",
    "farm": "农场 / 农家乐 / 采摘园 / 果园 / 茶园 / farm / orchard / vineyard",
    "hair_salon": "理发店 / 美发店 / 发廊 / 美甲店 / 美容院 / hair salon / barber shop / barbershop / nail salon / hairdresser's",
    "pet_shop": "宠物店 / 猫咖 / pet shop / pet store / cat cafe / dog park",
    "concert": "演唱会 / 音乐节 / 音乐会 / 演出现场 / concert / music festival / live gig",
    "exhibition": "展览 / 画展 / 车展 / 漫展 / 书展 / 艺术展 / 摄影展 / exhibition / trade fair / comic con / book fair / art show",
    "": "公园(路|一号|里小区) / 家(电|具|居|庭|教|装|纺|乡|长|常|属|事|务|伙|家|用|人|族) / 公司(货|规|的产品|产品|名|名称|地址) / 大学(生|英语|物理|数学|语文) / 学校(门口|老师) / (market|park)(ing|ed|er) / home (owner|owners|improvement|town|run|school|delivery|page|screen|decor|depot|button|kit|theater|theatre|made|run|office) / office (365|chair|chairs|desk|supplies|suite|wear|hours|politics) / school (bag|bags|bus|supplies|uniform) / (tank|water) park / gym (bag|bags|shorts|clothes|wear|equipment|shoes|gear|mat|membership) / beach (towel|towels|bag|bags|dress|wear|chair|ball|umbrella|coverup|cover up) / farm (fresh|house) / hotel california / train (set|sets|track|tickets) / concert (tee|shirt|tickets) / mountain (bike|bikes|dew) / lake (blue) / 海边(风|度假风)",
}  # fmt: skip
"""Kind of place → words; of ``""`` is what only looks like one."""

AT_ZH = r"(?P<sure>(?:^|我)人在|正在|刚到|终于到|已经到|已到|待在|呆在|窝在|宅在|躺在|泡在|窝着在)|(?:^|[我们咱]|今天|现在|此刻|今晚|一个人|一起|还|又|继续|能|只能)(?P<at>在)"
DOING_ZH = r"[里中上]?(?:自习|散步|晒|看|吃|喝|逛|玩|等|排队|加班|开会|写|读|跑|遛|野餐|发呆|躺|坐|拍|听|上课|办公|候机|学|练|陪|聊|喂|烧烤|露营|赏|放|遇|碰|复习|刷|泡|打卡|打球|游泳|健身|撸|$)"
ARRIVED_ZH = r"^\W*(?:我们?|终于|刚刚?|已经|安全|平安|准时|[今现]在?天?)*(?:来到?|抵达|回到?|到)[^不没,送]{0,4}$"
AT_HOME_ZH = r"里?(?:刷|看|躺|休息|待|呆|隔离|追|听歌|写|宅|发呆|陪|睡|办公|加班|跟练|带娃|无聊|过|上网课|包|做饭|$)"
AT_EN = (
    r"(?:\b(?P<sure>i'm|i am|we're|we are|now|currently|still|just got|just arrived|staying|stuck|waiting|here|sitting|relaxing|chilling|hanging out)(?: now| here| all day| today| out| back)*"
    r"|^\W*(?P<at>(?:reading|sitting|walking|eating|having|drinking|waiting|relaxing|hanging|chilling|enjoying|watching|studying|working|shopping|lying|strolling|jogging|running|picnicking)\b.{0,30}?)) (?:at|in|on)(?: the| my| a| an| our| this)?(?: (?:local|same|nearby|city|new|old|lovely|nice|little))? $"
)
AT_HOME_EN = r"\b(?:i'm|i am|we're|we are|staying|stuck|working from|relaxing|chilling|just got|stay at|back at)(?: at)? $"
AFTER_HOME_EN = r"\W*$| (?:today|tonight|all day|with|and|now|alone|this|watching|reading|doing|again|so|because)\b"
"""What stands before and behind a place when the writer is there."""

NO_DAY = (
    r"了(?!$)|过(?!生日|节|年)|发出|发货|到货|促销|使用|入住|由于|适合|特价|\b(?:brand|sale|usa)\b"
)
"""A clause with this speaks of a weekend or a day of the week that was, or of any."""

OWN_TOWN = (
    r"(?:我们|咱们?)(?:这|家|的)?$|(?:我|我们|咱们?|人|^)(?:现在|今天|此刻|正|还|也|已经|终于|刚刚?|人|就){0,3}(?:在|住|住在|到|到了|来到|抵达)$"
    r"|\b(?:i'm|i am|we're|we are|i live|we live|here|arrived|back|staying)(?: \w+){0,2} (?:in|to|at) $"
)
THIS_TOWN = r"这[边里儿]"
OWN_HERE = r"我|咱|这[边里儿]|今天|外面|\b(?:i|i'm|we|my|here)\b"
THERE = r"那[边里儿]|老家|家乡"
"""What says that a town is where the writer is, and what turns back to the writer's place, or away from it."""
