"""People to follow: how many hidden friendships are among the first ten, beside simpler orders, and how long it takes.

python benchmarks/people_to_follow.py [--people 6000]

Prints one JSON document. A tenth of the friendships of ``social_yelp`` is hidden. The control does the same with friendships
that were shuffled, so that only how many each person has is left.
"""

from __future__ import annotations

import argparse
import gzip
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from setting import data_folder, report
from zhiyin.evaluation.controls import shuffled_ties
from zhiyin.social.following import PeopleToFollow
from zhiyin.social.graph import Ints, adjacency, sizes
from zhiyin.social.links import LinkPredictor, graph_of, hidden, tie_pairs

SEED = 9
FIRST = 10
Order = Callable[[int], Ints]


def read() -> Any:
    """Return the friendships."""
    data = data_folder()
    if data is None:
        raise SystemExit("not there: set ZHIYIN_DATA")
    with gzip.open(data / "social_yelp" / "friends.tsv.gz", "rt") as lines:
        ends = np.array([line.split() for line in list(lines)[1:]], np.int64)
    return adjacency(*ends.T, int(ends.max()) + 1)


def orders(known: Any) -> dict[str, Order]:
    """Return name → what gives the first ten for a person, of those it is not tied to."""
    n_ties = sizes(known)
    rare = 1 / np.log(np.maximum(n_ties, 2))
    follow, links = PeopleToFollow(known), LinkPredictor.learned(known)

    def best(person: int, scores: np.ndarray) -> Ints:
        scores = scores.copy()
        scores[known.indices[known.indptr[person] : known.indptr[person + 1]]] = -1
        scores[person] = -1
        return np.argsort(-scores, kind="stable")[:FIRST]

    def common(person: int) -> np.ndarray:
        friends = known.indices[known.indptr[person] : known.indptr[person + 1]]
        return known[friends].T @ rare[friends]

    def predicted(person: int) -> Ints:
        near = common(person)
        near[known.indices[known.indptr[person] : known.indptr[person + 1]]] = 0
        near[person] = 0
        chosen = np.argsort(-near, kind="stable")[: min(100, np.count_nonzero(near))]
        chances = links.chances(np.column_stack([np.full(chosen.size, person), chosen]))
        return chosen[np.argsort(-chances, kind="stable")[:FIRST]]

    return {
        "people_to_follow": lambda person: np.array(
            [one.person for one in follow.suggested(np.array([person]), FIRST)[0]], np.int64
        ),
        "adamic_adar": lambda person: best(person, common(person)),
        "link_predictor": predicted,
        "most_ties": lambda person: best(person, n_ties),
    }


def measured(graph: Any, most: int) -> dict[str, dict[str, Any]]:
    """Return of each order the mean share of a person's hidden friendships that it finds, and the time it takes."""
    rng = np.random.default_rng(SEED)
    kept, gone = hidden(tie_pairs(graph, is_symmetric=True), 0.1, rng)
    known, asked = (graph_of(p, graph.shape[0], is_symmetric=True) for p in (kept, gone))
    people = rng.permutation(np.flatnonzero(sizes(asked) > 0))[:most]
    told = {}
    for name, order in orders(known).items():
        shares, taken = [], []
        for person in people.tolist():
            started = time.process_time()
            found = order(person)
            taken.append((time.process_time() - started) * 1e3)
            wanted = asked.indices[asked.indptr[person] : asked.indptr[person + 1]]
            shares.append(np.isin(wanted, found).mean())
        middle, late = np.percentile(taken, [50, 95])
        error = 1.96 * np.std(shares) / np.sqrt(len(shares))
        told[name] = {"found": np.mean(shares), "error": error, "p50_ms": middle, "p95_ms": late}
    return told


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=6_000, help="asked for, at most")
    asked = parser.parse_args()
    graph = read()
    one, two = shuffled_ties(
        *graph.nonzero(), rng=np.random.default_rng(SEED), n_people=graph.shape[0]
    )
    control = adjacency(one, two, graph.shape[0])
    report(
        "people_to_follow",
        people=graph.shape[0],
        friendships=graph.nnz // 2,
        asked=asked.people,
        hidden=measured(graph, asked.people),
        shuffled=measured(control, min(asked.people, 1_000)),
        seed=SEED,
    )


if __name__ == "__main__":
    main()
