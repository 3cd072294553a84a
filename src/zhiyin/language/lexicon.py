"""Words that praise and blame, and the words that turn, strengthen or weaken them; Chinese and English.

All words are folded (``scripts.fold``): small letters, half width, simplified characters. Words of several parts are one
entry, so that the longest match reads 不错 as praise before 不 is read as a negator.
"""

from __future__ import annotations

from collections.abc import Mapping

_PRAISE = {
    1.0: (
        "完美 无可挑剔 无懈可击 惊艳 绝了 绝佳 极佳 极好 超赞 超棒 一流 顶级 神器 爱死 太赞 满分 五星好评 物超所值 物有所值 爱不释手 叹为观止 "
        "赞不绝口 无与伦比 登峰造极 惊为天人 欲罢不能 强烈推荐 必买 必入 必备 yyds 绝绝子 top-of-the-line state-of-the-art must-have "
        "game_changer game-changer life_saver lifesaver masterpiece impeccable heavenly superlative peerless excellent perfect perfectly "
        "outstanding superb flawless amazing awesome fantastic incredible phenomenal exceptional magnificent unbeatable brilliant stunning "
        "best loved adore wonderful spectacular marvelous 10/10 top-notch topnotch first-class exquisite extraordinary"
    ),
    0.8: (
        "爽 太牛了 牛逼 逆天 出彩 讨喜 非凡 非同一般 与众不同 别具一格 独树一帜 脱颖而出 可圈可点 得心应手 无可比拟 先进 过硬 胜出 完胜 "
        "秒杀 顺心 正点 惊叹 上瘾 巴适 逼格 倍儿棒 好评 很棒 真棒 棒 赞 超值 优秀 出色 卓越 精美 精致 精湛 满意 惊喜 喜欢 最爱 超爱 喜爱 "
        "热爱 推荐 值得 强大 强悍 强劲 漂亮 美丽 美观 好看 靓 美味 好吃 好喝 好用 好听 好玩 鲜美 可口 香甜 醇香 鲜嫩 嫩滑 爽滑 酥脆 香脆 "
        "良心 良品 正品 惊人 优质 上乘 高档 高端 豪华 贴心 热情 周到 体贴 细心 耐心 亲切 友好 专业 一如既往 给力 靠谱 划算 实惠 大气 时尚 "
        "迷人 华丽 典雅 优雅 优美 绚丽 震撼 逼真 细腻 流畅 顺畅 丝滑 飞快 神速 迅速 敏捷 灵敏 犀利 霸气 过瘾 享受 愉快 开心 高兴 感动 感谢 "
        "难忘 回味无穷 意犹未尽 名不虚传 货真价实 物美价廉 价廉物美 恰到好处 无敌 完好 完好无损 出众 突出 杰出 优良 优异 优越 真不错 入味 "
        "好极了 一绝 正宗 地道 回购 回头客 好货 喜人 really_like really_liked i_like we_like also_like i_liked we_liked likes_it like_it "
        "like_this like_the liked likes unbeatable_price blown_away can't_beat beats top_quality breathtaking painless second_to_none great "
        "love fond nifty slick zippy rugged hooked addicted admire praised applaud kudos bravo hats_off thumbs_up well_done "
        "highly_satisfied very_satisfied a_treat treasure gem delight relief relieved blessing ecstatic overjoyed astonishing astounding "
        "amazed amaze amazes wow wowed sublime dazzling radiant lush divine graceful memorable unforgettable irresistible superfast "
        "impresses stellar splendid sensational well_worth loves loving beautiful beautifully gorgeous delicious tasty yummy delightful "
        "delighted impressed impressive superior thrilled pleased happy lovely fabulous terrific exceeded exceeds highly_recommend "
        "recommended recommend recommends elegant favorite favourite enjoy enjoyed enjoying enjoyable joy pleasure premium luxurious "
        "seamless seamlessly blazing lightning-fast worth_it worthwhile bargain steal friendly courteous helpful attentive professional "
        "knowledgeable genuine authentic thank thanks grateful excited exciting super remarkable effortless breeze charming cutest cute fun "
        "awed rave winner superbly wonderfully greatly better_than_expected refreshing scrumptious mouthwatering"
    ),
    0.6: (
        "好 坚挺 协调 紧密 紧实 油润 细嫩 科学 抢眼 大方 均衡 平衡 自如 有力 给劲 饱和 通畅 松软 酥软 软糯 弹牙 劲道 筋道 嚼劲 清香 鲜香 "
        "鲜甜 浓香 爽口 解腻 下饭 过关 不过时 不含糊 不容忽视 不逊色 不输 不落伍 不伤手 不伤眼 不刺激 不粘手 不费电 不挑人 不扎人 不磨脚 "
        "不夹脚 不臃肿 不拥挤 不排队 对得起 省钱 健康 营养 天然 纯正 原汁原味 干爽 精良 精巧 雅致 清亮 洪亮 悦耳 清脆 浑厚 立体 开朗 和善 "
        "和气 勤快 利索 麻利 效率高 及格 达标 不错 挺好 很好 蛮好 良好 棒棒 舒服 舒适 柔软 柔和 亲肤 透气 保暖 凉快 轻便 轻巧 轻盈 小巧 "
        "便携 便捷 方便 便利 实用 耐用 耐看 耐磨 耐脏 结实 牢固 坚固 扎实 稳定 稳重 稳当 可靠 放心 安心 省心 省事 省力 省电 安全 快捷 快速 "
        "及时 准时 清晰 清楚 清爽 清新 清淡爽口 干净 整洁 卫生 明亮 鲜艳 鲜明 靓丽 亮丽 艳丽 通透 新鲜 饱满 多汁 水灵 脆甜 香浓 浓郁 合适 "
        "合身 合脚 贴合 适中 适合 显瘦 显白 显高 修身 百搭 新颖 新潮 独特 别致 个性 有型 帅气 可爱 温馨 温暖 宽敞 安静 静音 丰富 齐全 全面 "
        "完善 完整 严实 严密 用心 认真 负责 礼貌 客气 便宜 优惠 低廉 合理 公道 值 超出预期 简洁 简约 简单 易用 容易 人性化 智能 强 高清 "
        "真实 自然 均匀 充足 充沛 宽阔 开阔 紧凑 到位 给面子 有保障 没问题 没毛病 没的说 没话说 没得说 无异味 没异味 没有异味 没色差 无色差 "
        "没有色差 不掉色 不褪色 不起球 不缩水 不变形 不卡 不卡顿 不发烫 不油腻 不腻 不贵 不亏 不愧 不差 不赖 不后悔 不失望 值当 香 甜 鲜 嫩 "
        "脆 酥 帅 美 快 厚实 细致 精细 精准 准确 灵活 灵敏度高 性价比高 人气 热闹 有趣 带劲 上档次 高级 高大上 质感 舒心 欣慰 幸福 信赖 "
        "信得过 公认 首选 优点 优势 长处 亮点 有口皆碑 口碑 进步 提升 改善 支持 赞赏 欣赏 感激 持久 耐放 圆润 润滑 顺滑 顺手 顺利 服帖 温和 "
        "滋润 saves steady hassle_free no_trouble no_regrets holds_up held_up lasts lasted long_life bonus sweet spacious roomy "
        "crystal_clear thoughtful dependable trustworthy consistent consistently effective effectively upgradeable flawless_service a_snap "
        "a_joy comes_in_handy worth_every does_the_job gets_the_job_done do_the_job as_advertised as_promised without_problems "
        "without_issues never_had_a_problem lightning_fast good nice neat plenty ample abundant balanced budget-friendly economical "
        "cost-effective energy-efficient well-designed well_designed well_thought_out ergonomic sturdier lighter thinner sleeker cooler "
        "brighter clearer sharper stronger safer smoother cleaner simpler nicer prettier tastier fresher softer warmer cozier improves "
        "boost boosts enhanced enhances enhance protects protective resolved solved straightforward user_friendly plug_and_play no_hassle "
        "without_hassle welcoming hospitable accommodating apologized patient thorough diligent competent skilled experienced efficiently "
        "commendable admirable respectable worthy merit strength strengths asset highlight standout well-balanced crispy creamy tangy "
        "aromatic fragrant savory nutritious healthy organic luscious velvety silky wearable washable stretchy slimming chic classy "
        "timeless trendy nicely well fine solid sturdy durable reliable robust strong comfortable comfy cozy soft smooth smoothly quick "
        "quickly fast faster speedy responsive easy easily simple convenient handy useful practical clear crisp sharp vivid bright clean "
        "tidy fresh juicy crunchy tender flavorful flavourful tasteful affordable reasonable reasonably inexpensive cheaper value worth "
        "fair generous portable lightweight compact slim sleek stylish modern fashionable attractive pretty quiet silent stable safe secure "
        "securely satisfied satisfying satisfies satisfactory happier works worked functional efficient accurate precise intuitive "
        "user-friendly versatile powerful better improved improvement flattering warm breathable flexible polite kind prompt promptly "
        "punctual timely on_time as_described as_expected fits_well true_to_size well_made well-made well_built well-built well_packaged "
        "no_problem no_problems no_issues no_complaints problem-free flawlessly hassle-free cool glad positive plus advantage success "
        "successful decent_price high_quality high-quality long_lasting long-lasting easier snappy snug vibrant rich gentle pleasant "
        "pleasantly trust trusted fluffy upgrade ideal suits suitable support welcome peace_of_mind"
    ),
    0.3: (
        "还行 还可以 还不错 可以 还好 过得去 说得过去 凑合能用 能接受 可接受 尚可 正常 够用 足够 中规中矩 不算贵 不算差 大 高 亮 轻 薄 厚 "
        "宽 多 全 新 稳 软 滑 准 灵 精 足 ok okay decent acceptable adequate alright passable works_fine not_bad sufficient enough "
        "tolerable light thin new big large bigger larger quieter"
    ),
}

