"""The words for sides of things, by category: names, and opinion words that say the side without its name (太贵)."""

from __future__ import annotations

from collections.abc import Mapping

EVERYWHERE = ""
"""Stands for the category of what is said of all goods."""

_EVERYWHERE = {
    "ignore": "其实 卡槽 大打折扣 价格保护 价保 无价 评价 号称 对号入座",
    "delivery": "物流 快递 发货 送货 配送 派送 到货 收货 运输 运送 送达 快递员 快递小哥 送货员 顺丰 京东物流 圆通 申通 中通 韵达 物流速度 发货速度 送货速度 "
    "次日达 当天到 隔天到 第二天就到 昨天下单今天 很快就到 迟迟不到 还没到货 delivery shipping shipment shipped delivered "
    "arrived arrive arrives courier postage carrier dispatch dispatched ships logistics tracking",
    "packaging": "包装 包裹 外包装 外盒 盒子 纸箱 箱子 礼盒 包装盒 泡沫 气泡膜 封口 瓶口 漏发 包得 裹得 packaging package packaged box boxed packing packed "
    "wrapping wrapped parcel carton bubble_wrap seal sealed",
    "quality": "质量 品质 做工 质感 用料 材质 材料 面料 布料 质地 工艺 品控 手感 料子 走线 缝线 线头 瑕疵 毛边 开线 掉色 褪色 起球 掉毛 掉漆 变形 缩水 "
    "开胶 脱线 断裂 开裂 坏了 耐用 耐用性 结实 耐穿 耐磨 牢固 粗糙 劣质 残次品 次品 破洞 生锈 quality workmanship material materials build_quality "
    "craftsmanship fabric construction stitching finish durability durable sturdy flimsy well_made well-made poorly_made fell_apart falls_apart "
    "falling_apart broke broken defective faulty made",
    "price": "房价 会员价 团购价 总价 原价 物有所值 价格 价钱 价位 售价 单价 定价 性价比 价 价值 价格方面 活动价 优惠 折扣 优惠券 券 满减 促销 降价 涨价 差价 保价 贵 太贵 偏贵 昂贵 不贵 便宜 "
    "划算 实惠 超值 物超所值 物美价廉 价廉物美 不值 值得 不值得 值 智商税 price prices priced pricing cost costs value value_for_money money deal "
    "discount coupon bargain cheap cheaper expensive overpriced pricey affordable inexpensive worth worth_it reasonably_priced rip-off ripoff "
    "well_worth",
    "service": "客服 服务 售后 服务态度 态度 卖家 商家 店家 店主 老板 掌柜 售前 退换货 退换 退货 换货 退款 保修 维修 回复 咨询 安装师傅 师傅 客服态度 "
    "售后服务 不理人 敷衍 推诿 爱答不理 机器人回复 service customer_service customer_support support staff seller sellers vendor return_policy warranty "
    "refund replacement representative rep tech_support technician",
    "looks": "外观 颜值 款式 样式 设计 造型 外形 颜色 色彩 配色 花色 图案 花纹 印花 色差 光泽 好看 漂亮 美观 难看 丑 时尚 显瘦 显白 百搭 高端大气 实物 "
    "look looks looking design style styling colour color colours colors pattern appearance print beautiful pretty ugly gorgeous stylish cute "
    "aesthetic aesthetics elegant",
    "authenticity": "正品 真品 假货 假的 真假 正货 行货 水货 山寨 高仿 仿品 防伪 防伪码 专柜 验货 真伪 货真价实 官方授权 翻新 二手 authentic authenticity "
    "genuine counterfeit fake knockoff knock-off original refurbished as_described legit",
    "size": "尺码 尺寸 大小 码数 码 号 号码 偏大 偏小 太大 太小 大了 小了 合身 不合身 size sizes sizing fit fits fitting too_small too_big too_large "
    "runs_small runs_large true_to_size undersized oversized dimensions",
    "ease": "操作 使用 上手 安装 组装 说明书 使用说明 易用 方便 便捷 不方便 操作性 人性化 好用 不好用 难用 打理 清洗 setup set_up install installation "
    "assembly assemble instructions use usage easy_to_use user-friendly interface operation convenient handy manual clean_up",
    "scent": "气味 异味 香味 味儿 刺鼻 难闻 好闻 臭 臭味 塑料味 怪味 香气 留香 smell smells smelled scent odor odour fragrance stinks smelly",
}
_WEARING = {
    "size": "版型 肩宽 腰围 胸围 裤长 袖长 衣长 鞋码 长度 宽度 修身 宽松 合脚 挤脚 waist length sleeves sleeve hips shoulders bust inseam tight loose",
    "comfort": "舒适度 舒适 舒服 不舒服 透气 透气性 不透气 柔软 柔软度 亲肤 扎人 扎肉 闷热 闷 磨脚 保暖 保暖性 弹性 脚感 穿着 上身 厚度 厚薄 comfort "
    "comfortable uncomfortable comfy itchy soft softness breathable breathability warm warmth stretch thickness wear",
}
_DIGITAL = {
    "battery": "续航 电池 电量 待机 充电 充电速度 快充 待机时间 电池容量 耗电 掉电 费电 省电 充电器 battery battery_life charge charges charging charger "
    "recharge standby power_adapter",
    "performance": "显卡 网卡 性能 速度 运行 运行速度 反应 反应速度 系统 流畅 流畅度 卡顿 死机 闪退 处理器 内存 配置 开机 开机速度 发热 散热 发烫 信号 网络 卡 延迟 "
    "performance speed processor memory ram boot runs lag laggy crash crashes freezes overheating overheats heat software system wifi signal "
    "connection connectivity bluetooth",
    "screen": "黑屏 花屏 白屏 蓝屏 彩屏 大屏 屏幕 显示 显示屏 画面 分辨率 清晰度 亮度 触屏 色彩还原 屏 显示效果 护眼 漏光 screen display resolution brightness touchscreen touch_screen "
    "monitor",
    "sound": "音质 声音 音效 音量 喇叭 扬声器 低音 降噪 听筒 杂音 噪音 噪声 静音 通话 铃声 sound audio speaker speakers bass volume noise sound_quality "
    "noise_cancelling microphone mic",
    "camera": "拍照 摄像头 像素 照片 相机 成像 画质 拍摄 镜头 对焦 自拍 摄像 录像 夜景 camera photo photos picture pictures lens focus webcam zoom video",
    "controls": "按键 键盘 按钮 遥控器 鼠标 接口 触摸板 触控 手柄 keyboard keys key button buttons touchpad trackpad mouse remote port ports usb",
    "portability": "重量 轻便 便携 携带 笨重 厚重 机身 重 体积 weight portability portable lightweight heavy bulky thin",
}
_EATEN = {
    "taste": "味道 口感 口味 好吃 难吃 不好吃 好喝 难喝 不好喝 美味 鲜美 可口 入味 甜度 太甜 太咸 太辣 太酸 偏甜 酸甜 香甜 肉质 果肉 taste tastes tasted "
    "tasting flavor flavour flavors texture delicious yummy tasty bland tasteless inedible",
    "freshness": "新鲜 新鲜度 不新鲜 日期 生产日期 保质期 过期 临期 变质 发霉 腐烂 烂了 坏果 烂果 烂 坏的 水分 饱满 多汁 干瘪 fresh freshness stale expired "
    "expiration expiry rotten moldy mouldy spoiled ripe",
    "portion": "分量 份量 个头 个儿 重量 斤两 缺斤少两 足斤足两 净重 果子大小 portion portions serving servings amount",
    "ingredients": "配料 成分 添加剂 食材 原料 营养 含糖 糖分 热量 ingredients ingredient additives nutrition calories sugar",
}
_CARING = {
    "effect": "效果 功效 作用 保湿 补水 美白 祛痘 遮瑕 控油 去屑 清洁力 去污 去污力 吸收 滋润 起泡 泡沫丰富 显色 持妆 防晒 过敏 刺激 红肿 头屑 "
    "effect effects results result moisturizing moisturising coverage absorbs irritation irritated allergic pigment lasting works lather",
    "texture": "质地 肤感 油腻 黏腻 清爽 厚重 顺滑 柔顺 干涩 水润 texture greasy sticky smooth oily",
}
_LIVING = {
    "function": "功能 加热 制冷 制热 保温 吸力 风力 水压 清洁 烘干 防水 收纳 容量 承重 密封 密封性 加热速度 function functions features suction heating "
    "cooling capacity storage waterproof leak leaks leaking",
    "sound": "噪音 噪声 声音 静音 吵 吵闹 noise noisy quiet loud sound",
    "comfort": "舒适 舒服 柔软 软硬 支撑 comfortable uncomfortable soft firmness support",
}
_READ = {
    "content": "内容 情节 故事 剧情 文笔 文字 作者 知识点 讲解 观点 主题 人物 结局 题材 content story plot writing characters author ending book reading",
    "print": "印刷 纸张 纸质 排版 字体 装订 错别字 插图 字迹 封面 翻译 译文 print printing paper binding typography typos illustrations translation cover",
}
_STAYED = {
    "location": "位置 地理位置 地段 交通 地铁 停车 停车场 周边 location parking neighborhood neighbourhood area",
    "room": "隔音效果 房间 客房 床 床铺 卫生间 浴室 隔音 空调 热水 窗户 设施 设备 room rooms bed beds bathroom shower air_conditioning facilities amenities",
    "cleanliness": "卫生 干净 整洁 脏 打扫 污渍 clean cleanliness dirty spotless filthy hygiene",
    "breakfast": "早餐 早饭 自助餐 餐厅 breakfast buffet",
    "service": "前台 服务员 入住 退房 阿姨 门童 reception front_desk check-in checkout waiter waitress",
    "ambience": "环境 氛围 装修 气氛 情调 ambience ambiance atmosphere decor interior",
}
_DINED = {
    "taste": "菜 菜品 菜色 菜式 汤 鱼 肉 羊肉 牛肉 虾 鸡 鸭 火锅 锅底 甜品 点心 小吃 米饭 面条 烤肉 food dish dishes menu meal soup dessert sushi pizza",
    "waiting": "排队 上菜 上菜速度 等位 等座 出菜 wait waited waiting queue",
}

