"""Names of towns, provinces and countries that people travel to or write of, Chinese and English."""

from __future__ import annotations

TOWNS_ZH = """
    北京 上海 天津 重庆 广州 深圳 珠海 佛山 东莞 惠州 汕头 湛江 肇庆 成都 绵阳 乐山 九寨沟 杭州 宁波 温州 绍兴 嘉兴 金华 义乌 台州 舟山 湖州 南京 苏州
    无锡 常州 扬州 镇江 徐州 南通 连云港 盐城 武汉 宜昌 襄阳 荆州 恩施 长沙 张家界 岳阳 衡阳 株洲 湘潭 西安 咸阳 宝鸡 延安 郑州 洛阳 开封 许昌 济南 青岛 烟台
    威海 潍坊 临沂 泰安 日照 合肥 芜湖 黄山 安庆 蚌埠 福州 厦门 泉州 漳州 莆田 武夷山 南昌 九江 景德镇 赣州 婺源 昆明 大理 丽江 香格里拉 西双版纳 腾冲 贵阳 遵义
    南宁 桂林 北海 柳州 阳朔 海口 三亚 石家庄 保定 唐山 秦皇岛 北戴河 承德 廊坊 邯郸 太原 平遥 沈阳 大连 丹东 鞍山 长春 延吉 吉林 哈尔滨 齐齐哈尔 牡丹江 漠河
    呼和浩特 包头 呼伦贝尔 鄂尔多斯 赤峰 兰州 敦煌 张掖 嘉峪关 天水 西宁 银川 乌鲁木齐 喀什 伊犁 吐鲁番 拉萨 林芝 香港 澳门 台湾 台北 高雄
    河北 山西 内蒙古 内蒙 辽宁 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆
    日本 东京 大阪 京都 北海道 冲绳 奈良 韩国 首尔 釜山 济州岛 泰国 曼谷 清迈 普吉岛 新加坡 马来西亚 吉隆坡 越南 河内 胡志明市 岘港 柬埔寨 印尼 印度尼西亚 巴厘岛
    菲律宾 长滩岛 缅甸 老挝 马尔代夫 印度 尼泊尔 斯里兰卡 迪拜 阿联酋 土耳其 伊斯坦布尔 埃及 开罗 摩洛哥 肯尼亚 南非 俄罗斯 莫斯科 英国 伦敦 爱丁堡 法国 巴黎
    德国 柏林 慕尼黑 法兰克福 意大利 罗马 米兰 威尼斯 佛罗伦萨 西班牙 巴塞罗那 马德里 葡萄牙 里斯本 荷兰 阿姆斯特丹 比利时 布鲁塞尔 瑞士 苏黎世 日内瓦 奥地利
    维也纳 捷克 布拉格 匈牙利 布达佩斯 希腊 雅典 冰岛 挪威 瑞典 斯德哥尔摩 芬兰 赫尔辛基 丹麦 哥本哈根 波兰 爱尔兰 都柏林 美国 纽约 洛杉矶 旧金山 西雅图 芝加哥
    波士顿 夏威夷 拉斯维加斯 加拿大 温哥华 多伦多 墨西哥 古巴 巴西 阿根廷 智利 秘鲁 澳大利亚 澳洲 悉尼 墨尔本 新西兰 奥克兰 欧洲 东南亚
"""
"""Apart by white space."""

TOWNS_EN = """
    beijing / shanghai / shenzhen / guangzhou / chengdu / chongqing / hangzhou / nanjing / suzhou / wuhan / xi'an / xiamen / qingdao / sanya / hong kong / macau / taipei / taiwan
    / japan / tokyo / osaka / kyoto / okinawa / korea / south korea / seoul / busan / thailand / bangkok / phuket / chiang mai / singapore / malaysia / kuala lumpur / vietnam / hanoi
    / cambodia / indonesia / jakarta / bali / philippines / manila / maldives / india / mumbai / delhi / nepal / sri lanka / dubai / abu dhabi / istanbul / israel / egypt / cairo / morocco
    / marrakech / kenya / nairobi / south africa / cape town / russia / moscow / england / scotland / wales / britain / london / edinburgh / glasgow / manchester / liverpool / france / paris
    / lyon / marseille / germany / berlin / munich / hamburg / frankfurt / cologne / italy / rome / milan / venice / florence / naples / sicily / spain / barcelona / madrid / seville / portugal
    / lisbon / porto / netherlands / amsterdam / belgium / brussels / switzerland / zurich / geneva / austria / vienna / salzburg / prague / hungary / budapest / greece / athens / santorini
    / croatia / dubrovnik / iceland / reykjavik / norway / oslo / bergen / sweden / stockholm / finland / helsinki / denmark / copenhagen / poland / warsaw / krakow / ireland / dublin / europe
    / new york / nyc / los angeles / san francisco / san diego / seattle / portland / chicago / boston / philadelphia / washington dc / miami / orlando / florida / california / texas / austin
    / houston / dallas / denver / colorado / arizona / utah / nevada / las vegas / vegas / hawaii / honolulu / maui / alaska / new orleans / nashville / atlanta / canada / vancouver / toronto
    / montreal / quebec / mexico / cancun / cuba / havana / costa rica / brazil / rio / argentina / buenos aires / chile / peru / lima / colombia / australia / sydney / melbourne / brisbane
    / perth / new zealand / auckland
"""
"""Apart by `` / ``; they count with a capital letter only."""

NO_TOWN = r"[路街人菜话款牌队式站味产制台虾]|大学|大道|饭店|酒店|餐厅|餐馆|料理|烤鸭|银行|电视|时间|之恋| (?:restaurant|style|street|road|pizza|sauce|university|cream)"
"""What makes a town in front of it something else."""
