"""A Chinese shop of 300 items: books, films, music, goods of films, clothes, snacks, tickets, and places of a town."""

from datetime import UTC, datetime, timedelta

import numpy as np

NOON = datetime(2025, 6, 1, 4, tzinfo=UTC)
HERE = (31.23, 121.47)
WALK = "今天天气真好，我想去公园散步"
FILM = "看了《流浪地球》，感觉非常震撼"
BAD_FILM = "看了《流浪地球》，感觉非常失望"
RAIN = "外面下着大雨，我还是想去公园"
BOOK = "人工智能入门"

SCIENCE = [
    "机器学习实战",
    "深度学习入门",
    "人工智能简史",
    "人工智能与未来",
    "神经网络原理",
    "机器学习算法",
    "深度学习之路",
    "智能机器人入门",
    "人工智能伦理",
    "大模型应用入门",
]
GENRES = {
    "科幻": ("银河尽头 火星来客 时间裂缝 星际远航 量子海洋 机械黎明", "三重宇宙 月球殖民地 深空来信 永恒边疆 末日方舟", "星空交响 太空漫步 宇宙回声"),
    "爱情": ("春日来信 南方夏夜 雨巷 初恋的味道 海边的约定 晚风", "等你回来 十年 花样年华里 一封情书 玫瑰与海", "情歌集 夏夜小调 告白"),
    "武侠": ("剑影江湖 孤城刀客 雪山飞鹰 白衣侠 长安夜行 竹林对决", "大漠孤侠 青衫客 断剑 江南剑谱 少林往事", "江湖行 笛声剑影 竹海琴音"),
    "历史": ("大明风云 赤壁 丝路 秦关 盛唐夜宴 边城", "万历往事 大宋风华 长安十二巷 晚清七十年话 汉武春秋", "古都钟声 编钟新曲 敦煌乐舞"),
    "喜剧": ("疯狂的包裹 开心麻将 假日囧途 我的傻舅舅 快递奇遇 人在横店", "笑话连篇 段子手日记 幸福食堂 胡同趣事 老王的一天", "欢乐颂曲 笑声圆舞曲 小丑进行曲"),
}  # fmt: skip
FILMS_WITH_GOODS = ["流浪地球", "剑影江湖", "春日来信", "疯狂的包裹"]
GOODS = ["运载车模型", "机甲手办", "海报", "钥匙扣", "主题马克杯", "拼图"]
CLOTHES = [f"{how}{what}" for how in ("纯棉", "宽松", "修身", "印花", "加厚") for what in ("衬衫", "牛仔裤", "卫衣", "连衣裙", "外套", "短裤", "毛衣", "风衣")]  # fmt: skip
SNACKS = [f"{how}{what}" for how in ("香辣", "原味", "蜂蜜", "海盐", "烧烤味") for what in ("薯片", "坚果", "饼干", "牛肉干", "话梅", "海苔", "爆米花", "豆干")]  # fmt: skip
HOME = [f"{how}{what}" for how in ("实木", "北欧", "简约", "折叠", "加大") for what in ("书架", "台灯", "靠垫", "地毯", "收纳盒", "衣架", "餐桌", "花瓶", "窗帘")]  # fmt: skip
TICKETS = ["世纪公园成人门票", "植物园亲子门票", "湿地公园游船套票"]
PLACES = {
    "人民公园": "公园", "中山公园": "公园", "静安公园": "公园", "大光明电影院": "电影院", "国泰影城": "电影院",
    "福州路书店": "书店", "思南书店": "书店", "徐家汇商场": "商场", "五角场超市": "超市", "衡山路咖啡馆": "咖啡馆",
}  # fmt: skip


def catalogue():
    """Return 300 items by id, with id, title, category and attributes."""
    told = [("流浪地球", "电影 > 科幻", "《流浪地球》", {})]
    told += [("book", "图书 > 计算机", f"《{title}》", {}) for title in (BOOK, *SCIENCE)]
    for genre, parts in GENRES.items():
        for kind, titles in zip(("电影", "图书", "音乐"), parts, strict=True):
            told += [(kind, f"{kind} > {genre}", f"《{title}》", {}) for title in titles.split()]
    told += [
        ("goods", "玩具 > 周边", f"{film} {what}", {"film": film})
        for film in FILMS_WITH_GOODS
        for what in GOODS
    ]
    for kind, titles in (("服装", CLOTHES), ("零食", SNACKS), ("家居", HOME), ("票务", TICKETS)):
        told += [(kind, kind, title, {}) for title in titles]
    for n, (title, kind) in enumerate(PLACES.items()):
        at = {"latitude": HERE[0] + 0.004 * (n + 1), "longitude": HERE[1]}
        told.append(("place", kind, title, at))
    more = 300 - len(told)
    told += [("文具", "文具", f"{n}号笔记本", {}) for n in range(more)]
    return [
        {"id": f"i{n}", "title": title, "category": category, "attributes": attributes}
        for n, (_, category, title, attributes) in enumerate(told)
    ]


def purchases(items):
    """Return what sixty others bought: each keeps to two categories, and some bought books on computers together."""
    rng = np.random.default_rng(0)
    by_category = {}
    for item in items:
        by_category.setdefault(item["category"], []).append(item["id"])
    sold = sorted(category for category in by_category if category not in PLACES.values())
    bought = []
    for n in range(60):
        liked = ["图书 > 计算机"] if n % 6 == 0 else []
        liked += rng.choice(sold, 2 - len(liked), replace=False).tolist()
        for category in liked:
            own = by_category[category]
            bought += [(f"u{n}", one) for one in rng.choice(own, min(4, len(own)), replace=False)]
    return [
        {"user": user, "item": str(item), "type": "purchase", "time": (NOON - timedelta(days=3 + k % 40)).isoformat()}
        for k, (user, item) in enumerate(bought)
    ]  # fmt: skip


def posts(user, *texts):
    """Return the posts of a user, an hour apart, the last an hour before noon."""
    return [
        {
            "id": f"{user}-{n}", "user": user, "text": text,
            "time": (NOON - timedelta(hours=len(texts) - n)).isoformat(),
        }
        for n, text in enumerate(texts)
    ]  # fmt: skip
