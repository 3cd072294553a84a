"""Words and set phrases that shoppers use when they feel something; Chinese and English.

All are folded (``scripts.fold``). ``_`` stands for a space. Strength 1 names the emotion or is said only in it; less is a
hint: what happened, from which one feels so more often than not.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_WORDS: Mapping[str, Mapping[float, str]] = {
    "anger": {
        1.0: (
            "气死 气死我 气死了 气死我了 气人 气炸 气炸了 气愤 生气 愤怒 恼火 火大 火冒三丈 发火 怒了 大怒 暴怒 窝火 来气 来火 抓狂 受够了 "
            "忍无可忍 忍不了 不能忍 无法容忍 过分 太过分 欺人太甚 欺负人 欺负 岂有此理 不要脸 无耻 缺德 无良 黑心 黑店 奸商 骗子 骗人 骗钱 "
            "欺骗 欺诈 诈骗 坑人 坑爹 坑钱 坑我 耍我 耍人 耍赖 耍猴 当傻子 当傻瓜 当冤大头 忽悠 糊弄 凭什么 什么态度 这种态度 什么破 破店 破公司 滚 妈的 "
            "他妈的 混蛋 王八蛋 有病 脑子有病 垃圾商家 垃圾店 垃圾客服 垃圾平台 说话不算话 出尔反尔 翻脸不认人 不认账 霸王条款 强盗 流氓 "
            "给我个说法 给个说法 给我一个说法 曝光你们 气得 气坏了 恶意 狗屎 去死 混账 太气人 不可理喻 蛮不讲理 "
            "angry angrier angrily anger furious fury livid outraged outrage outrageous outrageously mad pissed "
            "pissed_off enraged enraging rage raging infuriating infuriated irate fuming seething unacceptable "
            "inexcusable ripped_off rip_off rip-off ripoff scam scammed scammer scammers fraud frauds thief thieves crooks "
            "crook liar liars lied lying con_artists stole_my how_dare the_nerve the_audacity sick_of sick_and_tired "
            "fed_up had_enough enough_is_enough are_you_kidding you_kidding_me kidding_me ridiculous shameful "
            "shame_on_you idiots idiot morons moron incompetent bullshit bs screw_you hell damn_it wtf pathetic "
            "absurd insulting insulted insult joke_of_a a_joke robbed robbery criminal predatory hate_this_company "
            "piece_of_crap disrespectful give_me_my_money money_back_now refund_me last_straw boiling hopping_mad "
            "steaming aggravating aggravated irritated irritating frustrated frustrating frustration annoyed annoying"
        ),
        0.6: (
            "投诉 差评 举报 维权 曝光 起诉 告你 告你们 工商 12315 消协 仲裁 拉黑 拉黑我 拒绝退款 不给退 不退款 不退钱 不给换 还不退 退钱 还钱 "
            "没人理 没人管 没人接 没人回 不理人 不回复 不回消息 爱答不理 爱理不理 敷衍 推诿 踢皮球 推卸责任 甩锅 推脱 不负责任 不负责 态度恶劣 "
            "态度差 态度极差 态度很差 恶劣 傲慢 粗鲁 骂人 不耐烦 蛮横 强行 乱扣费 乱收费 扣钱 发假货 卖假货 假货 以次充好 虚假宣传 货不对板 偷换 "
            "无语 服了 真服了 搞什么 怎么回事 什么意思 什么玩意 什么东西 垃圾 再也不买 再也不来 再也不会 永远不会再 别买 千万别买 叫你们 你们经理 你们领导 赶紧给我 马上给我 必须给我 "
            "欠揍 讨厌 烦死 烦死了 烦人 拖了 拖着 一拖再拖 一再 催了 第几次 说了多少遍 还不发货 先涨价 "
            "complaint complain complaining report_you report_this report_them reporting lawyer sue bbb "
            "chargeback dispute manager supervisor hung_up ignored ignoring no_response zero_response no_reply "
            "nobody_answers nobody_replies nobody_picks no_one_picks no_one_answers still_waiting never_again never_order "
            "never_buy do_not_buy don't_buy do_not_order don't_order stay_away avoid_this rude rudely "
            "unprofessional disgrace dishonest deceptive misleading false_advertising refuse_to refused_to refuses_to "
            "refused won't_refund wasted_my waste_of_money waste_of_time stop_sending how_hard_can how_hard_is "
            "stop_calling hang_up overcharged charged_me charged_twice double_charged "
            "garbage crap horrible_service terrible_service worst_service worst_company demand excuses runaround run_around "
        ),
        0.35: "?? ??? !! !!! ?! you_people your_company your_own_mistake 你们 又是 来回折腾 折腾",
    },
    "disgust": {
        1.0: (
            "恶心 恶心死 恶心死了 恶心人 恶心到 真恶心 反胃 作呕 干呕 想吐 要吐 吐了 都吐了 呕 呕吐 呕了 倒胃口 倒胃 反感 厌恶 嫌恶 嫌弃 膈应 膈应人 鸡皮疙瘩 "
            "辣眼睛 下头 油腻男 猥琐 低俗 龌龊 肮脏 脏死 脏死了 太脏 好脏 脏兮兮 油乎乎 黏糊糊 臭死 臭死了 恶臭 腥臭 酸臭 馊味 馊了 馊 发馊 腐臭 尿骚味 臭脚 "
            "汗臭 狐臭 屎 一股屎味 蟑螂 苍蝇 蛆 虫卵 老鼠屎 蚊虫 长毛 长绿毛 绿毛 鼻屎 脚皮 指甲屑 令人作呕 不忍直视 吃出虫 吃出头发 "
            "disgusting disgusted disgust gross grossed_out so_gross nasty yuck yucky eww ew ewww eew ick icky nauseating "
            "nauseous nauseated nausea revolting repulsive repulsed vile foul putrid rancid rotten sickening stench "
            "stinks stink stinky reeks reeked reeking smelly smells_like_urine pee_smell urine feces poop vomit vomited vomiting "
            "throw_up threw_up puke puked gag gagged gagging stomach_turn stomach_churn turned_my_stomach made_me_sick maggots maggot "
            "roach roaches cockroach cockroaches larvae weevils filthy filth slimy slime moldy mouldy mildew mildewy "
            "sleazy creepy_ads distasteful tacky_ads cringe crawling_with crusty snot booger pus"
        ),
        0.6: (
            "脏 脏污 很脏 不干净 污渍 污迹 不明液体 血迹 头发 一根头发 毛发 发霉 霉斑 长霉 霉味 霉变 变质 腐烂 烂掉 发黏 发臭 臭味 很臭 好臭 臭 腥味 骚味 怪味 异味 "
            "刺鼻 脚臭 汗味 狗味 尿味 虫子 小虫 小虫子 有虫 生虫 爬虫 爬出 虫 不卫生 卫生堪忧 别人用过 用过的 穿过的 别人穿过 反感这种 难闻 难闻死了 冲鼻 熏得 熏人 熏死 吃不下 "
            "一言难尽 难以下咽 看不下去 没底线 恶俗 吃相难看 卖惨 "
            "mold mould dirty stain stains stained bug bugs insect insects worm worms flies hair hairs hairball crumbs "
            "unsanitary unhygienic used_underwear someone_else's somebody_else's worn_before already_worn worn_these sweat "
            "sweaty bad_smell bad_odor odor foul_smell cigarette musty sour_milk expired_food spoiled goo gooey "
            "greasy_film smelled_like smells_like fishy_smell funky toenail dandruff saliva spit blood tasteless_ads inedible sticky "
        ),
        0.35: "smelled smells ugh 味道 黏 冲得 受不了 can't_stand",
    },
    "fear": {
        1.0: (
            "害怕 好怕 很怕 有点怕 好害怕 怕死 怕死了 真怕 恐惧 恐怖 可怕 吓人 吓死 吓死我 吓死我了 吓死人 吓坏了 吓得 吓哭 吓到 吓着 担心 很担心 好担心 担忧 忧虑 焦虑 "
            "不安 心慌 发慌 慌 好慌 慌了 慌张 慌得 紧张 提心吊胆 胆战心惊 心惊胆战 心惊肉跳 毛骨悚然 后怕 后背发凉 惊恐 惊慌 恐慌 惶恐 忐忑 没底 心里没底 心里打鼓 "
            "不敢 不敢用 不敢吃 不敢买 不敢喝 不敢睡 都不敢 不太敢 哪敢 谁敢 还敢 敢用吗 敢喝吗 敢吃吗 怕 怕是 怕不怕 生怕 就怕 恐怕 怕买到 怕被骗 瑟瑟发抖 腿软 冷汗 睡不着 放心不下 "
            "会不会爆炸 有没有危险 会不会有事 会出事 要出事 救命 急死 急死我了 急死了 怎么办 会不会有毒 "
            "afraid scared scary scare scares scaring frightened frightening frighten terrified terrifying terror fear "
            "fears fearful worried worry worries worrying worrisome anxious anxiety anxiously nervous nervously "
            "panic panicked panicking panicky dread dreading dreaded uneasy unsettling unsettled alarmed alarming "
            "paranoid freaked_out freaking_out freaks_me_out spooked creeped_out hesitant apprehensive concerned "
            "stressed stressing worried_sick heart_attack heart_racing scared_to_death can't_sleep hands_shaking trembling shaking petrified "
            "horrified on_edge unsafe feel_unsafe what_if is_it_dangerous is_it_safe is_this_safe too_risky horror"
        ),
        0.6: (
            "爆炸 会爆炸 炸了 鼓包 冒烟 冒火 火花 着火 起火 自燃 漏电 触电 电到 短路 糊味 烧焦 烫伤 划伤 割伤 危险 隐患 安全隐患 有毒 中毒 甲醛 致癌 过敏 毁容 烂脸 红肿 误食 误吞 "
            "窒息 泄露 信息泄露 隐私泄露 盗刷 被盗 被盗了 盗号 转走 陌生号码 陌生电话 恐吓 骚扰电话 诈骗电话 异常登录 不是丢了吧 丢了吧 会不会丢 会不会坏 会不会是假 来不及 "
            "赶不上 赶得上吗 犹豫 拿不准 悬着 安全吗 有危险吗 没事吧 有事吗 靠谱吗 是不是被骗 "
            "dangerous danger hazard hazardous fire_hazard sparks sparked sparking smoke smoking caught_fire fire "
            "explode exploded explosion swelling swollen electric_shock shocked_me burned_my toxic poisonous choking choke swallowed poison "
            "chemicals allergic allergy rash scar carcinogen recall recalled hacked hacker breach leaked stolen "
            "identity_theft unauthorized unauthorised phishing threatening stalking suspicious help_quickly please_help hope_it_isn't "
            "hope_it's_not hope_i_don't not_sure_if_safe risky risk safe_for_a still_safe overheats too_hot so_hot wobbles unstable"
        ),
        0.35: "会不会 是不是丢 万一 烫 发烫 过热 孩子 宝宝 newborn toddler should_i 有点悬 半夜",
    },
    "joy": {
        1.0: (
            "不失望 不后悔 没失望 开心 好开心 太开心 超开心 高兴 快乐 愉快 喜悦 欢喜 欢乐 幸福 幸福感 美滋滋 美美哒 乐开花 乐开了花 乐坏了 合不拢嘴 笑出声 笑死 笑开花 心花怒放 喜滋滋 甜甜的 心情好 心情美丽 "
            "喜欢 太喜欢 好喜欢 超喜欢 超级喜欢 很喜欢 真喜欢 喜欢死了 爱了 爱了爱了 爱死 爱死了 太爱了 真爱 心动 心水 爱不释手 满意 很满意 非常满意 超满意 满足 太棒了 好棒 真棒 "
            "棒棒哒 赞 超赞 太赞了 点赞 点个赞 给力 yyds 绝绝子 绝了 完美 惊喜 惊艳 真香 太香了 香 好评 五星好评 值了 太值了 超值 哈哈 哈哈哈 哈哈哈哈 嘻嘻 嘿嘿 耶 撒花 "
            "期待 好期待 激动 兴奋 感动 暖心 谢谢 感谢 感恩 多谢 爱你 么么哒 比心 抢到了 抢到啦 终于到了 终于等到 终于买到 入股不亏 生意兴隆 好人一生平安 大气 "
            "happy happier happiest happily glad joy joyful joyous delight delighted delightful thrilled excited exciting ecstatic elated love loved loves loving "
            "lovely adore adores adored obsessed overjoyed over_the_moon cheerful pleased grateful thankful thanks "
            "thank_you blessed yay yayy woohoo woo_hoo hooray hurray yippee yes!! awesome amazing fantastic wonderful "
            "perfect best excellent brilliant made_my_day can't_wait couldn't_be_happier couldn't_be_more_pleased can't_stop_smiling smiling smile smiled smiles "
            "grinning laughing lol haha hahaha fun enjoy enjoyed enjoying enjoys squealing dancing on_cloud_nine in_heaven "
            "dream_come_true like_a_charm five_stars 5_stars highly_recommend chef's_kiss fell_in_love in_love "
            "gorgeous beautiful fabulous stunning superb proud proudly treat_myself finally_back bliss heavenly"
        ),
        0.6: (
            "推荐 强烈推荐 回购 第二次买 第三次 又来买 无限回购 老顾客 好看 漂亮 好吃 好喝 好用 舒服 温柔 贴心 热情 耐心 神速 飞快 很快 划算 便宜又好 不错 很好 挺好 "
            "都爱吃 都说好 夸我 都夸 夸 孝顺 小礼物 赠品多 收到礼物 补货啦 中奖 免单 恭喜 祝 祝福 新年快乐 生日快乐 放心 省心 一如既往 "
            "great good nice soft cozy cute yummy delicious recommend favorite favourite comfortable bargain "
            "winner worth_it well_made beautifully appreciated appreciate congratulations congrats cheers sweet kind "
            "helpful quick_delivery back_in_stock my_kids_love friendly warm finally_got best_purchase"
        ),
        0.35: "好 啦 可爱 终于 finally fresh cool",
    },
    "neutral": {
        0.6: (
            "请问 咨询 想问 问一下 想问下 在吗 亲在吗 什么时候 多久 多少 哪里 哪个 哪款 什么材质 什么颜色 什么尺码 什么区别 有什么 怎么用 怎么退 怎么换 怎么改 怎么选 可以用 可以吗 能不能 "
            "能否 可否 是否 有没有 有货吗 包邮吗 几号 几点 几天 我要改 改一下 修改 地址 收货地址 发票 订单号 单号 快递单号 型号 尺寸 尺码 身高 体重 一共 下单 追评 "
            "再来评价 再看看 看看再说 考虑一下 麻烦发 麻烦把 还没用 还没试 待评价 先收藏 快递是 微信支付 支付宝 "
            "what_time where_is where_can where_do when_will when_does when_do how_do_i how_can_i how_long how_many "
            "how_much how_to can_i can_you could_you would_you does_this does_it do_you do_i is_there are_there "
            "which_of which_one which_size what_size what_color what_colour i'd_like i_would_like please_send "
            "order_number tracking_number phone_number invoice receipt shipping_to gift_card let_you_know update_the "
            "will_update will_write_more haven't_tried haven't_used so_far contains comes_with come_with "
            "it_has made_of ordered placed shipped_to in_size dishwasher_safe machine_washable measures"
        ),
        0.35: "吗 呢 多大 谢谢亲 thanks_in_advance 一件 两件 please",
    },
    "sadness": {
        1.0: (
            "难过 好难过 难受 好难受 伤心 好伤心 悲伤 悲痛 心碎 心碎了 心痛 心疼 心酸 心寒 心凉 心凉了 心都凉了 心凉半截 凉了 拔凉 失望 好失望 太失望 很失望 大失所望 失落 沮丧 "
            "郁闷 丧 好丧 委屈 绝望 崩溃 想哭 好想哭 哭了 都哭了 哭死 大哭 流泪 眼泪 泪目 泪奔 呜呜 呜呜呜 唉 哎 欲哭无泪 遗憾 好遗憾 可惜 太可惜 好可惜 惋惜 不是滋味 舍不得 "
            "不舍 怀念 想念 思念 孤独 孤单 寂寞 一个人过 无助 无力 心累 心灰意冷 低落 情绪低落 破防 emo 意难平 后悔 好后悔 悔死 白等 白等了 白高兴 空欢喜 扫兴 "
            "去世 过世 走了 不在了 离开了 离世 再也用不上 再也见不到 再也回不去 分手 失恋 离婚 "
            "sad sadly sadder saddened sadness unhappy upset heartbroken heartbreaking broke_my_heart heartbreak devastated devastating disappointed disappointing "
            "disappointment disappoint disappoints disappointingly let_down letdown bummed bummer gutted crushed depressed depressing "
            "miserable sorrow sorry_to_see sorrowful grief grieving mourning cry cried crying tears tearful weep weeping sob "
            "sobbing miss_the miss_my missing_my miss_you lonely alone loneliness hopeless gloomy blue_mood feeling_low pretty_low feel_low feeling_down "
            "dismayed disheartened discouraged regret regrets such_a_shame what_a_shame shame_it a_shame a_pity pity alas "
            "sigh passed_away died before_he_died late_mother late_father late_husband late_wife funeral rip rest_in_peace sorely_missed unfortunately ruined"
        ),
        0.6: (
            "碎了 碎掉 碎了一地 摔碎 破碎 坏了 就坏了 用两次就坏 才用 没抢到 又没抢到 错过 没赶上 没货了 断货 断码 停产 绝版 关门 要关门 倒闭 落差 "
            "满心欢喜 兴冲冲 期待落空 不如期待 没想象中 跟图片差 差好多 差太多 不如以前 变味了 降价 刚买就降价 就降价 过期了 外婆 奶奶留 爷爷留 遗物 纪念 祭奠 再也 "
            "好景不长 没用了 浪费了 不值 失误 "
            "discontinued no_longer_available out_of_stock sold_out missed_the missed_out looking_forward looked_forward had_high_hopes expected_more expected_better "
            "wanted_to_love wanted_to_like fell_apart broke smashed shattered in_pieces isn't_the_same not_the_same "
            "used_to_be grandma's memory memorial nobody_came lost_my goodbye closing_down "
            "never_got_to did_not_survive didn't_survive saved_for wasted too_late"
        ),
        0.35: "白 lost only_lasted first_day poor 一个人 才两天 才两次",
    },
    "surprise": {
        1.0: (
            "没想到 想不到 真没想到 完全没想到 没料到 没预料到 始料未及 万万没想到 出乎意料 出乎预料 意料之外 意想不到 意外 真意外 居然 竟然 竟 惊讶 惊奇 吃惊 吃了一惊 大吃一惊 震惊 惊到 惊到了 惊到我 "
            "惊呆 惊呆了 惊了 我惊了 惊掉下巴 傻眼 傻眼了 看傻了 目瞪口呆 天呐 天哪 我的天 我的天哪 我的妈呀 妈呀 我去 我勒个去 我靠 卧槽 哇塞 哇 哇哦 咦 诶 嗯? 啊? 什么?? 什么? 吓一跳 吓了一跳 "
            "不敢相信 不敢信 难以置信 不可思议 不会吧 真的假的 真的吗 是真的吗 没看错吧 没搞错吧 我没看错 离谱 太离谱 原来还 头一回见 头一次见 第一次见 从没见过 活久见 神奇 太神奇 谁能想到 谁知道 "
            "surprise surprised surprises surprising surprisingly astonished astonishing astonishingly amazed "
            "amazement astounded astounding stunned shocked shocking shockingly startled unexpected unexpectedly "
            "unbelievable unbelievably unreal incredible wow woah whoa omg oh_my_god oh_my oh_my_gosh gosh holy_cow holy_moly "
            "holy_crap no_way can't_believe cannot_believe couldn't_believe could_not_believe didn't_expect did_not_expect "
            "wasn't_expecting was_not_expecting never_expected never_thought didn't_think had_no_idea no_idea who_knew who_would_have_thought "
            "blew_my_mind mind_blown mind-blowing blown_away speechless jaw_dropped jaw-dropping out_of_nowhere "
            "out_of_the_blue see_that_coming saw_that_coming turns_out to_my_surprise wait_what wait what?! what?? huh "
            "is_that_real is_this_real is_this_for_real for_real hard_to_believe hard_to_believe_that plot_twist"
        ),
        0.6: (
            "这么快 这么大 这么小 这么便宜 这么轻 这么重 才几块 就这么点 怎么会 怎么有 怎么多 怎么来了 怎么变 多寄 多送 多发了 还有夹层 以为是 本以为 原以为 还以为 原来 原来是 突然 "
            "忽然 比想象 超出想象 太快了吧 也太快 也太大 也太小 也太便宜 也太 有这种 还能这样 还可以这样 第一次知道 才知道 才发现 "
            "so_fast so_big so_tiny this_big this_small this_light this_fast this_fast same_day overnight an_extra extra_one "
            "instead_of_one more_than_i_expected than_i_expected bigger_than_i_thought suddenly somehow "
            "discovered found_out"
        ),
        0.35: "? 呀 咋 吧? actually even real?",
    },
}  # fmt: skip

EMOTION_WORDS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        emotion: {
            word.replace("_", " "): strength
            for strength, words in groups.items()
            for word in words.split()
        }
        for emotion, groups in _WORDS.items()
    }
)
"""Emotion → word or phrase → how surely it says so, up to 1."""

_PLAIN = (
    "不过分 没过分 怕什么 香味 香水 香港 香蕉 好像 好多 好久 好几 最好 刚好 正好 只好 好友 还好 头发夹 洗头发 头发护理 护发 不用担心 别担心 不担心 不用怕 无需担心 "
    "怪不得 难怪 除虫 驱虫 防虫 杀虫 防霉 除霉 除臭 防臭 去异味 防漏电 怎么会员 急死人不偿命 不得不 不仅 不但 不只 不知道 差不多 忍不住 不愧 好不容易 没问题 "
    "can't_stop couldn't_stop no_problem not_only never_been_so never_been_more can't_say_enough no_wonder hair_dryer "
    "hair_clip hair_brush hair_oil hair_mask smoke_detector smoke_alarm fire_pit fire_tv bug_spray good_morning good_afternoon hi_there "
    "no_worries don't_worry not_to_worry fun_fact sorry_for_the_delay nice_to_meet mad_deal"
)
PLAIN = frozenset(word.replace("_", " ") for word in _PLAIN.split())
"""Words that hold a word of an emotion, or a negator, and say nothing."""
