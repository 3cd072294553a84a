"""Why an item is on a page or is not, in words, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from zhiyin.core.journey import Journey, Verdict

_VERDICTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "shown": "It stands at place {place}",
        "shown_now": "It was not on that page; on one made now it would stand at place {place}",
        "not_proposed": "No source proposed it",
        "shown_before": "An earlier page of this list showed it",
        "filtered": "Dropped by the filter {stage}",
        "filter_failed": "The filter {stage} failed, and lets nothing pass then",
        "held_back": "Held back by the filter {stage}, which only fills pages that would be short",
        "outscored": "Scored {rank} of {of}, behind the page's last",
        "moved": "Moved from {before} to {after} by the re-ranker {stage}",
        "left_out": "Left out at {before} by the re-ranker {stage}",
    },
    "zh": {
        "shown": "排在第{place}位",
        "shown_now": "当时那一页没有它；现在再生成，它会排在第{place}位",
        "not_proposed": "没有任何来源提出它",
        "shown_before": "这个列表的前几页已经展示过",
        "filtered": "被过滤器 {stage} 去掉",
        "filter_failed": "过滤器 {stage} 出错，此时不放行任何商品",
        "held_back": "被过滤器 {stage} 留作后备，只在页面不满时补上",
        "outscored": "得分在{of}个里排第{rank}，没有进入这一页",
        "moved": "被重排器 {stage} 从第{before}位移到第{after}位",
        "left_out": "在第{before}位时被重排器 {stage} 去掉",
    },
}
_STEPS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "proposed": "{stage} proposed it, {rank} of {of}",
        "kept": "The filter {stage} let it pass",
        "scored": "Scored {rank} of {of}",
        "moved": "The re-ranker {stage} moved it from {before} to {after}",
        "stayed": "The re-ranker {stage} left it at {before}",
        "differs": "Things have changed since: a page made now is not the one that was shown",
    },
    "zh": {
        "proposed": "{stage} 提出了它，在{of}个里排第{rank}",
        "kept": "过滤器 {stage} 放行",
        "scored": "得分在{of}个里排第{rank}",
        "moved": "重排器 {stage} 把它从第{before}位移到第{after}位",
        "stayed": "重排器 {stage} 让它留在第{before}位",
        "differs": "情况已有变化：现在再生成的页面与当时展示的不同",
    },
}


def verdict_text(verdict: Verdict, language: str) -> str:
    """Return what became of an item, in words.

    >>> verdict_text(Verdict("filtered", "in_stock", {}), "en")
    'Dropped by the filter in_stock'
    >>> verdict_text(Verdict("outscored", None, {"rank": 57, "of": 300}), "zh")
    '得分在300个里排第57，没有进入这一页'
    """
    return _VERDICTS[language][verdict.kind].format(stage=verdict.stage, **verdict.figures)


def step_texts(journey: Journey, language: str) -> list[str]:
    """Return the way of an item as far as it came, a sentence for each stage."""
    words = _STEPS[language]
    told = [
        words["proposed"].format(stage=one.source, rank=one.rank, of=one.of)
        for one in journey.proposals
        if one.rank is not None
    ]
    told += [words["kept"].format(stage=one.filter) for one in journey.checks if one.is_kept]
    if journey.rank is not None:
        told.append(words["scored"].format(rank=journey.rank, of=journey.of))
    for move in journey.moves:
        if move.after is not None:
            kind = "stayed" if move.after == move.before else "moved"
            told.append(
                words[kind].format(stage=move.reranker, before=move.before, after=move.after)
            )
    return told


def differs_text(language: str) -> str:
    """Return that a page made now is another one."""
    return _STEPS[language]["differs"]
