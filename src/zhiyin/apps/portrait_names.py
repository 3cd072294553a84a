"""Names, in Chinese and English, of the ids that portraits speak in: interests, places, colours and the like."""

from __future__ import annotations

from collections.abc import Mapping

_ZH = {
    "interest": (
        "running 跑步 fitness 健身 yoga 瑜伽 swimming 游泳 cycling 骑行 hiking 徒步 climbing 攀岩 camping 露营 fishing 钓鱼 "
        "surfing 冲浪 diving 潜水 skiing 滑雪 skating 滑冰 skateboarding 滑板 basketball 篮球 football 足球 badminton 羽毛球 "
        "table_tennis 乒乓球 tennis 网球 volleyball 排球 golf 高尔夫 baseball 棒球 martial_arts 武术格斗 dancing 跳舞 "
        "rope_skipping 跳绳 horse_riding 骑马 motorcycling 摩托车 cars 汽车 ultimate_frisbee 飞盘 archery 射箭 sailing 划船 "
        "drones 无人机 esports 电竞 films 电影 science_fiction 科幻 horror 恐怖片 tv_series 追剧 anime 动漫 documentaries 纪录片 "
        "variety_shows 综艺 music 音乐 rock_music 摇滚乐 classical_music 古典音乐 jazz 爵士乐 folk_music 民谣 hip_hop 说唱 "
        "kpop K-pop live_music 现场音乐 vinyl 黑胶唱片 podcasts 播客 theatre 话剧 chinese_opera 戏曲 exhibitions 看展 "
        "photography 摄影 videography 拍视频 painting 画画 calligraphy 书法 pottery 陶艺 knitting 编织 sewing 缝纫 woodworking 木工 "
        "diy_crafts 手工 model_making 拼模型 building_blocks 积木 jigsaw 拼图 writing 写作 guitar 吉他 piano 钢琴 "
        "string_instruments 弦乐 drums 打鼓 singing 唱歌 coding 编程 electronics 数码 three_d_printing 3D打印 keyboards 机械键盘 "
        "audio 音响 smart_home 智能家居 design 设计 reading 读书 history 历史 philosophy 哲学 psychology 心理学 economics 经济学 "
        "artificial_intelligence 人工智能 science 科学 mathematics 数学 astronomy 天文 languages 学外语 chess 下棋 board_games 桌游 "
        "video_games 游戏 magic 魔术 collecting 收藏 trading_cards 集卡 designer_toys 潮玩 dolls 娃娃 watches 手表 antiques 古董文玩 "
        "investing 理财 cooking 做饭 baking 烘焙 coffee 咖啡 tea 喝茶 wine 葡萄酒 craft_beer 精酿 cocktails 调酒 food 美食 desserts 甜品 "
        "vegetarian_food 素食 gardening 园艺 house_plants 绿植 flower_arranging 插花 home_decor 布置家 tidying 收纳 cats 猫 dogs 狗 "
        "fish_keeping 养鱼 birds 鸟 small_pets 小宠物 fashion 穿搭 sneakers 球鞋 handbags 包 jewellery 首饰 hanfu 汉服 cosplay cosplay "
        "beauty 化妆 skincare 护肤 perfume 香水 nail_art 美甲 travel 旅行 sea 大海 shopping 逛街 parenting 亲子 volunteering 公益 "
        "hot_springs 泡温泉 meditation 冥想 trains 火车 aviation 航空 military 军事 folk_crafts 民俗非遗"
    ),
    "life_event": (
        "moving 搬家 new_job 新工作 promotion 升职 retirement 退休 engagement 订婚 wedding 结婚 new_baby 家里添了宝宝 graduation 毕业 "
        "school_start 开学 travel 出行 new_pet 家里来了宠物 birthday 过生日 new_home 新房 new_car 新车"
    ),
    "occasion": (
        "gift 送礼 spring_festival 春节 valentines_day 情人节 mothers_day 母亲节 fathers_day 父亲节 teachers_day 教师节 "
        "childrens_day 儿童节 qixi 七夕 dragon_boat 端午 mid_autumn 中秋 national_day 国庆 labour_day 五一 christmas 圣诞节 "
        "new_year 新年 halloween 万圣节 thanksgiving 感恩节 back_to_school 开学 anniversary 纪念日 birthday 生日 wedding 婚礼 "
        "graduation 毕业 housewarming 乔迁 new_baby 新生儿"
    ),
    "place": (
        "park 公园 cinema 电影院 theatre 剧院 mall 商场 supermarket 超市 gym 健身房 stadium 体育馆 pool 游泳池 ice_rink 滑冰场 "
        "ski_resort 滑雪场 beach 海边 lake 水边 mountain 山上 forest 森林 camp_site 营地 zoo 动物园 aquarium 海洋馆 "
        "amusement_park 游乐园 museum 博物馆 gallery 美术馆 library 图书馆 bookstore 书店 school 学校 office 公司 home 家里 "
        "restaurant 餐厅 cafe 咖啡馆 bar 酒吧 karaoke KTV hotel 酒店 airport 机场 station 车站 train 车上 market 集市 "
        "playground 儿童乐园 farm 农场 hair_salon 理发店 pet_shop 宠物店 concert 演唱会 exhibition 展览 travel 旅行"
    ),
    "aspect": (
        "taste 味道 freshness 新鲜 portion 分量 portability 轻便 ingredients 成分 waiting 等候 location 位置 cleanliness 干净 "
        "ambience 氛围 room 房间 breakfast 早餐 service 服务 content 内容 print 印刷 looks 外观 function 功能 sound 声音 "
        "comfort 舒适 effect 效果 quality 质量 texture 质地 battery 电池 performance 性能 screen 屏幕 camera 拍照 controls 操作 "
        "size 尺寸 delivery 物流 packaging 包装 price 价格 authenticity 正品 ease 好用 scent 气味"
    ),
    "colour": (
        "black 黑色 white 白色 red 红色 pink 粉色 orange 橙色 yellow 黄色 green 绿色 blue 蓝色 navy 藏青色 purple 紫色 brown 棕色 "
        "grey 灰色 beige 米色 khaki 卡其色 gold 金色 silver 银色 multicolour 彩色 transparent 透明"
    ),
    "material": (
        "cotton 棉 wool 羊毛 cashmere 羊绒 linen 亚麻 silk 丝绸 polyester 涤纶 nylon 尼龙 modal 莫代尔 chiffon 雪纺 velvet 丝绒 "
        "fleece 抓绒 denim 牛仔布 canvas 帆布 down 羽绒 plush 毛绒 mesh 网布 leather 皮革 faux-leather 仿皮 suede 麂皮 rubber 橡胶 "
        "latex 乳胶 foam 海绵 silicone 硅胶 plastic 塑料 resin 树脂 acrylic 亚克力 glass 玻璃 ceramic 陶瓷 wood 木头 bamboo 竹 "
        "rattan 藤 sisal 剑麻 paper 纸 iron 铁 steel 钢 stainless-steel 不锈钢 aluminium 铝 titanium 钛 copper 铜 brass 黄铜 "
        "gold 黄金 silver 银 platinum 铂金 carbon-fibre 碳纤维 pearl 珍珠 crystal 水晶 jade 玉"
    ),
    "season": "spring 春季 summer 夏季 autumn 秋季 winter 冬季",
    "audience": (
        "women 女士 men 男士 boys 男孩 girls 女孩 kids 孩子 baby 宝宝 students 学生 adults 成人 elderly 老人 unisex 所有人 dog 狗 cat 猫"
    ),
    "tie": (
        "friend 朋友 family 家人 partner 伴侣 colleague 同事 acquaintance 熟人 follow 关注的人 trust 信任的人 tie 认识的人 "
        "classmate 同学 neighbour 邻居 best_friend 好友 teacher 老师 student 学生"
    ),
    "facet": (
        "colour 颜色 material 材质 season 季节 audience 适合 type 类型 scene 场景 size 尺码 style 风格 model 型号 pattern 图案 "
        "flavour 口味 flavor 口味 author 作者"
    ),
}  # fmt: skip

