"""What people post: daily life with an intent, questions about goods, and what friends write to each other."""

from __future__ import annotations

DAILY_ZH = {
    "park": ("今天天气真好，我想去公园散步", "阳光这么好，不去公园晒晒太阳可惜了", "周末带娃去公园放风筝，有人一起吗", "公园的花开了，拍了一下午", "下班绕路去湖边走了走，风很舒服", "想找块草地铺张垫子躺一天"),
    "film": ("昨晚看了《星渡》，感觉非常震撼", "《远光纪元》二刷，还是看哭了", "有没有人周末一起看电影", "《深海来信》特效一般，但是故事真好", "《星渡》太失望了，剧情一塌糊涂", "在家用投影看老电影，幸福"),
    "rainy": ("又下雨了，鞋子全湿", "梅雨季什么时候结束，衣服都晾不干", "下雨天最适合窝在家看书", "没带伞被淋成落汤鸡", "听着雨声喝热茶，也挺好", "雨太大了，骑车回家像游泳"),
    "heat": ("热到融化，谁来救救我", "今天三十八度，出门五分钟流汗两小时", "空调房里不想出门", "晒黑了两个度，防晒要补起来", "夏天就靠冰饮续命了", "蚊子比我还精神"),
    "cold": ("降温了，翻出了羽绒服", "手冻得打不了字", "下雪啦！第一场雪", "办公室冷得像冰箱，裹着毯子上班", "冬天的被窝有封印", "早上起床需要莫大的勇气"),
    "gift": ("闺蜜生日送什么好，在线等", "第一次见对方父母，礼物选得头大", "给妈妈挑母亲节礼物中", "男朋友说什么都不缺，送礼好难", "同事要结婚了，大家随礼还是送东西", "给老师准备一份小礼物，有什么推荐"),
    "cook": ("今天自己炒了三个菜，光盘", "新锅真不粘，煎蛋完美", "跟着食谱做了红烧肉，家里人抢着吃", "周末包饺子，忙活一下午", "带饭第三十天，省了不少钱", "厨房小白求一个不会翻车的菜"),
    "fitness": ("晨跑五公里打卡", "健身第一周，浑身酸痛", "瑜伽课回来，整个人都舒展了", "今年的目标是跑完半马", "骑行五十公里，腿已经不是自己的了", "在家跟练半小时，汗流浃背"),
    "study": ("开始自学人工智能了，有没有同好", "背单词背到怀疑人生", "考研倒计时，图书馆又满了", "报了个编程课，先坚持一个月", "开学前夜，作业还没写完", "想换行业，正在补数学"),
    "travel": ("国庆去哪儿人少，求推荐", "收拾行李，明天出发去海边", "露营回来，星空太美了", "第一次一个人旅行，紧张又期待", "高铁上写游记，耳机没电了", "徒步十公里，风景值了"),
    "baby": ("宝宝今天会叫妈妈了", "夜里喂了三次奶，困成熊猫", "孩子第一天上幼儿园，哭的是我", "陪娃搭积木搭了一上午", "辅食做得比自己吃的还用心", "小家伙学会骑平衡车了"),
    "pet": ("猫主子又不吃粮了，愁", "带狗子去打疫苗，它全程发抖", "家里猫把沙发抓花了", "出差三天，最想的是猫", "狗狗第一次看到雪，乐疯了", "换了猫砂，它好像挺满意"),
    "tired": ("加班到十一点，只想躺平", "连开五个会，嗓子都哑了", "最近总失眠，有什么好办法", "周一综合症又犯了", "今天什么都不顺，想哭", "累到连外卖都不想点"),
    "happy": ("升职了！请大家喝奶茶", "面试通过，开心到转圈", "今天被陌生人夸了，快乐一整天", "和老朋友聊到半夜，真好", "抢到音乐节的票了", "搬新家了，终于有自己的书房"),
}  # fmt: skip

