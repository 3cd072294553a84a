"""Brands of lasting goods, with the other ways of writing each, and names that are words too."""

from __future__ import annotations

from collections.abc import Mapping

LASTING: Mapping[str, str] = {
    "phone": """
        Apple=苹果 / Huawei=华为 / Honor=荣耀 / Xiaomi=小米=MI / Redmi=红米 / OPPO / vivo / OnePlus=一加 / realme=真我 /
        Meizu=魅族 / nubia=努比亚 / iQOO / Samsung=三星 / Nokia=诺基亚 / BlackBerry=黑莓 / Motorola=摩托罗拉 / ZTE=中兴 / Lenovo=联想 /
        ASUS=华硕 / Acer=宏碁 / Dell=戴尔 / HP=惠普 / MSI=微星 / Alienware=外星人 / Razer=雷蛇 / Microsoft=微软 / Google=谷歌 /
        Amazon=亚马逊 / Intel=英特尔 / AMD / NVIDIA=英伟达 / Gigabyte=技嘉 / Hasee=神舟 / Mechrevo=机械革命 / Logitech=罗技 /
        Cherry=樱桃 / Rapoo=雷柏 / Corsair / HyperX / SteelSeries=赛睿 / Keychron / Kingston=金士顿 / SanDisk=闪迪 /
        Western Digital=西部数据=WD / Seagate=希捷 / Lexar=雷克沙 / Crucial=英睿达 / TP-Link=普联=TPLINK / NETGEAR=网件 / Tenda=腾达 /
        Anker=安克 / UGREEN=绿联 / Baseus=倍思 / Pisen=品胜 / ROMOSS=罗马仕 / Belkin=贝尔金 / Spigen / OtterBox / Nillkin=耐尔金 /
        Sony=索尼 / Canon=佳能 / Nikon=尼康 / Fujifilm=富士 / Leica=徕卡 / GoPro / DJI=大疆 / Insta360=影石 / Garmin=佳明 / Fitbit /
        Amazfit=华米 / Bose / JBL / Sennheiser=森海塞尔 / Beats / Edifier=漫步者 / Marshall=马歇尔 / Harman Kardon=哈曼卡顿 /
        Sonos / Soundcore=声阔 / Audio-Technica=铁三角 / Skullcandy / Jabra=捷波朗 / Shokz=韶音 / Nintendo=任天堂 / Epson=爱普生 /
        Roku / Brother=兄弟 / Deli=得力 / iFLYTEK=科大讯飞=讯飞 / BBK=步步高 / Okii=小天才 / Xiaodu=小度 / Hikvision=海康威视 / Ezviz=萤石 /
        Nothing / Tecno / Infinix / Poco / XGIMI=极米 / Kensington / Synology=群晖 / Wacom / Netac=朗科 / Aigo=爱国者 /
        Newsmy=纽曼 / Philips=飞利浦 / Panasonic=松下 / Toshiba=东芝 / Polaroid=宝丽来 / Eufy / Wyze / Blink / Arlo /
        Thrustmaster / 小寻 / 闪魔 / Amazon Basics=AmazonBasics / ThinkVision / BenQ=明基 / AOC=冠捷 / ViewSonic=优派 /
        HKC=惠科 / Redragon / Turtle Beach / Plantronics=缤特力 / Creative / Fiio=飞傲 / Beyerdynamic=拜雅 / AKG=爱科技 /
        Bowers & Wilkins=宝华韦健 / Ring Doorbell / Linksys=领势 / D-Link=友讯 / Mercury / Ruijie=锐捷 / Arduino /
        Raspberry Pi / Sabrent / PNY / Zotac=索泰 / Colorful=七彩虹 / Galax=影驰 / Sapphire=蓝宝石 / ASRock=华擎 /
        Cooler Master=酷冷至尊 / Noctua / NZXT / Thermalright=利民 / Deepcool=九州风神 / Seasonic=海韵 / Antec=安钛克 / 狼蛛=AULA /
        达尔优=Dareu / 飞毛腿=SCUD / 倍斯特 / 图拉斯=TORRAS / 邦克仕=Benks / 亿色=ESR / 毕亚兹 / 山泽=SAMZHE / 胜为 / 秋叶原 / 爱图仕 / 神牛=Godox /
        Manfrotto=曼富图 / Sigma=适马 / Tamron=腾龙 / Olympus=奥林巴斯 / Ricoh=理光 / Kodak=柯达 / Instax / Blackmagic / Zeiss=蔡司 /
        Bushnell / Celestron=星特朗 / Cricut / Silhouette America / Zebra Technologies / DYMO / Pantum=奔图 / Lexmark /
        Boox=文石 / Hanvon=汉王 / 学而思 / 作业帮 / 读书郎 / 好记星 / 阿尔法蛋
    """,
    "appliance": """
        Haier=海尔 / Midea=美的 / Gree=格力 / Hisense=海信 / TCL / Skyworth=创维 / Konka=康佳 / Changhong=长虹 / AUX=奥克斯 /
        Little Swan=小天鹅 / Siemens=西门子 / Bosch=博世 / LG / Sharp=夏普 / Hitachi=日立 / Daikin=大金 / Mitsubishi=三菱 /
        Electrolux=伊莱克斯 / Whirlpool=惠而浦 / Dyson=戴森 / iRobot / Roborock=石头 / Ecovacs=科沃斯 / Dreame=追觅 / Tineco=添可 /
        Shark / Ninja / Hoover / Bissell=必胜 / KitchenAid / Cuisinart / Breville / Keurig / Nespresso /
        De'Longhi=德龙=DeLonghi / Instant Pot / Crock-Pot / Hamilton Beach / Black+Decker=Black & Decker=百得 /
        Vitamix / NutriBullet / Sunbeam / Oster / Joyoung=九阳 / Supor=苏泊尔 / Bear=小熊 / Galanz=格兰仕 / Robam=老板 /
        Fotile=方太 / Vatti=华帝 / Tatung=大同 / Zojirushi=象印 / Tiger=虎牌 / Tefal=特福 / Morphy Richards=摩飞=MORPHY /
        Kenwood / Smeg / Miele=美诺 / Levoit / Honeywell=霍尼韦尔 / Vornado / Airmate=艾美特 / Deerma=德尔玛 / Flyco=飞科 /
        POVOS=奔腾 / Braun=博朗 / Oral-B=欧乐B / usmile / Soocas=素士 / Remington / Conair / Waterpik=洁碧 / Omron=欧姆龙 /
        Yuwell=鱼跃 / Chigo=志高 / Meiling=美菱 / Ronshen=容声 / Casarte=卡萨帝 / COLMO / Viomi=云米 / Angel=安吉尔 /
        A.O. Smith=A.O.史密斯=AO史密斯 / Macro=万家乐 / Vanward=万和 / SKG / Breo=倍轻松 / 米家=Mijia / 奥佳华 / 荣泰 / 骆驼 / 半球 / 利仁 /
        北鼎=Buydeem / 大宇=Daewoo / 徕芬=Laifen / 直白 / 康夫 / 海氏 / 东菱 / Xiaomi=小米 / Frigidaire / Maytag / Samsung=三星 /
        Thermador / Danby / Igloo / Chefman / Gourmia / COSORI / Proctor Silex / Bella / Zwilling Enfinigy /
        Rowenta=好运达 / Singer=胜家 / Juki / Bernina / Philips Sonicare=Sonicare / Revlon One-Step / ghd / T3 /
        Babyliss=BaByliss / Wahl / Norelco / Panasonic=松下 / Lasko / Dreo / Blueair=布鲁雅尔 / Coway=科唯 / IQAir / Winix /
        Rinnai=林内 / Noritz=能率 / Rheem=瑞美 / Ariston=阿里斯顿 / Gorenje / Balmuda=巴慕达 / BRUNO / Cuckoo=福库 / Toyotomi /
        大松=TOSOT / 澳柯玛=AUCMA / 荣事达=Royalstar / 老板电器 / 火星人=MARSSENGER / 沁园 / 碧云泉 / 智米=Smartmi / 云鲸=Narwal /
        石头科技=Roborock / 米技=MIJI / 摩飞电器 / 小熊电器 / 山本=SAMBO / 璐瑶 / 金正 / 夏新=Amoi
    """,
    "wear": """
        Nike=耐克 / Adidas=阿迪达斯 / Puma=彪马 / Reebok=锐步 / New Balance=新百伦=NewBalance / Under Armour=安德玛 / ASICS=亚瑟士 /
        Skechers=斯凯奇 / Converse=匡威 / Vans=范斯 / Fila=斐乐 / Anta=安踏 / Li-Ning=李宁=LINING / Xtep=特步 / Peak=匹克 /
        361°=361度 / Erke=鸿星尔克 / Warrior=回力 / Feiyue=飞跃 / Uniqlo=优衣库 / Zara / H&M / Gap / Muji=无印良品 /
        Levi's=李维斯=Levis / Lee / Wrangler / Calvin Klein=CK / Tommy Hilfiger / Ralph Lauren / Lacoste / Hugo Boss /
        Burberry=博柏利 / Gucci=古驰 / Prada=普拉达 / Chanel=香奈儿 / Dior=迪奥 / Hermes=爱马仕=Hermès / Louis Vuitton=路易威登=LV /
        Coach=蔻驰 / Michael Kors / Kate Spade / Fossil / Timberland=添柏岚 / UGG / Crocs=卡骆驰 / Birkenstock=勃肯 /
        Clarks=其乐 / Dr. Martens=马汀博士=Dr.Martens / ECCO=爱步 / Hush Puppies / Columbia=哥伦比亚 / The North Face=北面 /
        Patagonia / Arc'teryx=始祖鸟=Arcteryx / Carhartt / Dickies / Champion / Hanes / Fruit of the Loom /
        Lululemon=露露乐蒙 / Speedo / Arena / Salomon=萨洛蒙 / Hoka / Brooks / Saucony=索康尼 / Merrell /
        Victoria's Secret=维多利亚的秘密 / Wacoal=华歌尔 / Triumph=黛安芬 / Aimer=爱慕 / ubras / 蕉内 / 曼妮芬 / 都市丽人 / Jockey /
        Bosideng=波司登 / 雪中飞 / 鸭鸭 / HLA=海澜之家 / Semir=森马 / Metersbonwe=美特斯邦威 / Peacebird=太平鸟 / Septwolves=七匹狼 /
        Youngor=雅戈尔 / Romon=罗蒙 / JackJones=杰克琼斯=Jack & Jones / Vero Moda / 思莱德 / Ochirly=欧时力 / 恒源祥 / 南极人 / 俞兆林 /
        北极绒 / 浪莎 / 三枪 / 猫人 / 红豆 / 鄂尔多斯=ERDOS / 鹿王 / 劲霸 / 九牧王 / 柒牌 / 利郎 / 才子 / 真维斯=Jeanswest / 红蜻蜓 / 奥康=Aokang /
        百丽=Belle / 达芙妮 / 足力健 / 人本 / 骆驼牌=CAMEL / 意尔康 / 花花公子=Playboy / 老人头 / 金利来 / 皮尔卡丹 / 巴拉巴拉=Balabala / 安奈儿=Annil /
        英氏 / 迷你巴拉 / 笛莎 / 巴布豆 / Carter's / OshKosh / Gymboree / The Children's Place / Samsonite=新秀丽 /
        American Tourister=美旅 / 外交官=Diplomat / Herschel / JanSport / Eastpak / Kipling / Fjällräven=北极狐=Fjallraven /
        Longchamp / Tumi / 90分 / 地平线8号 / 小CK=Charles & Keith / MLB / Canada Goose=加拿大鹅 / Moncler / Stussy /
        Supreme / Bestseller / Ray-Ban=雷朋 / Oakley / 暴龙 / 海俪恩 / 陌森 / 木九十 / 蕉下=Beneunder / 天堂伞 / VIVAIA /
        Toread=探路者 / Kailas=凯乐石 / UR / 热风=Hotwind / Gildan / Bonobos / J.Crew / Old Navy / American Eagle /
        Abercrombie & Fitch=A&F / Hollister / Aeropostale / Forever 21 / Shein / Mango / Bershka / Pull&Bear /
        Massimo Dutti / Superdry=极度干燥 / Fred Perry / Barbour / Ted Baker / Primark / Marks & Spencer=M&S / Boden /
        Joules / Sorel / Teva / Chaco / Danner / Red Wing / Wolverine / Eddie Bauer / L.L.Bean / Lands' End /
        Marmot / Mountain Hardwear=山浩 / Mammut=猛犸象 / Jack Wolfskin=狼爪 / Osprey / Deuter=多特 / Gregory /
        Black Diamond / Outdoor Research / prAna / Athleta / Alo Yoga / Gymshark / Bombas / Smartwool / Darn Tough /
        Spanx / Skims / Maidenform / Playtex / Warner's / Vanity Fair / Soma / Aerie / Calida / Steve Madden /
        Nine West / Aldo / Cole Haan / Johnston & Murphy / Florsheim / Rockport / Naturalizer / Sperry / Toms /
        Keds / Sanuk / Havaianas=哈瓦那 / Ipanema / Geox / Camper / Tod's / Salvatore Ferragamo=菲拉格慕 / Jimmy Choo /
        Tory Burch=汤丽柏琦 / Marc Jacobs / Furla / Balenciaga=巴黎世家 / Saint Laurent / Givenchy=纪梵希 / Valentino=华伦天奴 /
        Fendi=芬迪 / Versace=范思哲 / Bottega Veneta=葆蝶家 / Celine=思琳 / Loewe=罗意威 / Vera Bradley / Dooney & Bourke /
        Travelpro / Delsey=法国大使 / Rimowa=日默瓦 / Oiwas=爱华仕 / 小米有品 / 迪桑特=Descente / 乔丹=QIAODAN / Air Jordan=AJ / 德尔惠 /
        鬼冢虎=Onitsuka Tiger / 马克华菲 / GXG / 劲霸男装 / 公牛世家 / 江南布衣=JNBY / 歌莉娅=GOELIA / 拉夏贝尔 / 茵曼=INMAN / 韩都衣舍 /
        伊芙丽=eifini / 太平鸟女装 / 秋水伊人 / 妖精的口袋 / MO&Co.=摩安珂 / 衣香丽影 / 诗凡黎 / 宝娜斯 / 安莉芳 / 奥黛莉 / 有棵树 / Bananain
    """,
    "jewellery": """
        周大福 / 周生生 / 周六福 / 周大生 / 老凤祥 / 六福珠宝=六福 / 潮宏基 / 中国黄金 / 老庙黄金=老庙 / 谢瑞麟 / 曼卡龙 / Pandora=潘多拉 / Swarovski=施华洛世奇 /
        Tiffany=蒂芙尼=Tiffany & Co. / Cartier=卡地亚 / Bvlgari=宝格丽 / APM Monaco / Casio=卡西欧 / Citizen=西铁城 / Seiko=精工 /
        Tissot=天梭 / Longines=浪琴 / Omega=欧米茄 / Rolex=劳力士 / Timex=天美时 / Swatch=斯沃琪 / Daniel Wellington=DW / Invicta /
        飞亚达=FIYTA / 罗西尼 / 依波 / 天王表 / 海鸥 / Orient / Bulova / I Do / DR钻戒 / 戴比尔斯 / 梦金园 / Alex and Ani / Kendra Scott /
        Kay Jewelers / Zales / James Avery / David Yurman / Mejuri / BaubleBar / Gorjana / Monica Vinader /
        Links of London / Thomas Sabo / Michael Hill / Mikimoto=御木本 / TASAKI=塔思琦 / Chow Tai Fook / Hamilton=汉米尔顿 /
        Mido=美度 / Rado=雷达表 / TAG Heuer=泰格豪雅 / Breitling=百年灵 / IWC / Movado / Skagen / Armani Exchange / Nixon /
        Luminox / Suunto=颂拓 / COROS=高驰 / 北京表 / 上海表 / 海鸥表 / 周百福 / 菜百 / 金至尊 / 明牌珠宝=明牌 / 老铺黄金 / 中国珠宝 / 金大福 / 萃华 / 张万福 /
        千叶珠宝 / 通灵珠宝 / 莱绅通灵 / 京润珍珠 / 佐卡伊 / 珂兰 / 银时代
    """,
    "tools": """
        DEWALT=得伟 / Makita=牧田 / Milwaukee / Ryobi / Ridgid / Craftsman / Husky / Klein Tools / Irwin / Dremel /
        Metabo / Hilti=喜利得 / Stihl / Husqvarna / John Deere / Worx=威克士 / Greenworks / EGO / Toro / Scotts /
        Miracle-Gro / Ortho / Weber / Char-Broil / Traeger / Blackstone / Coleman=科勒曼 / Leatherman / Gerber Gear /
        Snow Peak / Kobalt / Rust-Oleum / Behr / Minwax / Krylon / Gorilla / Loctite=乐泰 / WD-40 / 3M / Velcro /
        Simpson Strong-Tie / Everbilt / Defiant / Werner / Bostitch / Porter-Cable / Skil / FrogTape /
        Gorilla Glue / 世达=SATA / 东成=Dongcheng / 大艺 / 绿林=GREENER / 钢盾 / 田岛 / 长城精工 / 老A / 巨力 / 立邦=Nippon / 多乐士=Dulux /
        三棵树 / 晨阳 / 德高 / 东方雨虹 / 牧高笛=MOBI GARDEN / 挪客=Naturehike / 骆驼户外 / 凯乐石 / 迪卡侬=Decathlon / 捷安特=GIANT /
        美利达=Merida / 永久=FOREVER / 凤凰 / 喜德盛=XDS / 雅迪=Yadea / 爱玛=AIMA / 台铃=TAILG / 九号=Ninebot=Segway / 小牛电动=NIU / 新日 /
        绿源 / Michelin=米其林 / Bridgestone=普利司通 / Goodyear=固特异 / Continental=马牌 / Pirelli=倍耐力 / 朝阳轮胎 / 玛吉斯=MAXXIS /
        Mobil=美孚=Mobil 1 / Castrol=嘉实多 / Shell=壳牌 / Valvoline / Pennzoil / 长城润滑油 / 昆仑润滑 / 龟牌=Turtle Wax /
        Meguiar's=美光=Meguiars / Leather Honey / Chemical Guys / Armor All / Rain-X / NOCO / 车仆 / 标榜 / 固特威 /
        瓦尔塔=VARTA / 风帆 / 骆驼蓄电池 / NGK / Denso=电装 / 70迈=70mai / 盯盯拍=DDPAI / Bosch Professional / Hyper Tough /
        Channellock / Knipex=凯尼派克 / Wera=维拉 / Wiha=威汉 / Stanley Black / Gearwrench / Snap-on / Crescent / Estwing /
        Fiskars / Felco / Gardena=嘉丁拿 / Karcher=卡赫=Kärcher / Sun Joe / EGO Power / Poulan / Troy-Bilt / Cub Cadet /
        Generac / Westinghouse=西屋 / Honda=本田 / Goal Zero / Jackery / EcoFlow=正浩 / Bluetti / Renogy / Battle Born /
        Optima / Interstate / Schumacher / Clore / Stanley Jumpit / Bosch Wiper / Trico / Adam's Polishes /
        Griot's Garage / Febreze Car / Little Trees / Royal Purple / Liqui Moly=力魔 / Motul=摩特 / Fram / K&N /
        ACDelco / Motorcraft / Mopar / Monroe Shocks / Bilstein / Hankook=韩泰 / Yokohama=优科豪马 / Kumho=锦湖 /
        Cooper Tires / BFGoodrich=百路驰 / Toyo / 玲珑=LINGLONG / 三角轮胎 / 回力轮胎 / WeatherTech / Husky Liners / Rola /
        Cobra Electronics / Viofo / Vantrue / Nextbase / Rexing / 欧司朗=OSRAM / 雪莱特 / 尤利特=UNIT / 凯驰=Kärcher /
        亿力=YILI / 绿田=LUTIAN / 保赐利=Botny / 卡耐驰 / 车太太 / 爱车屋 / 卡饰社=CARSETCITY / 威固=V-KOOL / 龙膜=LLumar / MSR /
        Big Agnes / NEMO / REI / Kelty / Therm-a-Rest / Sea to Summit / Jetboil / Primus / Snow Peak=雪峰 / Helinox /
        Nitecore=奈特科尔 / Fenix=菲尼克斯 / Petzl / Streamlight / Maglite / Lifestraw / Sawyer / Grayl / 伯希和=PELLIOT /
        思凯乐=SCALER / 奥索卡=OZARK / 尚烤佳 / 火枫=Fire Maple / 爱路客=ALOCS / 神火=SupFire
    """,
}
"""What a brand's goods are for → its names: `first=also=also`, brands apart by ` / `."""

