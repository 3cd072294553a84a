"""What every benchmark says beside its figures: the commit, the machine's size, the versions, and where data are."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import scipy

import zhiyin

ROOT = Path(__file__).resolve().parents[1]


def data_folder() -> Path | None:
    """Return the folder of public research data, None where there is none."""
    folder = Path(os.environ.get("ZHIYIN_DATA", ROOT.parent / "shared" / "data"))
    return folder if folder.is_dir() else None


def report(benchmark: str, **figures: Any) -> None:
    """Print one JSON document, floats to six digits."""
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    setting = {
        "commit": _commit(),
        "cores": len(os.sched_getaffinity(0)),
        "load_1min": round(os.getloadavg()[0], 2),
        "machine": platform.machine(),
        "versions": {
            "zhiyin": zhiyin.__version__,
            "python": platform.python_version(),
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "blas": f"{blas['name']} {blas['version']}",
        },
    }
    document = {"benchmark": benchmark, **figures, "setting": setting}
    print(json.dumps(_rounded(document), ensure_ascii=False, indent=1))


def _commit() -> str | None:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=ROOT)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, list | tuple) else value
