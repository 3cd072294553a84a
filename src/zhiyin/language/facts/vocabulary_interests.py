"""What people like to do: canonical ids with their words, Chinese and English."""

from __future__ import annotations

INTERESTS = {
    # moving
    "running": "跑步 / 跑马拉松 / 马拉松 / 慢跑 / 夜跑 / 晨跑 / 长跑 / running / jogging / marathons",
    "fitness": "健身 / 撸铁 / 力量训练 / 举铁 / fitness / weight training / weightlifting / lifting weights / bodybuilding / working out / crossfit",
    "yoga": "瑜伽 / 普拉提 / yoga / pilates",
    "swimming": "游泳 / swimming",
    "cycling": "骑行 / 骑车 / 骑自行车 / 公路车 / 山地车 / cycling / road cycling / mountain biking / biking",
    "hiking": "徒步 / 爬山 / 登山 / 远足 / hiking / trekking / mountaineering / hill walking",
    "climbing": "攀岩 / 抱石 / rock climbing / bouldering",
    "camping": "露营 / 野营 / camping / glamping",
    "fishing": "钓鱼 / 路亚 / 垂钓 / fishing / angling",
    "surfing": "冲浪 / 桨板 / surfing / paddleboarding",
    "diving": "潜水 / 浮潜 / 自由潜 / scuba diving / diving / snorkelling / snorkeling",
    "skiing": "滑雪 / skiing / snowboarding",
    "skating": "滑冰 / 轮滑 / 花滑 / ice skating / roller skating / figure skating",
    "skateboarding": "滑板 / 玩滑板 / skateboarding / longboarding",
    "basketball": "篮球 / 打篮球 / nba / basketball",
    "football": "足球 / 踢足球 / 踢球 / 英超 / 欧冠 / soccer / football / premier league",
    "badminton": "羽毛球 / 打羽毛球 / badminton",
    "table_tennis": "乒乓球 / 打乒乓 / ping pong / table tennis",
    "tennis": "网球 / 打网球 / tennis",
    "volleyball": "排球 / volleyball",
    "golf": "高尔夫 / golf / golfing",
    "baseball": "棒球 / baseball / softball",
    "martial_arts": "拳击 / 跆拳道 / 散打 / 柔道 / 泰拳 / 武术 / 太极 / 太极拳 / 格斗 / boxing / kickboxing / martial arts / karate / judo / taekwondo / muay thai / tai chi",
    "dancing": "跳舞 / 街舞 / 舞蹈 / 芭蕾 / 广场舞 / 拉丁舞 / dancing / ballet / salsa dancing / hip hop dance",
    "rope_skipping": "跳绳 / jump rope / skipping rope",
    "horse_riding": "骑马 / 马术 / horse riding / horseback riding / equestrian",
    "motorcycling": "摩托车 / 机车 / 骑摩托 / motorcycles / motorcycling / motorbikes",
    "cars": "汽车 / 改装车 / 赛车 / f1 / 玩车 / cars / car racing / formula 1 / motorsport(s|)",
    "ultimate_frisbee": "飞盘 / frisbee / disc golf",
    "archery": "射箭 / archery",
    "sailing": "帆船 / 划船 / 皮划艇 / sailing / kayaking / canoeing / rowing",
    "drones": "无人机 / 航拍 / drones / drone flying",
    "esports": "电竞 / 看比赛打lol / esports / e-sports",
    # watching and listening
    "films": "电影 / 看电影 / 老电影 / 文艺片 / films / movies / cinema / film noir / watching movies",
    "science_fiction": "科幻 / 科幻片 / 科幻小说 / 科幻电影 / sci-fi / science fiction / scifi",
    "horror": "恐怖片 / 恐怖小说 / 惊悚片 / horror movies / horror films / horror",
    "tv_series": "追剧 / 刷剧 / 美剧 / 韩剧 / 日剧 / 国产剧 / 电视剧 / tv shows / tv series / binge-watching / k-dramas / kdramas / sitcoms",
    "anime": "动漫 / 追番 / 二次元 / 番剧 / 动画 / 漫画 / anime / manga / comics / comic books",
    "documentaries": "纪录片 / documentaries",
    "variety_shows": "综艺 / 脱口秀 / 相声 / 真人秀 / variety shows / stand-up comedy / reality tv / comedy shows",
    "music": "音乐 / 听歌 / 听音乐 / music / listening to music",
    "rock_music": "摇滚 / 摇滚乐 / 朋克 / rock music / punk / heavy metal / indie rock",
    "classical_music": "古典音乐 / 古典乐 / 交响乐 / classical music / opera",
    "jazz": "爵士 / 爵士乐 / jazz",
    "folk_music": "民谣 / folk music",
    "hip_hop": "说唱 / 嘻哈 / hip hop / hip-hop / rap music",
    "kpop": "kpop / k-pop / 追星 / 韩团",
    "live_music": "演唱会 / 音乐节 / livehouse / concerts / live music / music festivals / gigs",
    "vinyl": "黑胶 / 黑胶唱片 / vinyl / vinyl records / record collecting",
    "podcasts": "播客 / 听播客 / podcasts / audiobooks",
    "theatre": "话剧 / 音乐剧 / 舞台剧 / 戏剧 / musicals / theatre / theater / broadway shows",
    "chinese_opera": "京剧 / 昆曲 / 越剧 / 戏曲 / 黄梅戏 / chinese opera",
    "exhibitions": "看展 / 逛展 / 逛博物馆 / 逛美术馆 / 博物馆 / museums / art exhibitions / galleries",
    # making
    "photography": "摄影 / 拍照 / 拍照片 / 胶片 / 拍人像 / 扫街 / photography / taking photos / taking pictures / street photography / astrophotography",
    "videography": "剪视频 / 拍视频 / 拍vlog / vlog / 做视频 / video editing / vlogging / filmmaking",
    "painting": "画画 / 绘画 / 油画 / 水彩 / 素描 / 国画 / 板绘 / painting / drawing / sketching / watercolour(s|) / watercolor(s|) / oil painting / digital art",
    "calligraphy": "书法 / 练字 / 毛笔字 / 钢笔字 / calligraphy / hand lettering / fountain pens",
    "pottery": "陶艺 / 做陶 / 陶瓷 / pottery / ceramics",
    "knitting": "织毛衣 / 编织 / 钩针 / 钩织 / knitting / crochet / crocheting",
    "sewing": "缝纫 / 做衣服 / 刺绣 / 拼布 / sewing / quilting / embroidery / cross stitch / needlework",
    "woodworking": "木工 / 做木工 / woodworking / carpentry / whittling",
    "diy_crafts": "手工 / 做手工 / 手账 / 折纸 / 剪纸 / 串珠 / crafts / crafting / scrapbooking / origami / jewelry making / journaling / bullet journaling",
    "model_making": "拼模型 / 模型 / 高达 / 拼胶 / 手办 / model kits / model building / scale models / gundam / figurines / miniatures",
    "building_blocks": "乐高 / 拼乐高 / 积木 / lego",
    "jigsaw": "拼图 / jigsaw puzzles / jigsaws / puzzles",
    "writing": "写作 / 写小说 / 写诗 / 写文章 / writing / creative writing / poetry / blogging",
    "guitar": "吉他 / 弹吉他 / 尤克里里 / guitar / playing guitar / ukulele / bass guitar",
    "piano": "钢琴 / 弹钢琴 / piano / playing piano / keyboard playing",
    "string_instruments": "小提琴 / 大提琴 / 古筝 / 二胡 / 古琴 / 琵琶 / violin / cello",
    "drums": "架子鼓 / 打鼓 / drums / drumming",
    "singing": "唱歌 / 唱k / k歌 / 合唱 / singing / karaoke / choir singing",
    "coding": "编程 / 写代码 / 敲代码 / 开源项目 / coding / programming / open source",
    "electronics": "数码 / 电子产品 / 数码产品 / 单片机 / 装机 / gadgets / electronics / raspberry pi / arduino / pc building / building pcs",
    "three_d_printing": "3d打印 / 3d printing",
    "keyboards": "机械键盘 / 客制化键盘 / 客制化 / mechanical keyboards",
    "audio": "耳机发烧 / hifi / 音响 / hi-fi / headphones / audio gear / audiophile gear",
    "smart_home": "智能家居 / 全屋智能 / smart home / home automation",
    "design": "平面设计 / 设计 / graphic design / interior design / 室内设计",
    # learning and mind
    "reading": "看书 / 读书 / 阅读 / 看小说 / 读小说 / reading / reading books / novels / books",
    "history": "历史 / 考古 / history / archaeology / ancient history",
    "philosophy": "哲学 / philosophy",
    "psychology": "心理学 / psychology",
    "economics": "经济学 / economics",
    "artificial_intelligence": "人工智能 / 机器学习 / 深度学习 / 大模型 / artificial intelligence / machine learning / deep learning",
    "science": "科学 / 科普 / 物理 / 物理学 / science / physics / popular science",
    "mathematics": "数学 / mathematics / maths",
    "astronomy": "天文 / 观星 / 看星星 / 天文学 / astronomy / stargazing",
    "languages": "学英语 / 学日语 / 学法语 / 学外语 / 外语 / 背单词 / 学韩语 / languages / learning languages / language learning / learning (spanish|french|japanese|chinese|korean|german)",
    "chess": "象棋 / 国际象棋 / 下棋 / 围棋 / chess / playing go",
    "board_games": "桌游 / 狼人杀 / 剧本杀 / 密室逃脱 / 密室 / 麻将 / board games / tabletop games / escape rooms / dungeons and dragons / card games / mahjong",
    "video_games": "打游戏 / 玩游戏 / 游戏 / 手游 / 主机游戏 / 王者荣耀 / 原神 / 吃鸡 / 开黑 / 单机游戏 / video games / gaming / computer games / console games / rpgs",
    "magic": "魔术 / 变魔术 / magic tricks / card magic",
    "collecting": "集邮 / 收藏 / 收藏邮票 / 钱币 / 盲盒 / stamp collecting / coin collecting / collecting",
    "trading_cards": "卡牌 / 集卡 / 球星卡 / 宝可梦卡 / trading cards / pokemon cards",
    "designer_toys": "潮玩 / 盲盒 / 泡泡玛特 / designer toys / art toys / blind boxes",
    "dolls": "娃娃 / bjd / 棉花娃娃 / 养娃娃 / dolls / plushies / plush toys",
    "watches": "手表 / 腕表 / 玩表 / mechanical watches / wristwatches",
    "antiques": "古董 / 文玩 / 盘串 / 玉石 / 翡翠 / antiques / vintage items",
    "investing": "理财 / 投资 / 炒股 / investing",
    # food and drink
    "cooking": "做饭 / 烹饪 / 做菜 / 下厨 / 烧菜 / cooking / home cooking",
    "baking": "烘焙 / 做蛋糕 / 烤面包 / 做甜点 / 烤蛋糕 / baking / bread making / sourdough / making desserts",
    "coffee": "咖啡 / 手冲 / 手冲咖啡 / 喝咖啡 / 拉花 / coffee / espresso / pour over / pour-over coffee / specialty coffee / latte art",
    "tea": "喝茶 / 茶道 / 品茶 / 功夫茶 / 普洱 / 泡茶 / tea / green tea / oolong",
    "wine": "红酒 / 葡萄酒 / 品酒 / wine / wine tasting",
    "craft_beer": "精酿 / 精酿啤酒 / craft beer / home brewing / homebrewing",
    "cocktails": "调酒 / 鸡尾酒 / cocktails / mixology / whisky / whiskey / 威士忌",
    "food": "美食 / 探店 / 吃美食 / 火锅 / 烧烤 / 吃辣 / food / trying new restaurants / good food / street food / foodie stuff / bbq / barbecue / spicy food",
    "desserts": "甜品 / 甜食 / 甜点 / 奶茶 / 喝奶茶 / 巧克力 / 冰淇淋 / 蛋糕 / desserts / sweets / chocolate / ice cream / bubble tea",
    "vegetarian_food": "素食 / 吃素 / vegetarian food / vegan food / plant-based food",
    # home, garden, animals
    "gardening": "养花 / 种花 / 园艺 / 种菜 / 阳台种菜 / gardening / growing vegetables / growing flowers",
    "house_plants": "多肉 / 绿植 / 养绿植 / 养多肉 / 盆栽 / houseplants / house plants / succulents / indoor plants / bonsai",
    "flower_arranging": "插花 / 花艺 / 鲜花 / flower arranging / flowers",
    "home_decor": "家居布置 / 装修 / 布置房间 / 家居 / 软装 / home decor / home decorating / decorating",
    "tidying": "收纳 / 整理 / 断舍离 / tidying / organising / organizing / decluttering / minimalism / 极简",
    "cats": "猫 / 猫咪 / 撸猫 / 养猫 / 猫猫 / 小猫 / 布偶猫 / 橘猫 / cats / kittens",
    "dogs": "狗 / 狗狗 / 撸狗 / 养狗 / 遛狗 / 小狗 / 金毛 / 柯基 / dogs / puppies",
    "fish_keeping": "养鱼 / 鱼缸 / 水族 / 热带鱼 / 草缸 / aquariums / fishkeeping / tropical fish",
    "birds": "养鸟 / 鹦鹉 / 观鸟 / birds / bird watching / birdwatching / birding / parrots",
    "small_pets": "仓鼠 / 兔子 / 龙猫 / 豚鼠 / 爬宠 / hamsters / rabbits / guinea pigs / reptiles",
    # looks and life
    "fashion": "穿搭 / 时尚 / 买衣服 / 服装搭配 / fashion / styling outfits / clothes",
    "sneakers": "球鞋 / 收集球鞋 / 买鞋 / sneakers / sneaker collecting",
    "handbags": "包包 / 买包 / handbags / designer bags",
    "jewellery": "首饰 / 珠宝 / 饰品 / jewellery / jewelry",
    "hanfu": "汉服 / 旗袍 / hanfu",
    "cosplay": "cosplay / cos / lolita / jk制服 / lolita裙",
    "beauty": "化妆 / 美妆 / 彩妆 / 口红 / makeup / make-up / cosmetics / lipstick(s|)",
    "skincare": "护肤 / skincare / skin care",
    "perfume": "香水 / 香薰 / 香氛 / perfume(s|) / fragrance(s|) / scented candles",
    "nail_art": "美甲 / 做指甲 / nail art",
    "travel": "旅行 / 旅游 / 自驾 / 自驾游 / 背包旅行 / 环球旅行 / travel / travelling / traveling / road trips / backpacking",
    "sea": "大海 / 看海 / 海边 / 赶海 / the sea / the ocean / the beach",
    "shopping": "逛街 / 购物 / 买买买 / shopping / thrifting / flea markets",
    "parenting": "亲子活动 / 亲子阅读 / 育儿 / parenting / family activities",
    "volunteering": "做志愿者 / 志愿服务 / 公益 / volunteering / charity work",
    "hot_springs": "泡温泉 / 温泉 / hot springs / spas",
    "meditation": "冥想 / meditation / mindfulness",
    "trains": "高铁迷 / 火车模型 / model trains / trains / model railways",
    "aviation": "飞机模型 / 航空 / planes / aviation / plane spotting",
    "military": "军事 / 军事历史 / military history",
    "folk_crafts": "民俗 / 非遗 / folk art / folk crafts",
}  # fmt: skip
"""Interest → words. Nothing here tells of health, belief, politics, origin or whom somebody loves."""

