"""What is said to the shop's service: each intent has ways to open, answers, and what follows.

Columns of an intent: openings, agent's answers, follow-ups in Chinese; then the same in English.
"""

from __future__ import annotations

from typing import NamedTuple


class Talk(NamedTuple):
    """The sayings of one intent in one language."""

    openings: tuple[str, ...]
    answers: tuple[str, ...]
    follow_ups: tuple[str, ...]


ZH = {
    "refund": Talk(
        ("我要退款，怎么操作", "{name}不想要了，能退吗", "申请退款{days}天了还没到账", "退的货你们都签收了，钱呢", "质量有问题，我要求全额退款", "买错了，想退掉", "退款被驳回了是什么情况", "你好，上周退的{name}什么时候退钱", "不合适，退货退款", "为啥退款少了几块钱"),
        ("您好，签收7天内可以申请退款，请在订单页点“申请售后”。", "已经帮您查询，仓库昨天签收，1到2天内审核完会原路退回。", "非常抱歉让您久等，我给您加急处理了。", "差额是优惠分摊的部分，券会退回您的账户。"),
        ("那运费谁出", "大概几天能到账", "好的，我已经申请了", "要不要寄回包装盒", "能不能快一点", "我看了还是没有"),
    ),
    "logistics": Talk(
        ("我的快递到哪了", "怎么还不发货", "{name}物流三天没动了", "显示签收了可是我没收到", "今天能发出吗，急用", "催一下快递", "单号查不到信息", "能不能送到家门口，不要放驿站", "都{days}天了，是不是丢件了", "周末派送吗"),
        ("我帮您看一下，包裹目前在中转站，预计明天送达。", "亲，订单今天下午就会发出，发出后有短信提醒。", "已经联系快递公司核实，24小时内给您答复。", "如果确认丢件，我们马上给您补发。"),
        ("明天几点能到", "那麻烦尽快", "我不在家怎么办", "还要等多久", "好吧，那我再等等", "可以换一家快递吗"),
    ),
    "size_advice": Talk(
        ("身高168体重55公斤，{name}穿什么码", "这款偏大还是偏小", "平时穿38的鞋，这个选多大", "L和XL差多少", "肩宽一点的选哪个码", "孩子五岁110厘米穿多大", "想宽松一点，要大一码吗", "尺码表在哪里看", "腰围72能穿M吗", "{name}有没有加大码"),
        ("按您的身高体重建议选M，合身不紧。", "这款是标准码，喜欢宽松可以大一码。", "脚宽或脚背高建议拍大一码。", "详情页第三张图是尺码表，您对照一下。"),
        ("我肩膀比较宽呢", "那就拍M吧", "不合适能换吗", "冬天里面要穿毛衣", "谢谢，我再量一下", "两个码都买退一个行吗"),
    ),
    "complaint": Talk(
        ("你们这什么质量，用了{days}天就坏了", "我要投诉，客服态度太差", "{name}和描述完全不符，骗人的吧", "太失望了，再也不会来了", "说好的赠品没给，什么意思", "等了半小时没人理，服务真差", "发的是旧货吧，包装都是开的", "我非常生气，必须给个说法", "第三次出问题了，你们管不管", "你们这是虚假宣传"),
        ("非常抱歉给您带来不好的体验，我马上为您核实处理。", "理解您的心情，麻烦发一张照片，我们优先给您换新或退款。", "您的投诉已经登记，主管会在两小时内联系您。", "确实是我们的疏忽，补偿您一张20元券，您看可以吗？"),
        ("我不要券，我要退钱", "每次都这么说", "照片发给你们了", "那什么时候能解决", "我要找你们经理", "这还差不多"),
    ),
    "exchange": Talk(
        ("想换个颜色可以吗", "{name}买大了，换小一码", "发错货了，我要换", "收到的有瑕疵，换一个新的", "换货要多久", "能换成别的款式吗", "还没拆封，想换黑色", "换货的话先寄回还是先发"),
        ("可以换的，请在订单里申请换货并选择新规格。", "抱歉发错了，我们安排上门取件并同时发出新的。", "收到退件验货后当天就给您寄出。", "这个颜色还有货，已经给您备注了。"),
        ("差价怎么算", "取件几点来", "换货要收运费吗", "好，谢谢", "原来的盒子丢了行吗", "那我等消息"),
    ),
    "stock": Talk(
        ("{name}什么时候补货", "黑色还有吗", "为什么显示缺货", "XL码会再上吗", "这款下架了吗", "想要三件，库存够吗", "新款什么时候上", "线下门店有没有现货"),
        ("这款预计下周补货，您可以点到货提醒。", "目前黑色还有少量，建议尽快下单。", "库存充足，三件可以直接拍。", "这一批卖完就不再做了，可以看看同系列新款。"),
        ("到货能通知我吗", "那先下单了", "有没有类似的", "能帮我留一件吗", "好的知道了", "大概要等几天"),
    ),
    "coupon": Talk(
        ("优惠券怎么用不了", "刚买完就降价，能退差价吗", "有没有新人优惠", "满减和券能一起用吗", "我的券怎么不见了", "大促是哪天开始", "能不能便宜点", "{name}有活动吗", "会员有折扣吗"),
        ("这张券只适用于指定商品，结算页会显示能否使用。", "7天内可以申请保价，我帮您提交了，差价原路返还。", "新人首单有10元券，已经发到您的账户。", "满减和优惠券可以叠加，系统会自动算最低价。"),
        ("差价多久到", "那我等活动再买", "券什么时候过期", "谢谢，看到了", "还是用不了", "可以多给一张吗"),
    ),
    "usage": Talk(
        ("{name}怎么用", "第一次用要注意什么", "连不上手机怎么办", "可以机洗吗", "怎么安装，没有说明书", "能放微波炉吗", "多久换一次", "孕妇可以用吗", "指示灯一直闪是什么意思", "和别的产品能一起用吗"),
        ("详情页有视频教程，第一次使用请先充满电。", "建议手洗或放洗衣袋轻柔机洗，不要暴晒。", "长按开关五秒恢复初始设置，再重新连接试试。", "成分温和，孕期使用建议先咨询医生。"),
        ("试了还是不行", "好了，可以了", "有没有图文版", "要按多久", "那能用热水吗", "明白了"),
    ),
    "authenticity": Talk(
        ("这是正品吗", "防伪码查不到怎么办", "生产日期是哪天", "和我以前买的包装不一样", "有没有授权书", "假货怎么赔", "扫码显示已被查询过", "{name}是哪里产的"),
        ("我们是品牌授权店，支持验货，假一赔十。", "新批次换了包装，防伪码请刮开涂层后再输入。", "现在发的都是近三个月生产的。", "质检报告在详情页最后，您也可以申请发送到邮箱。"),
        ("那我再试一次", "可以发一下报告吗", "查到了，是真的", "我还是不放心", "为什么要换包装", "好的，信你们一次"),
    ),
    "order_change": Talk(
        ("地址填错了，能改吗", "订单能取消吗", "想加一件一起发", "电话写错了怎么改", "可以晚几天发货吗", "拍重复了，取消一个", "颜色选错了，还没发货能改吗", "帮我备注不要放辣"),
        ("还没发货，已经帮您改好了地址。", "订单已取消，货款原路退回。", "可以合并发货，您拍下后我备注。", "已经打单了，到货后您拒收就可以。"),
        ("改成公司地址", "多久退钱", "那就按原来的吧", "谢谢，太好了", "还有一单也要改", "能确认一下吗"),
    ),
    "invoice": Talk(
        ("可以开发票吗", "电子发票发到哪", "抬头写错了能重开吗", "要专票怎么开", "发票还没收到", "个人抬头行不行", "两个订单能开一张吗"),
        ("可以，请提供抬头和税号，电子发票24小时内发到邮箱。", "已经重新开具，请查收邮箱。", "专票需要提供开户行信息，3个工作日寄出。", "在订单页点“申请发票”就可以自助开具。"),
        ("税号发你了", "收到了", "邮箱换一个可以吗", "金额含运费吗", "好的，麻烦了"),
    ),
    "recommendation": Talk(
        ("送女朋友什么好", "想买个{name}，哪款好", "预算200有推荐吗", "适合老人用的有吗", "下周去露营要准备什么", "敏感肌用哪个", "有没有适合雨天穿的鞋", "给五岁孩子挑个礼物", "办公室用的小电器有推荐吗"),
        ("这款{name}最近卖得很好，{point}，您可以看看。", "请问预算大概多少，平时喜欢什么风格？", "送人的话推荐礼盒装，附贺卡，很体面。", "户外的话建议看看野餐垫和保温水壶，可以搭配。"),
        ("预算三百以内", "有别的颜色吗", "这个评价怎么样", "那就它了", "还有更便宜的吗", "我再想想"),
    ),
}  # fmt: skip

