"""Everyday words that are names too, and the words that tell which is meant; Chinese and English."""

from __future__ import annotations

EVERYDAY = (
    "苹果 小米 荣耀 锤子 魅族 自然 自然堂的 英雄 你好 活着 家 平凡 世界 平凡的世界 生活 青春 时间 太阳 月亮 星星 大海 天空 春天 夏天 秋天 冬天 早安 晚安 幸福 快乐 开心 爱 爱情 朋友 老师 妈妈 爸爸 孩子 宝贝 宝宝 天使 公主 王子 王者 大王 "
    "红牛 大白兔 旺旺 老乡 好人 好孩子 好丽友 好吃 好用 完美 美丽 美的 海尔的 格力的 方太的 公牛 七匹狼 三只松鼠的 百草味的 良品 优品 名品 名创 无印良品的 网易 百度 天猫 京东 淘宝 拼多多 苏宁 飞猪 饿了么 美团 火山 抖音 知乎 豆瓣 米家 全家 大家 森马 骆驼 花花公子 鳄鱼 火星 金星 水星 木星 "
    "蓝天 白云 阳光 雨 雪 风 花 草 树 山 水 火 土 金 木 狗 猫 鱼 鸟 马 牛 羊 虎 兔 龙 熊 熊猫 狐狸 松鼠 蝴蝶 蜜蜂 蚂蚁 乌龟 青蛙 米 面 茶 酒 咖啡 牛奶 面包 蛋糕 水果 香蕉 橙子 葡萄 西瓜 草莓 樱桃 芒果 柠檬 桃子 梨 番茄 土豆 白菜 辣椒 鸡蛋 豆腐 糖 盐 油 醋 酱 "
    "红 橙 黄 绿 青 蓝 紫 黑 白 灰 粉 金色 银色 红色 蓝色 黑色 白色 大 小 多 少 新 旧 长 短 高 低 快 慢 好 坏 冷 热 简单 方便 健康 安全 科技 智能 经典 时尚 传奇 梦想 希望 未来 故事 记忆 回忆 影子 秘密 礼物 信 书 电影 音乐 歌 游戏 新品 手机 电脑 衣服 鞋 包 表 帽子 眼镜 袜子 裤子 裙子 "
    "apple gap target orange coach guess next fossil puma jaguar dove shell amazon windows office word excel access surface pixel galaxy note echo fire prime home time life people fortune focus mercury saturn mars venus sun moon star stars sky sea ocean river mountain lake forest garden "
    "rose lily daisy violet iris jasmine amber ruby pearl diamond gold silver black white red blue green pink brown grey gray purple yellow cherry lemon lime peach plum mango berry strawberry banana grape cat dog fox wolf bear lion tiger horse bird fish rabbit bee butterfly "
    "champion victory hope joy love dream dreams magic secret true simple smart pure fresh clean natural original classic modern basic essential essentials perfect best good nice happy free easy fast bold brave wild ever forever always never everyday today first one two three you me us we it up her him she he them "
    "boss express columbia north face theory vans keds converse reef crest tide gain all dawn bounty cheer snuggle glad off raid pledge joy method seventh generation live frozen cars coco soul brave moana inside out jaws alien rocky rush her gravity interstellar parasite joker tenet dune crash speed heat signs big saw cube hero elf taken drive split warm old navy banana republic forever new balance under american eagle free people madewell charter club "
    "book books movie film music song game games tea coffee water milk bread cake sugar salt oil shoe shoes dress shirt bag hat watch phone computer camera kettle cup lamp chair table toy toys gift new year day night morning summer winter spring autumn fall"
)
"""Names that say nothing without a cue."""

BRAND_AFTER = r"牌|家的|品牌|旗舰店|官方|官网|专卖店|体验店|手机|电脑|平板|耳机|手表|笔记本|音箱|系统|公司|汽车|\d+(?:pro|plus|max)?|pro|plus|max|'s (?:new|latest|website|store|app)| (?:brand|store|watch|phone|tv|laptop|tablet|iphone|ipad|macbook|music|pay|earbuds|headphones|shoes|sneakers|jeans|bag)\b"
BRAND_BEFORE = (
    r"(?:品牌|牌子|用的是|入手的|换成了?|买的是|\b(?:from|by|brand|brand is|made by))\s?$"
)
"""What makes an everyday word a brand."""