_EN = {
    "interest": {
        "tv_series": "TV series", "kpop": "K-pop", "diy_crafts": "DIY crafts", "three_d_printing": "3D printing", "sea": "the sea",
        "chinese_opera": "Chinese opera",
    },
    "life_event": {
        "moving": "a move", "new_job": "a new job", "promotion": "a promotion", "engagement": "an engagement", "wedding": "a wedding",
        "new_baby": "a new baby", "travel": "a trip", "school_start": "the start of school", "new_pet": "a new pet",
        "birthday": "a birthday", "new_home": "a new home", "new_car": "a new car",
    },
    "occasion": {
        "gift": "a gift", "spring_festival": "the Spring Festival", "valentines_day": "Valentine's Day",
        "mothers_day": "Mother's Day", "fathers_day": "Father's Day", "teachers_day": "Teachers' Day",
        "childrens_day": "Children's Day", "qixi": "Qixi", "dragon_boat": "the Dragon Boat Festival",
        "mid_autumn": "the Mid-Autumn Festival", "national_day": "National Day", "labour_day": "Labour Day",
        "christmas": "Christmas", "new_year": "the New Year", "halloween": "Halloween", "thanksgiving": "Thanksgiving",
        "back_to_school": "going back to school", "anniversary": "an anniversary", "birthday": "a birthday", "wedding": "a wedding",
        "graduation": "a graduation", "housewarming": "a housewarming", "new_baby": "a new baby",
    },
    "place": {
        "home": "home", "karaoke": "a karaoke bar", "concert": "a concert", "exhibition": "an exhibition", "farm": "a farm",
        "restaurant": "a restaurant", "cafe": "a café", "bar": "a bar", "hotel": "a hotel", "camp_site": "a camp site",
        "bookstore": "a bookshop", "pet_shop": "a pet shop", "hair_salon": "the hairdresser's", "mountain": "the mountains",
        "travel": "another place", "market": "a market",
    },
    "aspect": {"ease": "ease of use", "function": "what it can do", "print": "the print", "portability": "how easy it is to carry"},
    "audience": {"baby": "babies", "elderly": "older people", "unisex": "everybody", "dog": "dogs", "cat": "cats"},
    "tie": {"tie": "somebody you know", "follow": "somebody you follow", "trust": "somebody you trust"},
    "ties": {
        "friend": "Friends", "family": "Family", "partner": "Partner", "colleague": "Colleagues", "acquaintance": "Acquaintances",
        "follow": "People you follow", "trust": "People you trust", "tie": "People you know", "classmate": "Classmates",
        "neighbour": "Neighbours", "best_friend": "Best friends", "teacher": "Teachers", "student": "Students",
    },
}  # fmt: skip


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_READ = {kind: _pairs(text) for kind, text in _ZH.items()}
NAMES: Mapping[str, Mapping[str, str]] = {**_READ, "ties": _READ["tie"]}
"""Kind of id → id → its Chinese name."""


def name_of(kind: str, value: str, language: str) -> str:
    """Return an id in words; what is no id, such as a shop's own brand, stands as it is.

    Args:
        kind: of id, such as ``interest``.
        value: the id.
        language: ``zh`` or ``en``.

    >>> name_of("interest", "table_tennis", "zh"), name_of("interest", "table_tennis", "en")
    ('乒乓球', 'table tennis')
    >>> name_of("place", "ice_rink", "en"), name_of("place", "西湖", "en")
    ('the ice rink', '西湖')
    """
    known = NAMES.get(kind, {})
    if value not in known:
        return value
    if language == "zh":
        return known[value]
    plain = value.replace("_", " ").replace("-", " ")
    return _EN.get(kind, {}).get(value, f"the {plain}" if kind == "place" else plain)
