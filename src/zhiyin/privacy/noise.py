"""Differential privacy for a sum over people: clipping, Gaussian noise, and the ledger of what was released.

Whoever sees a release learns almost the same with a person's rows in the sum as without them: (epsilon, delta)
differential privacy for adding or removing one whole person. It holds for the released numbers, not for what is
chosen by looking at the data in other ways (parameters tuned on them, say), and not against who sees the sum before
the noise.
"""

from __future__ import annotations

import importlib
import math
import secrets
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse, special

from zhiyin.errors import DataError, SettingsError
from zhiyin.privacy.masks import stream

_UNIT_BITS = 16  # behind the point of a clipped row; products have twice as many


def gaussian_sigma(epsilon: float, delta: float, sensitivity: float = 1.0) -> float:
    """Return the least standard deviation of Gaussian noise that makes a sum (epsilon, delta) private.

    Args:
        epsilon: above 0.
        delta: between 0 and 1, well below one over the number of people.
        sensitivity: most that one person can change the sum, as Euclidean length.
    Raises:
        DataError: epsilon or delta is out of range.
        SettingsError: the package dp-accounting is missing.
    References: Balle & Wang, ICML 2018.
    """
    if not (0 < epsilon < np.inf and 0 < delta < 1):
        raise DataError(
            f"no noise gives epsilon {epsilon:g} and delta {delta:g}",
            where="privacy.noise",
            expected="epsilon above 0 and delta between 0 and 1",
            next_step="take epsilon from 1 to 10 and delta below one over the number of people",
        )
    return sensitivity * float(_accounting().get_sigma_gaussian(epsilon, delta))


@dataclass(slots=True)
class Ledger:
    """What may be given away about the people of one data set, in all, and what was.

    Gaussian releases add up exactly: one over the squares of their noise. So a release takes a share of the budget:
    twelve monthly trainings take a twelfth each. Every release that touches the same people goes into one ledger.

    Attributes:
        epsilon: of everything together.
        delta: of everything together; ``n_people ** -1.1`` is usual.
        shares: release → share of the budget that it took.

    References: Dong, Roth & Su, JRSS B 2022, corollary 2.

    >>> ledger = Ledger(epsilon=3.0, delta=1e-4, shares={"items of May": 0.25})
    >>> 1 - sum(ledger.shares.values())
    0.75
    """

    epsilon: float
    delta: float
    shares: dict[str, float] = field(default_factory=dict)

    def spend(self, release: str, share: float = 1.0) -> float:
        """Write down a release, and return its noise: standard deviation over sensitivity.

        Raises:
            DataError: the budget does not suffice, or a release of that name was written down before.
            SettingsError: the package dp-accounting is missing.
        """
        left = 1.0 - sum(self.shares.values())
        if release in self.shares or not 0 < share <= left + 1e-9:
            raise DataError(
                f'"{release}" cannot take {share:g} of the privacy budget',
                where="privacy ledger",
                expected=f"a name not among {sorted(self.shares)}, and a share above 0 and up to {left:g}",
                next_step="keep what was released before, it may be read again for nothing",
            )
        sigma = gaussian_sigma(self.epsilon, self.delta) / math.sqrt(share)
        self.shares[release] = share
        return sigma

    @property
    def spent(self) -> float:
        """Epsilon of all releases so far together, at ``delta``."""
        if not self.shares:
            return 0.0
        sigma = gaussian_sigma(self.epsilon, self.delta) / math.sqrt(sum(self.shares.values()))
        return float(_accounting().get_epsilon_gaussian(sigma, self.delta))


