"""Words for seasons, people and pets, what a title is about, and what stands around brands."""

from __future__ import annotations

from collections.abc import Mapping

SEASONS: Mapping[str, str] = {
    "spring": "springtime",
    "summer": "盛夏 初夏 炎夏 summer summertime",
    "autumn": "初秋 深秋 autumn",
    "winter": "寒冬 初冬 winter wintertime",
}
"""Canonical season → words, in the form of `fold`."""

SEASON_TONES: Mapping[str, str] = {"春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter"}

AFTER_SEASON = "季天日款装新薄厚女男童中短长外上打睡被凉两穿用初必百加针t衬牛卫毛羽轻保连内居家透速宝韩宽气早出室"
"""How a word may begin that follows 春, 夏, 秋 or 冬 as a season."""

AFTER_PERSON = "夏春秋冬款式士装鞋包裤裙表袜内外大小薄厚高休运短长上中青爸妈童宝男女老学生保加防新夹羽打睡百通韩潮宽修真纯牛棉针羊"
"""How a word may begin that follows 男 or 女 as somebody to wear it."""

NOT_SEASONS = """
    夏威夷 华夏 宁夏 夏普 夏目 夏朵 夏新 夏士莲 夏桑菊 夏枯草 夏黑 夏橙 夏家 夏令营 夏洛 夏洛特 仲夏 大夏 夏凉 夏娃 夏利 春联 挥春 春节 春卷 春晚 春秋战国 春秋左传 吕氏春秋 春秋航空 春秋椅 青春
    长春 春药 春见 春笋 春饼 春雷 春风 春光 春天百货 春竹 春砂仁 怀春 伊春 宜春 富春 玉壶春 剑南春 碧螺春 迎春 回春 永春 阳春 立春 春分 冬至 立夏 夏至 立秋 秋分 立冬 秋葵 秋田 秋千 秋梨 秋刀鱼
    秋月梨 秋裤 秋衣 秋林 秋名山 千秋 中秋 秋水 秋海棠 秋香 秋石斛 知秋 冬瓜 冬虫 冬菇 冬枣 冬奥 冬阴功 冬笋 冬菜 冬粉 冬荫功 麦冬 天冬 款冬 忍冬 冬青 冬泳 冬令营 冬凌草 冬蜜 冬己 冬瓜茶
    spring_mattress pocket_spring spring_water spring_onion spring_onions spring_roll spring_rolls spring_loaded
    box_spring spring_scale spring_clip spring_mix spring_hinge irish_spring spring_steel spring_valley coil_spring
    spring_break spring_form springs summer_sausage summer_infant summer_house summer_squash donna_summer
    summer_camp winter_melon winter_squash winter_soldier winter_wheat winter_garden winterfell autumn_forest
    winter_park fall_protection fall_guys fall_arrest water_fall rainfall summer_savory summer_fridays
    endless_summer spring_assisted spring_tension spring_fresh
"""
"""Phrases that hold a season and name none."""

