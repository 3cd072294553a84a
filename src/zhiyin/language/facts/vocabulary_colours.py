"""Words for colours in Chinese and English, and the phrases in which such a word is none."""

from __future__ import annotations

from collections.abc import Mapping

COLOURS: Mapping[str, str] = {
    "black": """
        黑色 纯黑 墨黑 漆黑 乌黑 亮黑 曜石黑 石墨黑 午夜黑 哑光黑 磨砂黑 钢琴黑 碳黑 炭黑 玄黑 曜黑 雅黑 经典黑 星空黑 暗夜黑 高级黑 午夜色 black jet_black noir
    """,
    "white": """
        白色 纯白 米白 米白色 雪白 奶白 奶白色 乳白 乳白色 象牙白 珍珠白 本白 漂白色 亮白色 月光白 羊脂白 陶瓷白 云白 哑光白 冰川白 星光白 骨白 暖白 冷白 white off_white ivory
        snow_white eggshell alabaster
    """,
    "red": """
        红色 大红 大红色 深红 酒红 酒红色 枣红 枣红色 玫红 玫红色 玫瑰红 朱红 砖红 砖红色 暗红 鲜红 正红 正红色 橘红 中国红 珊瑚红 樱桃红 复古红 勃艮第红 铁锈红 锈红 西瓜红 胭脂红 绛红 猩红
        宝石红 车厘子红 火焰红 法拉利红 red burgundy crimson scarlet maroon wine_red cherry_red ruby_red brick_red oxblood
        vermilion rose_red
    """,
    "pink": """
        粉色 粉红 粉红色 浅粉 浅粉色 嫩粉 樱花粉 藕粉色 裸粉 裸粉色 豆沙粉 玫粉 玫粉色 桃粉 桃粉色 荧光粉色 干枯玫瑰 蜜桃粉 少女粉 淡粉 淡粉色 脏粉 脏粉色 珊瑚粉 雾粉 奶粉色 芭比粉 灰粉 灰粉色
        pink hot_pink blush_pink dusty_rose magenta fuchsia rose_pink light_pink
    """,
    "orange": """
        橙色 桔色 橘色 橘黄 橘黄色 桔红 桔红色 橙红 橙红色 橘红色 爱马仕橙 活力橙 荧光橙 亮橙 亮橙色 橙黄 橙黄色 珊瑚橙 珊瑚橘 南瓜色 落日橙 脏橘 脏橘色 burnt_orange neon_orange
        terracotta_orange
    """,
    "yellow": """
        黄色 浅黄 淡黄 淡黄色 鹅黄 鹅黄色 明黄 明黄色 姜黄色 柠檬黄 土黄 土黄色 金黄色 奶黄色 米黄 米黄色 荧光黄 芥末黄 杏黄 杏黄色 奶油黄 嫩黄 嫩黄色 香蕉黄 深黄 中黄 yellow
        mustard_yellow lemon_yellow ochre ocher
    """,
    "green": """
        绿色 深绿 浅绿 墨绿 墨绿色 军绿 军绿色 草绿 草绿色 果绿 果绿色 薄荷绿 橄榄绿 翠绿 翠绿色 豆绿 豆绿色 抹茶绿 牛油果绿 苹果绿 荧光绿 祖母绿 豆沙绿 灰绿 灰绿色 暗绿 嫩绿 碧绿 青绿 青绿色
        孔雀绿 复古绿 森林绿 松石绿 湖绿 湖绿色 原野绿 远山绿 青色 豆青 豆青色 薄荷色 橄榄色 牛油果色 军色 竹青色 梅子青 天青色 抹茶色 蒂芙尼绿 green olive_green army_green
        teal emerald seafoam mint_green sage_green forest_green lime_green hunter_green dark_green
    """,
    "blue": """
        蓝色 天蓝 天蓝色 湖蓝 湖蓝色 宝蓝 宝蓝色 深蓝 浅蓝 淡蓝 淡蓝色 墨蓝 墨蓝色 雾霾蓝 克莱因蓝 孔雀蓝 湛蓝 蔚蓝色 冰蓝 冰蓝色 海蓝 海蓝色 牛仔蓝 牛仔蓝色 粉蓝 粉蓝色 灰蓝 灰蓝色 奶蓝 远峰蓝
        电光蓝 荧光蓝 海军蓝色 靛蓝 靛蓝色 靛青 品蓝 复古蓝 婴儿蓝 晴山蓝 冰川蓝 星空蓝 马卡龙蓝 蓝灰色 普鲁士蓝 蒂芙尼蓝 莫兰迪蓝 松石蓝 水蓝色 亮蓝 亮蓝色 皇家蓝 孔雀蓝色 blue
        royal_blue sky_blue light_blue dark_blue baby_blue turquoise cobalt indigo aqua cyan azure ice_blue
        steel_blue
    """,
    "navy": "藏青 藏青色 藏蓝 藏蓝色 海军蓝 navy navy_blue midnight_navy",
    "purple": """
        紫色 深紫 浅紫 淡紫 淡紫色 香芋紫 香芋色 薰衣草紫 丁香紫 葡萄紫 紫红 紫红色 粉紫 粉紫色 烟熏紫 梦幻紫 茄紫 茄紫色 罗兰紫 雪青色 流云紫 灰紫 灰紫色 暗紫 藕紫 藕紫色 芋泥紫 芋紫色
        purple violet lilac plum_purple mauve eggplant_purple deep_purple
    """,
    "brown": """
        棕色 褐色 深棕 浅棕 咖色 咖啡色 驼色 浅驼色 深驼色 栗色 栗棕色 焦糖色 巧克力色 红棕 红棕色 深咖 深咖色 浅咖 浅咖色 黄棕 黄棕色 茶色 茶褐色 琥珀色 胡桃色 黑胡桃色 柚木色 古铜色 摩卡色
        拿铁色 可可色 棕褐色 棕红色 咖棕色 赭石色 巧色 深褐色 浅褐色 奶咖 奶咖色 木色 奶茶色 脏茶色 冷茶色 黑茶色 闷青棕 蜜茶色 栗子色 焦茶色 青木棕 brown tan taupe chestnut_brown
        chocolate_brown coffee_brown dark_brown light_brown
    """,
    "grey": """
        灰色 深灰 浅灰 银灰 银灰色 烟灰 烟灰色 铁灰 铁灰色 雅灰 炭灰 炭灰色 高级灰 水泥灰 太空灰 深空灰 麻灰 麻灰色 花灰 花灰色 灰黑色 暖灰 冷灰 枪灰 枪灰色 枪色 中灰 莫兰迪灰 钛灰 石墨灰 亚麻灰
        青灰 青灰色 星空灰 grey gray charcoal gunmetal space_gray space_grey slate_gray slate_grey graphite heather_grey
        heather_gray
    """,
    "beige": """
        米色 杏色 浅杏色 米杏 米杏色 裸色 肤色 燕麦色 奶油色 亚麻色 沙色 米驼色 奶杏 奶杏色 浅米色 深杏色 肉色 香草色 麦色 奶白杏 beige cream_white oatmeal_beige
    """,
    "khaki": "卡其 卡其色 浅卡其 深卡其 浅卡其色 深卡其色 卡其绿 khaki khakis dark_khaki",
    "gold": """
        金色 玫瑰金 香槟金 香槟色 土豪金 浅金色 流沙金 哑金色 亮金色 古金色 香槟金色 玫瑰金色 暗金色 黑金色 沙金色 琥珀金 雅金 星光金 流光金 钛金色 拉丝金 gold rose_gold
        champagne_gold golden
    """,
    "silver": "银色 亮银色 星空银 冰霜银 月光银 哑银色 雅银 流光银 太空银 钛银色 钛银 皓月银 拉丝银 白银色 silver platinum_silver",
    "multicolour": """
        彩色 多彩 七彩 炫彩 五彩 彩虹色 拼色 撞色 多色 花色 混色 渐变色 五颜六色 迷彩色 迷彩 随机色 multicolor multicolour multi_color multi_colour
        multicolored multicoloured multi_colored rainbow tie_dye camo camouflage
    """,
    "transparent": "crystal_clear 透明 透明色 全透明 高透明 半透明 transparent translucent",
}
"""Canonical colour → words, an underscore for a space; all in the form of `fold`."""