_BLAME = {
    1.0: (
        "丢人 吓人 坑死 毁三观 无良 欺负 宰客 黑心商家 垃圾 骗子 骗人 欺骗 欺诈 诈骗 坑人 坑爹 黑店 黑心 假货 假的 恶心 气死 愤怒 无耻 极差 "
        "最差 巨差 太差 超差 一塌糊涂 惨不忍睹 不堪入目 难以忍受 忍无可忍 不能忍 千万别买 别买 智商税 辣鸡 奇葩 缺德 烂透 报废 爆炸 "
        "abomination horrid horrific unbearable intolerable excruciating catastrophic catastrophe deplorable despicable shameful disgrace "
        "disgraceful joke lemon dud flop total_waste ripped_me_off avoid_at_all_costs worst_ever stay_away terrible horrible awful worst "
        "garbage trash scam fraud disgusting atrocious abysmal horrendous appalling useless worthless unacceptable unusable pathetic "
        "rip-off ripoff rip_off counterfeit nightmare hate hated disaster furious outrageous crap crappy junk lousy dreadful hideous vile "
        "dishonest liars never_again"
    ),
    0.8: (
        "脆弱 易碎 疲软 吃力 不爽 心痛 惨 碍事 华而不实 徒有其表 名不符实 没法用 没法看 没法吃 掉链子 掉价 落伍 逊色 不理想 不敢恭维 不咋地 "
        "不咋样 不怎么样 不怎么好 不过关 不达标 不耐烦 没耐心 没素质 没礼貌 爱理不理 骂街 折腾 闹心 糟心 添堵 拉肚子 过敏 红肿 发炎 刺痛 "
        "起泡 起皮 糊弄 忽悠 套路 霸王条款 磨损 掉扣 掉钻 断了 裂开 裂了 碎 瘪了 破洞 破皮 散架 短路 漏气 漏风 漏发货 失真 拖影 噪点 差 "
        "差劲 差评 烂 破 坏 坏了 劣质 低劣 粗糙 粗制滥造 难看 难吃 难喝 难闻 难听 难用 丑 丑陋 失望 后悔 讨厌 反感 上当 受骗 被骗 被坑 坑 "
        "山寨 仿品 高仿 次品 残次 残次品 瑕疵品 二手 翻新 破损 破烂 破碎 碎了 断裂 开裂 开线 开胶 脱胶 脱线 掉色 褪色 起球 缩水 变形 漏液 "
        "漏水 漏油 漏电 发霉 变质 腐烂 烂了 过期 馊 臭 刺鼻 刺鼻味 异味 虫子 有虫 死机 黑屏 花屏 白屏 蓝屏 卡死 闪退 失灵 故障 报错 崩溃 "
        "退货 退款 投诉 维权 敷衍 推诿 推卸 冷漠 恶劣 傲慢 粗鲁 骂人 态度差 不理人 不理睬 不满意 不喜欢 不推荐 不值 不好 不好用 不好吃 "
        "不好看 不行 不新鲜 不合理 不舒服 不清晰 不清楚 不稳定 不靠谱 不负责任 不负责 不专业 不灵敏 不流畅 不尽人意 不如人意 差强人意 "
        "名不副实 货不对板 偷工减料 拒绝 拒不 大打折扣 虚假 虚标 缺陷 致命 糟糕 糟 dislike disliked dislikes don't_like didn't_like doesn't_like not_like "
        "would_not_recommend wouldn't_recommend not_recommend overheat unsatisfactory subpar sub-par disgusted disappointingly refused "
        "refuse sloppy_work ruined ruins ruin iffy tarnished troublesome mess nonsense fried smashed bent chipped discolored shredded "
        "clogged corrupted not_working no_longer_works won't_work wouldn't_work won't_turn_on does_not_fit ripped_off robbery stupid "
        "idiotic ignorant bad letdown let_down letdowns nuisance headache headaches clunky bloated bloatware obsolete choppy jerky flicker "
        "flickers flickering jittery spotty patchy bogus deceitful deceived cheated cheat swindled overcharged hidden_fees obnoxious "
        "irritating irritate irritates infuriating maddening outraged mad appalled disheartening disheartened dismal dreary filthy grimy "
        "rancid putrid foul stench revolting sickening nauseating allergic rash hives burns burned exploded melted melting snapped split "
        "splitting ripping tearing unravel unraveled unraveling frayed fraying pilling pilled bled misshapen lopsided crooked uneven "
        "mismatched incorrectly mislabeled inoperable nonfunctional non-functional bricked short_circuit refuses rejected denied neglect "
        "neglected unanswered hostile arrogant condescending dismissive unqualified clueless badly poor poorly broken broke breaks "
        "defective faulty disappointed disappointing disappointment disappoints waste wasted refund returned returning ugly cheaply rude "
        "unhelpful unprofessional unresponsive unreliable damaged cracked shattered leaking leaked leaks torn ripped stained moldy mouldy "
        "rotten stale expired spoiled stinks stinky smelly smells_bad fake knockoff misleading deceptive annoying annoyed frustrating "
        "frustrated frustration regret uncomfortable itchy painful flimsy fragile inferior shoddy malfunction malfunctioned malfunctions "
        "died dead dies crash crashes crashed crashing freezes froze failed fails failure fail overpriced ridiculous avoid beware complaint "
        "complain complained angry upset unhappy dissatisfied unsatisfied mediocre tasteless inedible gross nasty sucks sucked suck worse "
        "wont_work falls_apart fell_apart falling_apart stopped_working does_not_work doesn't_work didn't_work not_worth poor_quality "
        "never_arrived incompetent ignored careless dissapointed defect defects"
    ),
    0.6: (
        "沉 夸张 幼稚 傻 怪 怪怪的 乱 杂乱 凌乱 挤 局限 有限 漫长 明显不足 麻木 呆滞 臃肿 肥大 单薄 寡淡 无味 没味道 没味 夹生 不熟 "
        "半生不熟 太生 糊了 焦了 硬邦邦 干巴巴 不入味 不地道 不正宗 偏贵 小贵 宰人 不新 陈旧 破旧 阴暗 潮湿 冷清 久等 等太久 等了好久 难找 "
        "偏僻 堵车 不通风 太偏 费用高 拖拉 拖沓 啰嗦 枯燥 乏味 无聊 晦涩 空洞 注水 凑数 烂尾 残影 眩光 反光 刺眼 费眼 伤眼 伤手 打滑 晃动 "
        "摇晃 塌陷 褶皱 起褶 皱巴巴 起静电 粘手 油光 贵 太贵 昂贵 不便宜 不值得 不划算 不实惠 性价比低 涨价 乱收费 慢 缓慢 太慢 迟缓 迟钝 "
        "延迟 延误 拖延 磨蹭 卡顿 很卡 太卡 有点卡 卡机 迟到 发热 发烫 烫手 噪音 噪声 吵 嘈杂 吵闹 杂音 费电 耗电 掉电 掉毛 掉漆 掉皮 掉渣 "
        "色差 褪 皱 起皱 起毛 扎人 扎肉 磨脚 挤脚 硌脚 勒 紧绷 闷热 闷 不透气 不保暖 薄透 太薄 太厚 太重 笨重 沉重 笨拙 太小 太大 偏小 偏大 "
        "小了 大了 太短 太长 太硬 太软 太紧 太松 太少 太咸 太甜 太辣 太油 太酸 太淡 太腻 太吵 太暗 油腻 腻 干瘪 发黄 发黑 发苦 苦涩 酸涩 "
        "生硬 松垮 松动 松散 不牢 不牢固 不结实 不耐用 不耐磨 不合适 不合身 不合脚 不适合 不匹配 不兼容 不方便 不实用 不便 麻烦 复杂 繁琐 "
        "模糊 暗淡 昏暗 粗劣 简陋 单调 死板 呆板 老土 土气 过时 落后 俗气 廉价感 山寨感 塑料感 有瑕疵 瑕疵 毛病 问题 缺点 不足 缺憾 遗憾 "
        "可惜 缺货 少发 漏发 发错 错发 寄错 缺件 少件 丢件 缺斤少两 压坏 摔坏 挤压 磕碰 划痕 污渍 脏 脏污 线头 毛边 不完整 不全 不完善 "
        "不到位 不给力 不够 欠缺 欠佳 不佳 不良 较差 偏差 较弱 弱 无法 不能用 没用 没效果 无效 没反应 没人理 没有用 不回复 不理 推脱 冷淡 "
        "爱答不理 机器人回复 生气 郁闷 无语 无奈 心寒 担心 怀疑 难受 难过 头疼 崩 别扭 尴尬 勉强 困难 难 费劲 费力 局促 拥挤 狭窄 生锈 氧化 "
        "腥 腥味 怪味 塑料味 胶味 臭味 药味 膻 柴 咸 苦 涩 干硬 假 水货 虚 lousy_fit wears_off wore_out wears_out worn_out came_off "
        "fell_off fall_off falls_off broke_off wish_it wished too_thin too_thick too_dark too_bright too_hot too_cold too_sweet too_salty "
        "too_spicy too_greasy too_stiff too_hard too_soft too_loose too_complicated too_many too_much a_pain takes_forever took_forever "
        "takes_too_long waited_forever hard_time struggles struggle squeaks creaks rattles heats_up gets_hot runs_hot warped unreadable "
        "washed_out pixelated grainy muffled distorted static tinny skips hangs hung crashed_on stutter stutters unstable_connection "
        "drops_connection expensive costly steep exorbitant inflated unreasonable cramped crowded dated hefty mushy sticky fuzzy smudge "
        "smudges smudged fingerprints glare reflective dingy faint feeble inadequate insufficient deficient skimpy scant meager shabby "
        "tacky gaudy garish frumpy boxy baggy shapeless ill_fitting unflattering scratching itches itch stiffness rigid coarse harsh "
        "abrasive bumpy lumpy clumpy watery runny chewy tough rubbery mealy overripe underripe overly cloying artificial metallic stuffy "
        "stifling muggy chilly drafty leaky drip drips dripping creaky squeaky rattling whiny whining screeching buzzing humming hiss "
        "hissing interference lagged choking stalled stall stalls interrupted disconnected disconnects disconnect dropouts tedious "
        "cumbersome unwieldy inflexible restrictive restricted limiting limitation limitations drawbacks downsides shortcomings shortcoming "
        "setback setbacks weakness weaknesses unimpressed unimpressive lukewarm forgettable repetitive boring predictable pointless "
        "needless unnecessary redundant gimmick gimmicky pity shame regretted regretful hesitate hesitant skeptical doubt doubtful dubious "
        "suspicious unsafe dangerous hazard hazardous risky pricey slow slower slowly sluggish lag lags laggy delay delayed delays late "
        "noisy loud overheats overheating overheated heavy bulky clumsy awkward dim blurry dull faded fades fading scratch scratched "
        "scratches dent dented loose tight tiny too_small too_big too_large too_short too_long too_tight too_heavy too_expensive too_loud "
        "runs_small runs_large runs_big undersized oversized rough scratchy stiff thin_fabric see-through wrinkled shrinks shrank shrunk "
        "peeling peeled peels rust rusty rusted wobbly unstable weak flawed flaw flaws issue issues problem problems trouble difficult "
        "hard_to complicated confusing confused inconvenient hassle missing incomplete incorrect wrong mistake error errors bug bugs buggy "
        "glitch glitches glitchy incompatible drains short_lived bland salty bitter sour soggy greasy oily burnt undercooked overcooked "
        "lacks lacking lack lacked downside drawback con cons negative worry worried concern concerns sad sadly unfortunately regrettably "
        "unpleasant odor odour weird strange unable cannot stuck jammed lost unclear dirty dusty worn outdated cheap-looking ill-fitting "
        "pain sloppy inconsistent unsure misses overkill misprinted not_great not_good doesn't_fit not_as_described"
    ),
    0.3: (
        "一般 一般般 普通 凑合 马马虎虎 将就 平平 平淡 平庸 还差 有待提高 有待改进 有待加强 有待 淡 少 小 低 短 暗 重 硬 紧 松 冷 热 油 酸 "
        "辣 略贵 略大 略小 稍大 稍小 稍贵 稍慢 average meh so-so cheap small smaller short basic ordinary plain unremarkable underwhelming "
        "lackluster nothing_special could_be_better low hard"
    ),
}

