"""Arrays that are checked once and never change afterwards."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessments.scoring.errors import ScoringError

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


def checked_floats(values: Any, name: str, dimensions: int) -> Floats:
    """Copy finite numbers into a float64 array that refuses to be written to.

    Raises
    ------
    ScoringError `E_TYPE` for anything but numbers in rows of one length, `E_SHAPE`, `E_NONFINITE`
    """
    try:
        array = np.array(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ScoringError("E_TYPE", f"{name}: numbers in rows of one length are needed.", name=name) from error
    if array.ndim != dimensions:
        raise ScoringError("E_SHAPE", f"{name}: {dimensions} dimensions needed, got {array.ndim}.", name=name)
    if not np.isfinite(array).all():
        raise ScoringError("E_NONFINITE", f"{name}: every number must be finite.", name=name)
    array.setflags(write=False)
    return array


def check_shares(array: Floats, name: str) -> None:
    """Refuse numbers outside [0, 1]; they are never clipped."""
    if array.size and not (array.min() >= 0 and array.max() <= 1):
        raise ScoringError("E_RANGE", f"{name}: must be between 0 and 1.", name=name, minimum=0, maximum=1)


def check_positive(value: float, name: str) -> None:
    """Refuse a number that is not finite or not above 0."""
    if not np.isfinite(value):
        raise ScoringError("E_NONFINITE", f"{name}: must be a finite number.", name=name)
    if value <= 0:
        raise ScoringError("E_RANGE", f"{name}: must be above 0.", name=name, minimum=0)
