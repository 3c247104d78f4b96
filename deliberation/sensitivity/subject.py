"""A published score with everything that is explored about it, from published numbers alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from assessments.models import Rating
from assessments.scoring.arithmetic import half_up
from assessments.scoring.computation import Computation
from assessments.scoring.exploring.exploration import Exploration, explore
from assessments.scoring.exploring.present import PresentGroup
from assessments.scoring.lines import Lines, level_of, powers_of
from assessments.scoring.parameters import Parameters
from assessments.states import ComputationKind
from deliberation.computing.reads import WorkedOut, worked_out
from deliberation.published_input import computation_of, present_groups_of
from deliberation.results import GroupResult, PublishedScore, item_name
from deliberation.words import LEVEL_NAMES, POWER_NAMES
from deliberation.working.steps import Words


@dataclass(frozen=True)
class Subject:
    """One score that is asked what would change it. ``worked`` is the part that takes long, for a score of a round."""

    score: PublishedScore
    run: Computation
    groups: tuple[PresentGroup, ...]
    found: Exploration
    worked: WorkedOut | None = None

    @cached_property
    def rows(self) -> Sequence[GroupResult]:
        """The counted groups, in the order of ``groups``."""
        return [row for row in self.score.counted if row.position is not None]

    @property
    def items(self) -> list[str]:
        """Names of the items in the scheme's order."""
        return [item_name(self.score.assessment, code) for code in self.run.inputs.scheme.factors]

    @property
    def lines(self) -> Lines:
        """The lines that charts and sentences speak of: of the month, or of the roadmap's end."""
        return self.run.lines[-1]

    @property
    def named_lines(self) -> Mapping[str, Decimal]:
        """Lines of levels and of powers by code, from the lowest."""
        parameters = self.run.inputs.parameters
        both = self.lines.s | {"measures": parameters.measures_line, "suspension": parameters.suspension_line}
        return dict(sorted(both.items(), key=lambda pair: pair[1]))

    @property
    def next_lines(self) -> dict[str, Decimal]:
        """The line that the score reached last, if any, and the next one above it, if any."""
        reached = [code for code, line in self.named_lines.items() if self.score.score >= line]
        above = [code for code, line in self.named_lines.items() if self.score.score < line]
        return {code: self.named_lines[code] for code in (*reached[-1:], *above[:1])}

    def shown(self, score: Decimal) -> str:
        """Write a score as people read it, never across a line."""
        return self.score.shown(half_up(score))

    def between(self, low: Decimal, high: Decimal) -> str:
        """Write a range of scores; one score where both ends read the same."""
        ends = dict.fromkeys((self.shown(low), self.shown(high)))
        return " – ".join(ends)

    def levels(self, *scores: Decimal) -> tuple[Words, ...]:
        """Name the levels of scores under each set of lines, once where they are all the same."""
        found = [dict.fromkeys(level_of(half_up(score), lines) for score in scores) for lines in self.run.lines]
        return tuple(" – ".join(str(LEVEL_NAMES[level]) for level in levels) for levels in found)

    def powers(self, *scores: Decimal) -> str:
        """Name the powers that scores would open; a provisional result opens none, whatever its score."""
        found = [_opened(half_up(score), self.run.inputs.parameters) for score in scores]
        return " – ".join(str(POWER_NAMES[power]) for power in dict.fromkeys(found))


def _opened(score: Decimal, parameters: Parameters) -> str:
    powers = powers_of(score, parameters)
    return "suspension" if powers.suspension else "measures" if powers.measures else "none"


def subject_of(score: PublishedScore, ratings: Sequence[Rating]) -> Subject:
    """Compute a published score again from what was published, and explore it; read what takes long where it stands."""
    run, groups, record = computation_of(score, ratings), present_groups_of(score), score.result.record
    worked = worked_out(ComputationKind.PANEL, record, score.assessment.policy) if record else None
    return Subject(score, run, groups, explore(run, groups), worked)