WORKS = {
    "film": r"电影|影院|影片|影城|票房|首映|上映|观影|特效|二刷|三刷|重刷|导演|片子|院线|imax|\b(?:films?|movies?|cinema|theaters?|theatres?|directed|director|trailer|sequel|screening|rewatch\w*|box office)\b",
    "series": r"追剧|电视剧|网剧|美剧|韩剧|日剧|剧集|第[0-9一二三四五六七八九十]+[季集]|大结局|番剧|追番|动漫|\b(?:tv show|series|seasons?|episodes?|binge\w*|finale|anime|netflix)\b",
    "book": r"读|书|小说|作者|翻译|出版|章节|文笔|译本|这本|一本|\b(?:books?|novels?|author|read|reading|chapters?|paperback|kindle|audiobook)\b",
    "song": r"歌|专辑|单曲|循环|好听|听[了完过]|旋律|演唱|\b(?:songs?|album|listen\w*|track|singing|lyrics|on repeat)\b",
    "game": r"游戏|通关|手游|开黑|玩家|打怪|联机|\b(?:games?|gaming|playthrough|playstation|xbox|nintendo|steam)\b",
}  # fmt: skip
"""Kind of work → what is said of one, in the order in which they are tried."""

SEEN = r"(?:[看读追][了完过]|[二三]刷|\b(?:saw|seen|watched|read|watching|reading))(?:了|电影|小说| the (?:film|movie|book|novel))?\s?$"
WATCHED = r"[看刷][了完过]|[刚去想在]看|\b(?:saw|watched|watching|see|watch)\b"
"""Said of works that are watched."""

DONE = {
    "film": ("seen", r"看[了完过哭]|刚看|在看|[二三四五六]刷|刷[了完]|重温|\b(?:watched|watching|saw|seen|rewatched|finished)\b"),
    "series": ("seen", r"看[了完过哭]|刚看|在看|在追|追[了完]|[二三四五六]刷|刷[了完]|\b(?:watched|watching|binged|finished|saw|seen|bingeing|binging)\b"),
    "book": ("read", r"读[了完过]|看[了完过哭]|在[读看](?!的|者)|刚读|重读|翻[了完]|\b(?:read|reading|finished|reread|re-read)\b"),
    "song": ("heard", r"听[了完过哭]|在听|循环|\b(?:listening|listened|heard|on repeat)\b"),
    "game": ("played", r"玩[了过]|在玩|通关|打[了完]|\b(?:playing|played|finished|beat)\b"),
}  # fmt: skip
"""Kind of work → what somebody did who knows it, and the words for that."""

TO_DO = {"film": "see", "series": "see", "book": "read", "song": "hear", "game": "play"}
WANTED = r"(?:想|要去?|打算|准备|计划|好想|期待|等不及|预约了?|买了票)(?:周末|今晚|今天|明天|明晚|下班|下周|下个月|去|再|和.{1,4}|一起|快点)*(?:看|读|听|玩|刷|追)$|(?:期待|等不及|预约了?)(?:看|读|听|玩|刷|追)?$|\b(?:want to|wanna|going to|can't wait to|would love to|'d love to|excited to|planning to|plan to|looking forward to|hoping to)(?: (?:see|watch|read|hear|play|go see|finally|seeing|watching|reading))*(?: the)?(?: (?:film|movie|book|new))* ?$"
"""What stands before a work that somebody wants to know."""

WORK_ATTRIBUTES = {
    "film": "film movie 电影 影片 影视 film_title movie_title",
    "series": "series tv_series show 电视剧 剧集 动漫 anime",
    "book": "book book_title 书名 小说 novel",
    "song": "song album 歌曲 专辑",
    "game": "game 游戏 game_title",
    "title": "ip work 作品 franchise",
    "creator": "author artist director singer writer illustrator designer 作者 歌手 导演 演员 设计师 画家 actor",
    "item": "alias aliases aka 别名 又名 俗称 model 型号",
}  # fmt: skip
"""Kind of entity → attributes of items whose values are its names."""

WORK_CATEGORIES = {
    "film": r"电影|影视|影碟|蓝光|film|movie|cinema|dvd|blu-?ray",
    "series": r"电视剧|动漫|番剧|anime|tv series|tv show",
    "game": r"游戏|game",
    "song": r"唱片|专辑|黑胶|音像|音乐|\bcds?\b|vinyl|music",
    "book": r"图书|书籍|小说|文学|books?\b|novel|fiction|kindle",
}  # fmt: skip
"""Kind of work → categories of items that are about one."""