DEFAULT: Mapping[str, Mapping[str, str]] = {
    EVERYWHERE: _EVERYWHERE,
    "clothing": _WEARING,
    "electronics": _DIGITAL,
    "food": _EATEN,
    "beauty": _CARING,
    "home": _LIVING,
    "book": _READ,
    "hotel": _STAYED,
    "restaurant": {**_EATEN, **_DINED, **{name: _STAYED[name] for name in ("location", "cleanliness", "ambience")}},
}  # fmt: skip
"""Category → aspect → its words, apart by spaces; ``_`` is a space within."""

CALLED: Mapping[str, str] = {
    "clothing": "服装 服饰 衣服 女装 男装 童装 鞋 鞋靴 箱包 内衣 家纺 dress dresses shoes bags apparel fashion wear tops bottoms intimates jackets",
    "electronics": "数码 电子 手机 电脑 计算机 平板 笔记本 相机 耳机 phone phones laptop laptops computer computers tablet camera cameras audio",
    "food": "食品 水果 零食 饮料 生鲜 茶 牛奶 蒙牛 酒 粮油 grocery snacks snack drinks fruit tea coffee wine",
    "beauty": "美妆 护肤 化妆品 洗发水 个护 清洁 香水 洗护 cosmetics skincare makeup shampoo care",
    "home": "家居 家电 家具 厨具 热水器 电器 家装 宠物 母婴 玩具 furniture kitchen appliance appliances household toys pets baby",
    "book": "书 图书 书籍 小说 books novel novels magazine magazines",
    "hotel": "酒店 宾馆 民宿 旅馆 hotels hostel travel",
    "restaurant": "餐厅 餐饮 饭店 外卖 美食 restaurants dining takeaway",
}
"""Category → words of other names for it, so that a shop's own category finds its list."""

