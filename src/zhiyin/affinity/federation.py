"""Evidence of people whose rows nobody may collect: summed over silos under masks, or released with noise."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.affinity.evidence import Evidence
from zhiyin.errors import DataError
from zhiyin.privacy.masks import from_fixed, masked, pair_seeds, to_fixed, unmasked_sum
from zhiyin.privacy.noise import Ledger, noise_edge, noisy_gram, shrunk, unit_rows

_RIDGE = 3.0  # of the noise's largest eigenvalue; 1 to 10 were measured as good


def federated(silos: Mapping[str, Any], *, dropped: Collection[str] = ()) -> Evidence:
    """Return the evidence of all people of some silos, of which the server sees masked uploads only.

    Every silo sums the rows of its own people and uploads the whole sum, zeros included: which items it knows stays
    hidden, too. The sum is exact to 2**-32 and then rounded to float32, so a model of it is the central one. Beside it
    the server learns nothing; what the sum gives away about one person is not hidden, see ``private_evidence``.

    Args:
        silos: name → (n people, n_items) float32 CSR, items numbered alike; all parties act in this process.
        dropped: silos that are lost before they upload; the sum is that of the others.
    Raises: DataError when fewer than two silos remain, or silos do not number items alike.
    Complexity: 4 n_items² bytes of upload a silo, and as many random bytes for each pair of silos.
    """
    widths = {rows.shape[1] for rows in silos.values()}
    if len(widths) != 1:
        raise DataError(
            f"silos know {sorted(widths)} items",
            where="affinity.federation",
            expected="one numbering of items that all silos share",
            next_step="number the items before the rows are made",
        )
    gone = set(dropped) & set(silos)
    seeds = pair_seeds(list(silos))
    uploads = {
        name: masked(to_fixed(_packed(Evidence.of(rows))), name, seeds[name])
        for name, rows in silos.items()
        if name not in gone
    }
    returned = {name: {lost: seeds[name][lost] for lost in gone} for name in uploads}
    return _unpacked(from_fixed(unmasked_sum(uploads, returned)), widths.pop())


@dataclass(frozen=True, slots=True, eq=False)
class PrivateEvidence:
    """A Gram matrix that may be shown to anybody, and so may all that is made of it.

    Attributes:
        gram: (n_items, n_items) float32, positive semi-definite; its diagonal is popularity.
        reg: ridge of EASE that suits the noise; it comes from the noise alone, so it gives nothing away.

    >>> from zhiyin.affinity.ease import ease
    >>> evidence = PrivateEvidence(np.eye(2, dtype=np.float32), reg=1.0)
    >>> ease(evidence.gram, evidence.reg).tolist()
    [[0.0, -0.0], [-0.0, 0.0]]
    """

    gram: NDArray[np.float32]
    reg: float


def private_evidence(
    rows: Any,
    ledger: Ledger,
    release: str,
    *,
    share: float = 1.0,
    most_items: int = 100,
    seed: bytes | None = None,
) -> PrivateEvidence:
    """Return evidence that is differentially private for each person as a whole.

    Each person is clipped to ``most_items`` items and to Euclidean length 1, so one person changes the sum by 1 at most in
    Frobenius norm; the sum gets Gaussian noise, of which ``shrunk`` takes a part away. Whoever runs this sees the rows. The
    noise is the same for any number of people, and the signal grows with it: ``benchmarks/federation.py`` says how many
    people how many items need.

    Args:
        rows: (n, n_items) float32 CSR, one row a person. The items must not be chosen by these people's behaviour, or
            the choice must be a release of its own.
        ledger: pays for it.
        release: its name in the ledger.
        share: part of the ledger's budget.
        most_items: kept of a person.
        seed: see ``noisy_gram``.
    Raises: DataError when the budget does not suffice; SettingsError when dp-accounting is missing.
    """
    sigma = ledger.spend(release, share)
    gram = shrunk(noisy_gram(unit_rows(rows, most_items), sigma, seed), sigma)
    return PrivateEvidence(gram, _RIDGE * noise_edge(gram.shape[0], sigma))


def _packed(evidence: Evidence) -> NDArray[np.float64]:
    upper = evidence.gram[np.triu_indices(evidence.n_items)]
    return np.concatenate([upper, evidence.degrees, [evidence.n_rows]], dtype=np.float64)


def _unpacked(packed: NDArray[np.float64], n_items: int) -> Evidence:
    upper, degrees = np.split(packed[:-1].astype(np.float32), [n_items * (n_items + 1) // 2])
    gram = np.zeros((n_items, n_items), np.float32)
    rows, columns = np.triu_indices(n_items)
    gram[rows, columns] = gram[columns, rows] = upper
    return Evidence(gram, degrees, round(packed[-1]))