AUDIENCES: Mapping[str, str] = {
    "women": """
        女士 女款 女式 女性 女生 妇女 孕妇 孕妈 孕妈妈 产妇 女装 女鞋 女包 女裤 女裙 女表 女袜 女靴 女童妈妈 少女 女人 淑女 熟女 女用 轻熟女 女孕妇 哺乳期 月子服 妈妈装 妈妈鞋 女友 women
        women's womens woman woman's ladies lady ladies' maternity pregnant misses
    """,
    "men": "男士 男款 男式 男性 男生 男装 男鞋 男包 男裤 男表 男袜 男靴 男人 男用 爸爸装 爸爸鞋 男朋友 男友款 men men's mens gentlemen gents",
    "boys": "男童 男孩 男孩子 小男孩 男宝宝 男宝 boys boy boys' boy's",
    "girls": "女童 女孩 女孩子 小女孩 女宝宝 女宝 小女生 girls girl girls' girl's",
    "kids": """
        儿童 幼儿 男女童 童装 童鞋 小孩 小孩子 孩子 少儿 中大童 大童 小童 小朋友 宝贝童装 童款 学步 kids kids' kid's children children's childrens child
        toddler toddlers toddler's preschooler preschoolers youth kid
    """,
    "baby": "婴儿 婴幼儿 宝宝 男女宝宝 新生儿 婴童 初生儿 婴 幼婴儿 新生婴儿 宝宝装 baby babies newborn newborns infant infants baby's infant's",
    "students": "学生 小学生 中学生 初中生 高中生 大学生 学生党 考研 学子 student students students' student's",
    "adults": "成人 成年人 大人 adult adults adult's",
    "elderly": "老人 中老年 中老年人 老年人 老年 长者 长辈 老人家 senior seniors elderly senior's",
    "unisex": "男女同款 男女通用 男女款 中性款 男女士通用 男女均可 男女兼用 unisex",
    "dog": "狗 狗狗 犬 犬用 宠物狗 小型犬 大型犬 中型犬 幼犬 成犬 泰迪 金毛 柯基 dog dogs puppy puppies dog's canine",
    "cat": "猫 猫咪 猫用 幼猫 成猫 猫猫 猫粮 猫砂 cat cats kitten kittens cat's feline",
}
"""Canonical audience → words, in the form of `fold`."""

NOT_AUDIENCES = """
    女儿 女神 美女 仙女 魔女 女王 女巫 女皇 女娲 女优 女贞 女贞子 女主 修女 少女心 少女时代 美少女 女郎 织女 玉女 女仆 女团 女儿红 女足 女排 处女 子女 妓女 女婿 牛郎织女 龙女 侄女 孙女 天女 歌女
    女萝 淑女屋 男神 男模 男科 猛男 宅男 渣男 男团 男主 男足 男优 男朋友礼物 女朋友礼物 送女朋友 送女友 送男友 送男朋友 送男生 送女生 送老人 送长辈 送爸爸 送妈妈 女士香烟 老人与海 老人头 老人城
    圣诞老人 老人星 老人机壳 婴儿潮 婴儿蓝 婴儿肥 婴儿油 宝宝霸 暖宝宝 海绵宝宝 宝宝巴士 天线宝宝 葫芦娃 学生证 学生时代 留学生 孩子王 熊孩子 小孩子气 童话 童年 童心 儿童节 童趣 童子 神童 牧童 童鸡
    童子鸡 童书 返老还童 童颜 儿童文学 儿童读物 热狗 狗尾草 狗牙 狗不理 狗骨 红狗 天狗 狗肉 狗粪 走狗 单身狗 狗年 疯狂小狗 狗狗币 狗十三 狗脊 蓝猫 熊猫 猫眼 猫爪草 猫山王 天猫 猫人 猫王 猫头鹰
    猫屎咖啡 机器猫 猫须草 猫耳朵 猫屎 猫哆哩 猫腻 龙猫 猫超 猫爪杯 猫步 hello猫 黑猫警长 汤姆猫 猫抓皮 猫抓布 猫太子 猫公 功夫熊猫 猫女 加菲猫 招财猫 猫和老鼠 布偶猫玩偶 猫跟鞋 猫跟 猫砂糖 夜猫
    波斯猫眼 猫眼石 猫须 猫尔 大熊猫 小熊猫 懒猫 kt猫 凯蒂猫 野猫 光猫 猫爪 猎犬 犬印 犬夜叉 犬牙 忠犬 警犬 犬类 名犬 寻犬 巨婴 溺婴 老人味 中性笔 中性墨 人手 成人之美 大人国 大人物 大人糖 成人高考
    成人本科 巨人 老人言 hot_dog hot_dogs corn_dog corn_dogs prairie_dog dog_man dog_eared top_dog under_dog underdog
    hot_diggity_dog cat_5 cat_6 cat_5e cat_6a cat_7 cat_8 cat5 cat6 cat7 cat8 cat_eye cat_eyes cat_scan cat_woman
    cat_in_the_hat cat's_eye cat_eye_sunglasses pete_the_cat fat_cat cat_s black_cat baby_carrots baby_carrot
    baby_spinach baby_back baby_bella baby_powder_scent baby_corn baby_kale baby_arugula baby_ruth baby_blue
    baby_pink baby_lima baby_potatoes baby_greens baby_lettuce baby_shower baby_doll baby_wipes_for baby_yoda
    baby_shark baby_phat baby_beet baby_beets baby_romaine baby_bok baby_clams baby_g baby_oil_gel baby_grand
    geek_girl american_girl spice_girl girl_scout girl_power girl_with gossip_girl girl_boss bad_girl good_girl
    it_girl boy_scout beastie_boys boy_meets bad_boy la_z_boy lazy_boy beach_boys boy_bear boyfriend boyfriend_jeans
    girlfriend lady_gaga lady_bug pink_lady old_lady lady_finger lady_fingers foxy_lady man_cave spider_man iron_man
    x_men mad_men senior_discount kid_rock kid_cudi sour_patch_kids children_of child_lock child_proof
    child_resistant child_safety student_edition student_loan adult_cat adult_dog adult_dry adult_wet adult_content
    young_adult adult_coloring toddler_bed_rail kid_friendly men_in_black little_women youth_serum youth_dew
    fountain_of_youth sonic_youth boys_don't girls_night wedding_party baby_breath baby's_breath
"""
"""Phrases that hold people or pets and address none."""