LIKING_ZH = (
    r"(?:喜欢上?|喜爱|热爱|最爱|超爱|爱好(?:是|就是|包括|有)?|酷爱|痴迷于?|沉迷于?|迷上了?|爱上了?|入坑了?|着迷于?|钟爱|偏爱|热衷于?|感兴趣的是|兴趣(?:是|爱好是)|享受|离不开|(?<![可亲恋热最酷喜钟偏敬超])爱(?!心|情|人)|开始学|在学|自学|坚持|对)"
    r"(?:看|打|听|玩|喝|吃|做|去|练|弹|学|养|逛|各种|所有|户外|一切|一个人|周末|和家人|跟家人|和朋友|跟朋友|在家|没事|平时|自己|下班后?|深夜|睡前|早起|晚上|出门|出去|有关|的就是|的是|的|就是|是|了)*$"
)
AFTER_ZH = r"[机垫鞋服包杯器架壶豆裤衣帽拍车课班色馆店装粉盒棚椅刀灯票枪队者迷家]|的(?!我)"
INTEREST_ZH = r"[^,。不没]{0,4}(?:感兴趣|有兴趣|着迷|上瘾|情有独钟|很痴迷)"
"""What stands before an interest; what behind it makes it goods or somebody else's; what 对 needs behind it."""

