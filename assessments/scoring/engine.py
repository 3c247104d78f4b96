"""One scoring from input to result: what binds, what is statistics, and a digest of what it follows from."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessments.scoring.arithmetic import in_context
from assessments.scoring.binding import binding_of
from assessments.scoring.computation import compute
from assessments.scoring.figures import figures_of
from assessments.scoring.inputs import ScoringInput
from assessments.scoring.inputs_digest import inputs_digest
from assessments.scoring.record import canonical_bytes


@dataclass(frozen=True)
class ScoringResult:
    """What a scoring found.

    binding : JSON-able; decimals as strings; compared byte by byte
    statistics : JSON-able; figures from the normal distribution, compared to 1e-9 in `raw`
    inputs_digest : SHA-256 of all that the result follows from
    """

    binding: dict[str, Any]
    statistics: dict[str, Any]
    inputs_digest: str

    @cached_property
    def binding_bytes(self) -> bytes:
        """Canonical JSON of the binding part."""
        return canonical_bytes(self.binding)


@in_context
def score(inputs: ScoringInput) -> ScoringResult:
    """Score a case.

    Parameters
    ----------
    inputs : checked input; see `ScoringInput`

    Degenerate: nobody present gives the equal split, source `EQ`, provisional.
    Source: D4-D8, D11, D12, D16, D18, D19, D21-D23; every step starts from the published numbers of the one before.
    """
    computation = compute(inputs)
    return ScoringResult(binding_of(computation), figures_of(computation), inputs_digest(inputs))
