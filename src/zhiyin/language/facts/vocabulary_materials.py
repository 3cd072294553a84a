"""Words for materials in Chinese and English, and the phrases in which such a word is none."""

from __future__ import annotations

from collections.abc import Mapping

MATERIALS: Mapping[str, str] = {
    "cotton": """
        纯棉 全棉 棉质 精梳棉 长绒棉 新疆棉 有机棉 棉布 水洗棉 匹马棉 埃及棉 丝光棉 天竺棉 棉纱 竹节棉 重磅棉 色织棉 彩棉 棉麻 老粗布 cotton organic_cotton pima_cotton
        combed_cotton egyptian_cotton percale
    """,
    "wool": "羊毛 美利奴 美利奴羊毛 纯羊毛 澳毛 羔羊毛 羊驼毛 羊毛呢 wool merino merino_wool lambswool woolen alpaca",
    "cashmere": "羊绒 山羊绒 开司米 纯羊绒 cashmere",
    "linen": "亚麻 苎麻 麻布 雨露麻 linen flax_linen",
    "silk": "真丝 桑蚕丝 蚕丝 丝绸 柞蚕丝 香云纱 silk mulberry_silk",
    "polyester": "涤纶 聚酯纤维 聚酯 polyester",
    "nylon": "尼龙 锦纶 牛津布 nylon oxford_cloth cordura ripstop_nylon",
    "modal": "莫代尔 modal",
    "chiffon": "雪纺 chiffon",
    "velvet": "天鹅绒 丝绒 金丝绒 velvet velour",
    "fleece": "抓绒 摇粒绒 珊瑚绒 法兰绒 法莱绒 羊羔绒 牛奶绒 云貂绒 北极绒面料 polar_fleece fleece sherpa",
    "denim": "牛仔 牛仔布 丹宁 denim",
    "canvas": "帆布 canvas",
    "down": """
        羽绒 白鸭绒 鸭绒 白鹅绒 鹅绒 灰鸭绒 灰鹅绒 goose_down duck_down down_jacket down_comforter down_coat down_vest down_pillow
    """,
    "plush": "毛绒 长毛绒 短毛绒 水晶超柔 plush",
    "mesh": "网布 网面 网纱 网眼布 飞织网面 mesh breathable_mesh",
    "leather": """
        真皮 牛皮 头层牛皮 羊皮 皮质 小牛皮 绵羊皮 山羊皮 猪皮 鳄鱼皮 头层皮 植鞣皮 鹿皮 全皮 皮革 纳帕皮 蟒蛇皮 疯马皮 二层牛皮 软牛皮 leather genuine_leather
        full_grain_leather cowhide sheepskin
    """,
    "faux-leather": """
        pu皮 pu皮革 仿皮 人造革 超纤皮 人造皮 pu革 科技皮 合成革 仿真皮 环保皮 猫抓皮 超纤革 faux_leather pu_leather vegan_leather synthetic_leather
        composite_leather artificial_leather leatherette imitation_leather bonded_leather
    """,
    "suede": "麂皮 磨砂皮 反绒皮 翻毛皮 反毛皮 麂皮绒 suede nubuck microsuede",
    "rubber": "橡胶 橡胶底 天然橡胶 丁腈 丁腈橡胶 rubber neoprene nitrile natural_rubber",
    "latex": "乳胶 天然乳胶 latex",
    "foam": "记忆棉 慢回弹 泡沫 高密度海绵 海绵 高回弹海绵 memory_foam foam foams xpe eva泡沫",
    "silicone": "硅胶 液态硅胶 食品级硅胶 硅橡胶 silicone silicon_rubber",
    "plastic": """
        塑料 pvc abs pp聚丙烯 pp材质 pc材质 pc聚碳酸酯 聚碳酸酯 聚丙烯 聚乙烯 tritan 塑胶 abs塑料 食品级pp tpu 密胺 聚氨酯 pp塑料 pc塑料 pet塑料 plastic
        polycarbonate polypropylene polyethylene melamine hdpe
    """,
    "resin": "树脂 resin polyresin",
    "acrylic": "亚克力 有机玻璃 腈纶 acrylic plexiglass",
    "glass": "玻璃 高硼硅玻璃 高硼硅 钢化玻璃 耐热玻璃 琉璃 glass borosilicate tempered_glass borosilicate_glass",
    "ceramic": """
        陶瓷 骨瓷 白瓷 瓷器 紫砂 陶土 粗陶 青瓷 建盏 汝窑 德化白瓷 釉下彩 搪瓷胎 ceramic ceramics porcelain bone_china stoneware terracotta_clay
        earthenware pottery fine_china
    """,
    "wood": """
        实木 木质 木制 红木 橡木 胡桃木 黑胡桃木 松木 榉木 桦木 榆木 樟木 檀木 柚木 紫檀 花梨木 酸枝 乌木 木头 原木 白蜡木 橡胶木 鸡翅木 香樟木 杉木 桐木 楠木 荷木 相思木 黄杨木 梨花木 枫木
        橡胶实木 杨木 木艺 小叶紫檀 桃木 老山檀 楸木 泡桐木 全实木 多层板 胶合板 密度板 樱桃木 wood wooden solid_wood solid_oak solid_pine solid_walnut
        solid_mahogany oak_veneer walnut_veneer hardwood oak_wood walnut_wood pine_wood acacia_wood beech_wood
        acacia rubberwood plywood teak sheesham birch mdf engineered_wood beechwood mango_wood cedar
    """,
    "bamboo": "竹制 竹编 竹质 楠竹 整竹 竹木 竹子 毛竹 碳化竹 bamboo",
    "rattan": "藤编 藤制 藤条 pe藤 rattan wicker",
    "sisal": "剑麻 sisal",
    "paper": "牛皮纸 纸质 宣纸 kraft_paper",
    "iron": "铸铁 铁艺 熟铁 生铁 铁制 精铁 马口铁 锻铁 铁质 铸铁搪瓷 珐琅铸铁 cast_iron wrought_iron enameled_cast_iron",
    "steel": """
        碳钢 高碳钢 钢制 钢质 锰钢 大马士革钢 冷轧钢 镀锌钢 弹簧钢 carbon_steel steel alloy_steel galvanized_steel damascus_steel
        high_carbon_steel
    """,
    "stainless-steel": "不锈钢 304不锈钢 316不锈钢 316l不锈钢 医用不锈钢 430不锈钢 316l钢 304钢 三层钢 stainless_steel stainless",
    "aluminium": "铝合金 航空铝 铝制 铝箔 铝质 铝镁合金 太空铝 镁铝合金 压铸铝 aluminium aluminum anodized_aluminum cast_aluminum",
    "titanium": "纯钛 钛合金 钛金属 钛钢 titanium titanium_steel",
    "copper": "纯铜 紫铜 全铜 红铜 铜制 铜芯 精铜 copper",
    "brass": "黄铜 brass",
    "gold": """
        黄金 18k金 k金 纯金 24k金 14k金 9k金 硬金 包金 镀金 古法金 5g黄金 5d硬金 3d硬金 玫瑰金镀层 solid_gold gold_plated gold_filled yellow_gold
        white_gold gold_vermeil
    """,
    "silver": "纯银 925银 银饰 泰银 银质 苗银 999银 镀银 sterling_silver 925_silver silver_plated fine_silver",
    "platinum": "铂金 白金",
    "carbon-fibre": "碳纤维 碳素 全碳 carbon_fiber carbon_fibre",
    "pearl": "珍珠 淡水珍珠 海水珍珠 akoya pearl freshwater_pearl pearls",
    "crystal": "水晶 天然水晶 粉晶 紫水晶 白水晶 crystal crystals quartz_crystal",
    "jade": "翡翠 和田玉 岫玉 碧玉 白玉 玉石 冰种翡翠 南红玛瑙玉 jade jadeite",
}
"""Canonical material → words, an underscore for a space; all in the form of `fold`."""

