"""How people ask what the sample shop's FAQ and policies answer, and what they do not answer.

The first of two ways of asking is for choosing weights and thresholds, the second for scoring alone.
"""

from __future__ import annotations

PARAPHRASES: tuple[tuple[str, str, str, str], ...] = (
    ("我下单了什么时候能寄出来", "拍下以后要等多长时间才发出", "How soon do you send out orders?", "I just paid, when does it leave your warehouse?"),
    ("快递大概要几天送到我家", "买了之后多长时间可以收到货", "How many days until it gets here?", "What's the usual delivery time?"),
    ("我的包裹现在到哪里了在哪看", "想看一下快递走到哪了", "Where can I see where my package is?", "Is there a tracking number for my order?"),
    ("邮费要多少钱啊", "买多少可以免邮", "What do you charge for postage?", "Is delivery free above some amount?"),
    ("地址填错了能改吗", "我搬家了想换一个收件地址", "I typed the wrong address, can it be changed?", "Can you send it to a different address instead?"),
    ("买了不喜欢一周内能退吗", "不想要了可以无理由退吗", "I don't like it, can I send it back this week?", "Do you take returns if I just changed my mind?"),
    ("退回去的邮费是我付还是你们付", "寄回去的快递费算谁的", "Do I have to pay postage to send it back?", "Who covers the cost of sending a return?"),
    ("退货了钱什么时候回来", "钱多长时间能退到我卡里", "How long until my money is back?", "I sent it back, when do I see the money on my card?"),
    ("我想换个大一号的怎么操作", "可以调换别的颜色吗怎么弄", "I want a different size, how do I swap it?", "How can I switch this for another colour?"),
    ("打开一看是碎的怎么处理", "快递到了发现商品破损", "It came broken, what should I do?", "The product is damaged on arrival, how do you handle that?"),
    ("包裹里缺了一件", "我买了三个只收到两个", "I only got two of the three things I ordered.", "Something was not in the box."),
    ("我165的身高穿什么码", "不知道买多大的合适", "Which size should I buy?", "Not sure what size fits me."),
    ("图片和实物颜色一样吗", "收到会不会和照片颜色不同", "Is the colour the same as in the pictures?", "Does it look different in real life from the picture?"),
    ("你们卖的会不会是假货", "怎么确认是真的", "Is this authentic?", "How do I know it's not a fake?"),
    ("券在哪里用", "下单时怎么使用优惠劵", "Where do I enter my coupon?", "How can I apply a discount voucher?"),
    ("我的优惠券到期了还能用吗", "券过了日期可以恢复吗", "My coupon ran out, can I get it back?", "Is it possible to extend a voucher that has expired?"),
    ("刚买完就降价了能补差价吗", "买完第二天便宜了二十块怎么办", "It got cheaper right after I bought it, can I get the difference?", "Do you have price protection?"),
    ("不想买了怎么取消", "我要撤销刚才的订单", "I want to cancel what I just ordered.", "How can I stop my order?"),
    ("能开票吗", "公司报销需要发票怎么开", "I need a receipt for my company.", "How do I request an invoice for tax?"),
    ("能不能收到货再付钱", "可不可以货到了再付款", "Can I pay cash when it arrives?", "Do you accept cash on delivery?"),
    ("缺货了什么时候有货", "这款断货了还会补货吗", "It's sold out, when will you restock?", "When will this be available again?"),
    ("拼团是怎么玩的", "怎样和朋友一起拼单", "How do I buy together with friends?", "What is the group buy and how do I join?"),
    ("送人的能包装漂亮一点吗", "有没有礼盒包装和贺卡", "Can you wrap it as a present?", "Is gift wrapping available?"),
    ("我写的评论能删掉吗", "评价写错了想改一下", "How can I remove a review I wrote?", "I want to change the comment I left on a product."),
    ("不想被推荐怎么关", "能不能别给我推荐东西了", "Stop showing me personalised suggestions.", "How can I disable recommendations based on what I look at?"),
    ("我想把账户删了", "怎么彻底注销我的帐号", "I want to close my account.", "How do I remove my profile and data?"),
    ("手机坏了保修几年", "耳机的质保期是多长", "How long is the guarantee on a phone?", "Is my headset still under warranty?"),
    ("吃的东西什么时候过期在哪看", "零食的生产日期印在哪里", "Where can I see when the food expires?", "How do I check the expiry date of snacks?"),
    ("演唱会的票能退吗", "门票不去了可以改日期吗", "Can I get my money back for a ticket?", "Can I move my ticket to another day?"),
    ("人工客服什么时候在", "几点有真人客服", "What are your service hours?", "When can I talk to a real person?"),
)  # fmt: skip
"""For each question of the FAQ, in its order: two ways of asking in Chinese and two in English."""