MEASURES: Mapping[str, str] = {
    "price": "高- 低+ 大- 小+ 多- 少+ 重-",
    "delivery": "久- 长- 短+ 快+ 慢- 远-",
    "waiting": "久- 长- 短+ 多- 少+",
    "battery": "长+ 久+ 短- 大+ 小- 快+ 慢- 高+ 低- 热- long+ short-",
    "portability": "轻+ 重- 大- 小+ 薄+ 厚- light+ heavy- thin+ small+ big- large-",
    "screen": "大+ 小- 高+ 低- 亮+ 暗- big+ large+ small- high+ low-",
    "sound": "大- 小+ 高- 低+ low- high-",
    "camera": "高+ 低-",
    "performance": "高+ 低- 快+ 慢- 强+ 弱- 大- 热- high+ low-",
    "looks": "高+ 低- 淡- 深- 浅-",
    "quality": "高+ 低- 厚+ 薄- 硬- 软+ 轻- 重+ thick+ thin- light-",
    "comfort": "厚+ 薄- 硬- 软+ thick+ thin-",
    "size": "大- 小- 长- 短- 宽- 窄- 肥- 瘦- 紧- 松- big- small- large- long- short- tight- loose- huge- tiny-",
    "portion": "大+ 小- 多+ 少- 足+ big+ large+ small- huge+ tiny-",
    "scent": "大- 重- 浓- 淡+ strong-",
    "taste": "淡- 重- 咸- 浓+ 鲜+ 酸- 苦- 硬- 老-",
    "packaging": "薄- 厚+ 小- 简单- simple-",
    "location": "远- 近+ 偏- 大+ far- close+ near+",
    "room": "大+ 小- 吵- big+ large+ small- tiny- spacious+",
    "function": "大+ 小- 强+ 弱- 高+ 低- strong+ weak- large+ small-",
    "effect": "强+ 弱- 大+ 小-",
}
"""Aspect → words of measure with what they mean there; where none is given, a word means what the lexicon says."""