LIKING_EN = (
    r"\b(?:(?:i|we|also|and|really) (?:really |absolutely |just |also |still |do |genuinely |honestly |truly |both |always )*(?:love|like|enjoy|adore|live for|dig)|(?:i'm|i am|we're|we are|been|really|super|totally|so|am|getting|got) (?:really |so |super |totally |very |quite |big |much )*into|"
    r"(?:i'm|i am|we're|we are|am) (?:really |so |totally |a bit |completely |absolutely |also )*(?:obsessed with|addicted to|crazy about|mad about|passionate about|keen on|fond of|hooked on|interested in|(?:an? )?(?:(?:big|huge|massive|real|true|keen|avid) )?(?:fan|lover) of|big on)|"
    r"(?:big|huge|massive) fan of|obsessed with|hooked on|passionate about|(?:my|our) (?:(?:main|new|favou?rite|biggest|other) )?(?:hobby|hobbies|passions?|interests?|obsession|pastime)(?: is| are|:| include)?|"
    r"(?:fell|falling) in love with|can't get enough of|can't live without|i(?:'ve)? (?:started|took up|taken up|picked up)|^\W*(?:love|loving|enjoying|learning))"
    r"(?: (?:to|a|some|going|doing|playing|watching|reading|listening|making|collecting|all|things|about|how|long|good|old|classic|early|morning|evening|weekend|outdoor|indoor|trail|solo|street|drinking|eating|learning))*[ :]+$"
)
AFTER_EN = r"\W*$|[^\w\s]| (?:and|or|in|on|with|at|so|but|because|too|as|every|when|while|a lot|very|lately|these days|nowadays|since|for|to|by|outdoors|together|than|now|more|especially|is|are|again|after|before|from|since|if)\b"
OLD = r"以前|从前|曾经|小时候|当年|那时|过去|原来|\b(?:used to|when i was|back then|years ago|as a (?:kid|child)|formerly|once upon)\b"
"""What stands before an interest, what may stand behind it, and what makes it an old one."""