EN = {
    "refund": Talk(
        ("I'd like a refund", "Can I return the {name}?", "My refund still hasn't arrived after {days} days", "You received my return, where is the money?", "It's faulty, I want my money back", "Why was my refund a few yuan short?"),
        ("You can ask for a refund within 7 days of receipt, from the order page.", "The warehouse got it yesterday; the refund goes out in 1 to 2 days.", "Sorry for the wait, I have marked it urgent."),
        ("Who pays for shipping?", "How many days will it take?", "Done, I've applied", "Could you hurry, please?"),
    ),
    "logistics": Talk(
        ("Where is my parcel?", "Why hasn't it shipped yet?", "Tracking hasn't moved for {days} days", "It says delivered but I have nothing", "Can you send it today? It's urgent", "Do you deliver at weekends?"),
        ("It is at the sorting centre and should reach you tomorrow.", "It ships this afternoon; you will get a message.", "I have asked the courier and will answer within 24 hours."),
        ("What time tomorrow?", "What if I'm not at home?", "Okay, I'll wait", "Can you use another courier?"),
    ),
    "size_advice": Talk(
        ("I'm 168 cm and 55 kg, which size?", "Does the {name} run small?", "I usually wear 38, what should I take?", "Would M fit a 72 cm waist?", "My son is five, which size is right?"),
        ("I'd suggest M, it fits without being tight.", "It's true to size; go one up if you like it loose.", "The size chart is the third picture."),
        ("My shoulders are broad", "M it is", "Can I exchange it if it doesn't fit?", "Thanks, I'll measure again"),
    ),
    "complaint": Talk(
        ("It broke after {days} days, what kind of quality is this?", "I want to complain about your service", "The {name} is nothing like the description", "I'm really angry about this order", "Third time something goes wrong, do you even care?"),
        ("I'm very sorry about this; let me look into it right away.", "I understand. Please send a photo and we'll replace it or refund you first.", "Your complaint is registered; my supervisor will call within two hours."),
        ("I want my money, not a coupon", "You always say that", "I've sent the photos", "I want to speak to your manager"),
    ),
    "exchange": Talk(
        ("Can I swap it for another colour?", "The {name} is too big, I need a smaller one", "You sent the wrong item", "It has a flaw, please send a new one", "How long does an exchange take?"),
        ("Sure, ask for an exchange in the order and pick the new option.", "Sorry about that; a courier will pick it up and the new one ships now.", "We send it the day the return is checked."),
        ("Do I pay the difference?", "When will the pick-up be?", "Great, thanks", "I lost the box, is that okay?"),
    ),
    "stock": Talk(
        ("When will the {name} be back?", "Is black still available?", "Why does it say sold out?", "I need three, do you have enough?"),
        ("It should be back next week; tap Notify me.", "A few black ones are left, better be quick.", "There's enough, you can order three."),
        ("Will you let me know?", "Anything similar?", "Okay, ordering now", "Could you keep one for me?"),
    ),
    "coupon": Talk(
        ("My coupon doesn't work", "The price dropped right after I bought it", "Is there a discount for new customers?", "When does the sale start?", "Any deal on the {name}?"),
        ("That coupon is for selected goods; checkout shows whether it applies.", "I've asked for price protection; the difference will be refunded.", "There's a 10 yuan coupon in your account now."),
        ("When does it expire?", "I'll wait for the sale then", "Still not working", "Thanks, I see it"),
    ),
    "usage": Talk(
        ("How do I use the {name}?", "It won't connect to my phone", "Can it go in the washing machine?", "There's no manual, how do I set it up?", "What does the blinking light mean?"),
        ("There's a video on the page; charge it fully first.", "Hand wash, or a gentle cycle in a bag.", "Hold the button for five seconds to reset it, then connect again."),
        ("I tried, it still fails", "Works now, thanks", "How long do I press?", "Got it"),
    ),
    "authenticity": Talk(
        ("Is this genuine?", "The security code isn't found", "The box looks different from last time", "When was it made?", "Where is the {name} made?"),
        ("We are a licensed dealer; a fake is refunded ten times.", "The new batch has a new box; scratch off the code first.", "What we ship now was made in the last three months."),
        ("Let me try again", "Found it, it's real", "I'm still not sure", "Can you send the report?"),
    ),
    "order_change": Talk(
        ("I typed the wrong address, can you change it?", "Please cancel my order", "Can I add one more item to it?", "I ordered twice by mistake", "Could you ship a few days later?"),
        ("It hasn't shipped, I've changed the address.", "It's cancelled and the money is on its way back.", "It's already packed; please refuse the parcel when it comes."),
        ("Use my office address", "When do I get the money back?", "Perfect, thank you", "There's another order to change"),
    ),
    "invoice": Talk(
        ("Can I get an invoice?", "Where was the invoice sent?", "The company name on my invoice is wrong", "One invoice for two orders, please"),
        ("Sure, send me the name and tax number; it arrives by e-mail within 24 hours.", "I've issued it again, please check your e-mail.", "You can ask for it on the order page yourself."),
        ("Here is the tax number", "Got it", "Does it include shipping?", "Another e-mail, please"),
    ),
    "recommendation": Talk(
        ("What would be a nice gift for my girlfriend?", "Which {name} do you recommend?", "Anything good for 200 yuan?", "Going camping next week, what do I need?", "Shoes for rainy days?"),
        ("This {name} sells very well: {point}.", "May I ask your budget and the style you like?", "For a present I'd take the gift box, a card is included."),
        ("Under 300", "Other colours?", "I'll take it", "Let me think about it"),
    ),
}  # fmt: skip