BURDENS = (
    "噪点 噪音 噪声 杂音 杂讯 紫边 暗角 颗粒 颗粒感 回音 干扰 振动 震动 抖动 时滞 延迟 延时 滞后 误差 偏差 失真 变形 畸变 眩光 反光 发热 发热量 发烫 "
    "耗电 耗电量 功耗 费电 电量消耗 消耗 成本 费用 运费 邮费 花费 价格 价钱 价位 售价 单价 差价 体积 重量 厚度 机身厚度 占用 缝隙 间隙 色差 异味 气味 怪味 "
    "油烟 油腻 热量 糖分 水分 辐射 广告 病毒 毛病 问题 缺点 故障 瑕疵 故障率 等待时间 充电时间 启动时间 开机时间 反应时间 噪点控制难度 难度 风险 副作用 刺激 "
    "noise lag latency delay heat weight thickness price cost cost_of shipping_cost fee fees boot_time start_up_time startup_time charging_time wait_time "
    "glare distortion vibration bloatware learning_curve"
)
"""What is the better the less there is of it."""
MUCH, LITTLE = (
    "大 多 高 强 重 长 厚 久 明显 严重 突出 频繁 high higher big bigger large larger heavy long longer loud",
    "小 少 低 弱 轻 短 薄 low lower small smaller little light lighter short shorter",
)
"""Words for much and for little of something."""

WHOLE = (
    "感觉 总体感觉 总体 整体 方面 东西 产品 商品 宝贝 物品 结果 样子 印象 体验 差距 时间 时候 地方 问题 评价 "
    "thing things item items product products one overall rest reviews review purchase order seller part parts area half side sides front back"
)
"""Words for all of a thing, or for none of its sides."""
DETERMINERS = "the this that these those its their our my"
LINKS = "is was are were isn't wasn't aren't weren't feels felt looks looked seems seemed"
PASSED = "also just so very really quite not a bit"
"""In English what stands before a thing, between it and what is said of it, and what may stand before that."""
