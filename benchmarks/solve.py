"""How fast the closed-form solve is, beside a plain matrix product of the same size in the same run.

    python benchmarks/solve.py [n ...]

Prints one JSON document. The solve is counted as n³ floating-point operations (potrf n³/3,
potri 2n³/3, the usual count), the product as 2n³; ``ratio`` is solve GFLOP/s over product GFLOP/s. The time of the
solve holds all of ``ease``: Cholesky, inverse, mirroring the triangle and scaling the columns.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from setting import report
from zhiyin.affinity.ease import ease

REPEATS = 3
SEED = 0


def seconds(work) -> float:
    """Return the shortest of some runs; each gets what its own ``prepare`` gives, outside the clock."""
    prepare, run = work
    best = float("inf")
    for _ in range(REPEATS):
        given = prepare()
        start = time.perf_counter()
        run(given)
        best = min(best, time.perf_counter() - start)
    return best


def measure(n: int, rng: np.random.Generator) -> dict[str, float | int]:
    """Time both on one positive definite matrix of side n."""
    rows = rng.random((n, n), dtype=np.float32)
    gram = rows @ rows.T
    solve_s = seconds((gram.copy, lambda given: ease(given, 100.0, overwrite=True)))
    product_s = seconds((lambda: rows, lambda given: given @ given))
    solve, product = n**3 / solve_s / 1e9, 2 * n**3 / product_s / 1e9
    return {
        "n": n,
        "solve_s": round(solve_s, 4),
        "solve_gflop_s": round(solve, 1),
        "product_s": round(product_s, 4),
        "product_gflop_s": round(product, 1),
        "ratio": round(solve / product, 3),
    }


def main() -> None:
    """Print the figures."""
    sizes = [int(word) for word in sys.argv[1:]] or [1024, 2048, 4096]
    rng = np.random.default_rng(SEED)
    report(
        "solve",
        convention="solve n^3 (potrf n^3/3 + potri 2n^3/3), product 2n^3, float32",
        best_of=REPEATS,
        seed=SEED,
        results=[measure(n, rng) for n in sizes],
    )


if __name__ == "__main__":
    main()
