"""Brands of what is eaten, worn off and used up every day, with the other ways of writing each."""

from __future__ import annotations

from collections.abc import Mapping

DAILY: Mapping[str, str] = {
    "beauty": """
        L'Oreal=欧莱雅=L'Oréal=巴黎欧莱雅=LOREAL / Lancome=兰蔻=Lancôme / Estee Lauder=雅诗兰黛=Estée Lauder / Clinique=倩碧 /
        Shiseido=资生堂 / SK-II=SK2 / Olay=玉兰油 / Nivea=妮维雅 / Neutrogena=露得清 / CeraVe=适乐肤 / Cetaphil=丝塔芙 / Aveeno=艾惟诺 /
        Vaseline=凡士林 / La Roche-Posay=理肤泉 / Vichy=薇姿 / Avene=雅漾=Avène / Bioderma=贝德玛 / Kiehl's=科颜氏=Kiehls /
        The Ordinary / Maybelline=美宝莲 / MAC=魅可 / NARS / NYX / Revlon=露华浓 / e.l.f. / Fenty Beauty / YSL=圣罗兰 /
        Tom Ford / Armani=阿玛尼 / Bobbi Brown=芭比波朗 / Innisfree=悦诗风吟 / Laneige=兰芝 / Sulwhasoo=雪花秀 / Whoo /
        Etude House=伊蒂之屋 / COSRX / Anessa=安热沙=安耐晒 / Biore=碧柔=Bioré / DHC=蝶翠诗 / Hada Labo=肌研 / Curel=珂润 /
        Freeplus=芙丽芳丝 / Kose=高丝 / Fancl=芳珂 / IPSA=茵芙莎 / CPB=肌肤之钥 / La Mer=海蓝之谜 / 百雀羚=Pechoin / 自然堂=Chando /
        珀莱雅=Proya / 薇诺娜=Winona / 丸美 / 韩束 / 一叶子 / 相宜本草 / 大宝 / 玉泽 / 佰草集 / 谷雨 / 润百颜 / 夸迪 / 可复美 / 花西子=Florasis /
        完美日记=Perfect Diary / 橘朵=Judydoll / 珂拉琪=Colorkey / 毛戈平 / 卡姿兰=Carslan / 玛丽黛佳 / 稚优泉 / 酵色 / 彩棠 / 方里 / Dove=多芬 /
        Dove Men+Care / Lux=力士 / Safeguard=舒肤佳 / Head & Shoulders=海飞丝 / 清扬 / Rejoice=飘柔 / Pantene=潘婷 /
        Schwarzkopf=施华蔻 / Herbal Essences / TRESemme / Garnier=卡尼尔 / Aussie / OGX / Suave / Old Spice / Axe /
        Degree / Secret / Dial / Irish Spring / Burt's Bees / Kerastase=卡诗=Kérastase / Ryo / 阿道夫=ADOLPH / 滋源 / 霸王 /
        拉芳 / 蜂花 / 章华 / 六神 / 隆力奇 / 上海药皂 / 半亩花田 / 蜂花檀香 / Colgate=高露洁 / Crest=佳洁士 / Sensodyne=舒适达 / Listerine=李施德林 /
        云南白药 / 黑人牙膏=DARLIE=好来 / 冷酸灵 / 舒客 / 参半 / 中华牙膏 / 两面针 / Gillette=吉列 / Schick=舒适 / Venus / Bic / Veet=薇婷 /
        Always / Tampax / Kotex=高洁丝 / Whisper=护舒宝 / Sofy=苏菲 / Laurier=乐而雅 / 七度空间 / 自由点 / Banana Boat / Coppertone /
        Hawaiian Tropic / Mentholatum=曼秀雷敦 / 杰士邦=Jissbon / Durex=杜蕾斯 / Okamoto=冈本 / Jo Malone=祖玛珑 / 气味图书馆 / 观夏 /
        Dr. Bronner's / Dr.Jart+=蒂佳婷 / Drunk Elephant / Glow Recipe / Tatcha / Paula's Choice=宝拉珍选 / Sunday Riley /
        Origins=悦木之源 / Urban Decay / Too Faced / Anastasia Beverly Hills / Huda Beauty / Rare Beauty /
        Charlotte Tilbury / Laura Mercier=罗拉玛斯亚 / Guerlain=娇兰 / Clarins=娇韵诗 / Biotherm=碧欧泉 / Sisley=希思黎 /
        Helena Rubinstein=赫莲娜=HR / La Prairie=莱珀妮 / Elizabeth Arden=伊丽莎白雅顿=雅顿 / Eucerin=优色林 / Bioeffect /
        Weleda=维蕾德 / Caudalie=欧缇丽 / Jurlique=茱莉蔻 / Aesop / L'Occitane=欧舒丹 / The Body Shop=美体小铺 / Jergens /
        Gold Bond / Lubriderm / St. Ives / Thayers / Differin / Mario Badescu / First Aid Beauty / e.l.f /
        Wet n Wild / Covergirl / Rimmel / Almay / Physicians Formula / Milani / ColourPop / Morphe / Sephora /
        Olaplex / Moroccanoil / Redken / Paul Mitchell / Aveda=艾凡达 / Living Proof / Not Your Mother's / Dove Men /
        Nair / Tom's of Maine / Hello Oral / Aquafresh / Oral B / Burt's Bees Baby / Q-tips / Band-Aid=邦迪 /
        Neosporin / Tylenol=泰诺 / Advil / Aleve / Claritin / Zyrtec / Vicks / Tums / Pepto-Bismol / Benadryl /
        999=三九 / 葵花药业 / 白云山 / 马应龙 / 片仔癀 / 敷尔佳 / 创福康 / 海龟爸爸 / 瑷尔博士 / 溪木源 / 米蓓尔 / 欧诗漫 / 男士杰威尔 / 冰希黎 /
        Victoria Secret / 美康粉黛 / 花洛莉亚 / 尔木萄 / 三资堂 / 菲诗小铺 / 谜尚=MISSHA / 爱丽小屋 / 赫拉=HERA / 3CE / 爱茉莉 / 丽得姿=LEADERS /
        可莱丝=Mediheal / 春雨=papa recipe / 珊珂=SENKA / 水之密语=AQUAIR / 丝蓓绮=TSUBAKI / 怡丽丝尔=ELIXIR / 奥尔滨=ALBION /
        黛珂=DECORTE / 雪肌精=SEKKISEI / 植村秀=shu uemura / 城野医生=Dr.Ci:Labo / 芭妮兰=BANILA CO / 洁婷 / ABC卫生巾 / 全棉时代奈丝
    """,
    "food": """
        Nestle=雀巢=Nestlé / Nescafe=Nescafé / Starbucks=星巴克 / Lavazza=拉瓦萨 / illy=意利 / Folgers / Maxwell House=麦斯威尔 /
        Luckin=瑞幸 / 三顿半=Saturnbird / 隅田川 / Lipton=立顿 / Twinings=川宁 / Tetley / Bigelow / Celestial Seasonings / 八马 /
        天福茗茶 / 小罐茶 / 大益 / 张一元 / 吴裕泰 / 艺福堂 / 竹叶青 / 中茶 / 茶里=ChaLi / Coca-Cola=可口可乐=Coke / Pepsi=百事可乐=百事 / Sprite=雪碧 /
        Fanta=芬达 / Red Bull=红牛 / Monster / Gatorade=佳得乐 / Perrier=巴黎水 / Evian=依云 / LaCroix / Ocean Spray /
        农夫山泉=Nongfu Spring / 怡宝 / 百岁山 / 娃哈哈=Wahaha / 元气森林=Genki Forest / 王老吉 / 加多宝 / 康师傅 / 统一 / 东鹏 / 养元=六个核桃 / 椰树 /
        汇源 / 味全 / 北冰洋 / 健力宝 / 维他=维他奶 / 蒙牛=Mengniu / 伊利=Yili / 光明 / 三元 / 君乐宝 / 认养一头牛 / 特仑苏 / 安慕希 / 金典 /
        旺旺=Want Want / 简爱 / 卡士 / 妙可蓝多 / 安佳=Anchor / 德亚=Weidendorf / 纽仕兰 / 完达山 / 雀巢怡养 / 茅台=贵州茅台=Moutai / 五粮液 / 泸州老窖 /
        洋河 / 剑南春 / 汾酒 / 郎酒 / 西凤 / 古井贡 / 江小白 / 牛栏山 / 红星 / 张裕=Changyu / 长城葡萄酒 / 青岛啤酒=Tsingtao / 雪花啤酒=雪花 /
        百威=Budweiser / 喜力=Heineken / 科罗娜 / 海天 / 李锦记=Lee Kum Kee / 厨邦 / 千禾 / 太太乐=Totole / 家乐=Knorr / 老干妈=Lao Gan Ma /
        金龙鱼 / 福临门 / 鲁花 / 胡姬花 / 多力 / 十月稻田 / 柴火大院 / 北大荒 / 中粮 / 恒顺 / 王致和 / 六必居 / 欣和 / 好人家 / 海底捞 / 卫龙 / 洽洽 / 徐福记 /
        大白兔=White Rabbit / 好丽友=Orion / Oreo=奥利奥 / Lay's=乐事=Lays / 德芙 / Ferrero=费列罗=Ferrero Rocher / Lindt=瑞士莲 /
        M&M's / Snickers=士力架 / KitKat / Hershey's=好时=Hersheys=Hershey / Cadbury=吉百利 / Godiva=歌帝梵 / Ghirardelli / 三只松鼠 /
        良品铺子 / 百草味 / 来伊份 / 盐津铺子 / 沃隆 / 周黑鸭 / 绝味 / 王小卤 / 稻香村 / 五芳斋 / 知味观 / 杏花楼 / 广州酒家 / 元朗荣华 / 美心 / 思念 / 湾仔码头 / 安井 /
        双汇 / 金锣 / 皓月 / 恒都 / 正大 / 圣农 / 大希地 / 今麦郎 / 白象 / 日清=Nissin / 辛拉面=农心 / 出前一丁 / 阿宽 / 褚橙 / 佳沛=Zespri / 都乐=Dole /
        佳农 / 獐子岛 / 蓝雪 / 五谷磨房 / 西麦 / 桂格=Quaker / 王饱饱 / 雅士利 / 南方黑芝麻 / 同仁堂 / 东阿阿胶 / 燕之屋 / 小仙炖 / 正官庄 / 养生堂 /
        汤臣倍健=By-Health / Swisse=斯维诗 / Blackmores=澳佳宝 / 善存=Centrum / 钙尔奇=Caltrate / GNC=健安喜 / Nature Made /
        Nature's Bounty / NOW Foods / Optimum Nutrition / MuscleTech=肌肉科技 / Garden of Life / Vital Proteins / 康恩贝 /
        Heinz=亨氏 / Kraft / Campbell's / Del Monte / Hunt's / Barilla=百味来 / Kellogg's=家乐氏 / General Mills /
        Cheerios / Post / Nature Valley / KIND / Clif Bar=CLIF / Quest / RXBAR / Planters / Blue Diamond /
        Sun-Maid / Welch's / Haribo=哈瑞宝 / Skittles=彩虹糖 / Jelly Belly / Trolli / Black Forest / Werther's / Ricola /
        Altoids / Mentos=曼妥思 / 益达 / Trident / Orbit / Pringles=品客 / Doritos=多力多滋 / Cheetos=奇多 / Ritz / Nabisco /
        Pepperidge Farm / McVitie's / Walkers / Kettle Brand / Goldfish / Annie's / Bonne Maman / Smucker's /
        Nutella=能多益 / Skippy=四季宝 / Jif / Hellmann's / McCormick=味好美 / Tabasco / Sriracha / Huy Fong / Kikkoman=万字 /
        Bertolli / Filippo Berio / Pompeian / Tilda / Uncle Ben's / Ben's Original / Goya / Old El Paso /
        Bob's Red Mill / King Arthur / Domino / Tate & Lyle / Silver Spoon / Land O'Lakes / Philadelphia /
        Kerrygold / Oatly / Silk / Alpro / Chobani / Fage / Danone=达能 / Yakult=养乐多 / Tyson / Oscar Mayer /
        Hormel=荷美尔 / Spam=世棒 / Bumble Bee / StarKist / Johnsonville / Ball Park / Ben & Jerry's /
        Haagen-Dazs=哈根达斯=Häagen-Dazs / Kirkland Signature=Kirkland / Green Giant / Bush's / Bush's Best / Reese's /
        Twix / Milky Way / Toblerone / Milka=妙卡 / Kinder=健达 / Tic Tac / Life Savers / Jolly Rancher / Starburst /
        Sour Patch Kids / Swedish Fish / Airheads / Wrigley's / Peet's Coffee / Dunkin' / Green Mountain / McCafe /
        Death Wish / Community Coffee / Cafe Bustelo / Caribou Coffee / Blue Bottle / Yogi Tea /
        Traditional Medicinals / Tazo / Harney & Sons / Numi / Stash Tea / PG Tips / Yorkshire Tea / Quaker Oats /
        Kashi / Cascadian Farm / Chex / Wheaties / Special K / Pop-Tarts / Eggo / Larabar / Perfect Bar / ONE Bar /
        Pure Protein / Premier Protein / Muscle Milk / Orgain / Ensure=安素 / Pedialyte / Gatorlyte / Liquid I.V. /
        Celsius / Rockstar / 5-hour Energy / V8 / Tropicana=纯果乐 / Minute Maid=美汁源 / Simply Orange / Mott's /
        Capri Sun / Kool-Aid / Snapple / Arizona Iced Tea / Dr Pepper / Mountain Dew / 7UP=七喜 / Schweppes=怡泉 /
        Canada Dry / Topo Chico / San Pellegrino=圣培露 / Fiji Water=斐泉 / Poland Spring / Dasani / Aquafina /
        Progresso / Swanson / College Inn / Pacific Foods / Amy's / Stouffer's / Lean Cuisine / DiGiorno /
        Red Baron / Totino's / Hot Pockets / Ore-Ida / Birds Eye / Rao's / Prego / Ragu / Classico / Buitoni /
        De Cecco=得科 / Rummo / San Marzano / Cento / Mutti=慕堤 / Colavita / California Olive Ranch / Crisco / Pam /
        Wesson / Mazola / Chosen Foods / Primal Kitchen / French's / Grey Poupon / Cholula / Frank's RedHot /
        Sweet Baby Ray's / A.1. / Lea & Perrins / Worcestershire / Best Foods / Duke's / Miracle Whip /
        Hidden Valley / Ken's / Newman's Own / Wish-Bone / Justin's / Peter Pan / Laura Scudder's / Ruffles /
        Fritos / Tostitos / Sun Chips / Takis / Funyuns / Utz / Kettle / Cape Cod / Popchips / SkinnyPop /
        Orville Redenbacher's / Pop Secret / Snyder's / Rold Gold / Wheat Thins / Triscuit / Cheez-It /
        Club Crackers / Keebler / Chips Ahoy! / Nilla / Fig Newtons / Famous Amos / Mrs. Fields / Biscoff=Lotus /
        Loacker=莱家 / Bahlsen / LU / Leibniz / Ritter Sport / Merci / After Eight / Guylian / Neuhaus / See's /
        Fannie May / Russell Stover / Jack Link's / Slim Jim / Nature's Path / Simple Mills / Siete / Lundberg /
        Mahatma / Zatarain's / Rice-A-Roni / Annie Chun's / Maruchan / Nongshim / Samyang / Ottogi / Buldak / 溜溜梅 /
        口水娃 / 好想你 / 楼兰蜜语 / 西域美农 / 一品玉 / 大益茶 / 七彩云南 / 下关沱茶 / 澜沧古茶 / 勐海茶厂 / 西湖牌 / 卢正浩 / 谢裕大 / 正山堂 / 品品香 / 绿雪芽 / 忆江南 /
        中粮可益康 / 中茶海堤 / 香飘飘 / 优乐美 / 阿华田=Ovaltine / 美禄 / 高乐高 / AGF / UCC=悠诗诗 / 连咖啡 / 瑞幸咖啡 / 捌比特 / 旧街场 / 啡特力 / 中啡 /
        晨光乳业 / 新希望 / 简醇 / 每日鲜语 / 悦鲜活 / 现代牧业 / 皇氏 / 兰特 / 纯甄 / 莫斯利安 / 优益C / 味可滋 / 营养快线 / 爽歪歪 / AD钙奶 / 露露 / 维他柠檬茶 /
        东方树叶 / 茶π / 乐虎 / 外星人电解质水 / 宝矿力水特=Pocari Sweat / 燕京 / 哈尔滨啤酒 / 珠江啤酒 / 乌苏 / 泰山原浆 / 1664=Kronenbourg /
        福佳=Hoegaarden / RIO / 梅见 / 冰锐 / 古越龙山 / 石库门 / 酒鬼酒 / 水井坊 / 钓鱼台 / 今世缘 / 口子窖 / 迎驾贡酒 / 古井贡酒 / 金门高粱 / 红星二锅头 /
        拉菲=Lafite / 黄尾袋鼠=Yellow Tail / 轩尼诗=Hennessy / 人头马=Remy Martin / 马爹利=Martell / 尊尼获加=Johnnie Walker /
        芝华士=Chivas / 杰克丹尼=Jack Daniel's / 百龄坛=Ballantine's / 绝对伏特加=Absolut / 野格=Jagermeister / 百加得=Bacardi / 獭祭 /
        饭扫光 / 吉香居 / 涪陵榨菜 / 味聚特 / 郫县豆瓣 / 鹃城 / 饭爷 / 虎邦 / 东古 / 珠江桥 / 致美斋 / 六月鲜 / 葱伴侣 / 味达美 / 禾然 / 王守义 / 桃屋 /
        丘比=Kewpie / 凤球唛 / 德庄 / 小肥羊 / 呷哺呷哺 / 小龙坎 / 蜀九香 / 自嗨锅 / 莫小仙 / 空刻=AIRMETER / 拉面说 / 李子柒 / 好欢螺 / 嘻螺会 / 螺霸王 / 柳全 /
        食族人 / 白家陈记 / 陈克明 / 金沙河 / 五得利 / 香满园 / 太粮 / 王家粮 / 国宝桥米 / 洁净园 / 蒙都 / 科尔沁 / 蒙亮 / 大庄园 / 额尔敦 / 凤祥 / 泰森=Tyson /
        鲨鱼菲特 / 雨润 / 波尼亚 / 唐人神 / 皇上皇 / 荣业 / 精气神 / 甲天下 / 必品阁=bibigo / 海霸王 / 鲜美来 / 良之隆 / 叮叮懒人菜 / 麦子妈 / 味知香
    """,
    "baby": """
        Pampers=帮宝适 / Huggies=好奇 / Merries=花王妙而舒=妙而舒 / GOO.N=大王 / Moony=尤妮佳 / Luvs / 露安适 / 宜婴 / 碧芭 / 凯儿得乐 / 安儿乐 /
        妈咪宝贝 / 飞鹤=Firmus / 爱他美=Aptamil / 美素佳儿=Friso / 惠氏=Wyeth / 美赞臣=Enfamil=Mead Johnson / 雅培=Similac=Abbott / a2 /
        合生元=Biostime / 贝因美 / 启赋 / 君乐宝乐铂 / 诺优能=Nutrilon / 嘉宝=Gerber / 小皮=Little Freddie / 秋田满满 / 英氏=Engnice /
        Pigeon=贝亲 / Philips Avent=新安怡=Avent / Dr. Brown's=布朗博士 / Comotomo=可么多么 / Hegen / NUK / Tommee Tippee=汤美星 /
        Medela=美德乐 / Spectra / Munchkin=满趣健 / Babycare / 好孩子=gb=Goodbaby / Graco=葛莱 / Chicco=智高 / Britax=宝得适 /
        Cybex / Evenflo / Bugaboo / UPPAbaby / BabyBjorn=BabyBjörn / Ergobaby / Boppy /
        Johnson's=强生=Johnson & Johnson / 全棉时代=Purcotton / 子初 / 十月结晶 / 嫚熙 / 可优比=KUB / 袋鼠妈妈 / 红色小象 / 启初 / 青蛙王子 / 戴可思 /
        松达 / 世喜 / 科巢 / 小白熊 / 兔头妈妈 / 润本 / WaterWipes / Desitin / Aquaphor / Mustela=妙思乐 / Hello Bello /
        The Honest Company=Honest Company / Earth's Best / Happy Baby / Plum Organics / Beech-Nut / Sprout Organic /
        HiPP=喜宝 / Holle=泓乐 / Bellamy's=贝拉米 / Kendamil=肯达明 / Bobbie / Enfagrow / Karicare=可瑞康 / 佳贝艾特=Kabrita /
        海普诺凯=Hyproca / 金领冠 / Nuna / Baby Jogger / Bob Gear / Maxi-Cosi=迈可适 / Peg Perego / Joie=巧儿宜 / Inglesina /
        Stokke=思多嘉儿 / Doona / Summer Infant / Skip Hop=斯凯瑞普 / Bright Starts / Infantino / Baby Einstein /
        Lamaze=拉玛泽 / Manhattan Toy=曼哈顿玩具 / Nanit / Owlet / Aden + Anais / Lansinoh / Haakaa / Kiinde / Elvie /
        Willow / MAM / b.box=贝博士 / Richell=利其尔 / 爱得利 / 虎贝尔 / 一片爽 / 雀氏 / 碧芭宝贝 / 丽婴房 / 小猪班纳 / 水孩儿 / 马克珍妮 / 戴维贝拉 /
        贝贝怡 / 童泰 / 棉花堂 / 婧麒 / 十月妈咪 / 犬印本铺
    """,
    "toys": """
        LEGO=乐高 / Mattel=美泰 / Barbie=芭比 / Hot Wheels=风火轮 / Fisher-Price=费雪 / Hasbro=孩之宝 / Nerf / Play-Doh=培乐多 /
        Melissa & Doug / VTech=伟易达 / LeapFrog / Playmobil / K'NEX / Magformers / MEGA Bloks=美高 / Ravensburger=睿思 /
        Bandai=万代 / Takara Tomy=多美=TAKARATOMY / Tomica=多美卡 / Sylvanian Families=森贝儿 / Schleich=思乐 / Hape / BRIO /
        Djeco / Little Tikes=小泰克 / Step2 / Radio Flyer / Razor / Funko / Jellycat / Squishmallows / Ty /
        Crayola=绘儿乐 / Spin Master / Paw Patrol / Ravensburger / 奥迪双钻=Auldey / 布鲁可=Bloks / 启蒙 / 森宝 /
        泡泡玛特=POP MART=Popmart / 名创优品=Miniso / 澳贝 / 汇乐 / 铭塔 / 弥鹿 / 晨光=M&G / 得力=Deli / 真彩 / 齐心=Comix / 广博 /
        国誉=KOKUYO / 百乐=Pilot / 斑马=Zebra / 三菱铅笔=Uni-ball=uni / 派通=Pentel / 樱花=Sakura / 英雄=HERO / 派克=Parker /
        凌美=LAMY / 辉柏嘉=Faber-Castell / 施德楼=Staedtler / 马可=Marco / 马利 / 猫太子 / Moleskine / Sharpie / Paper Mate /
        Post-it / Expo / Bic / Crayola / Leuchtturm1917 / Rhodia / Oxford / Five Star / Avery / Fellowes /
        Scotch-Brite / Scotch=思高 / Elmer's / Prismacolor / Winsor & Newton=温莎牛顿 / Hahnemühle / Yamaha=雅马哈 / Fender / Gibson /
        Casio=卡西欧 / Roland / Kawai / 珠江钢琴 / Yonex=尤尼克斯 / Wilson=威尔胜 / Spalding=斯伯丁 / Butterfly=蝴蝶 / 红双喜=DHS / 双鱼 /
        李宁 / Decathlon=迪卡侬 / Bowflex / Peloton / Mizuno=美津浓 / Molten=摩腾 / Victor=胜利=威克多 / Li-Ning / Magna-Tiles /
        Learning Resources / Educational Insights / Osmo / ThinkFun / Hasbro Gaming / Monopoly / Jenga /
        Rubik's=魔方格 / Star Wars / Beyblade / Bakugan / My Little Pony / L.O.L. Surprise! / Calico Critters /
        American Girl / Our Generation / Cabbage Patch Kids / Build-A-Bear / Gund / Aurora World /
        Melissa and Doug / Green Toys / Lovevery / Kinetic Sand / Ooly / Alex Toys / Thames & Kosmos /
        National Geographic=国家地理 / 4M / Snap Circuits / Sphero / Revell / Tamiya=田宫 / Kotobukiya / Good Smile=良笑社 /
        52TOYS / 寻找独角兽 / TNT SPACE / TOP TOY / 拓乐 / 费乐 / 马博士 / 巧之木 / 木玩世家 / 特宝儿 / 猫贝乐 / 美阳阳 / 雷朗 / 双鹰=Double E /
        火火兔 / 牛听听 / 凯叔讲故事 / 叶罗丽 / 巴啦啦小魔仙 / Schwinn / Huffy / Trek=崔克 / Specialized / Cannondale=佳能戴尔 / Shimano=禧玛诺 /
        Strider / Woom / Mongoose / Thule=拓乐 / Yakima / Topeak / Giro / Callaway=卡拉威 / Titleist / TaylorMade=泰勒梅 /
        PING Golf / Rawlings / Easton / Louisville Slugger / Franklin Sports / Everlast / Venum / Manduka / Gaiam /
        Lifetime Products / TriggerPoint / Theragun / Hyperice / NordicTrack / Schwinn Fitness /
        Sunny Health & Fitness / Rogue / CAP Barbell / Babolat=百保力 / Dunlop=邓禄普 / Slazenger / Kawasaki=川崎 /
        Donic=多尼克 / Stiga=斯帝卡 / Nittaku=尼塔库 / 亚狮龙=RSL / 凯胜=KASON / 速迈 / 佑美 / 麦瑞克=MERACH / 野小兽=YESOUL / 舒华=SHUA /
        亿健=YIJIAN / 英派斯=IMPULSE / 立久佳 / 梵歌纳 / 爱玛莎 / 诗佳乐 / Ernie Ball / Martin Guitar / Taylor Guitars / Ibanez /
        Epiphone / Squier / D'Addario / Alesis / Korg / Behringer / Focusrite / Shure=舒尔 / Blue Yeti / RODE /
        Audient / 卡马=Kepma / 雅依利 / 恩雅=enya / 美得理=Medeli
    """,
    "home": """
        IKEA=宜家 / 全友家居=全友 / 林氏木业=林氏家居=林氏 / 顾家家居=顾家 / 芝华仕=Cheers / 左右沙发 / 喜临门=Sleemon / 慕思=DeRUCCI / 源氏木语 / 原始原素 /
        双虎 / 掌上明珠 / 曲美 / 红苹果 / 雅兰 / 梦百合 / 金可儿=Kingkoil / Serta=舒达 / Sealy=丝涟 / Simmons / Tempur-Pedic / Casper /
        Zinus / Ashley / Sauder / Linenspa / Lucid / 水星家纺=水星 / 罗莱=LUOLAI=罗莱家纺 / 富安娜=Fuanna / 梦洁=Mendale / 博洋家纺=博洋 /
        雅鹿 / 多喜爱 / 洁丽雅=Grace / 洁玉 / 亚光 / 网易严选 / 京东京造=京造 / 淘宝心选 / 苏宁宜品 / Brooklinen / Parachute / Utopia Bedding /
        Bedsure / Mellanni / 膳魔师=Thermos / 富光 / 哈尔斯=Haers / 希诺 / 特百惠=Tupperware / 乐扣乐扣=LOCK&LOCK=乐扣 / Hydro Flask /
        YETI / Stanley=史丹利 / Nalgene / CamelBak / Contigo / Owala / S'well / Simple Modern / Rubbermaid / OXO /
        Pyrex=百丽 / Corelle=康宁 / Anchor Hocking / Le Creuset=酷彩 / Staub=珐宝 / Lodge / All-Clad / Calphalon / T-fal /
        GreenPan / HexClad / Farberware / Zwilling=双立人 / WMF=福腾宝 / Fissler=菲仕乐 / Wusthof=Wüsthof=三叉 /
        Victorinox=维氏 / Henckels / KAI=贝印 / Global / 爱仕达=ASD / 炊大皇=COOKER KING / 康巴赫=KBH / 张小泉 / 王麻子 / 十八子作 / 双枪 /
        美厨 / 唐宗筷 / 炊大师 / 火候 / 美珑美利 / 摩登主妇 / 妙洁 / 茶花=Chahua / 禧天龙=Citylong / 爱丽思=IRIS=IRIS OHYAMA / 百露 / 太力=TAILI /
        佳帮手 / 宝家洁 / 美丽雅 / 好媳妇 / 大卫拖把 / 3M / 思高 / 维达=Vinda / 清风 / 心相印 / 洁柔 / 斑布 / 竹妃 / 漫花 / 植护 / 可心柔=COROU /
        Charmin / Bounty / Kleenex=舒洁 / Scott / Cottonelle / Angel Soft / Brawny / Puffs / Reynolds Wrap=Reynolds /
        Glad=佳能士 / Ziploc=密保诺 / Hefty / Saran / 蓝月亮 / 立白=Liby / 奥妙=OMO / 汰渍=Tide / 碧浪=Ariel / 超能 / 雕牌 /
        威猛先生=Mr Muscle / 威露士=Walch / 滴露=Dettol / 榄菊 / 雷达=Raid / 碧丽珠=Pledge / 花王=KAO / 狮王=LION / 安速 / 老管家 / 净安 / 蓝漂 /
        Lysol / Clorox / Febreze / Glade=佳丽 / Air Wick / Downy=当妮 / Gain / Persil=宝莹 / Dawn / Cascade / Finish=亮碟 /
        Method / Mrs. Meyer's / Seventh Generation / OxiClean / Windex / Swiffer / Scrub Daddy / Weiman /
        Yankee Candle / Bath & Body Works / Comet / Ajax / Palmolive / 九牧=JOMOO / 箭牌=ARROW / 科勒=Kohler / 恒洁=HEGII /
        摩恩=Moen / TOTO / 汉斯格雅=Hansgrohe / 高仪=Grohe / 美标=American Standard / 惠达 / 潜水艇=Submarine / Delta / Pfister /
        Glacier Bay / Hampton Bay / Home Decorators Collection / Waxman / Kwikset / Schlage / Moen / 好太太 / 晾霸 /
        雷士照明=雷士=NVC / 欧普=OPPLE=欧普照明 / 公牛=BULL / 正泰=CHNT / 德力西=DELIXI / 施耐德=Schneider / 罗格朗=Legrand / 佛山照明=FSL /
        三雄极光 / 松下电工 / Feit Electric / Sylvania / GE / Cree / Lutron / Leviton / Eaton / Energizer=劲量 /
        Duracell=金霸王 / 南孚=NANFU / 双鹿 / Eveready / Better Homes & Gardens / Mainstays / Threshold / Nautica /
        Martha Stewart / Laura Ashley / Sheex / Boll & Branch / Buffy / Coop Home Goods / Saatva / Nectar / Leesa /
        Tuft & Needle / Novaform / Sleep Number / Beautyrest / La-Z-Boy / West Elm / Pottery Barn / Crate & Barrel /
        Wayfair / Safavieh / nuLOOM / Ruggable / Loloi / Walker Edison / South Shore / Prepac / Bush Furniture /
        Furinno / VASAGLE / SONGMICS / Nathan James / Novogratz / Flash Furniture / Herman Miller=赫曼米勒 /
        Steelcase=世楷 / Secretlab / Autonomous / FlexiSpot=乐歌 / Ergonor=保友 / 西昊=SIHOO / 永艺=UE / 黑白调=Hbada / 椅品汇 /
        享耀家 / 恒林 / Umbra / simplehuman / InterDesign / mDesign / iDesign / YouCopia / Joseph Joseph / Brabantia=百能 /
        Vileda=微力达 / O-Cedar / Bona / Casabella / Libman / Full Circle / Quilted Northern / Grove / Ecover /
        Dr. Beckmann=贝克曼博士 / Frosch / Finish Quantum / Lenor / Harpic / Bar Keepers Friend / Goo Gone / Murphy Oil /
        Pine-Sol / Old English / Endust / Mr. Clean / Magic Eraser / Brita=碧然德 / PUR / ZeroWater / SodaStream /
        Mason Jar Ball / Weck / Libbey / Bormioli Rocco / Luminarc=乐美雅 / Riedel=醴铎 / Spiegelau /
        Schott Zwiesel=肖特圣维莎 / Villeroy & Boch=唯宝 / Wedgwood=玮致活 / Royal Doulton / Royal Copenhagen / Noritake=则武 /
        Lenox / Mikasa / Fiesta / Emile Henry / Denby / Portmeirion / Swell / Takeya / Klean Kanteen / Kinto /
        Hario / Chemex / Bodum=波顿 / Fellow / Baratza / Melitta=美乐家 / AeroPress=爱乐压 / Bialetti=比乐蒂 / Timemore=泰摩 /
        Nordic Ware / USA Pan / Wilton / Good Cook / Ozeri / ThermoPro / Taylor Precision / Escali / Cangshan /
        Misono / Miyabi / Shun / Mercer Culinary / Dexter / Cutco / Imarku / Opinel / Gerber Knives / SOG /
        Benchmade / Spyderco / Buck Knives / 卡罗特=CAROTE / 德世朗=DESLON / 泰福高=TAFUCO / 物生物 / 杯具熊=BEDDYBEAR / 迪乐贝尔 /
        三四钢 / 沈榕记 / 邓家刀 / 金门菜刀 / 拜格=BAYCO / 德国司顿 / 竹木本记 / 曼联家居 / 康尔馨 / 亚朵星球=亚朵 / 睡眠博士=AiSleep / 南方生活 / 赛诺=SINOMAX /
        泰普尔 / 穗宝 / 晚安家居 / 联邦家私 / 红星美凯龙 / 皇朝家私 / 仁豪 / 天坛家具 / 卡梵洛 / 摩高空间 / 尚品宅配 / 欧派=OPPEIN / 索菲亚 / 好莱客 / 志邦 / 金牌厨柜 /
        松堡王国 / 喜梦宝 / 酷漫居 / 护童 / 爱果乐=IGROW / 光明园迪 / 宝优妮 / 稻草熊 / 得力文具 / 泉林本色 / 威猛 / 小林制药=KOBAYASHI / 好爸爸 / 全因爱 / 纳爱斯 /
        格林小超人 / 凡蜡 / 野兽派=THE BEAST / 宫娥香 / 三雄 / 月影凯顿 / 孩视宝 / 良亮 / 航嘉 / 西蒙=Simon / 鸿雁 / 飞雕 / 正泰电工 / 杜亚=DOOYA / 盼盼 /
        凯迪仕=KAADAS / 德施曼=DESSMANN / 耶鲁=Yale / 鹿客=LOOCK / 多灵
    """,
    "pets": """
        Purina=普瑞纳 / Purina ONE / Pro Plan=冠能=Purina Pro Plan / Royal Canin=皇家 / Hill's=希尔斯=Hills /
        Hill's Science Diet=Science Diet / Pedigree=宝路 / Whiskas=伟嘉 / Blue Buffalo / Iams / Orijen=渴望 / Acana=爱肯拿 /
        Friskies / Fancy Feast=珍致 / Sheba=希宝 / Greenies=绿的 / Milk-Bone / KONG / Temptations / Cesar=西莎 / Wellness /
        Taste of the Wild / Frontline=福来恩 / Seresto / Tidy Cats / Arm & Hammer=艾禾美 / Chuckit! / Tetra / Aqueon /
        Kaytee / Burgess / 比瑞吉 / 麦富迪=Myfoodie / 网易天成 / 伯纳天纯=Pure&Natural / 疯狂小狗 / 顽皮=Wanpy / 耐威克 / 雷米高 / 好主人 /
        佩玛思特 / 比乐 / 鲜朗 / 阿飞和巴弟 / 高爷家 / 蓝氏 / 诚实一口 / 弗列加特 / 卫仕 / 红狗 / 小佩=PETKIT / 霍曼=Homerun / 未卡=VETRESKA / 洁客 /
        许翠花 / Nutro / Merrick / Natural Balance / Rachael Ray Nutrish / Stella & Chewy's / Nulo / Canidae /
        Eukanuba / Beneful / Dog Chow / Cat Chow / Kibbles 'n Bits / Meow Mix / 9Lives / Rawhide / DreamBone /
        Zuke's / Blue Wilderness / Smartbones / Nylabone / Outward Hound / ZippyPaws / PetSafe / Furminator=富美内特 /
        Hartz / Advantage II / K9 Advantix / NexGard / Bravecto / Cosequin / Zesty Paws / Pet Naturals /
        Vet's Best / Nature's Miracle / Rocco & Roxie / Simple Solution / Fresh Step / Dr. Elsey's / sWheat Scoop /
        Feliway / Catit / SmartCat / Frisco / MidWest Homes / Carlson Pet / Petmate / Van Ness / Bedsure Pet /
        Furhaven / K&H Pet / Fluval / Seachem / Hikari=高够力 / Zilla / Zoo Med / Exo Terra / Oxbow / Vitakraft=维他卡芙 /
        Wild Harvest / 巅峰=ZIWI / K9 Natural / 素力高=Solid Gold / 纽顿=Nutram / 百利宠物=Instinct / 牛油果=AvoDerm / 福摩=Fromm /
        欧恩焙 / 希尔思 / 爱立方 / 海洋之星=Fish4Dogs / 原始猎食渴望 / 伊纳宝=INABA=CIAO / 喵梵思 / 滋益巅峰 / 朗诺 / 帕特 / 江小傲 / 凯锐思=Kerres / 百思地 /
        毛掌门 / 麦德氏 / 普安特 / 雪貂留香 / 布兰德 / 疯狂的小狗 / N1爱宠爱猫 / pidan / 森森=SUNSUN / 博宇=BOYU / 佳宝水族 / 闽江 / 德彩=Tetra
    """,
}
"""What a brand's goods are for → its names: `first=also=also`, brands apart by ` / `."""
