"""Secure aggregation: a server learns the sum of what silos hold, and nothing of one silo alone.

Each two silos share a secret seed. Of the long random number that a seed stands for, one of the two adds every digit to
what it uploads and the other takes it away, modulo 2**64: an upload alone is uniform noise, and in the sum of all the
masks cancel to the last bit. When a silo drops out, the others give the server the seeds that they share with it.

This is the arithmetic of the protocol, in one process. A real deployment adds authenticated channels, agrees on the
seeds by Diffie-Hellman keys rather than by handing them out, and must not trust a server that lies about who dropped
out: one that has an upload and is given its seeds reads it. The second mask and the Shamir shares of Bonawitz et al.
(CCS 2017) close that hole; they are not here. Nor do masks hide anything from all other silos together, or say
anything about what the sum itself gives away: for that, see ``zhiyin.privacy.noise``.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from zhiyin.errors import DataError

FRACTION_BITS = 32
"""Bits behind the point: sums of multiples of 2**-32 below 2**31 are exact."""

Seeds = Mapping[str, bytes]
"""Name of another silo → the seed shared with it."""


def to_fixed(values: NDArray[np.floating]) -> NDArray[np.uint64]:
    """Return floats as fixed-point numbers modulo 2**64, rounded to 2**-32.

    Raises: DataError for a number that is not finite, or not between -2**31 and 2**31.

    >>> from_fixed(to_fixed(np.array([0.25, -3.0])) + to_fixed(np.array([1.0, 1.0]))).tolist()
    [1.25, -2.0]
    """
    scaled = np.rint(np.asarray(values, np.float64) * 2.0**FRACTION_BITS)
    if not (np.abs(scaled) < 2.0**63).all():
        raise DataError(
            "a number does not fit into fixed point",
            where="privacy.masks",
            expected="finite numbers between -2**31 and 2**31",
            next_step="scale them down",
        )
    return scaled.astype(np.int64).view(np.uint64)


def from_fixed(fixed: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Return fixed-point numbers modulo 2**64 as float64."""
    return np.asarray(fixed.view(np.int64) * 2.0**-FRACTION_BITS, np.float64)


def stream(seed: bytes, n: int) -> NDArray[np.uint64]:
    """Return the (n,) uint64 random numbers that a seed stands for, by SHAKE-256."""
    return np.frombuffer(hashlib.shake_256(seed).digest(8 * n), "<u8").astype(np.uint64)


def pair_seeds(silos: Sequence[str]) -> dict[str, dict[str, bytes]]:
    """Draw the seeds of one sum: silo → other silo → 32 bytes that only these two know.

    Seeds are for one sum only: two sums under the same masks give away their difference.
    """
    seeds: dict[str, dict[str, bytes]] = {silo: {} for silo in silos}
    for place, one in enumerate(silos):
        for two in silos[place + 1 :]:
            seeds[one][two] = seeds[two][one] = secrets.token_bytes(32)
    return seeds


def masked(fixed: NDArray[np.uint64], silo: str, seeds: Seeds) -> NDArray[np.uint64]:
    """Return what a silo uploads.

    Args:
        fixed: (n,) uint64 what it holds, by ``to_fixed``.
        silo: its own name.
        seeds: those it shares, with every other silo.
    Complexity: 8 n bytes of SHAKE-256 a seed.
    """
    return fixed + _mask(silo, seeds, fixed.size)


def unmasked_sum(
    uploads: Mapping[str, NDArray[np.uint64]], returned: Mapping[str, Seeds]
) -> NDArray[np.uint64]:
    """Return the sum of what the silos hold that uploaded; this is all the server does.

    Args:
        uploads: silo → (n,) uint64 by ``masked``.
        returned: the same silos → the seeds that each shares with silos that dropped out, empty when none did.
    Raises: DataError with fewer than two uploads, whose sum would be what one silo holds, or silos that do not agree on
        who dropped out.
    References: Bonawitz et al., CCS 2017.
    """
    gone = {silo: frozenset(returned.get(silo, {})) for silo in uploads}
    if (
        len(uploads) < 2
        or len(set(gone.values())) > 1
        or set().union(*gone.values()) & set(uploads)
    ):
        raise DataError(
            f"{len(uploads)} silos uploaded, and these are gone: "
            + "; ".join(
                f"{silo} says {', '.join(sorted(who)) or 'none'}" for silo, who in gone.items()
            ),
            where="privacy.masks",
            expected="two uploads or more, and every seed shared with a silo that did not upload",
            next_step="ask the silos for the missing seeds, or begin again with new ones",
        )
    total = np.zeros_like(next(iter(uploads.values())))
    for silo, upload in uploads.items():
        total += upload
        total -= _mask(silo, returned.get(silo, {}), total.size)
    return total


def _mask(silo: str, seeds: Seeds, n: int) -> NDArray[np.uint64]:
    mask = np.zeros(n, np.uint64)
    for other, seed in seeds.items():
        mask = mask + stream(seed, n) if silo < other else mask - stream(seed, n)
    return mask