CARE = """
    清洁 清洗 护理 保养 去污 养护 抛光 修复 修补 除锈 防锈 除垢 补色 上光 粘 胶水 胶 专用胶 漆 油漆 喷漆 钻头 开孔器 切割 打磨 清洁剂 清洗剂 护理油 护理剂 去油 划痕 鞋油 翻新 喷雾 洗涤 洗衣液
    洗衣 蜡 cleaner cleaners cleaning conditioner polish polishing care restorer repair protector protectant stain
    stains wax glue adhesive filler paint primer drill bit bits cutter shampoo wash marker wipes wipe treatment
    restoration dye putty sealer sealant finish lacquer varnish cement epoxy
"""
"""What is for a material and not of it, where it follows the material."""

NOT_MATERIALS = """
    棉花糖 棉签 棉球 化妆棉 卸妆棉 棉棒 棉服 棉衣 棉裤 棉袄 棉鞋 棉拖 棉拖鞋 棉花 棉花娃娃 木棉花 木棉 石棉 岩棉 隔音棉 棉被 洗脸棉 棉柔巾 一次性棉 卫生棉 过滤棉 棉花籽 棉马甲 棉絮 丝棉 腈纶棉
    纤维棉 珍珠棉 喷胶棉 蚕丝面膜 羊毛卷 羊毛脂 羊毛党 蚕丝蜜粉 蚕丝蛋白 蚕丝面 蚕丝膜 蚕丝洁面 真丝面膜 牛皮癣 羊皮纸 牛皮纸袋 真皮层 皮质醇 皮质层 牛皮糖 猪皮冻 羊皮卷 鹿皮巾 鹿皮绒 西皮流水 玻璃纸
    玻璃水 玻璃胶 玻璃清洁 玻璃清洗 擦玻璃 玻璃刮 玻璃纤维 玻璃钢 玻璃心 玻璃膜 玻璃贴 玻璃门 玻璃窗 玻璃罩 玻璃珠 玻璃镀膜 车窗玻璃 玻璃油膜 玻璃除 玻璃防 玻璃擦 玻璃吸 玻璃尿酸 玻璃质酸 瓷砖 瓷娃娃
    陶瓷胶 瓷贴 瓷缝 美瓷 瓷牙 牙瓷 景德镇 青花瓷 陶渊明 陶艺 陶瓷釉 郁陶 木瓜 木耳 木糖醇 木薯 木须 木兰 原木风 原木色 原木浆 原木纯品 原木现代 原木纸 橡木桶 檀木香 红木家具 柚木色 胡桃木色 木质调
    木质香 木质素 橡木色 松木香 实木颗粒 实木护理 木头人 樱桃木色 红木蜡 松木粒 松木猫砂 竹笋 竹荪 竹炭 竹纤维 竹浆 竹叶 竹盐 竹蜻蜓 竹鼠 竹节 竹签 爆竹 竹筒 竹林 竹升 文竹 竹芋 富贵竹 水竹 紫竹
    罗汉竹 竹蛏 竹沥 竹茹 青竹 竹妃 竹柏 南天竹 转运竹 竹醋 竹荪蛋 藤椒 藤茶 鸡血藤 常青藤 葡萄藤 红藤 藤壶 藤本 雷公藤 藤黄 钩藤 青藤 藤原 藤田 加藤 绿藤 常春藤 虎皮藤 斋藤 伊藤 佐藤 铁观音
    铁皮石斛 铁棍 铁皮枫斗 补铁 高铁 地铁 铁三角 钢铁侠 铁路 铁线莲 铁锅炖 铁蛋 铁板 葡萄糖酸亚铁 铁剂 含铁 铁锌 钙铁 吸铁石 磁铁 铁元素 铁人 铁树 铁血 铁饼 铁锹 马铁 铁锈 铁粉 铁氟龙 铁木真 富铁
    加铁 铁质叶酸 铁质米粉 铁核桃 老铁 铁山药 铁山 铁将军 铁达尼 铁罗汉 铁盒 铁盒装 铁罐 铁罐装 钢管舞 钢琴 钢笔 钢丝球 钢化膜 铜牛 铜锣 铜师傅 青铜器 铜雀 铜钱草 铜陵 铜仁 铝碳酸镁 铝箔纸 铝膜 纯铝色
    铝箔袋 铝箔包装 铝合金门窗 铝塑 钛白粉 二氧化钛 钛媒体 钛度 黄金周 黄金搭档 黄金酒 黄金豆 黄金奇异果 黄金糕 黄金比例 黄金百香果 黄金叶 黄金时代 黄金甲 黄金瓜 黄金芽 黄金桂 黄金糖 黄金鸡 黄金右脚
    黄金眼 黄金面膜 黄金玉米 黄金虾 黄金薯 黄金炒饭 黄金奶盖 黄金牛 黄金素 黄金蟹 黄金糯 黄金米 白金汉 白金版 白金卡 白金效 白金装 钻石 珍珠奶茶 珍珠粉 珍珠米 珍珠鸡 珍珠港 珍珠霜 珍珠膏 珍珠白 珍珠明目
    珍珠面膜 珍珠糯 珍珠丸 珍珠岩 珍珠贝 珍珠豆 黑珍珠 小珍珠米 珍珠美白 珍珠散 珍珠枣 珍珠菜 珍珠番茄 珍珠圆 珍珠泥 珍珠果 珍珠棉 珍珠芋圆 奶茶珍珠 水晶镀膜 水晶釉 水晶硬蜡 水晶泥 水晶虾 水晶粉丝 水晶粉
    水晶包 水晶皂 水晶头 水晶葡萄 水晶梨 水晶饺 水晶糕 水晶滴胶 水晶板 水晶宫 水晶贴 水晶膜 水晶球糖 水晶糖 水晶冻 水晶蜡 水晶脆 水晶柿 水晶之恋 水晶绒 玉米 玉兰 玉泽 玉竹 玉器 白玉菇 玉露 玉兰油 玉林
    玉女 玉树 玉壶春 玉液 玉屏风 玉石粉 宝玉 玉龙 玉子 玉环 红玉 蟹味菇 翡翠台 翡翠葡萄 白玉兰 白玉蜗牛 玉冰烧 玉溪 玉簪 碧玉珠 白玉豆 玉髓 贾宝玉 玉麒麟 白玉丸 冰糖白玉 白玉枇杷 玉观音 海绵宝宝
    海绵蛋糕 海绵拖把 海绵擦 乳胶漆 乳胶手套 树脂胶 硅胶干燥剂 橡胶树 橡胶手套 泡沫洁面 泡沫洗手 洗手泡沫 泡沫洗 泡沫剂 泡沫胶 泡沫洁 泡沫染 泡沫喷 泡沫清洁 泡沫之夏 泡沫箱 泡沫箱装 泡沫包装 洁面泡沫
    泡沫型 泡沫枪 泡沫填充 泡沫防晒 牛仔骨 牛仔粒 牛仔很忙 牛仔帽 西部牛仔 牛仔腿 帆布印 法兰绒蛋糕 丝绒蛋糕 丝绒口红 丝绒唇 丝绒哑光 丝绒雾面 丝绒雾感 丝绒拿铁 红丝绒 黑丝绒 天鹅绒唇 亚麻籽 亚麻油 亚麻酸
    亚麻色 亚麻灰 亚麻仁 麻布袋 毛绒绒 网面罩 雪纺蛋糕 碳素墨 碳素笔 银耳 金银花 银杏 银鱼 银鳕鱼 塑料袋 碳纤维膜 牛皮菜 猪皮卷 羊绒洗 水晶泡泡 棉质纹 新疆棉花 白瓷娃娃 白瓷肌 陶瓷清洁 纸质书 毛绒狗
    建盏茶叶 白鸭绒洗 皮革厂 cotton_candy cotton_swab cotton_swabs cotton_ball cotton_balls cotton_pads cotton_buds
    cotton_rounds cotton_seed cottonseed cotton_tail cotton_scent fresh_cotton clean_cotton steel_wool mineral_wool
    rock_wool wool_wash wool_dryer corn_silk silk_peptide silk_tree silk_road silk_screen silk_protein silk_almond
    silk_flowers linen_spray linen_closet linen_water fresh_linen linen_scent linen_mist clean_linen fine_crystal
    crystal_light crystal_deodorant crystal_cat crystal_litter crystal_river crystal_geyser crystal_hot
    liquid_crystal pearl_barley pearl_onions pearl_sugar pearl_couscous pearl_jam pearl_harbor pearl_milk
    tapioca_pearls pearl_snap bath_pearls glass_noodles glass_noodle glass_cleaner glass_wipes magnifying_glass
    glass_ceiling looking_glass hour_glass spy_glass glass_door glass_animals stained_glass_book fiber_glass
    glass_fiber eye_glass rubber_bands rubber_band rubber_duck rubber_ducky rubber_stamp rubber_cement latex_paint
    acrylic_paint acrylic_paints acrylic_marker acrylic_markers acrylic_powder acrylic_yarn_needle canvas_app
    foam_roller foam_cleanser foaming foam_wash shaving_foam foam_soap facial_foam foam_party foam_board foam_gun
    foam_cannon expanding_foam spray_foam styling_foam milk_foam plastic_wrap plastic_bags plastic_bag plastic_free
    plastic_surgery plastic_fork resin_printer resin_dye paper_towels paper_towel wood_glue wood_stain wood_filler
    wood_chips wood_pellets wood_burning wood_screws wood_screw wood_saw wood_carving woodwork wood_scent wood_wick
    wood_chisel wood_drill sandal_wood cedar_wood_oil wood_smoke wood_fired wood_stove wood_splitter wood_router
    wood_block_print wood_plank_look wood_look wood_grain wood_tone wood_effect birch_syrup birch_water cedar_oil
    cedar_scent cedar_rapids teak_oil birch_tree bamboo_shoots bamboo_shoot bamboo_charcoal bamboo_plant
    bamboo_viscose lucky_bamboo bamboo_salt bamboo_leaf steel_magnolias steel_toe steel_cut man_of_steel steel_drum
    steel_string copper_peptide copper_peptides copper_supplement copper_river copper_fit copper_bisglycinate
    titanium_dioxide titanium_white gold_bond silver_nitrate colloidal_silver platinum_edition platinum_series
    platinum_grade brass_knuckles brass_band brass_instrument french_horn down_under down_to velvet_underground
    red_velvet velvet_matte velvet_lip velvet_cake velvet_bean blue_velvet suede_shampoo leather_conditioner
    leather_cleaner leather_scent leather_bound_book leather_oud leather_honey leather_dye leather_balm
    leather_punch leather_craft denim_day canvas_art_tv canvas_print canvas_prints canvas_wall_art canvas_painting
    mesh_wifi mesh_router mesh_system whole_home_mesh mesh_network wifi_mesh mesh_wi_fi fleece_wash
    plush_microfiber_towel nylon_guitar nylon_strings modal_window ceramic_coating ceramic_tile_adhesive
    nano_ceramic ceramic_window ceramic_sealant ceramic_wax ceramic_spray ceramic_brake porcelain_tile_cleaner
    melamine_sponge iron_supplement jade_plant jade_roller_book jade_empire quartz_watch satin_nickel
    brushed_stainless_cleaner alpaca_toy walnut_wood_scent pine_wood_scent sherpa_guide quartz_movement teak_surfing
    aluminum_free aluminum_chloride zinc_free non_stick_aluminum_free
"""
"""Phrases that hold a word for a material and name none, an underscore for a space."""

