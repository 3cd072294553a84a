"""Every sentence of a report, English and Chinese beside one another."""

from __future__ import annotations

from collections.abc import Mapping

CATALOGUE: Mapping[str, tuple[str, str]] = {
    "title": ("How good the shop's lists are", "店铺推荐清单效果评估"),
    "eyebrow": (
        "Zhiyin · evaluation on the shop's own events",
        "知音 · 基于店铺自有行为数据的评估",
    ),
    "verdict_better_sure": (
        "Yes: what the shop serves beats the best baseline, {name}.",
        "结论：店铺现在的推荐胜过最好的基线“{name}”。",
    ),
    "verdict_better_unsure": (
        "Not proven: what the shop serves scores higher than the best baseline, {name}, which may be chance.",
        "尚无定论：店铺现在的推荐得分高于最好的基线“{name}”，但差距可能只是偶然。",
    ),
    "verdict_worse_sure": (
        "No: the best baseline, {name}, beats what the shop serves.",
        "结论：最好的基线“{name}”胜过店铺现在的推荐。",
    ),
    "verdict_worse_unsure": (
        "Not proven: what the shop serves scores no higher than the best baseline, {name}, which may be chance.",
        "尚无定论：店铺现在的推荐得分没有高于最好的基线“{name}”，差距可能只是偶然。",
    ),
    "verdict_few": (
        "Not enough to tell: only {people} people could be judged.",
        "还无法判断：可评的人只有 {people} 位。",
    ),
    "verdict_unknown": ("How the models compare", "各模型对比"),
    "detail": (
        "{metric} is {own} for the shop's pipeline and {other} for {name}: a difference of {difference}{share} "
        "(95% interval {low} to {high}, p = {p} after Holm).",
        "店铺流水线的 {metric} 为 {own}，“{name}”为 {other}：相差 {difference}{share}（95% 置信区间 {low} 至 {high}，Holm 校正后 p = {p}）。",
    ),
    "detail_unknown": (
        "There is no paired comparison of the shop's pipeline with a baseline in {metric}.",
        "没有店铺流水线与基线在 {metric} 上的逐人配对比较。",
    ),
    "about_ndcg": (
        "NDCG@{k} is 1 when all that a person went on to take stands at the top of the list, and 0 when none of it is "
        "among the first {k}.",
        "NDCG@{k}：用户之后选择的商品全部排在最前时为 1，前 {k} 位中一件也没有时为 0。",
    ),
    "about_recall": (
        "Recall@{k} is the share of what a person went on to take that is among the first {k}.",
        "Recall@{k}：用户之后选择的商品中，出现在前 {k} 位的比例。",
    ),
    "share": (", {share}", "，即 {share}"),
    "between": (", ", "，"),
    "counted": ("{name}: {counts}", "{name}：{counts}"),
    "control": ("{what} (control)", "{what}（对照）"),
    "history_exact": ("{low} items known", "已知 {low} 件商品"),
    "history_range": ("{low}–{high} items known", "已知 {low}–{high} 件商品"),
    "history_more": ("{low} or more items known", "已知 {low} 件及以上商品"),
    "people": ("{people} people", "{people} 人"),
    "pairs": ("{pairs} pairs of a person and an item", "{pairs} 对“人与商品”"),
    "too_few": ("too few people to tell", "人数太少，不予显示"),
    "too_few_short": ("too few", "人数太少"),
    "reference": ("reference", "参照"),
    "chart_accuracy": ("Accuracy", "准确度"),
    "chart_accuracy_note": (
        "A dot is the mean over people, its line the 95% interval. A hollow dot is a control: the model above it, "
        "learned from data whose signal was destroyed.",
        "圆点为按人平均值，横线为 95% 置信区间。空心点为对照：上方同一模型，但所学数据中的信号已被打乱。",
    ),
    "chart_slices": ("Accuracy by group", "分组准确度"),
    "chart_slices_note": (
        "The same lists, judged apart for people of whom training knows few or many items, and for parts of what they took.",
        "同一批清单：先按训练数据中每个人有过行为的商品件数分组，再就所选商品的各个部分分别评估。",
    ),
    "chart_balance": ("Accuracy against coverage", "准确度与覆盖率"),
    "chart_balance_note": (
        "Further up is more accurate; further right, more of the items on offer stand in a list of one of the judged people.",
        "越靠上越准确；越靠右，被评估的人的清单里出现过的商品占在售商品的比例越大。",
    ),
    "chart_cost": ("Cost", "成本"),
    "chart_cost_note": (
        "One fit on all training data, the lists of all judged people, and the most memory meanwhile.",
        "用全部训练数据训练一次、为全部被评估的人生成清单所需时间，以及其间的内存峰值。",
    ),
    "axis_metric": ("{metric}, mean over people", "{metric}，按人平均"),
    "axis_coverage": (
        "share of the items on offer that stand in a judged person's list",
        "被评估的人的清单里出现过的商品占在售商品的比例",
    ),
    "cost_fit_s": ("learning, seconds", "训练（秒）"),
    "cost_score_s": ("lists, seconds", "生成清单（秒）"),
    "cost_rss_mb": ("memory, MB", "内存（MB）"),
    "section_figures": ("All figures", "全部数据"),
    "section_about": ("How it was judged", "评估方法"),
    "table_accuracy": ("Accuracy, with 95% intervals", "准确度与 95% 置信区间"),
    "table_beyond": ("Beyond accuracy", "准确度之外"),
    "table_cost": ("Cost and chosen parameters", "成本与所选参数"),
    "table_slices": ("{metric} by group", "{metric}：分组"),
    "table_gains": (
        "Gain over another model, beside that of its control, in {metric}",
        "相对另一模型的提升，与对照的提升并列（{metric}）",
    ),
    "gains": (
        "Real: above the other model and above every control, by sign-flip tests over people. p is the largest of "
        "these tests', adjusted for the number of gains (Holm), and must be below {p}.",
        "“真实有效”：高于另一模型，也高于每个对照，均按人做符号翻转检验；p 值取各检验中最大者，按提升的个数校正（Holm），须小于 {p}。",
    ),
    "table_repeats": ("What was taken again, {share} of all", "重复选择，占全部的 {share}"),
    "table_differences": ("Difference in {metric} to {name}", "{metric} 与“{name}”之差"),
    "differences": (
        "Paired by person; p-values are adjusted for their number (Holm). Bold: p < {p}.",
        "按人配对；p 值按比较次数校正（Holm）。粗体：p < {p}。",
    ),
    "head_model": ("model", "模型"),
    "head_difference": ("difference", "差值"),
    "head_p": ("p", "p 值"),
    "head_parameters": ("parameters", "参数"),
    "head_over": ("over", "相对于"),
    "head_gain": ("gain", "提升"),
    "head_control": ("the same with its control", "对照的提升"),
    "head_verdict": ("verdict", "判断"),
    "about_data": ("Data", "数据"),
    "about_protocol": ("Protocol", "评估方式"),
    "about_serving": ("Serving", "线上服务"),
    "about_training": ("Training", "训练"),
    "about_left_out": ("Left out, and why", "未参与的模型及原因"),
    "footer": ("Written by Zhiyin {version}.", "由知音 {version} 生成。"),
}
"""Key → the text in English and in Chinese."""

