"""Units of measure in Chinese and English, words that count goods, and names of sizes."""

from __future__ import annotations

from collections.abc import Mapping

AMOUNT_UNITS: Mapping[str, str] = {
    "g": "g gram grams gr 克 斤=500 两=50",
    "kg": "kg kgs kilo kilos kilogram kilograms 千克 公斤",
    "mg": "mg 毫克",
    "iu": "iu",
    "mcg": "mcg μg ug 微克",
    "oz": "oz oz. ounce ounces 盎司",
    "lb": "lb lbs lb. lbs. pound pounds 磅",
    "ml": "ml mls 毫升 cl=10 dl=100",
    "l": "l ltr liter liters litre litres 升 公升",
    "fl oz": "fl_oz fl._oz fl._oz. fl_oz. fluid_ounces",
    "qt": "qt qt. quart quarts",
    "gal": "gal gal. gallon gallons 加仑",
    "pint": "pint pints",
    "cu ft": "cu_ft cu._ft. cu._ft cubic_feet cubic_foot",
    "gb": "gb tb=1024 t=1024",
    "mah": "mah 毫安 毫安时",
    "ah": "ah 安时",
    "wh": "wh kwh=1000 度电=1000",
    "w": "w watt watts 瓦 kw=1000 千瓦=1000",
    "v": "v volt volts 伏",
    "hp": "hp 匹 马力",
    "btu": "btu",
}
"""Canonical unit → how it is written, `=` with what one of it is worth; an underscore for a space."""

LENGTH_UNITS: Mapping[str, str] = {
    "mm": "mm 毫米",
    "cm": "cm cms 厘米 公分",
    "m": "m meter meters metre metres 米 公尺",
    "inch": "inch inches in in. \" ” ″ '' 英寸 寸 吋",
    "ft": "ft ft. feet foot 英尺 呎",
    "yd": "yd yds yard yards",
}
"""The same of lengths, which are sizes."""

COUNT_WORDS = """
    pack packs pk count ct pcs pieces piece pc pairs pair sets tablets tablet tabs capsules capsule caplets softgels
    gummies sheets sheet rolls roll bags bag bottles bottle cans can bars pods pouches packets packet sachets boxes
    box cartons refills batteries cartridges bulbs books cards card pens pencils markers crayons tiles pages page
    wipes diapers liners towels cups cup plates bowls cakes sticks teabags tea_bags servings serving loads jars
    tubes units tins eggs patches strips masks blades slices rings hooks hangers candles balls bibs socks
    forks spoons knives tins wraps filters balloons stickers envelopes pads tampons nuggets cookies biscuits muffins
    burgers brushes straws lids containers clips magnets screws nails bits k_cups capsules_pods cloths car cars
    puzzles vials ampoules lozenges dozen
"""
"""English words behind a number that counts goods, an underscore for a space."""

MEASURE_WORDS = "片包袋盒瓶罐支只个条双对件张卷抽枚粒颗块本册页听桶箱杯头枝根把台副组提盏朵株束串筒板贴套尾丸管刀盘扎筐"
"""Chinese words behind a number that count goods."""

NOT_COUNTED = """
    个月 个性 个人 本田 本科 本命 本草 本地 本色 件套 张力 张家 头等 头层 头盔 头戴 头皮 头发 双层 双面 双人 双肩 双色 双头 双芯 双控 双卡 双开 双门 把手 台式 台湾 台灯 台历 台球 台面 根据
    支持 支架 支撑 对讲 对于 套头 套房 套盒 包邮 包包 包厢 包头 包边 包装机 袋鼠 杯子 杯垫 箱子 板鞋 板式 板材 板床 板凳 板擦 刀头 刀片 刀具 块钱 块头 筒灯 管道 页岩 片区 片头 条件 条码 条纹
    组合 组装 贴片 贴膜 只为 株洲 颗粒 粒面 盘子 桶装水机 副驾 册页 听力 枚举 罐头 瓶盖 支付 张嘴 提手 提包 提花 打底 打印 串联 串口 尾灯 尾箱 头灯 头巾 头绳
"""
"""What begins with a measure word and counts nothing."""

LETTER_SIZES = "(?:[sml]|xs|x{1,3}l)[/-](?:[sml]|x{1,3}l)|xxs|xs|xxxxl|xxxl|xxl|xl|[2-8]xl|[1-8]x|x-small|x-large|xx-large|xxx-large|[2-6]x-large|x large|extra large|extra small|one size|plus size"
BED_SIZES = "double|single|twin xl|twin|full|queen|california king|cal king|super king|king|toddler"
"""Sizes of beds and what lies on them."""

ZH_SIZES = "加大码|特大码|大码|均码|中码|小码|加大号|特大号|超大号|大号|中号|小号|加小号|特小号"