WEAK_COLOURS: Mapping[str, str] = {
    "black": "onyx ebony obsidian midnight raven",
    "white": "pearl snow bone chalk bisque porcelain_white",
    "red": "wine cherry ruby garnet cabernet merlot brick cranberry",
    "pink": "blush rose peach salmon coral bubblegum flamingo peony",
    "orange": "orange tangerine apricot rust pumpkin terracotta papaya",
    "yellow": "mustard lemon canary sunflower",
    "green": "olive lime mint sage avocado pistachio moss jade pine juniper fern matcha",
    "blue": "denim_wash ocean sapphire peacock",
    "purple": "lavender plum grape orchid amethyst eggplant",
    "brown": "chocolate coffee espresso mocha camel caramel cognac chestnut walnut mahogany bronze cocoa java "
    "cappuccino toffee cinnamon hazelnut saddle",
    "grey": "slate pewter smoke ash steel_grey anthracite titanium_grey graphite",
    "beige": "cream sand oatmeal almond nude biscuit linen_white buff ecru champagne_beige",
    "gold": "champagne",
    "silver": "platinum",
    "transparent": "clear",
}
"""Words that are colours only where they stand alone between marks, or after "in"."""

TONE_IDS: Mapping[str, str] = {
    "黑": "black",
    "白": "white",
    "红": "red",
    "蓝": "blue",
    "绿": "green",
    "紫": "purple",
    "灰": "grey",
    "粉": "pink",
    "黄": "yellow",
    "棕": "brown",
    "橙": "orange",
    "金": "gold",
    "银": "silver",
    "青": "green",
}
"""Characters that are a colour before a garment or a part (黑T恤, 红绳), or at the end of a fancy name (星沙白)."""

