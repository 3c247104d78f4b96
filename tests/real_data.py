"""Real data sets that some tests read from beside the checkout; they are no part of the project."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"


def folder() -> Path | None:
    """Folder of the data sets: `LASTVOTE_DATA`, else `shared/data` beside the checkout; None where there is none."""
    found = Path(os.environ.get("LASTVOTE_DATA") or BESIDE)
    return found if found.is_dir() else None


def needed(name: str) -> Path:
    """Path of one data file; a test that asks for a file that is not there is skipped, and has a synthetic twin."""
    found = folder()
    if found is None or not (found / name).is_file():
        pytest.skip(f"the data set {name} is not here")
    return found / name