POLAR: Mapping[str, float] = {
    word.replace("_", " "): sign * strength
    for sign, groups in ((1.0, _PRAISE), (-1.0, _BLAME))
    for strength, words in groups.items()
    for word in words.split()
}
"""Opinion word → how good (up to 1) or bad (down to -1) what it says is, on its own."""

_NEGATORS = (
    "不 不如 没 没有 无 未 别 莫 勿 非 不是 不会 不太 不怎么 不算 不大 不甚 不够 并不 并非 并没 并没有 并无 毫不 毫无 从不 从未 绝不 "
    "决不 从来没 从来不 谈不上 算不上 称不上 说不上 不能 不可 不再 不曾 未曾 尚未 还没 还没有 不见得 未必 没法 难以 缺乏 缺少 不具备 "
    "not no never none nothing neither nor nobody without hardly barely scarcely rarely seldom cannot can't cant won't wont don't dont "
    "doesn't doesnt didn't didnt isn't isnt wasn't wasnt aren't arent weren't werent couldn't couldnt wouldn't wouldnt shouldn't "
    "shouldnt hasn't hasnt haven't havent hadn't hadnt ain't aint n't lacks lacking anything_but far_from by_no_means 不给 不肯 不让 不予"
)
_DOUBTS = (
    "不觉得 不认为 没觉得 没感觉到 don't_think do_not_think dont_think didn't_think don't_believe do_not_believe don't_feel don't_find didn't_find "
    "wouldn't_say would_not_say wouldn't_call would_not_call can't_say cannot_say"
)
DOUBTS = frozenset(word.replace("_", " ") for word in _DOUBTS.split())
"""Negators that turn what is said in all of their clause."""
NEGATORS = DOUBTS | {word.replace("_", " ") for word in _NEGATORS.split()}
"""Words that turn the opinion word after them; of POLAR's words with a negator inside, the whole word counts."""