NAMES_IN_ENGLISH: Mapping[str, str] = {
    "fit_s": "learning, s",
    "score_s": "lists, s",
    "rss_mb": "memory, MB",
    "gini": "Gini",
    "entropy_bits": "entropy, bits",
    "novelty_bits": "novelty, bits",
    "p50_ms": "p50, ms",
    "p99_ms": "p99, ms",
    "calibration_kl": "calibration, KL",
    "pipeline": "the shop's pipeline",
    "cut": "hidden from",
    "train": "pairs to learn from",
    "test": "pairs to be found",
}

KNOWN: Mapping[str, str] = {
    "pipeline": "店铺流水线",
    "random": "随机",
    "popularity": "热门",
    "popularity of the last days": "近日热门",
    "friends": "好友",
    "shuffled ties": "打乱好友关系",
    "cold items": "冷启动商品",
    "cold people": "冷启动用户",
    "real": "真实有效",
    "none": "没有提升",
    "the control has it too": "对照同样有提升",
    "not controlled": "没有对照",
    "too few people": "人数太少",
    "people": "人数",
    "items": "商品数",
    "events": "行为条数",
    "train": "训练用的“人与商品”对",
    "test": "测试用的“人与商品”对",
    "judged_people": "评估人数",
    "split": "划分方式",
    "cut": "隐去此后的行为",
    "coverage": "覆盖率",
    "gini": "基尼系数",
    "entropy_bits": "熵（比特）",
    "novelty_bits": "新颖度（比特）",
    "fit_s": "训练（秒）",
    "score_s": "生成清单（秒）",
    "rss_mb": "内存（MB）",
    "trials": "试验次数",
    "validation": "验证",
    "seed": "随机种子",
    "ranking": "排序范围",
    "ties_in_score": "同分时",
    "interval": "置信区间",
    "pages": "页面数",
    "degraded": "降级页面",
    "p50_ms": "中位耗时（毫秒）",
    "p99_ms": "p99 耗时（毫秒）",
    "seconds": "秒",
    "measured": "测量对象",
    "on the evaluated pipeline": "本次评估所用的流水线",
    "as served now": "线上现状",
    "serendipity": "惊喜度",
    "intra_list_distance": "清单内差异",
    "calibration_kl": "类目偏离（KL）",
    "more than a look": "不止浏览",
    "popular items": "热门商品",
    "rare items": "冷门商品",
    "repeat": "重复购买",
    "items_on_offer": "在售商品",
    "on_offer": "在售的认定",
    "relevant": "算作命中",
    "one moment for everybody: the last fifth of the events is hidden": "所有人取同一时刻：隐去最后五分之一的行为",
    "a random fifth of each person's items is hidden, since times are missing or cut too few people": "时间缺失，或按时间切分后可评的人太少，因此随机隐去每人五分之一的商品",
    "all items on offer that are new to the person": "全部在售且此人未曾选过的商品",
    "the item with more training events first, then the lower number": "训练行为多的商品在前，其次编号小的在前",
    "what a person then has to do with, looks included; not what is turned down": "此后有过行为的商品，包括浏览，不包括被拒绝的",
    "by the stock of today, since that of the past is not known": "按今天的库存，因为过去的库存无从得知",
    "no event has a time": "行为没有时间",
    "95 %, bootstrap over people": "95%，按人自助抽样",
    "per_person_random": "每人随机留出",
    "global_time": "按全局时间",
}
"""Names that answers bring along, in Chinese."""

KNOWN_WITH_VALUES: Mapping[str, str] = {
    r"the smaller side is ([\d,]+), above ([\d,]+) for a dense solve": (
        "人数与商品数中较小者为 {}，超过稠密求解的上限 {}"
    ),
}
"""Pattern of a sentence that answers bring along → the same in Chinese."""