AMBIGUOUS = """
    苹果 小米 荣耀 黑莓 樱桃 外星人 兄弟 神舟 大同 老板 小熊 虎牌 石头 奔腾 骆驼 半球 直白 统一 光明 三元 红星 海鸥 红豆 才子 三枪 匹克 飞跃 回力 北面 暴龙 凤凰 永久 英雄 斑马 百乐 三菱
    蝴蝶 双鱼 樱花 派克 胜利 红苹果 双虎 清风 超能 奥妙 雷达 狮王 大王 好奇 皇家 渴望 绿的 顽皮 红狗 标榜 风帆 大宝 霸王 六神 谷雨 自由点 舒适 参半 力士 雪花 洋河 椰树 美心 思念 白象
    正大 海天 家乐 简爱 卡士 启蒙 启赋 世喜 得力 晨光 公牛 箭牌 好太太 新日 茶花 双枪 火候 亚光 植护 大金 真彩 齐心 康宁 启初 都乐 水星 林氏 苏菲 奇多 维他 百事 爱慕 利郎 人本 蓝氏 比乐
    双鹿 巨力 德高 美标 高仪 美光 马可 马利 立白 雕牌 安速 净安 万家乐 外交官 正泰 鸭鸭 鹿王 猫人 热风 北极狐 益达 多力 中粮 万字 兰芝 夸迪 方里 橘朵 森宝 汇乐 洁玉 百露 太力 康夫 海氏
    天王表 晾霸 可心柔 钢盾 田岛 三棵树 九号 多美 雅兰 掌上明珠 花花公子 老人头 青蛙王子 霍曼 小佩 鲜朗 必胜 特福 铁三角 步步高 小天才 爱国者 纽曼 安克 普联 网件 腾达 极米 真我 一加 自然堂
    阿道夫 芬达 思高 三叉 贝印 维氏 竹叶青 大益 中茶 小皮 英氏 乐而雅 高丝 丸美 肌研 shark ninja macro cheers raid arrow grace kao iris kai uni
    victor orion kind quest orbit venus bic axe degree lux whisper comet cascade glade tide pledge bounty scott
    puffs glad saran canon beats blink nothing marshall kenwood sunbeam oster gap lee fossil columbia arena
    brooks jockey triumph clarks ecco diplomat belle trident domino spam quaker goya ritz dole orient citizen
    swatch cartier avery sakura molten wilson step2 oakley delta defiant husky craftsman werner skil stanley
    coleman weber toro scotts ortho gorilla ego continental cesar temptations burgess sheba kong frontline suave
    safeguard rejoice crest spectra lucid casper parachute ashley sauder mlb submarine dove 三九 兰特 优派 利民 力魔 友讯 多特
    大松 威猛 巅峰 川崎 拉菲 文石 春雨 本田 梅见 海韵 火枫 燕京 狼爪 玲珑 理光 盼盼 神火 神牛 美度 胜家 能率 腾龙 西蒙 赫拉 金正 锦湖 露露 雪峰 雨润 鸿雁 三雄 东古 亿力 仁豪 凤祥 多灵
    智米 正浩 永艺 百能 福佳 维拉 耶鲁 西屋 费乐 雷朗 韩泰 领势 龙膜 纽顿 汉王 乔丹 七喜 威固 田宫 柯达 牛油果 火星人 风火轮 潜水艇 索菲亚 猛犸象 彩虹糖 蓝宝石 巴黎水 黑白调 好孩子 好主人
    好媳妇 好爸爸 好想你 精气神 甲天下 野兽派 飞毛腿 白云山 钓鱼台 新希望 读书郎 作业帮 七彩虹 celsius cento ciao coke comix crucial cuckoo deli elixir
    ensure expo fellow fiesta fram frisco galax giro grove hera hermes hills homerun igloo joules kashi kinder
    kipling mahatma merci mercury nair nemo nixon olympus osprey oxbow ozark pam pigeon playboy primus rawhide
    rei rio rode rogue roland shun siete sigma simon singer soma sprite swell trek willow optima ajax aimer
    ariel barbour bella bobbie bona bruno
"""
"""Names that are words too, beside ordinary English ones: brands only where the rest is about such goods."""