POLICY_QUESTIONS: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    ("returns", "换货", "Exchanges", "换货有几次机会，多少天内", "换货的运费要买家承担吗", "How many times may I exchange an item?", "Within how many days can I swap for another size?"),
    ("returns", "质量问题", "Faulty goods", "用了二十天发现质量问题可以维修吗", "质量不好要提供什么证明", "I found a fault after three weeks, can it be repaired?", "What do I have to send you if the item is faulty?"),
    ("returns", "不予退换的情况", "What we do not take back", "什么情况下不给退换", "赠品丢了还能退吗", "Which items do you not accept back?", "Can I return it if parts are lacking?"),
    ("delivery", "丢件", "Lost parcels", "物流五天没更新了", "快递丢了你们赔吗", "Tracking has not moved for a week.", "What happens if the courier loses my parcel?"),
    ("delivery", "签收与验货", "On receipt", "外包装破了可以拒收吗", "签收前要验货吗", "May I refuse a damaged box?", "Should I look at the box before signing?"),
    ("delivery", "运费", "Charges", "大件家具运费怎么算", "寄到新疆要加多少运费", "How is large furniture charged?", "What does it cost to ship to Tibet?"),
    ("privacy", "我们保存什么", "What we keep", "你们会保存我的银行卡号吗", "你们保存我的哪些信息", "Do you keep my card number?", "What data of mine do you keep?"),
    ("privacy", "与谁共享", "With whom we share", "会把我的数据卖给别人吗", "我的电话会给谁", "Do you sell my data?", "Who gets my telephone number?"),
    ("privacy", "您的权利", "Your rights", "我可以导出自己的个人数据吗", "交易凭证保存几年", "Can I export my personal data?", "For how long are receipts kept by law?"),
)  # fmt: skip
"""Document, its section in Chinese and English, and two ways of asking for it in each language."""

UNANSWERED: tuple[tuple[str, str], ...] = (
    ("你们招聘客服吗", "Are you hiring?"),
    ("老板叫什么名字", "Who is your chief executive?"),
    ("今天天气怎么样", "What's the weather today?"),
    ("你们在上海有实体店吗", "Do you have a store in London?"),
    ("可以分期付款吗", "Can I pay in instalments?"),
    ("会员等级怎么升级", "How do I earn loyalty points?"),
    ("你能写一首诗吗", "Write me a poem about the sea."),
    ("这个牌子是哪个国家的", "Which country is this brand from?"),
    ("怎么加盟你们的店", "How can I become a reseller?"),
    ("你们支持比特币吗", "Do you take bitcoin?"),
    ("这款手机有几个摄像头", "How many cameras does this phone have?"),
    ("羊毛衫可以机洗吗", "Can this sweater be machine washed?"),
    ("忘记密码怎么登录", "I forgot my password."),
    ("你们的股票代码是多少", "What is your share price?"),
    ("能不能送货到日本", "Do you ship to Canada?"),
    ("这个含酒精吗孕妇能用吗", "Is this safe during pregnancy?"),
    ("怎么绑定新的手机号", "How do I change the e-mail I log in with?"),
    ("有没有学生折扣", "Is there a student discount?"),
    ("你是机器人吗", "Are you a robot?"),
    ("直播几点开始", "When does the live show begin?"),
)  # fmt: skip
"""What neither answers, in Chinese and English; those at even places are for choosing."""

SAME: dict[int, str] = {
    0: "发货时间 Dispatch", 1: "配送时效 How long it takes", 3: "运费 Charges",
    5: "七天无理由退货 Returns within seven days", 6: "七天无理由退货 质量问题 换货 Faulty goods", 7: "退款时间 When refunds arrive",
    8: "换货 Exchanges", 9: "签收与验货 质量问题 On receipt Faulty goods", 10: "签收与验货 On receipt",
    24: "个性化推荐 Personal recommendations", 25: "您的权利 Your rights",
}  # fmt: skip
"""Place of a question of the FAQ → the sections of policies that answer it, too."""