GREETINGS = (
    ("", "", "你好，", "在吗？", "亲，", "请问", "您好，", "客服在吗，", "打扰一下，"),
    ("", "", "Hi, ", "Hello, ", "Excuse me: ", "Hey, ", "Good evening, "),
)
TAILS = (
    (
        "",
        "",
        "",
        "",
        "？",
        "，谢谢",
        "，急",
        "，在线等",
        "，麻烦看一下",
        "??",
        "🙏",
        "，尽快回复",
        "呢",
    ),
    ("", "", "", "", " Thanks", " Please help", "??", " It's urgent", " 🙏"),
)
THANKS = (
    (
        "好的谢谢",
        "谢谢",
        "知道了，谢谢客服",
        "嗯嗯",
        "行吧",
        "好的👌",
        "麻烦你了",
        "解决了，给你好评",
    ),
    ("Thanks", "Okay, thank you", "Great, thanks!", "Alright", "That helps, cheers", "Fine."),
)
GOODBYES = (
    (
        "不客气，祝您生活愉快！",
        "还有问题随时找我哦。",
        "感谢您的支持，再见~",
        "应该的，麻烦给个好评呀。",
    ),
    (
        "You're welcome, have a nice day!",
        "Do come back if anything else comes up.",
        "Thank you for shopping with us.",
    ),
)
HOLDING = (
    ("请稍等，我查一下。", "收到，正在为您核实。", "好的，我看一下订单。", "麻烦提供一下订单号。"),
    (
        "One moment, let me check.",
        "Let me look at your order.",
        "Could you give me the order number?",
    ),
)