SHADES = "黑白红蓝绿紫灰棕"
"""How a made-up name of a colour may end (流云紫), on goods of any kind."""

METAL_SHADES = "青橙粉黄金银"
"""The same on devices only, since elsewhere such words are often goods (蛋黄, 奶粉)."""

TONE_HEADS = """
    t恤 衬衫 衬衣 短袖 长袖 卫衣 毛衣 毛衫 针织衫 外套 夹克 风衣 大衣 西装 西服 马甲 背心 连衣裙 半身裙 长裙 短裙 裙 长裤 短裤 牛仔裤 西裤 裤 丝袜 袜 皮鞋 板鞋 运动鞋 高跟鞋 帆布鞋 布鞋 靴 帽
    围巾 腰带 皮带 手套 领带 条纹 格子 花边 丝带
"""
"""Garments and patterns that may follow one of TONES."""

NO_TONE = """
    美白 蛋白 空白 葱白 李白 净白 嫩白 亮白 洁白 焕白 透白 增白 茭白 太白 飞白 告白 表白 漂白 小白 大白 黑白 红白 蓝白 银白 花白 皙白 月白 白白 清白 明白 雪里白 精白 鱼白 口红 腮红 网红 面红
    杨红 西红 女儿红 眼红 飘红 分红 走红 滇红 祁红 宁红 闽红 川红 古树红 正山红 九曲红 花红 通红 映山红 满江红 小红 刘三红 千日红 万年红 状元红 石榴红 藏红 枸杞红 山里红 甘蓝 芥蓝 伽蓝 板蓝 马兰
    碧螺绿 竹叶绿 信阳绿 常绿 碧蓝 叶绿 新绿 安吉绿 黄绿 红绿 花花绿 石灰 草木灰 骨灰 抹灰 香灰 防灰 吸灰 扫灰 除灰 积灰 落灰 掸灰 抹黑 晒黑 变黑 纳豆黑 黄金 白金 铂金 合金 五金 基金 足金 k金
    押金 定金 现金 千金 美金 奖金 郁金 镀金 包金 硬金 古法金 鎏金 烫金 描金 保证金 租金 薪金 淘金 冶金 纯银 水银 白银 足银 苗银 泰银 镀银 收银 藏银 冬青 踏青 刺青 沥青 知青 竹叶青 丹青 常青
    长青 年青 万年青 汗青 垂青 柳青 蛋黄 大黄 地黄 牛黄 韭黄 雌黄 麻黄 硫黄 藤黄 枯黄 脐橙 血橙 甜橙 冰糖橙 香橙 鲜橙 夏橙 油棕 奶粉 面粉 米粉 豆粉 蛋白粉 洗衣粉 粉丝粉 珍珠粉 爽身粉 辣椒粉
    螺蛳粉 散粉 蜜粉 墨黑黑 染黑 甘紫 红紫 万紫 苏紫
"""
"""Phrases that end like a fancy name of a colour, and are none."""