def unit_rows(rows: Any, most: int) -> Any:
    """Clip each person to ``most`` items and to Euclidean length 1, in whole 2**-16.

    The strongest items stay; between equals a hash of the person's own row decides, so that what stays of a person does
    not depend on anybody else.

    Args:
        rows: (n, n_items) float32 CSR of strengths above 0, one row a person.
        most: items kept of a person.
    Returns: (n, n_items) int64 CSR; divided by 2**16 no row is longer than 1.
    """
    rows = sparse.csr_array(rows, copy=True)
    rows.sum_duplicates()
    if not (np.isfinite(rows.data).all() and (rows.data > 0).all()):
        raise DataError(
            "a strength is not a finite number above 0",
            where="privacy.noise",
            expected="rows of strengths above 0",
            next_step="leave the others out",
        )
    counts = np.diff(rows.indptr)
    person = np.repeat(np.arange(rows.shape[0]), counts)
    item = rows.indices.astype(np.uint64)
    own = np.zeros(rows.shape[0], np.uint64)
    np.add.at(own, person, _mixed(item))
    order = np.lexsort((_mixed(own[person] ^ _mixed(item)), -rows.data, person))
    kept = order[np.arange(rows.nnz) - np.repeat(rows.indptr[:-1], counts) < most]
    strength = rows.data[kept].astype(np.float64)
    length = np.sqrt(np.bincount(person[kept], strength**2, rows.shape[0]))
    units = np.floor(strength / length[person[kept]] * (2**_UNIT_BITS - 1)).astype(np.int64)
    return sparse.csr_array((units, (person[kept], rows.indices[kept])), shape=rows.shape)


def noisy_gram(units: Any, sigma: float, seed: bytes | None = None) -> NDArray[np.float64]:
    """Return ``Σ_u x_u x_uᵀ`` with symmetric Gaussian noise: sigma on the diagonal, sigma / √2 beside it.

    Adding or removing a person changes the sum by ``‖x xᵀ‖ = ‖x‖² <= 1`` in Frobenius norm, so sigma is what
    ``gaussian_sigma`` gives for sensitivity 1. Noise of sigma on every entry, then the mean of the matrix and its
    transpose, comes to the same. The sum is exact in whole 2**-32 and so is the rounded noise: the low bits of a float
    cannot give the sum away.

    Args:
        units: (n, n_items) int64 CSR by ``unit_rows``.
        sigma: standard deviation of the noise.
        seed: of the noise, for tests only: who knows it can take the noise off. Drawn anew when not given.
    Returns: (n_items, n_items) float64.
    References: Mironov, CCS 2012 (low bits); Dwork et al., STOC 2014 (Analyze Gauss).
    """
    n = units.shape[1]
    gram: NDArray[np.int64] = (units.T @ units).toarray()
    rows, columns = np.triu_indices(n)
    noise = gaussian(rows.size, sigma, seed)
    noise[rows != columns] /= np.sqrt(2)
    total = gram[rows, columns] + np.rint(noise * 4.0**_UNIT_BITS).astype(np.int64)
    noisy = np.empty((n, n))
    noisy[rows, columns] = noisy[columns, rows] = total / 4.0**_UNIT_BITS
    return noisy


def gaussian(n: int, sigma: float, seed: bytes | None = None) -> NDArray[np.float64]:
    """Return (n,) float64 Gaussian noise from a cryptographic source, seeded by the system when not given."""
    bits = stream(secrets.token_bytes(32) if seed is None else seed, n)
    uniform = ((bits >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
    return np.asarray(sigma * special.ndtri(uniform))


def noise_edge(n: int, sigma: float) -> float:
    """Return the largest eigenvalue of the noise of an (n, n) ``noisy_gram``, ``sigma √(2 n)`` (Wigner, 1958)."""
    return sigma * math.sqrt(2 * n)


def shrunk(noisy: NDArray[np.float64], sigma: float) -> NDArray[np.float32]:
    """Return what stands out of the noise of a release, positive semi-definite.

    From every eigenvalue half of ``noise_edge`` is taken; those below become 0. More would take away weak structure with
    the noise. It uses nothing but the release, so it costs no privacy.

    Args:
        noisy: (n, n) float64 by ``noisy_gram``.
        sigma: of its noise.
    Returns: (n, n) float32.
    Complexity: one symmetric eigendecomposition, O(n³).
    References: Cai, Candès & Shen, SIAM J. Optim. 2010 (soft thresholding of singular values).
    """
    half = noise_edge(noisy.shape[0], sigma) / 2
    values, vectors = linalg.eigh(noisy, subset_by_value=(half, np.inf))
    scaled = vectors * np.sqrt(values - half)
    return np.asarray(scaled @ scaled.T, np.float32)


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the finaliser of SplitMix64 of each number."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _accounting() -> Any:
    try:
        return importlib.import_module("dp_accounting")
    except ImportError as error:
        raise SettingsError(
            f"the privacy accountant cannot be loaded: {error}",
            where="privacy.noise",
            expected="the package dp-accounting",
            next_step="pip install 'zhiyin[privacy]'",
        ) from error