DAILY_EN = {
    "park": ("Lovely sunny day, off to the park", "Anyone up for a picnic this weekend?", "The blossoms in the park are out, took a hundred photos"),
    "film": ("Saw Star Ferry last night, what a ride", "Star Ferry was such a letdown, the plot made no sense", "Film night at home with the projector"),
    "rainy": ("Rain again, my shoes are soaked", "Rainy day, tea and a good book", "Forgot my umbrella, of course"),
    "heat": ("38 degrees today, I am melting", "Got sunburnt on a ten-minute walk", "Living on iced drinks this week"),
    "cold": ("First snow of the year!", "My fingers are too cold to type", "Time to dig out the down jacket"),
    "gift": ("What do you give someone who has everything?", "Looking for a birthday present for my best friend", "Meeting the parents, need a gift idea"),
    "cook": ("Cooked three dishes tonight, nothing left", "My new pan makes perfect eggs", "Packed lunch, day thirty"),
    "fitness": ("Morning run: five kilometres done", "Sore all over after leg day", "Yoga fixed my back"),
    "study": ("Started learning AI from scratch, wish me luck", "Vocabulary until my eyes hurt", "The library is full again, exams must be close"),
    "travel": ("Packing for the seaside, leaving tomorrow", "Back from camping, the stars were unreal", "First solo trip, nervous and excited"),
    "baby": ("She said mama today!", "Three night feeds, send coffee", "First day of nursery, guess who cried"),
    "pet": ("The cat rejects her food again", "My dog saw snow for the first time", "Sofa: 0, cat: 1"),
    "tired": ("Worked until eleven, just want to lie down", "Five meetings in a row, no voice left", "Can't sleep lately, any tips?"),
    "happy": ("Got the promotion!", "Passed the interview, dancing in the kitchen", "Moved in, finally a room for my books"),
}  # fmt: skip

BEFORE = (
    (
        "",
        "",
        "",
        "",
        "",
        "碎碎念：",
        "打卡，",
        "记录一下：",
        "有一说一，",
        "今日份日常：",
        "姐妹们，",
        "朋友们，",
        "随手一发：",
        "每日一记：",
        "突然想说，",
    ),
    (
        "",
        "",
        "",
        "",
        "Note to self: ",
        "Small update: ",
        "Mood: ",
        "Today's diary: ",
        "Friends, ",
        "Just so you know: ",
    ),
)
AFTER = (
    (
        "",
        "",
        "",
        "",
        "",
        "～",
        "！",
        "，你们呢",
        "，先这样",
        "。就这样",
        "，有同感的举手",
        "[图片]",
        "，记录一下",
        "🙈",
        "。今天也要好好吃饭",
        "（配图）",
    ),
    (
        "",
        "",
        "",
        "",
        "!",
        " 🙈",
        ", anyone else?",
        ". That's all.",
        "...",
        " (photo)",
        ". How about you?",
    ),
)
"""What stands around a post of daily life: Chinese, English."""

SHARES_ZH = (
    "最近入的{name}，真香", "{brand}的这个{name}谁用谁知道", "分享一个好物：{name}，{point}", "被朋友种草的{name}到了，{point}这点没骗人",
    "{scene}用它正好，{name}", "无意中翻到的{name}，{point}", "这个月最满意的一单就是{name}", "{name}回购第二次了，说明一切",
    "有人问我用的哪款{name}，就是{brand}这个", "{name}开箱，{point}", "给大家避雷之后终于找到好用的{name}", "一句话：{name}，{point}，可以冲",
)  # fmt: skip
SHARES_EN = (
    "Just got this {name} and I love it", "Sharing a find: {name}, {point}", "If you need a {name}, try the one from {brand}", "My best buy this month: {name}",
    "Second time buying this {name}, says it all", "{name}, {point}. Enough said.",
)  # fmt: skip

