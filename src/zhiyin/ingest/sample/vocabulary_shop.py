"""The shop's departments, invented brands, and the words of its titles and descriptions."""

from __future__ import annotations

from zhiyin.ingest.sample.product_type import Words, words
from zhiyin.ingest.sample.vocabulary_home import FOOD, HOME, HOUSEHOLD, PETS
from zhiyin.ingest.sample.vocabulary_leisure import BOOKS, ELECTRONICS, LEISURE, MOTHER_CHILD
from zhiyin.ingest.sample.vocabulary_wear import BEAUTY, CLOTHING, SHOES_BAGS, SPORT

CATEGORIES = (
    CLOTHING, SHOES_BAGS, BEAUTY, SPORT, HOME, HOUSEHOLD,
    FOOD, PETS, ELECTRONICS, BOOKS, LEISURE, MOTHER_CHILD,
)  # fmt: skip

BRANDS: tuple[tuple[Words, ...], ...] = tuple(
    words(line)
    for line in (
        "棉语记|Mianyuji / 织野|Zhiye / 素禾集|Suheji / 半糖衣橱|Bantang Wardrobe / 北屿|Beiyu",
        "履迹|Lvji / 山步|Shanbu / 拾步坊|Shibufang / 木格行囊|Muge Bags / 缓行|Huanxing",
        "晨露研|Chenluyan / 花序实验室|Inflora Lab / 净颜集|Jingyanji / 白芷屋|Baizhi House / 润木|Runmu",
        "野径|Yejing / 风脊|Windridge / 跃石|Yueshi / 拾光营地|Shiguang Camp / 动格|Dongge",
        "栖木|Qimu / 炊云|Chuiyun / 拾屋|Shiwu / 暖檐|Nuanyan / 简器|Jianqi",
        "清和家|Qinghejia / 皂叶|Zaoye / 白鹭净|Bailujing / 柔柚|Rouyou / 日常里|Richangli",
        "谷雨铺|Guyu Pantry / 山岚茶事|Shanlan Tea / 麦垛食堂|Maiduo Kitchen / 闲豆|Xiandou / 小灶时光|Xiaozao",
        "团团掌柜|Tuantuan / 爪印|Zhaoyin / 毛球星|Furball Star / 汪喵集|Wangmiaoji",
        "声屿|Shengyu / 极点位|Jidianwei / 鹿芯|Luxin / 光合机|Guangheji / 像素湾|Pixel Bay",
        "灯下书坊|Lamplight Press / 渡口文化|Dukou Books / 青页社|Qingye Press / 远行者|Far Walkers",
        "悠游卡|Youyouka / 玩趣社|Wanqushe / 木马铺|Rocking Horse Toys / 星幕|Xingmu / 纸间|Zhijian",
        "小芽糖|Xiaoyatang / 抱抱熊仔|Hugbear / 棉花堡|Cotton Castle / 初光|Chuguang",
    )
)
"""Invented brands: one row per department."""

COLOURS = {
    "black": "黑色", "white": "白色", "beige": "米色", "navy": "藏青", "grey": "灰色", "pink": "粉色",
    "green": "墨绿", "khaki": "卡其", "brown": "棕色", "red": "红色", "blue": "蓝色", "orange": "橙色",
    "purple": "紫色", "wood": "原木色", "silver": "银色", "yellow": "黄色",
}  # fmt: skip
"""Colour code → Chinese word."""

AUDIENCES = {
    "everyone": Words("", ""),
    "women": Words("女款", "for women"),
    "men": Words("男款", "for men"),
    "kids": Words("儿童", "for kids"),
}