_DENIALS = "不给 不肯 不让 不予 不能 不可 无法 没法 no never cannot can't cant won't wont wouldn't wouldnt couldn't couldnt"
DENIALS = frozenset(_DENIALS.split())
"""Negators that blame before words of REDRESS: 不给退货, won't refund."""
_REDRESS = "退货 退款 退换 换货 维权 投诉 refund refunds refunded returned"
REDRESS = frozenset(_REDRESS.split())
"""What a buyer asks for when things went wrong."""

_UTMOST = (
    "couldn't_be couldnt_be could_not_be couldn't_have_been could_not_have_been can't_be cannot_be can't_get couldn't_get couldn't_ask_for "
    "could_not_ask_for can't_ask_for couldn't_wish_for could_not_wish_for never_had never_been never_seen never_felt never_owned never_bought "
    "never_used never_tried never_tasted"
)
UTMOST = frozenset(word.replace("_", " ") for word in _UTMOST.split())
"""Words that strengthen a comparative behind them, and turn anything else: couldn't be better."""

INTENSIFIERS: Mapping[str, float] = {
    word.replace("_", " "): factor
    for factor, words in {
        1.6: (
            "极 极其 极度 极为 超 超级 巨 贼 太 最 不能再 不能更 没法再 无法再 无比 异常 万分 十二分 格外 尤其 绝对 完全 彻底 简直 实在 实在太 extremely incredibly "
            "insanely absolutely totally completely utterly super exceptionally ridiculously most so_so_much"
        ),
        1.3: (
            "过于 过分 过度 很 非常 特别 十分 相当 好 真 真的 真心 确实 颇 颇为 更 更加 越来越 甚 甚为 多么 如此 这么 那么 老 怪 倍 分外 very "
            "really so too quite highly truly particularly especially extra much far definitely certainly remarkably seriously strongly"
        ),
        1.1: "挺 蛮 满 比较 较 较为 还是 还 还算 算是 算 pretty rather fairly",
        0.6: (
            "有点 有点儿 有些 稍 稍微 稍稍 略 略微 略显 略有 些许 一点 一点点 偏 slightly somewhat a_bit a_little little bit kind_of kinda "
            "sort_of sorta almost nearly partly mostly"
        ),
    }.items()
    for word in words.split()
}
"""Adverb of degree → what it multiplies the strength by: above 1 for intensifiers, below 1 for downtoners."""

