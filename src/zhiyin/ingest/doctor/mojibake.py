"""Texts that were read in the wrong encoding."""

from __future__ import annotations

import polars as pl

from zhiyin.ingest.doctor.finding import Finding, judged
from zhiyin.ingest.doctor.shop_data import ShopData

WARN = 0.001
_MOJIBAKE = (
    "\ufffd"  # what could not be decoded
    "|锟斤拷|烫烫烫|屯屯屯"  # � read as GBK, and memory that nobody wrote to
    "|[ÃÂ][\u0080-\u00bf]|â€|ï»¿|[\u00c2-\u00f4][\u0080-\u009f\u20ac‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"  # UTF-8 as Latin-1
)


def mojibake(data: ShopData, check: str, texts: pl.DataFrame, called: str) -> Finding:
    """Find texts with the traces of a wrong encoding.

    Args:
        data: the shop.
        check: name of the check.
        texts: (n,) column text, beside columns that examples shall show.
        called: what the texts are, in the plural.
    """
    told = texts.filter(pl.col("text").is_not_null() & (pl.col("text") != ""))
    rows = told.filter(pl.col("text").str.contains(_MOJIBAKE))
    return judged(
        check,
        rows.height,
        told.height,
        f"{called} with signs such as Ã©, 锟斤拷 or \ufffd",
        "they were read in the wrong encoding, and no word of them will match",
        "Export as UTF-8 and import again.",
        lambda: data.examples(rows.with_columns(pl.col("text").str.head(60))),
        warn_above=WARN,
    )
