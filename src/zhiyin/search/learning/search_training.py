"""What a training leaves for search: an index of all items, and an order of hits where the shop's own data teach a better one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from zhiyin.core.progress import Progress, untold
from zhiyin.search.base_index import BaseIndex
from zhiyin.search.learning.click_lists import read_searches
from zhiyin.search.learning.click_weights import learn_from_clicks
from zhiyin.search.learning.judged_weights import Judgments, learn_from_judgments
from zhiyin.search.learning.rematching import Rematching
from zhiyin.search.meaning import Meaning
from zhiyin.search.relevance import Relevance
from zhiyin.store.store import Store


def train_search(
    store: Store,
    meaning: Meaning | None = None,
    judgments: Path | None = None,
    progress: Progress = untold,
) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Return the arrays of an index with the order of hits that was learned, and plain figures of what was decided and why.

    Args:
        store: items, and the log of searches.
        meaning: what texts mean; words alone are indexed without.
        judgments: file of judged queries.
        progress: told how many items are read.
    Raises:
        InvalidRecord: the file of judgments cannot be read.
    """
    judged = Judgments.read(judgments, store) if judgments else None
    base = BaseIndex.of(store, meaning, progress)
    matching = Rematching(base, meaning)
    told: dict[str, Any] = {"items": int(base.catalogue.texts.numbers.size)}
    if meaning:
        told["vectors"] = base.model or "none: zhiyin mine comes first, or the embedder failed"
    order = None
    if judged:
        order, told["judgments"] = learn_from_judgments(judged, matching, Relevance.default())
    clicked, told["clicks"] = learn_from_clicks(read_searches(store, matching), order)
    kept = clicked or order
    told["order"] = "clicks" if clicked else "judgments" if order else "weights for all shops"
    return base.arrays() | (kept.arrays() if kept else {}), told
