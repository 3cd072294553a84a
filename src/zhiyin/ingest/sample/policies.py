"""The sample shop's policies, in Chinese and English, as the FAQ sums them up."""

from __future__ import annotations

import polars as pl

from zhiyin.ingest.sample.frames import table

_POLICIES: tuple[tuple[str, str, str, str], ...] = (
    ("returns", "zh", "退换货政策", """## 七天无理由退货
自签收次日起7天内，商品完好、配件齐全、不影响二次销售的，可以申请无理由退货。拆封后的食品、贴身衣物、定制商品和已激活的电子产品除外。

## 换货
尺码或颜色不合适的，签收后15天内可以换货一次，同一商品的换货运费由买家承担。质量问题的换货运费由我们承担。

## 质量问题
签收后30天内发现质量问题，请提供照片或视频，核实后可以选择退货、换货或维修，来回运费由我们承担。超过30天、仍在保修期内的，按保修条款处理。

## 退款时间
仓库签收退货后1到2天完成审核。审核通过后原路退回：余额和手机支付即时到账，银行卡3到5个工作日，信用卡可能需要7个工作日。

## 不予退换的情况
人为损坏、缺少配件或赠品、超过时限、未经同意自行寄回的商品，我们不予退换，并会把商品寄回给您。"""),
    ("returns", "en", "Returns and exchanges", """## Returns within seven days
Within 7 days of the day after delivery you may return an item for any reason, if it is complete and can be sold again. Opened food, underwear, made-to-order goods and activated electronics are excluded.

## Exchanges
If the size or colour does not suit you, you may exchange the item once within 15 days of delivery; you pay the shipping. If the item is faulty, we pay for shipping.

## Faulty goods
If you find a fault within 30 days of delivery, send us photos or a video. Once we have checked them you may choose a refund, an exchange or a repair, and we pay for shipping both ways. After 30 days the terms of the warranty apply.

## When refunds arrive
We check a return within 1 to 2 days of its arrival. Refunds go back the way you paid: wallets and mobile payment at once, bank cards in 3 to 5 working days, credit cards in up to 7 working days.

## What we do not take back
We do not accept items that were damaged in use, that lack parts or gifts, that come too late, or that were sent back without asking; such items are returned to you."""),
    ("delivery", "zh", "配送政策", """## 发货时间
现货商品在付款后48小时内发货；预售和定制商品按页面标注的时间发货。大促期间发货时间可能延长到72小时。

## 运费
单笔订单满59元包邮，不满59元收取6元运费。新疆、西藏、海南每单另加10元。大件家具按页面标注收取运费。

## 配送时效
一般地区2到4天送达，偏远地区5到8天送达。恶劣天气或交通管制时会顺延，我们会发短信通知您。

## 签收与验货
请在签收前检查外包装。外包装破损的可以拒收；签收后发现破损或少件，请在48小时内联系客服并提供照片。

## 丢件
物流信息超过5天没有更新的，请联系客服。经快递公司确认丢失后，我们在24小时内补发或全额退款。"""),
    ("delivery", "en", "Delivery", """## Dispatch
Goods in stock are dispatched within 48 hours of payment; pre-orders and made-to-order goods on the date shown on their page. During big sales dispatch may take up to 72 hours.

## Charges
Delivery is free for orders of 59 yuan or more, otherwise it costs 6 yuan. Orders to Xinjiang, Tibet and Hainan cost 10 yuan more. Large furniture is charged as shown on its page.

## How long it takes
Most areas are reached in 2 to 4 days, remote areas in 5 to 8 days. Bad weather or closed roads may add to this; we tell you by text message.

## On receipt
Please look at the box before you sign for it. You may refuse a damaged box; if you find damage or missing pieces later, send us photos within 48 hours.

## Lost parcels
If tracking has shown nothing new for more than 5 days, please tell us. Once the courier confirms the loss, we send the goods again or refund them in full within 24 hours."""),
    ("privacy", "zh", "隐私政策", """## 我们保存什么
我们保存您的订单、浏览记录、评价以及您与客服的对话，用于履行订单、售后服务和推荐。我们不保存完整的银行卡号。

## 个性化推荐
您可以随时在“设置—隐私”中关闭个性化推荐。关闭后，您看到的是热门商品和新品，您的浏览记录不再用于推荐。

## 您的权利
您可以查看、更正、导出和删除您的个人数据。申请删除后，我们在7天内删除全部个人数据；法律要求保存的交易凭证除外，保存期为3年。

## 与谁共享
我们只把收货人姓名、电话和地址交给承运的快递公司，不会把您的数据卖给任何人。"""),
    ("privacy", "en", "Privacy", """## What we keep
We keep your orders, what you looked at, your reviews and your conversations with customer service, in order to deliver, to help you afterwards and to recommend. We do not keep full card numbers.

## Personal recommendations
You can turn off personal recommendations at any time under Settings, Privacy. You then see what is popular and new, and what you look at is no longer used for recommendations.

## Your rights
You may see, correct, export and delete your personal data. When you ask us to delete them, all are deleted within 7 days, except receipts that the law makes us keep for 3 years.

## With whom we share
Only the courier is given the name, telephone number and address of the recipient. We never sell your data to anyone."""),
)  # fmt: skip


def policies() -> pl.DataFrame:
    """Return the policies as a table of documents."""
    ids, languages, titles, texts = zip(*_POLICIES, strict=True)
    kinds, sources = ["policy"] * len(ids), [f"{name}.md" for name in ids]
    return table(
        "documents",
        {"id": ids, "kind": kinds, "title": titles, "text": texts, "language": languages, "source": sources},
    )  # fmt: skip