QUESTIONS_ZH = {
    "size": ("身高170体重65公斤穿什么码", "{name}偏大还是偏小", "脚背高能穿吗", "{name}具体尺寸是多少"),
    "quality": ("{name}会不会掉色", "用久了会变形吗", "{name}是什么材质的", "有人用过半年以上的吗，质量怎么样"),
    "logistics": ("今天下单周末能到吗", "新疆包邮吗", "发什么快递", "可以指定日期送吗"),
    "authenticity": ("是正品吗，能验货吗", "生产日期是什么时候", "保质期多久", "有质检报告吗"),
    "price": ("最近有活动吗", "能不能再便宜点", "双十一会降价吗", "买两件有优惠吗"),
    "ease": ("安装麻烦吗", "老人会用吗", "{name}好清洗吗", "说明书是中文的吗"),
    "fit": ("{scene}适合用吗", "送人合适吗", "学生党适合吗", "敏感肌能用吗"),
}  # fmt: skip
QUESTIONS_EN = {
    "size": ("Does the {name} run small?", "What are the exact measurements?"),
    "quality": ("What is the {name} made of?", "Does it hold up after a few months?"),
    "logistics": ("Will it arrive by the weekend if I order today?", "Which courier do you use?"),
    "authenticity": ("Is it original, and can I check it?", "What is the expiry date?"),
    "price": ("Any discount coming up?", "Is there a deal for two?"),
    "ease": ("Is it hard to set up?", "Is the {name} easy to clean?"),
    "fit": ("Is it good for {scene}?", "Would it make a nice gift?"),
}  # fmt: skip

MESSAGES_ZH = (
    "在干嘛呢", "周末有空吗，一起吃饭", "哈哈哈笑死我了", "收到，谢谢啦", "你上次说的那家店叫什么", "生日快乐！", "今天好累", "明天几点见", "帮我看看这个好不好看",
    "最近怎么样", "早点休息", "路上注意安全", "一起拼单吗", "我到家了", "你推荐的真不错", "孩子睡了没", "改天聚聚", "真羡慕你", "别太辛苦了", "加油，你可以的",
    "妈妈让我问你什么时候回来", "项目终于上线了", "明天开会别忘了", "谢谢你昨天帮忙", "想你了", "我也想要一个", "天冷多穿点", "给你留了一份", "晚上打球去不去", "票我买好了",
)  # fmt: skip
MESSAGES_EN = (
    "What are you up to?", "Free this weekend?", "Haha, that made my day", "Got it, thanks!", "Happy birthday!", "So tired today", "What time tomorrow?",
    "Does this look good on me?", "Home safe", "Your tip was great", "Let's catch up soon", "Shall we order together?", "Don't work too hard", "Miss you",
)  # fmt: skip
COMMENTS_ZH = (
    "好看！", "求链接", "太真实了", "我也是这样", "羡慕", "这个颜色适合你", "下次带上我", "支持一下", "哈哈哈哈", "写得真好", "同款已下单", "看着就好吃", "厉害了",
    "抱抱你", "明天会更好", "这也太可爱了吧", "多少钱入的", "种草了", "学到了", "打卡", "我觉得一般", "不太适合我",
)  # fmt: skip
COMMENTS_EN = ("Love it!", "Link please", "So true", "Same here", "Take me next time", "That colour suits you", "Well done!", "Looks delicious", "Not for me, but nice", "Hugs")  # fmt: skip
SHARE_NOTES_ZH = ("你看这个{name}怎么样", "这个适合你", "我买了这个{name}，挺好的", "帮我参考一下", "便宜了，快看", "上次你说要{name}来着", "这个{name}不错", "一起买？", "看看这个，{point}", "你家应该用得上")  # fmt: skip
SHARE_NOTES_EN = ("What do you think of this {name}?", "This made me think of you", "I got this {name} and it's good", "It's on sale now", "You said you needed a {name}", "Shall we get one each?")  # fmt: skip