TOPICS: Mapping[str, str] = {
    "phone": """
        手机 平板 电脑 笔记本电脑 笔电 耳机 智能手表 手环 充电器 充电宝 数据线 快充 5g 4g 内存 固态 硬盘 显示器 相机 镜头 键盘 鼠标 路由器 打印机 音箱 音响 蓝牙 摄像头 显卡 主板 游戏本
        办公本 u盘 读卡器 耳麦 无人机 投影仪 电视盒子 学习机 智能 iphone ipad macbook airpods 标签机 复印机 ios 移动电源 扩展坞 智能音箱 词典笔 电话手表 phone
        smartphone phones iphone ipad macbook airpods watch laptop tablet earbuds headphones headphone headset
        charger cable usb bluetooth wireless keyboard mouse monitor router printer camera lens gb 64gb 128gb 256gb
        512gb 1tb ssd ram 5g 4g lte unlocked android speaker soundbar drone qwerty gaming pc webcam projector
        earphones smartwatch ink toner power_bank
    """,
    "appliance": """
        空调 冰箱 洗衣机 电视 电视机 吸尘器 扫地机 热水器 油烟机 燃气灶 微波炉 烤箱 电饭煲 电饭锅 破壁机 豆浆机 榨汁机 料理机 电水壶 热水壶 养生壶 电磁炉 风扇 加湿器 净化器 净水器 吹风机 剃须刀
        电动牙刷 洗碗机 消毒柜 电压力锅 空气炸锅 咖啡机 电熨斗 挂烫机 取暖器 电暖器 电锅 电热毯 绞肉机 面包机 除湿机 烘干机 按摩仪 按摩椅 血压计 血压仪 电火锅 电饼铛 煮蛋器 变频 冷风扇 饮水机 洗地机
        冰柜 washing_machine washer dryer refrigerator fridge freezer oven microwave vacuum blender mixer toaster
        kettle cooker air_fryer fryer dishwasher humidifier purifier heater fan air_conditioner tv television
        coffee_maker espresso_machine shaver trimmer hair_dryer toothbrush iron steamer juicer grill processor robot
    """,
    "wear": """
        t恤 衬衫 衬衣 外套 夹克 风衣 大衣 毛衣 毛衫 羊毛衫 针织衫 卫衣 连衣裙 半身裙 裙 裤 牛仔裤 羽绒服 西装 西服 内衣 内裤 文胸 睡衣 袜 袜子 鞋 靴 凉鞋 拖鞋 运动鞋 跑鞋 板鞋 帆布鞋 帽
        帽子 围巾 手套 皮带 腰带 领带 背包 双肩包 单肩包 手提包 斜挎包 钱包 拉杆箱 行李箱 登机箱 短袖 长袖 短裤 打底衫 打底裤 冲锋衣 泳衣 瑜伽服 旗袍 汉服 马甲 女装 男装 童装 家居服 秋裤 秋衣
        上衣 套装裙 上装 保暖 腋下包 墨镜 眼镜 太阳镜 polo衫 背心 吊带 防晒衣 棉服 棉衣 书包 雨衣 polo shirt t_shirt tee tees blouse top tops jacket
        coat hoodie sweater sweatshirt cardigan dress skirt pants jeans trousers shorts leggings joggers socks sock
        shoes shoe sneakers boots boot sandals slippers clog clogs hat cap beanie scarf gloves belt bra underwear
        boxers briefs pajamas swimsuit bikini backpack bag tote handbag purse wallet suitcase luggage crossbody
        sunglasses vest suit blazer heels loafers running crew_neck sleeve robe apparel clothing polo pullover
        tights bodysuit romper parka
    """,
    "jewellery": """
        金豆 金珠 金饰 首饰 戒指 对戒 项链 手链 手镯 耳环 耳钉 耳坠 吊坠 转运珠 手串 脚链 胸针 首饰 钻戒 手表 腕表 男表 女表 石英表 机械表 金条 项坠 情侣戒 素圈 ring rings necklace bracelet
        earrings earring pendant brooch anklet bangle jewelry jewellery watch wristwatch charm studs hoops chain
        locket
    """,
    "beauty": """
        洗发水 花露水 驱蚊 痱子粉 爽身粉 唇膜 眼膜 磨砂膏 洗发露 沐浴露 护发素 洗面奶 洁面 面霜 精华 精华液 爽肤水 乳液 面膜 眼霜 防晒霜 防晒乳 口红 唇膏 唇釉 粉底液 粉底 气垫 眼影 眉笔 睫毛膏
        腮红 散粉 粉饼 蜜粉 卸妆 身体乳 护手霜 香水 牙膏 牙刷 漱口水 染发剂 发膜 香皂 洗手液 护肤 彩妆 化妆品 遮瑕 卫生巾 护肤品 润肤 补水 保湿 美白 祛痘 祛斑 隔离霜 素颜霜 剃须 沐浴 美妆 发胶
        发蜡 药皂 shampoo conditioner body_wash soap lotion cream serum moisturizer cleanser toner sunscreen spf
        lipstick mascara foundation concealer eyeshadow blush deodorant perfume cologne toothpaste mouthwash razor
        blades shave hair skin face facial makeup nail lip balm antiperspirant tampons pads hand_wash exfoliating
        fragrance eau_de
    """,
    "food": """
        茶 茶叶 咖啡 速溶 奶粉 牛奶 酸奶 鲜奶 纯牛奶 饮料 果汁 汽水 矿泉水 啤酒 白酒 红酒 葡萄酒 黄酒 零食 饼干 糖果 巧克力 坚果 瓜子 花生 核桃 红枣 枸杞 蜂蜜 大米 小米 面条 面粉 挂面 方便面
        杂粮 五谷 粥 酱油 生抽 老抽 醋 食用油 调味 调料 辣椒 辣椒酱 火锅底料 豆豉 粽子 月饼 汤圆 水饺 饺子 包子 香肠 火腿 腊肉 牛肉 猪肉 鸡肉 羊肉 鱼 虾 海鲜 海参 水果 苹果醋 橙 橙子 苹果
        香蕉 葡萄 榴莲 芒果 樱桃 车厘子 草莓 蓝莓 蔬菜 土豆 番茄 玉米 红薯 银耳 莲子 木耳 香菇 燕麦 麦片 蛋糕 面包 蛋黄 酥 肉脯 牛肉干 果干 蜜饯 豆浆粉 藕粉 黑芝麻 芝麻 绿豆 红豆 黄豆 食品
        特产 美食 早餐 代餐 维生素 钙片 蛋白粉 益生菌 鱼油 胶囊 燕窝 阿胶 人参 保健品 即食 农家 新鲜 下饭菜 罐头 榨菜 泡菜 豆腐 粉丝 米线 螺蛳粉 香米 糯米 茶饼 普洱 龙井 乌龙茶 乌龙 红茶 绿茶
        白茶 花茶 鲜花饼 糕点 辣条 蔗糖 红糖 冰糖 白糖 黄油 奶酪 芝士 冰淇淋 雪糕 酒 精酿 脐橙 咖啡豆 生鲜 冷冻 羹 酱 油辣椒 风味 鸡蛋 猪蹄 tea coffee milk juice wine
        beer vodka whiskey soda drink beverage water snack snacks cookies cookie crackers chips candy gummy gummies
        chocolate nuts almonds almond cashews peanut peanuts walnuts rice pasta noodles noodle flour sugar salt
        pepper sauce ketchup mustard mayo vinegar oil olive_oil honey syrup jam marmalade conserve jelly bread cake
        cakes cereal oats oatmeal granola beans lentils chickpeas soup broth beef chicken pork turkey bacon sausage
        franks ham fish salmon tuna shrimp cheese butter yogurt cream_cheese eggs apple apples banana bananas
        oranges grapes berries blueberries strawberries raspberry carrots potatoes tomatoes tomato spinach kale
        onion onions garlic basmati quinoa seaweed organic vegan gluten roast roasted salted flavor flavour flavored
        spice spices seasoning vitamin vitamins supplement capsules tablets protein whey collagen probiotic fresh
        frozen peeled non_gmo cocoa mango fruit fruits popcorn pretzels espresso ground_coffee k_cups pods
    """,
    "baby": """
        奶粉 纸尿裤 尿不湿 拉拉裤 奶瓶 奶嘴 婴儿 宝宝 婴幼儿 吸奶器 辅食 童装 男童 女童 儿童 婴儿车 推车 安全座椅 连体衣 爬服 米粉 湿巾 孕妇 新生儿 diapers diaper wipes
        formula bottle bottles pacifier stroller car_seat crib baby infant toddler newborn onesie breast_pump
        swaddle
    """,
    "toys": """
        玩具 积木 拼图 模型 公仔 玩偶 手办 毛绒玩具 遥控车 机器人 早教 益智 画笔 彩笔 蜡笔 钢笔 中性笔 签字笔 铅笔 笔记本 文具 本子 墨水 文件夹 订书机 胶带 复印纸 橡皮 篮球 足球 羽毛球 乒乓球
        球拍 瑜伽垫 哑铃 跑步机 健身 钢琴 吉他 电子琴 户外 帐篷 自行车 toy toys blocks puzzle doll dolls game lego building plush figure cars
        crayons markers pens pen notebook planner pencil pencils basketball soccer football tennis yoga dumbbells
        racket guitar piano keyboard bike skateboard scooter playset
    """,
    "home": """
        沙发 床 床垫 衣柜 书桌 书架 书柜 餐桌 餐椅 椅子 椅 茶几 鞋柜 置物架 收纳 四件套 被子 被套 床单 枕头 枕芯 毛巾 浴巾 地毯 窗帘 抱枕 毯子 凉席 保温杯 水杯 杯子 杯 碗 盘子 餐具 筷子
        菜刀 刀具 砧板 切菜板 炒锅 汤锅 平底锅 锅 铲 水壶 饭盒 保鲜盒 垃圾袋 垃圾桶 拖把 扫把 纸巾 抽纸 卷纸 洗衣液 洗洁精 洗衣粉 清洁剂 消毒液 花洒 水龙头 马桶 浴室柜 吸顶灯 台灯 灯泡 灯具
        插座 插排 开关 电池 香薰 蜡烛 雨伞 伞 晾衣架 挂钩 花盆 家具 sofa couch bed mattress pillow pillows pillowcase pillowcases sheet
        sheets duvet comforter quilt blanket towel towels rug curtain curtains chair table desk bookcase shelf
        cabinet dresser nightstand lamp bulb bulbs light lights bottle tumbler mug mugs cup cups bowl bowls plate
        plates cutlery fork knife knives skillet pan pans pot pots cookware bakeware cutting_board container
        containers storage trash_bags paper_towels toilet_paper tissue tissues foil detergent cleaner dish laundry
        bleach faucet sink toilet shower vanity battery batteries candle candles umbrella hangers outlet switch wrap
        jar
    """,
    "tools": """
        电钻 手电钻 电锤 角磨机 螺丝刀 扳手 工具箱 工具 锂电 机油 润滑油 轮胎 汽车 车蜡 玻璃水 行车记录仪 电瓶 蓄电池 头盔 电动车 摩托车 露营 登山 帐篷 睡袋 户外 乳胶漆 油漆 砂纸 五金 锁
        drill driver saw grinder sander wrench screwdriver tool tools cordless impact hammer nails screws paint
        primer mower trimmer blower generator hose grill motor engine car cars tire tires wax oil brake camping tent
        cooler flashlight spork automotive vehicle charger_jump jump_starter lawn garden fertilizer
    """,
    "pets": """
        狗粮 猫粮 猫砂 狗 猫 宠物 猫条 罐头猫 犬粮 冻干 牵引绳 猫爬架 猫抓板 鱼缸 dog cat puppy kitten pet pets treats litter leash collar kibble
        aquarium dogs cats kitty
    """,
    "book": """
        出版社 著 作者 小说 精装 平装 丛书 教材 译 图书 双语版 原版书 注音版 漫画 绘本 名著 诗集 课本 hardcover paperback novel isbn audiobook bestseller
        author memoir penguin_classics biography workbook_edition textbook anthology board_book
    """,
}
"""What a title is about → words that say so, an underscore for a space."""

