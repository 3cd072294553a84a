"""How much the person's own order of hits is worth on the sample shop, and which options of `personal` are best.

    zhiyin --home HOME demo --once && python benchmarks/personal_search.py HOME

300 people ask three judged queries each. An item is worth its grade times one plus what its asker likes in truth, from 0
to 1: the sample's tastes, which no event says outright. Options are chosen on half of the people by NDCG@10 of that worth,
among those that cost at most 1 % of NDCG@10 of the grades alone, and told of the other half: beside the order by relevance
alone, and with the tastes of another person as the control. Prints one JSON document.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from setting import report
from zhiyin import Shop
from zhiyin.bench.search_sample import K
from zhiyin.core import Candidates, Kind, Query
from zhiyin.evaluation.graded import ndcg_of_order
from zhiyin.evaluation.intervals import bootstrap
from zhiyin.ingest.sample import make
from zhiyin.ingest.sample.queries import GRADES, make_queries
from zhiyin.search.personal import Personal
from zhiyin.settings import Settings

PEOPLE, EACH, LOST = 300, 3, 0.01
BANDS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6)
STRENGTHS = (0.25, 0.5, 1, 2, 4)
NARROW = (0.0, 0.3, 1.0)
CONTROL = "the tastes of another person"


@dataclass(frozen=True)
class Asked:
    """A query of a person: what it found, what was known of them, and what each item is worth to them."""

    person: int
    found: Candidates
    fields: dict[str, Any]
    grade: NDArray[np.float64]
    worth: NDArray[np.float64]

    def order(self, personal: Personal, fields: dict[str, Any]) -> NDArray[np.int64]:
        """Return the hits as they are shown."""
        own = {**fields, "finding": self.fields["finding"]}
        rows = personal.rerank(Query(self.person, fields=own), self.found, len(self.found))
        return self.found.ids[rows]


def asked(shop: Shop, seed: int) -> list[Asked]:
    """Let people ask; rows of the sample are put in the order of the store's numbers."""
    sample = make(seed)
    items = sample.frames["items"]["id"].to_list()
    people = sample.frames["users"]["id"].to_list()
    row_of = {key: row for row, key in enumerate(items)}
    rows = np.array(
        [row_of.get(shop.catalogue.key(number), 0) for number in range(shop.store.count(Kind.ITEM))]
    )
    queries = make_queries(seed, sample.frames["items"])
    rng = np.random.default_rng(seed)
    pieces = sample.truth.pieces
    found = []
    for place in rng.choice(len(people), PEOPLE, replace=False).tolist():
        taste = pieces.taste[place] @ pieces.item_factors.T
        liking = expit((taste - taste.mean()) / taste.std())[rows]
        for query in rng.choice(len(queries), EACH, replace=False).tolist():
            grade = queries[query].grades[rows] / GRADES
            page = shop.search(queries[query].text, people[place], n=1, is_preview=True).page
            hits = page.fields["finding"][0].hits
            number = shop.store.number(Kind.PERSON, people[place]) or 0
            candidates = Candidates.of(hits.numbers, hits.scores, source="matching")
            found.append(Asked(number, candidates, dict(page.fields), grade, grade * (1 + liking)))
    return found


def figures(
    queries: Sequence[Asked],
    config: Personal.Config,
    others: Sequence[Asked] | None = None,
) -> NDArray[np.float64]:
    """Return NDCG@10 of worth and of grades, (q, 2)."""
    personal = Personal(config)
    told = []
    for own, other in zip(queries, others or queries, strict=True):
        order = own.order(personal, other.fields)
        told.append([ndcg_of_order(order, gain, K) for gain in (own.worth, own.grade)])
    return np.array(told)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("home")
    arguments.add_argument("--seed", type=int, default=7, help="of the sample shop in HOME")
    given = arguments.parse_args()
    none = Personal.Config(strength=0.0)
    settings = Settings.load(given.home)
    patient = settings.pipelines["search"].model_copy(update={"budget_ms": 60_000.0})
    pipelines = {**settings.pipelines, "search": patient}
    with Shop.open(settings.model_copy(update={"pipelines": pipelines})) as shop:
        queries = asked(shop, given.seed)
        half = len(queries) // 2
        tune, test = queries[:half], queries[half:]
        plain = figures(tune, none).mean(axis=0)
        tried = {}
        for band, strength, narrow in product(BANDS, STRENGTHS, NARROW):
            config = Personal.Config(band=band, strength=strength, narrow=narrow)
            tried[band, strength, narrow] = figures(tune, config).mean(axis=0)
        allowed = [one for one, (_, grade) in tried.items() if grade >= (1 - LOST) * plain[1]]
        best = max(allowed, key=lambda one: tried[one][0])
        chosen = Personal.Config(band=best[0], strength=best[1], narrow=best[2])
        strangers = [*test[EACH:], *test[:EACH]]
        measured = {
            "relevance alone": figures(test, none),
            "as shipped": figures(test, Personal.Config()),
            "chosen": figures(test, chosen),
            CONTROL: figures(test, chosen, strangers),
        }
    alone = measured["relevance alone"]
    report(
        "personal_search",
        seed=given.seed, people=PEOPLE, queries=len(queries),
        chosen=chosen.model_dump(), chosen_by={"plain": plain.tolist(), "chosen": tried[best].tolist()},
        tried={"/".join(map(str, one)): told.tolist() for one, told in tried.items()},
        chosen_over_control=bootstrap(
            _of_people(measured["chosen"][:, 0] - measured[CONTROL][:, 0])
        ).as_list(),
        test={
            name: {
                "worth": float(told[:, 0].mean()), "grades": float(told[:, 1].mean()),
                "worth over relevance alone": bootstrap(_of_people(told[:, 0] - alone[:, 0])).as_list(),
            }
            for name, told in measured.items()
        },
    )  # fmt: skip


def _of_people(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return values.reshape(-1, EACH).mean(axis=1)


if __name__ == "__main__":
    main()
