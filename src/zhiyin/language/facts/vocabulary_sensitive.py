"""Words of matters that are never read from what somebody writes, whatever the shop sells.

Health, pregnancy, belief, politics, sexual life, origin, and want of money. A fact whose words hold one of these is
dropped, and no canonical value stands for any of them.
"""

from __future__ import annotations

HEALTH = (
    "病 / 癌 / 瘤 / 症 / 炎 / 疹 / 癫痫 / 糖尿 / 高血压 / 血糖 / 胰岛素 / 抑郁 / 焦虑 / 失眠 / 自闭 / 自杀 / 自残 / 化疗 / 手术 / 住院 / 医院 / 诊所 / 门诊 / 确诊 / 艾滋 / hiv / 梅毒 / 痔疮 / 药 / 处方 / 假肢 / 轮椅 / 助听器 / 拐杖 / 成人纸尿裤 / 减肥 / 戒酒 / 戒烟 / 戒毒 / 脱发 / 生发 / 残疾 / 检测试纸 / 康复 / 透析 / 避孕 / 流产"
    " / disease / illness / cancer / tumou(r|) / tumor / diabet(es|ic) / insulin / blood (sugar|pressure) / depress(ion|ed) / antidepressant(s|) / anxiety / insomnia / autis(m|tic) / suicid(e|al) / self-harm / chemo / chemotherapy / surgery / hospital / clinic / diagnos(ed|is) / medication / medicine / prescription / pill(s|) / wheelchair / hearing aid(s|) / crutches / walker / adult diaper(s|) / weight loss / sober / sobriety / rehab / hair loss / disabled / disability / adhd / ptsd / epilepsy / asthma / inhaler / arthritis / dialysis / std / contracepti(ve|on) / birth control / abortion / miscarriage / menopause / incontinence / therapist / therapy"
)
PREGNANCY = "孕 / 备孕 / 验孕 / 排卵 / 胎教 / 产检 / 待产 / 月子 / 保胎 / 试管 / 不孕 / pregnan(t|cy) / maternity / expecting / prenatal / trimester / baby bump / ovulation / fertility / ivf / conceive"
BELIEF = "佛 / 菩萨 / 观音 / 寺 / 教堂 / 清真 / 古兰经 / 圣经 / 基督 / 耶稣 / 天主 / 伊斯兰 / 穆斯林 / 道观 / 十字架 / 礼拜堂 / 念珠 / 信教 / church / mosque / synagogue / temple / bible / quran / koran / torah / jesus / christian / catholic / muslim / islam / islamic / jewish / buddhist / hindu / atheist / rosary / prayer / kosher / halal / hijab"
POLITICS = "党员 / 共产党 / 国民党 / 选举 / 竞选 / 投票 / 示威 / 抗议 / 政治 / 民主党 / 共和党 / republican / democrat / communist / socialist / conservative / election / campaign / protest / rally / trump / biden / maga / brexit / labour party / abortion rights"
SEXUAL = "同性恋 / 同志交友 / 出柜 / 双性恋 / 变性 / 跨性别 / 性取向 / 情趣 / 成人用品 / 避孕套 / 安全套 / 伟哥 / 壮阳 / 性用品 / gay / lesbian / bisexual / transgender / queer / lgbt / lgbtq / coming out / pride flag / condom(s|) / lube / dildo / vibrator / viagra / sex toy(s|)"
ORIGIN = "回族 / 维吾尔 / 藏族 / 少数民族 / 黑人 / 混血 / 种族 / 移民 / 难民 / ethnicity / african american / latino / latina / hispanic / immigrant / refugee / green card"
MONEY = "网贷 / 贷款 / 借钱 / 欠款 / 负债 / 还债 / 破产 / 失业 / 被裁 / 裁员 / 低保 / 催收 / 花呗逾期 / 信用卡逾期 / loan(s|) / debt(s|) / bankrupt / bankruptcy / payday / unemployed / laid off / food stamps / pawn shop / foreclosure / eviction"
CRIME = "赌博 / 博彩 / 彩票 / 毒品 / 大麻 / 坐牢 / 前科 / gambling / casino / cannabis / weed / cocaine / prison / jail"
LIVES = (
    "离婚 / 分手 / 丧事 / 葬礼 / 去世 / 遗物 / divorc(e|ed) / funeral / widow / widowed / breakup"
)

MATTERS = (HEALTH, PREGNANCY, BELIEF, POLITICS, SEXUAL, ORIGIN, MONEY, CRIME, LIVES)
