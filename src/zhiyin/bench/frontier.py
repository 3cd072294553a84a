"""What a list pays in relevance for variety: every way to balance it, at every setting of the dial."""

from __future__ import annotations

from itertools import product
from typing import Any, get_args

import numpy as np

from zhiyin.bench.own_tasks import OwnTasks, refuse_unjudged
from zhiyin.bench.pools import Pools, training_lists
from zhiyin.bench.served import OpenShop
from zhiyin.bench.variety import LOSS, Variety, knee, on_front
from zhiyin.core.progress import Progress, untold
from zhiyin.reranking.balance import Balance, Method
from zhiyin.reranking.caps import Caps
from zhiyin.reranking.joint import JointRanker

DIALS = (0.1, 0.2, 0.25, 0.3, 0.33, 0.35, 0.4, 0.5, 0.6, 0.8)
ALPHAS = (0.0, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1)
Points = list[dict[str, Any]]


def frontier(
    shop: OpenShop,
    *,
    surface: str = "home",
    k: int = 10,
    people: int = 1000,
    seed: int = 0,
    progress: Progress = untold,
) -> dict[str, Any]:
    """Return NDCG and variety of lists by every method of ``balance``, and by rankers that are trained for both.

    Half of the people choose the knee: the point with the most variety for a loss of at most 2 % of NDCG. Figures are of
    the other half. Rankers learn from an earlier moment.

    Args:
        shop: an open shop; it is not changed.
        surface: whose candidates.
        k: list length.
        people: judged, at most.
        seed: of people and intervals.
        progress: told as the work goes on.
    Returns: ``points``: way, dial and figures, and whether no other has more of both NDCG and distance; ``knee``; ``joint``:
        trained rankers, each beside the best that re-ranking gives at the same calibration; ``protocol``.
    Raises:
        NotFound: there are too few events.
    """
    refuse_unjudged(shop.settings, surface)
    tasks = OwnTasks.of(shop, people, seed)
    pools = Pools.of(shop, tasks, surface, k, lambda done, n: progress(done / 3, n))
    variety = Variety.of(shop, pools, seed)
    caps = Caps(Caps.Config(), shop.catalogue)
    plain = variety.point("score", 0.0, pools.lists([caps], k))
    points = [plain]
    for way, dial in product(get_args(Method), DIALS):
        config = Balance.Config.model_validate({"method": way, "diversity": dial})
        part = Balance(config, shop.catalogue, pools.trained.item_likeness)
        points.append(variety.point(way, dial, pools.lists([part, caps], k)))
    progress(0.6, len(points))
    earlier = OwnTasks.of(shop, people, seed, among=tasks.before)
    lists = training_lists(shop, Pools.of(shop, earlier, surface, k))
    progress(0.9, len(points))
    ranked = (pools.ranked(shop, JointRanker.fit(lists, alpha=alpha)) for alpha in ALPHAS)
    joint = [
        variety.point("joint", a, r.lists([caps], k)) for a, r in zip(ALPHAS, ranked, strict=True)
    ]
    for point, is_best in zip([*points, *joint], on_front([*points, *joint]), strict=True):
        point["on_front"] = is_best
    progress(1.0, len(points))
    return {
        "points": [*points, *joint],
        "knee": knee(plain, points),
        "joint": [_beside(point, points) for point in joint],
        "protocol": _protocol(pools, variety, surface, k),
    }


def _protocol(pools: Pools, variety: Variety, surface: str, k: int) -> dict[str, Any]:
    tasks = pools.tasks
    return {
        "surface": surface,
        "k": k,
        "people": int(pools.people.size),
        "cut": tasks.now.isoformat() if tasks.split.cut_us is not None else None,
        "distance": variety.told_by,
        "chosen_by": "half of the people; figures are of the other half",
        "loss_allowed": LOSS,
        "seed": variety.seed,
    }


def _beside(point: dict[str, Any], rivals: Points) -> dict[str, Any]:
    """Return a trained ranker beside what re-ranking gives at the same calibration, between its points by a straight line."""
    best: Points = []
    for rival in sorted(rivals, key=lambda one: (one["calibration"], -one["ndcg"][0])):
        if not best or rival["ndcg"][0] > best[-1]["ndcg"][0]:
            best.append(rival)
    strays, gains = [one["calibration"] for one in best], [one["ndcg"][0] for one in best]
    told = {"alpha": point["dial"], **{name: point[name] for name in ("ndcg", "calibration")}}
    told["re_ranking"] = float(np.interp(point["calibration"], strays, gains))
    told["is_on_or_above"] = bool(point["ndcg"][0] >= told["re_ranking"])
    return told