_CONTRASTS = (
    "但 但是 不过 可是 可惜 然而 只是 只不过 就是 却 而 反而 反倒 虽然 虽说 尽管 除了 除此之外 倒是 相反 奈何 美中不足 唯一 but however "
    "although though yet except nevertheless nonetheless still despite whereas while unfortunately on_the_other_hand even_though "
    "other_than apart_from aside_from"
)
CONTRASTS = frozenset(word.replace("_", " ") for word in _CONTRASTS.split())
"""Words that open a clause which counts on its own."""

_INERT = (
    "快门 快门声 长焦 短焦 大光圈 高感 高光 弱光 暗部 暗角 松下 近距离 远程 低音 高音 重低音 高低 反差 宽容度 上当然 难以置信 大众脸 "
    "高原 高楼 高考 大街 大神 大王 大师 大爱 大赞 大概率 强迫症 新闻 新鲜事 软糖 热狗 热干面 冷面 冰淇淋 酸汤 酸辣汤 酸梅汤 辣酱 香辣蟹 "
    "香酥鸡 香锅 干锅 甜品 甜点 甜筒 脆骨 嫩豆腐 老板 老公 老婆 老人 老师 小笼包 小炒 小菜 小龙虾 小火锅 小料 小票 大排档 大虾 大厨 "
    "大餐 大堂 美甲店 帅哥 大家 大概 大约 大部分 大多 大多数 大妈 大姐 大哥 大爷 大学 大小 大人 大号 大米 大陆 大厅 大众 大众点评 好像 "
    "好多 好几 好久 好歹 只好 正好 刚好 最好 好友 好些 好不容易 好评返现 好奇 幸好 还好意思 高中 高铁 高峰 高度 高速公路 身高 多少 多久 "
    "多大 多次 很多 许多 众多 诸多 多数 差不多 差点 差点儿 时差 出差 快递 快递员 快要 快到 快餐 赶快 很快就 新年 新手 新品 新款 重新 "
    "从新 全部 全家 全是 全程 全国 全身 完全 安全感 小时 小孩 小伙伴 小姐 小姐姐 小哥 小朋友 小区 小米 小店 小吃 小二 小编 少女 少年 "
    "至少 多少钱 短信 短裤 短袖 长短 重庆 重要 重点 体重 重复 重量 热水 热水器 热线 热门 热点 软件 硬件 硬盘 亮度 香港 香菜 香蕉 香水 "
    "香草 味精 美国 美元 美团 美女 美食 美容 美甲 鲜花 脆皮 真的假的 假期 放假 假日 请假 新鲜度 清晰度 强度 难道 难怪 难免 难得 苦瓜 "
    "咸鱼 酸奶 酸菜 酸菜鱼 酸辣粉 辣椒 辣子鸡 麻辣 香辣 酸辣 油漆 油条 酱油 油烟机 加油 贵州 贵妃 贵公司 富贵 珍贵 值班 价值 数值 颜值 "
    "面值 松鼠 轻松 放松 紧急 赶紧 不紧不慢 黑暗 暗号 暗色 冷饮 冷冻 冷藏 冷菜 凉菜 冷锅 薄荷 薄饼 厚度 宽度 准备 标准 批准 精华 精油 "
    "精神 足球 足疗 手足 稳压 滑板 灵魂 够了 没有了 破费 爆破 破解 坑位 柴火 柴油 问题是 没准 不但 不仅 不仅仅 不只 不光 不单 不管 不论 "
    "不一会 不一会儿 不知道 不知不觉 不得不 不由得 不禁 差不离 要不 要不是 要不然 不然 不同 无线 无糖 无论 无锡 无花果 非但 除非 非要 "
    "不影响 有多 没想到 想不到 没料到 料不到 没成想 意想不到 不敢相信 别人 特别是 别的 区别 级别 分别 个别 性别 识别 莫非 未来 不妨 对不对 是不是 好不好 会不会 能不能 有没有 要不要 looks_like "
    "look_like looked_like feel_like feels_like felt_like something_like would_like i'd_like seems_like just_like works_like "
    "sounds_like at_least at_all at_best hard_drive hard_disk hard_drives as_well as_well_as fast_food thank_god new_york well-known "
    "low_light high_school not_only nothing_but never_thought never_expected never_imagined didn't_expect did_not_expect "
    "can't_believe couldn't_believe cannot_believe no_matter no_wonder no_doubt no_longer_than not_just not_to_mention hardware pretty_much "
    "good_morning great_britain super_market cool_down best_buy like_new a_good_while right_now"
)
INERT = frozenset(word.replace("_", " ") for word in _INERT.split())
"""Words that hold an opinion word or a negator by chance and say nothing."""