NOT_COLOURS = """
    红色旅游 红色文化 红色经典 红色基因 红色故事 绿色食品 绿色蔬菜 绿色环保 绿色健康 绿色有机 黑色幽默 黑色素 白色恋人 黑色星期五 白色情人节 白色污渍 黑色污渍 白色家电 白色垃圾 黄色污渍 黄色素 红色素 白色鞋
    黑色头发 白色衣物 深色衣物 彩色打印 彩色复印 彩色激光 彩色电视 彩色墨盒 彩色喷墨 彩色多普勒 透明质酸 透明皂 五彩缤纷 七彩云南 七彩阳光 多彩贵州 花色苷 五彩椒 变色 褪色 掉色 染色 肤色修饰 肤色不均
    提亮肤色 均匀肤色 暗沉肤色 金色年华 金色童年 银色年华 粉色系 青色素 木色素 纯白清香 烟灰缸 多色可选 多色选 颜色随机 多色随机 茶色素 肉色素 随机色卡 花色随机 花色可选 去黄 花色多 三花色 多色号 茶色母
    麦色拉 沙色拉 black_friday black_pepper black_tea black_bean black_beans black_coffee black_garlic black_sesame
    black_forest black_seed black_cumin black_rice black_olive black_olives black_label black_cohosh black_currant
    black_ops black_panther black_hole black_belt black_box black_salt black_soap black_widow black_mold black_light
    black_and_decker black_decker white_noise white_sugar white_rice white_wine white_chocolate white_vinegar
    white_tea white_pepper white_bread white_board white_elephant white_label white_beans white_flour white_glue
    white_paper white_musk white_sage white_water white_oak white_cheddar white_mulberry white_gold white_spirit
    white_onion white_clothes white_shoes snow_white_and warm_white cool_white soft_white bright_white_light
    daylight_white red_bull red_wine red_light red_pepper red_rice red_tea red_onion red_lentil red_lentils red_dot
    red_dead red_carpet red_clover red_yeast red_bean red_beans red_eye red_cross red_sox red_oak red_cedar
    red_velvet red_rose red_ginseng red_delicious red_wing red_hot red_beet red_meat red_sea red_grape red_cabbage
    red_raspberry red_river red_hat redwood red_wood green_tea green_bean green_beans green_onion green_coffee
    green_day green_apple green_pepper green_olive green_olives green_lentils green_energy green_planet green_clean
    green_thumb green_card green_gram green_lantern green_giant green_mountain green_works green_screen green_peas
    green_chile green_cardamom green_laser blue_light blue_cheese blue_diamond blue_buffalo blue_ray blue_ridge
    blue_tooth blue_lotus blue_whale blue_spruce blue_jays blue_tape blue_agave blue_corn anti_blue yellow_mustard
    yellow_onion yellow_pages yellow_corn yellow_rice yellow_cake yellow_jacket yellow_pine brown_rice brown_sugar
    brown_bread brown_bear brown_mustard brown_gravy brown_butter brown_noise hash_brown hash_browns brown_spots
    dark_spots golden_retriever golden_syrup golden_state golden_delicious golden_raisins golden_ratio golden_girls
    golden_flax golden_doodle golden_goose golden_hour golden_milk golden_gate golden_age gold_standard gold_bond
    gold_rush gold_medal gold_peak gold_edition gold_series gold_label gold_coast gold_dust gold_leaf gold_star
    gold_class 80_plus_gold plus_gold gold_kiwi gold_blend silver_spoon silver_needle silver_polish silver_fox
    silver_fern silver_ions silver_ion silver_edition silver_series silver_screen silver_line silver_surfer
    quick_silver colloidal_silver nano_silver purple_rice purple_sweet purple_corn purple_yam purple_heart pink_salt
    pink_floyd pink_lady pink_panther pink_himalayan pink_grapefruit pink_lemonade pink_pony purple_rain violet_leaf
    charcoal_grill charcoal_briquettes activated_charcoal bamboo_charcoal charcoal_mask charcoal_pencil
    charcoal_filter charcoal_toothpaste charcoal_starter charcoal_barbecue charcoal_bbq graphite_pencil
    graphite_grease emerald_isle emerald_cut rainbow_trout rainbow_high rainbow_brite rainbow_six scarlet_witch
    scarlet_letter navy_beans navy_seal old_navy teal_swan lilac_scent ivory_soap ivory香皂 ivory_coast
    transparent_tape self_tan sunless_tan tan_lines orange_juice orange_county orange_peel orange_oil orange_marmalade orange_blossom
    orange_chicken orange_pi rose_water rose_hip rose_oil rose_petal mint_tea mint_flavor coral_reef
"""
"""Phrases that hold a word for a colour and name none, an underscore for a space."""
