"""What people write for a currency, and its ISO 4217 code."""

from __future__ import annotations

from collections.abc import Mapping

from zhiyin.core.currency import SMALLEST_UNITS as SMALLEST_UNITS

_CODES = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG "
    "HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD "
    "RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD "
    "UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
)
_WRITTEN = {
    "CNY": "¥ 元 元人民币 rmb¥ cny¥ 块 块钱 塊 圆 圓 人民币 人民幣 rmb cn¥ yuan",
    "JPY": "jp¥ 円 日元 日圆 日圓 yen",
    "USD": "$ us$ 美元 美金 usd$ dollar dollars",
    "HKD": "hk$ 港元 港币 港幣",
    "TWD": "nt$ ntd 新台币 新臺幣 新台幣 台币 台幣",
    "SGD": "s$ sg$ 新加坡元 新币",
    "AUD": "a$ au$ 澳元",
    "CAD": "c$ ca$ 加元",
    "NZD": "nz$ 纽元",
    "MOP": "mop$ 澳门元",
    "BRL": "r$",
    "EUR": "€ 欧元 歐元 euro euros",
    "GBP": "£ 英镑 英鎊",
    "KRW": "₩ 원 韩元 韓元",
    "INR": "₹ rs rs. 卢比",
    "RUB": "₽ руб руб. 卢布",
    "CHF": "fr. sfr. 瑞士法郎",
    "THB": "฿ 泰铢",
    "VND": "₫ đ 越南盾",
    "TRY": "₺",
    "UAH": "₴",
    "PHP": "₱",
    "ILS": "₪",
    "PLN": "zł",
    "MYR": "rm 令吉",
    "IDR": "rp rp.",
}

CODES: Mapping[str, str] = {code.lower(): code for code in _CODES.split()} | {
    name: code for code, names in _WRITTEN.items() for name in names.split()
}
"""What stands for a currency, in small letters → its code."""

SHARED = frozenset({"¥", "$", "元", "圆", "圓", "dollar", "dollars"})
"""What several currencies use, and a code beside it decides: $5 CAD, ¥980 JPY, 港币12元."""