AND = r"^(?:[、,和与跟及&/]|还有|以及|或|也喜欢|也爱|\s|and|or|as well as|plus|going|watching|playing|doing|collecting|listening to|making|reading|of|the|a|打|看|玩|听|做|去|练)+$"
"""What stands between two interests of a list."""

PRACTICE = {
    "running": "(晨跑|夜跑|慢跑|长跑|跑步)(打卡|第|结束) / (晨跑|夜跑|慢跑|跑步|长跑|跑了|跑完)(三|五|六|八|十|十五|二十|3|5|6|8|10|15|20|21)(公里|km|k) / 跑完(半马|全马|马拉松) / 每天(跑步|晨跑|夜跑) / (morning|evening|daily|sunday) run / (went|going|been) for a run / ran (a|my) (half marathon|marathon|10k|5k|half|first half) / half marathon training / marathon training",
    "fitness": "健身(打卡|第|完|结束|了|回来) / (练腿|练背|练胸|腿|胸|背)日 / 去健身房(打卡|练) / 撸铁(打卡|完|回来) / (leg|arm|chest|back|push|pull) day / (gym|workout) (session|done|this morning|streak) / back from the gym / my workout (today|this morning|done|is done)",
    "yoga": "瑜伽(课|打卡|回来|第) / 练(了|完)瑜伽 / yoga (class|session|practice|fixed|this morning) / did yoga",
    "swimming": "游(了|完)(一千|两千|1000|2000)米 / 游泳(打卡|回来|第) / swim session / morning swim",
    "cycling": "骑行(打卡|回来) / (骑行|骑了)(五|十|二十|三十|五十|一百|10|20|30|50|100)(公里|km) / (went|going|been) for a (bike |)ride / (bike|long) ride (today|this morning|done) / cycled",
    "hiking": "徒步(回来|打卡|了一天) / 徒步(五|十|二十|10|20)(公里|km) / 爬(了|完)(山|泰山|黄山|华山) / (went|been) hiking / (weekend|sunday|morning) hike / back from (a|our|the) hike",
    "camping": "露营(回来|第|打卡|了) / back from camping / (went|been) camping",
    "fishing": "钓(了|到)(一|两|三|几|条|大|不少) / 钓鱼(打卡|回来|一天) / (went|been|gone) fishing",
    "skiing": "滑雪(回来|打卡|第) / (went|been) (skiing|snowboarding)",
    "basketball": "打(了|完|)(一|)(场|下午)(篮球|球) / 打完球 / played basketball",
    "badminton": "打(了|完)(一|)(场|下午|小时|)羽毛球 / played badminton",
    "football": "踢(了|完)(一|)(场|)(球|足球) / played (football|soccer)",
    "tv_series": "追剧(追到|中|ing|到|停|第) / 刷剧(中|ing|到|停|) / (在|又|一直|熬夜)追剧 / 追完(了|) / binge-watched / binge watched / binge-watching / bingeing / binging",
    "anime": "追番(中|到|ing) / (在|又)追番",
    "films": "观影(打卡|第) / film night / movie night at home / movie marathon",
    "photography": "拍(了|到)(一组|一卷|一百张|好多照片|很多照片|几张照片|日落|日出|星空|银河) / 扫街(打卡|回来) / photo walk / took a hundred photos / shot a roll of film",
    "reading": "(读|看)完(了|)(一|两|三|第一|第二|第三)本(书|小说) / (读|看)书打卡 / 今年(读|看)了 / (finished|reading) (a|another|my) (book|novel) / book club / currently reading",
    "cooking": "(自己|亲手|在家|学着|跟着食谱)(炒|做|煮|炖|烧)(了|) / 做了(一桌|三个|四个|两个|红烧|糖醋|几个|一道)(菜|) / 包(饺子|粽子|馄饨|包子) / 做饭(打卡|第) / 自己炒了 / 带饭第 / cooked (dinner|three dishes|two dishes|a) / made dinner / meal prep(ped|ping|) / home-cooked / packed lunch",
    "baking": "烤了(一|个|面包|蛋糕|饼干|曲奇) / 烘焙(打卡|第) / baked (a|some|my|bread|cookies) / sourdough starter",
    "coffee": "手冲(一|了|打卡) / 每天(一杯|)咖啡 / (morning|daily) (coffee ritual|espresso) / pulled a shot",
    "gardening": "种了(一|些|几|番茄|花|菜|月季|薄荷) / 阳台(种|上种) / planted (some|a|my|tomatoes|roses) / my (garden|vegetable patch|allotment)",
    "house_plants": "我(的|养的|家)(多肉|绿植|龟背竹) / my (houseplants|succulents|monstera|plant babies)",
    "cats": "(我|我家|家里|家)(的|)(猫|猫咪|主子|猫主子|喵|毛孩子|橘猫|布偶|英短|美短|猫猫) / 猫主子 / 猫奴 / 铲屎官 / 撸猫 / 吸猫 / 换了猫砂 / my (cat|cats|kitten|kitty|kittens) / our (cat|cats|kitten) / cat (mom|dad|lover|lady|person)",
    "dogs": "(我|我家|家里|家)(的|)(狗|狗狗|狗子|汪|柯基|金毛|泰迪|边牧|二哈) / 遛狗 / 带狗(子|狗|)(去|出) / 狗奴 / my (dog|dogs|puppy|pup|puppies) / our (dog|dogs|puppy) / dog (mom|dad|lover|person) / walking the dog / walked the dog",
    "fish_keeping": "(我|我家)(的|)(鱼缸|草缸) / my (aquarium|fish tank)",
    "food": "吃货 / 探店(打卡|第) / foodie",
    "coding": "(自学|学|开始学|在学)(编程|python|java|代码) / 编程课 / coding bootcamp / learning (python|to code|programming)",
    "artificial_intelligence": "(自学|学|开始学|开始自学|在学)(人工智能|机器学习|深度学习|ai) / (started learning|learning|studying) (ai|artificial intelligence|machine learning|deep learning)",
    "languages": "背单词(背|打卡|第|到) / (在学|自学|开始学)(英语|日语|法语|德语|韩语|西班牙语) / learning (spanish|french|japanese|chinese|mandarin|korean|german|italian) / vocabulary until",
    "guitar": "(在学|自学|开始学|练)(吉他|尤克里里) / (learning|practising|practicing|playing) (the |)guitar",
    "piano": "(在学|自学|开始学|练)(钢琴|琴) / (learning|practising|practicing|playing) (the |)piano",
    "painting": "画了(一|几)(幅|张) / 画画(打卡|第) / (在学|自学|开始学)(画画|素描|水彩|油画) / painted (a|my) (portrait|landscape|watercolour|watercolor)",
    "knitting": "织了(一|条|件)(围巾|毛衣|) / 钩了(一|个) / (knitted|crocheted) (a|my)",
    "building_blocks": "拼(了|完)(一|)(个|套|)乐高 / (built|finished) (a|my|the) lego",
    "video_games": "(打|玩)游戏(打|玩|到|通宵) / 开黑 / 通关了 / 上分 / (gaming|played games) (all night|session|tonight)",
    "board_games": "(玩|打)(了|)(剧本杀|狼人杀|桌游|密室) / (board|tabletop) game night",
    "travel": "写游记 / 旅行第(一|二|三|四|五) / travel diary / solo trip / solo travel",
    "beauty": "今日(妆容|仿妆) / 化妆(打卡|教程) / 彩妆分享",
    "fashion": "今日穿搭 / ootd / 每日穿搭",
    "live_music": "抢到(了|)(演唱会|音乐节|livehouse)(的|门)(票) / 看(了|完)(演唱会|音乐节) / (got|scored) (concert|festival) tickets",
    "dancing": "舞蹈课 / 街舞课 / dance class",
}  # fmt: skip
"""Interest → what somebody writes who has just done it."""