AMBIGUOUS_PAIRS = """
    silver_spoon black_forest blue_diamond ball_park snow_peak five_star white_rabbit simple_modern angel_soft
    ocean_spray the_ordinary old_spice fruit_of_the_loom hot_wheels turtle_wax banana_boat fancy_feast little_swan
    on_running post-it
"""
"""The same of several words, an underscore for a space; others of several words need no other words beside them."""

HOSTS = "apple samsung huawei honor xiaomi redmi oppo vivo oneplus realme iqoo google nintendo dyson canon epson brother hp honda yamaha"
"""Brands for whose goods others make accessories."""

ACCESSORIES = """
    手机壳 保护壳 保护套 手机套 钢化膜 贴膜 水凝膜 手机膜 表带 腕带 镜头膜 支架 滤芯 滤网 配件 墨盒 硒鼓 壳 替换装 替换头 电池盖 数据线 充电线 皮套 膜 手柄套 收纳包 case cases cover
    covers screen_protector screen_protectors protector skin band bands strap straps holster mount holder
    replacement compatible
"""

NOT_BRANDS = """
    iphone ipad ipod macbook imac airpods airtag galaxy thinkpad ideapad zenbook vivobook matebook surface
    playstation ps5 ps4 xbox switch kindle echo g-shock pixel mate nova reno magic note redmibook windows android
    linux diy pvc pu pp pe abs eva pc uv spf bpa xl xxl xs jk cos polo ktv nfc app vip hd uhd fhd qhd usb hdmi led
    lcd oled rgb gps wifi wlan bluetooth gan pd qc typec type-c lightning cpu gpu ssd hdd ram rom sd tf dvd cd vcd
    vr ar ai ac dc ins ok new hot sale top pro max plus mini ultra lite se gt gs vs the and of for with in on by
    t-shirt tee tshirt bb cc dd 3d 4d 5d 4k 8k 5g 4g lte tv spa bbq gift box set kit size oem odm usa uk eu us cn hk
    jp vintage style python java excel ppt word office photoshop autocad matlab english bjd gk acg lolita dha
    omega-3 omega3 vc ve q10 nmn bcaa whey cbd mct led灯 iii ii iv vi q235 hifi hi-fi dac amp midi mp3 mp4 mp5 otg
    poe plc rj45 cat6 cat5 bnc vga dvi u.s u.s.a r2d2 tpe tpu epe epp ppr pex pet pla pom ptfe hdpe ldpe gfci cfl
    par mdf osb lvp lvt hvac cfm gpm gpf psi btu hp rpm hepa iso en din ansi astm ce fcc rohs ul etl fda gmp haccp
    usda gmo non-gmo vegan keto paleo halal kosher
"""
"""What may stand first in a title in capitals and is no brand: lines of products, techniques, materials."""