_FAULTS = (
    "掉电 掉色 褪色 起球 划痕 线头 投诉 色差 污渍 磕碰 磨损 噪音 噪声 杂音 噪点 延迟 延误 发热 发烫 耗电 费电 卡顿 异味 怪味 瑕疵 缺陷 毛病 问题 缺点 不足 缺憾 "
    "故障 偏差 失真 拖影 残影 眩光 反光 晃动 bug bugs lag lags noise hiss glare issue issues problem problems complaint complaints flaw flaws defect "
    "defects drawback drawbacks downsides delay delays error errors glitches distortion flicker odor odour interference"
)
FAULTS = frozenset(_FAULTS.split())
"""Words of blame for what there may be more or less of: 噪音小 praises."""

SCANT = frozenset(("low", "lower", "little", "minimal"))
_UNCOUNTED = "noise lag delay glare distortion flicker hiss interference odor odour"
UNCOUNTED = frozenset(_UNCOUNTED.split())
"""Faults that the words of SCANT before them leave next to nothing of: low noise, yet not a little problem."""

_UNLIMITED = (
    "性价比 颜值 品质 质感 档次 像素 分辨率 清晰度 画质 帧率 刷新率 效率 灵敏度 舒适度 新鲜度 还原度 安全性 稳定性 可靠性 耐用性 实用性 兼容性 成功率 好评率 "
    "品种 种类 花样 优惠力度 续航 续航时间 待机时间 使用时间 电池寿命 信号 resolution value_for_money battery_life efficiency refresh_rate"
)
UNLIMITED = tuple(word.replace("_", " ") for word in _UNLIMITED.split())
"""Ends of names for what there cannot be too much of: 性价比太高了 praises."""

_WANTED = (
    "声音 音量 铃声 喇叭 扬声器 音响 外放 听筒 话筒 麦克风 speaker speakers volume ringtone microphone mic 内存 运存 显存 容量 存储 空间 个头 个儿 分量 份量 "
    "菜量 肉量 memory ram storage capacity"
)
WANTED = (*UNLIMITED, *_WANTED.split())
"""Ends of names for what should be much, yet not too much: 音量小 blames, and 音量太大 does too."""

CHEAP = frozenset(("cheap", "cheaply"))
"""Words that praise a price and blame anything else."""

SIGNS: Mapping[str, float] = dict.fromkeys("👍👏💯❤😍🥰🤩👌💪🥇😋✅", 0.8) | dict.fromkeys(
    "👎💩🤮🤢😡🤬😠👿😤❌🗑", -0.8
)
"""Emoji that judge what stands before them; those of laughing and crying may go with anything."""