FITS = """
    适用于 适用 适配 兼容 通用于 可用于 替换 代替 平替 支持 搭配 for fits fit compatible_with compatible works_with designed_for
    replacement_for replaces made_for suitable_for like inspired_by similar_to vs
"""
"""Words after which a brand is not that of the goods."""

PROMOTION = (
    "官正品保联包邮新款现货限时秒杀买送赠特价热卖爆推荐专享直播顺丰优惠活动元件折券抢预售进口旗舰店自营同清仓促销加厚升级半百亿补贴福利好评长老客团购双礼盒套装试用人气全国授权认证假一罚十赔首发当天年节多可"
    "选型号季春夏秋冬版"
)
"""Characters of what stands in brackets before a title and is no brand."""

PLAIN = (
    "一二三四五六七八九十百千万两双单半多全整每个只件套条张片包袋盒瓶罐支对本册箱桶杯碗盘壶锅盆刀勺筷叉大小高中低厚薄短长新老旧显防超加减女男童婴儿妈爸孕少幼学生人者师宽松紧修身腰领袖绒瘦肥胖腿裤衣裙鞋靴"
    "袜帽带巾服装衫款式版型风色红黄蓝绿紫黑白灰粉金银铜铁钢木竹藤纸布棉麻丝毛皮革胶塑瓷陶玻璃石玉珠钻香味甜辣酸咸鲜嫩纯净重轻软硬冷热凉暖干湿水油盐糖茶酒奶肉鱼虾蟹鸡鸭鹅牛羊猪狗猫鸟虫花草树叶果菜豆米面粥汤"
    "饼糕酱醋椒蒜葱姜瓜枣梨桃杏柿柚橙柠莓葡萄蕉桔橘斤克升寸码号手工自制家用车载机电器动静音声光灯线充插头座架柜床桌椅凳沙发窗帘门墙地板垫毯枕被褥笔书画字贴膜壳盖罩网绳钩夹锁钉螺管阀泵轮轴链簧块粒颗根株土药"
    "剂膏霜乳液露精皂刷梳镜剪钳锤锯泳跑步骑行钓登山营户外室内进口国产正宗原日韩法英美德意泰欧古典复田园北南东西春夏秋冬季节年月天早晚午夜去除祛抗增补强护养洁清洗擦抹拖扫吸吹烘烤炒煮蒸炖煎炸切的我你他她有会"
    "之最很前后里阔几边卡接喷粘按撕串排杆棍棒环笼砂缸械筒匣撑箕筛滤粮饲窝抓挂扣吊浴厨袍灶炉卫薯削磨打搅拌折叠伸缩降旋转可调免无不非易快速慢省耐压摔滑漏"
)
"""Characters of which ordinary words for goods are made; no name that somebody coined is told from those."""