PERSONS = {
    "running": "跑者 / 跑友 / runner here / marathon runner / avid runner", "photography": "摄影(爱好者|师|发烧友) / (amateur|hobby|keen) photographer", "reading": "书虫 / 书迷 / bookworm / avid reader / book lover / bibliophile",
    "science_fiction": "科幻迷 / sci-fi (fan|nerd|geek)", "films": "影迷 / 电影迷 / film buff / movie buff / cinephile", "anime": "二次元(人|爱好者) / 动漫迷 / anime fan", "coffee": "咖啡(控|党|爱好者) / coffee (addict|lover|snob|nerd)",
    "tea": "茶友 / 老茶客 / tea (lover|drinker)", "desserts": "甜品控 / 巧克力控 / 奶茶控 / chocoholic / sweet tooth", "football": "球迷 / football fan / soccer fan", "basketball": "篮球迷 / basketball fan", "cycling": "骑友 / keen cyclist / avid cyclist",
    "hiking": "驴友 / avid hiker / keen hiker", "fishing": "钓鱼佬 / 钓友 / avid fisherman / keen angler", "video_games": "游戏(玩家|迷|宅) / gamer (girl|here|at heart) / avid gamer", "electronics": "数码(控|党|爱好者) / gadget (lover|freak|geek) / tech geek",
    "audio": "音响发烧友 / 耳机发烧友 / 烧友 / audiophile", "gardening": "园艺爱好者 / 花友 / keen gardener / avid gardener", "cooking": "厨房(小白|新手|达人) / home cook", "military": "军迷 / military buff", "history": "历史迷 / 历史爱好者 / history buff",
    "astronomy": "天文(迷|爱好者) / amateur astronomer", "sneakers": "球鞋(控|党) / sneakerhead", "fashion": "fashionista", "music": "music lover",
}  # fmt: skip
"""Interest → what such people call themselves."""

AS_EN = r"^\W*$|\b(?:i'm|am|as|being|we're|are) (?:such |quite |an? |total |big |real |true |bit of an? )*$"
"""What stands before them when the writer is one."""