GRADES: Mapping[str, str] = {
    "gold": "足金 万足金 千足金 au999 au750",
    "silver": "足银 s925 s925银 s999 s999银 s999足银 s990",
    "platinum": "pt950 pt999 足铂",
    "stainless-steel": "sus304 316l",
}
"""Grades of metals, which name the metal where nothing else does."""

LONE_MATERIALS: Mapping[str, str] = {
    "棉": "cotton 袜 t恤 内裤 毛巾 睡衣 睡裙 四件套 被套 床单 床品 浴巾 衬衫 短袖 裙 短裤 背心 布 混纺 手帕 纱布 面料 文胸 三角裤 平角裤",
    "铁": "iron 锅 水壶 架 床 艺 桶 链 丝 网 壶 门 盘 栅栏 质 制 皮柜 柜",
    "竹": "bamboo 砧板 菜板 筷 席 凉席 椅 篮 篓 垫 篦 帘 扫把 床 蒸笼 梯 制 编 质 勺 架 躺椅 凳 桌 篾 盘 夹",
    "藤": "rattan 椅 席 沙发 篮 筐 箱 桌 制 编 条 床 艺",
    "铜": "copper 锅 壶 水壶 锁 火锅 盆 门 手炉 香炉 铃 管 水龙头 龙头 制 摆件 把手 葫芦 角阀 地漏 阀 丝",
    "铝": "aluminium 锅 盆 壶 框 合金 制 质 管 板 型材 梯 盒",
    "钛": "titanium 杯 锅 碗 保温杯 筷 制 架 眼镜",
    "木": "wood 桌 椅 床 梳 勺 筷 凳 柜 架 盒 碗 箱 门 马 制 质 铲 盘 雕 枕 质 地板 沙发 托盘 玩具 积木",
    "玉": "jade 镯 手镯 吊坠 佩 坠 戒 石手 手串 项链 枕 扳指",
    "瓷": "ceramic 碗 盘 勺 杯 壶 瓶 盆 罐 餐具 砖盆 茶具 花瓶",
    "陶": "ceramic 壶 瓷 罐 锅 盆 碗 杯 制 土 花盆",
    "银": "silver 手镯 镯 项链 戒指 耳钉 耳环 手链 吊坠 饰 碗 筷 锁 对戒 耳坠",
    "钢": "steel 架 制 质 管 板 丝绳 锅 勺",
    "麻": "linen 布 质 衬衫 料",
}
"""A material's character → the material, and what may follow the character."""