TITLES_ZH = (
    "{brand} {material}{name} {point} {point2}",
    "{brand}{name} {material} {point} {point2}",
    "【{point}】{brand} {name} {material} {point2}",
    "{brand} {name}{audience} {point} {point2} {colour}",
    "{brand} {season}{name} {material} {point}",
    "{brand} {name} {point} {scene}",
)
TITLES_EN = (
    "{brand} {name}, {material}, {point}, {point2}",
    "{brand} {name} – {point}, {point2}",
    "{brand} {name} ({material}), {point}",
    "{brand} {name} {audience}, {point}, {colour}",
    "{brand} {name}, {material} – {point}",
    "{brand} {name}, {point}, {point2}, {colour}",
)

OPENINGS = words(
    "{name}，{material}，{point}。|{Name} with {material}: {point}."
    " / {brand}新品：{name}，{material}，{point}，{point2}。|New from {brand}: {name}, {material}; {point}, {point2}."
    " / 想找{name}的朋友看过来：{material}，{point}。|Looking for a good {name}? {Material}; {point}."
    " / 这一款回头客很多，说得最多的是“{point}”。|Many buyers come back for this one. What they praise most: {point}."
    " / 店里卖得最好的{name}之一，{material}，{point}。|One of our best sellers: {name}, {material}; {point}."
    " / 一句话介绍：{material}{name}，{point}。|In one line: {name}, {material}, {point}."
)
MIDDLES = words(
    "适合{scene}。|Made for {scene}."
    " / 另外，{point2}。|Also: {point2}."
    " / {point2}，{scene}也用得上。|{Point2}, and handy for {scene}."
    " / 不少顾客买来{scene}时用，{point2}。|Many customers keep it for {scene}: {point2}."
    " / {scene}、日常自用都合适。|Good for {scene}, and for every day."
    " / 细节：{point2}。|In detail: {point2}."
)
CLOSINGS = words(
    "支持7天无理由退换。|Free returns within 7 days."
    " / 48小时内发货，偏远地区稍慢。|Ships within 48 hours; remote areas take a little longer."
    " / 下单前有疑问，客服在线解答。|Questions before you order? Our service team is online."
    " / 每天下午四点前付款，当天发出。|Pay before four in the afternoon and it leaves the same day."
    " / 图片均为实拍。|All pictures show the real thing."
    " / 老顾客复购另有小礼。|A small gift for returning customers."
    " / 页面价格已含运费。|The price includes delivery."
    " / 数量有限，售完待补。|Limited quantity; restocked when sold out."
)
SCENES = {
    "rain": words("下雨天出门|rainy days / 梅雨季|the rainy season"),
    "snow": words("雪天|snowy days"),
    "sunny": words("晴天出游|sunny days out / 好天气|fine weather"),
    "hot": words("炎炎夏日|hot summer days / 三伏天|the hottest weeks"),
    "cold": words("寒冷的冬天|cold winter days / 降温天|cold snaps"),
    "spring": words("春天|spring / 换季|the change of seasons"),
    "gift": words("生日送礼|birthdays / 节日送礼|the holidays / 送朋友|a friend"),
    "festival": words("过年过节|festivals / 回家探亲|family visits"),
    "midautumn": words("中秋团圆|Mid-Autumn gatherings / 中秋走亲访友|Mid-Autumn visits"),
    "kids_day": words("儿童节|Children's Day / 陪孩子玩|playtime"),
    "school": words("开学季|back to school / 上学日|school days"),
    "weekend": words("周末休闲|weekends / 朋友小聚|evenings with friends"),
    "morning": words("清晨|mornings / 早起的一天|early starts"),
    "night": words("晚间放松|quiet evenings / 睡前|bedtime"),
    "home": words("居家|home / 租房小家|small flats"),
    "work": words("上班通勤|work days / 办公室|the office"),
    "out": words("出门在外|days out / 旅行|travel"),
}
"""Context feature → what a product wanted then is good for."""

DAILY_SCENES = words("日常家用|everyday use / 全家人|the whole family / 囤货|stocking up")
SEASONS = {
    "hot": Words("夏季", "summer"),
    "cold": Words("冬季", "winter"),
    "spring": Words("春季", "spring"),
}
