"""What one scoring needs. Each type checks itself once; below them the functions trust their input."""

from dataclasses import dataclass, field
from decimal import Decimal

from assessments.scoring.aggregators import AGGREGATORS
from assessments.scoring.arithmetic import Points, check_decimal, check_points, check_whole
from assessments.scoring.errors import ScoringError
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.parameters import EQ7_VOICES, UNBOUNDED, Parameters
from assessments.scoring.schemes import Scheme


@dataclass(frozen=True)
class EvaluatorRating:
    """One evaluator's values: per factor one value (no components) or one for each component.

    values : (F,) tuples of Decimals in [0, 1] with at most 4 decimals
    """

    evaluator: str
    values: tuple[tuple[Decimal, ...], ...]

    def __post_init__(self) -> None:
        for row in self.values:
            for value in row:
                check_decimal(value, "rating")


@dataclass(frozen=True)
class VoiceInput:
    """What eq. (7a) says about one group.

    beta, gamma : 0 or more, held to the policy's ranges when eq. (7) decides
    expertise, impact : in [0, 1], entered by recorded decision
    record_fit : 0 or less, computed elsewhere from past cases; 0 if there are none
    """

    beta: Decimal
    gamma: Decimal
    expertise: Decimal
    impact: Decimal
    record_fit: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        check_decimal(self.beta, "beta", high=UNBOUNDED)
        check_decimal(self.gamma, "gamma", high=UNBOUNDED)
        check_decimal(self.expertise, "expertise")
        check_decimal(self.impact, "impact")
        if not isinstance(self.record_fit, Decimal):
            raise ScoringError("E_TYPE", "record_fit: a decimal number is needed.", name="record_fit")
        if not self.record_fit.is_finite():
            raise ScoringError("probability_positive", "A record of probability 0 would silence a group.")
        if self.record_fit > 0:
            raise ScoringError("max_value", "record_fit: must be 0 or less.", name="record_fit", maximum=0)

    def within(self, parameters: Parameters) -> bool:
        """Tell whether beta and gamma lie in the policy's ranges."""
        pairs = ((self.beta, parameters.beta_range), (self.gamma, parameters.gamma_range))
        return all(low <= value <= high for value, (low, high) in pairs)


@dataclass(frozen=True)
class GroupInput:
    """One group in one round.

    sums : the answers of its members; where too few changed since an earlier publication, those that it counted
    adopted : position its delegate adopted in public, in points, or None; it replaces the mean
    min_size : answers from which the mean counts as a position
    roll_size : members entitled to answer; None if unknown
    held : whether sums and roll size are those of an earlier publication, because the new mean is held back
    """

    code: str
    is_affected: bool
    is_civil_society: bool
    min_size: int
    sums: GroupSums
    adopted: Points | None
    roll_size: int | None
    voice: VoiceInput
    held: bool = False

    def __post_init__(self) -> None:
        if not self.code:
            raise ScoringError("E_EMPTY", "A group needs a code.")
        check_whole(self.min_size, "min_size")
        if self.min_size < 1:
            raise ScoringError("E_RANGE", "min_size: must be 1 or more.", name="min_size", minimum=1)
        if self.adopted is not None:
            check_points(self.adopted, self.sums.size)
            if self.held:
                raise ScoringError("E_MODE", f"Group {self.code}: an adopted position is never held back.")
        if self.roll_size is not None:
            check_whole(self.roll_size, "roll_size")
            if self.roll_size < self.sums.n:
                raise ScoringError("E_RANGE", f"Group {self.code} has more answers than members.", group=self.code)


@dataclass(frozen=True)
class ScoringInput:
    """Everything that one score follows from.

    aggregator : `linear` or `tempered`, fixed before ratings are seen
    ratings : (M,) evaluators, at least one
    groups : (G,) in canonical order, at least one
    month : whole months since the roadmap began; None for a retrospective scoring (t = 0 and t = 1)
    """

    scheme: Scheme
    aggregator: str
    ratings: tuple[EvaluatorRating, ...]
    groups: tuple[GroupInput, ...]
    parameters: Parameters = field(default_factory=Parameters)
    month: int | None = None

    def __post_init__(self) -> None:
        if self.aggregator not in AGGREGATORS:
            raise ScoringError("E_MODE", f"There is no aggregator {self.aggregator!r}.", known=AGGREGATORS)
        check_ratings(self.scheme, self.ratings, self.parameters)
        check_groups(self.groups, self.parameters)
        if any(group.sums.size != self.scheme.size for group in self.groups):
            raise ScoringError("E_SHAPE", "The groups answered about another number of factors.")
        check_month(self.month)


def check_month(month: int | None) -> None:
    """Refuse anything but None or a whole number from 0."""
    if month is None:
        return
    if isinstance(month, bool) or not isinstance(month, int):
        raise ScoringError("E_TYPE", "month: a whole number is needed.", name="month")
    if month < 0:
        raise ScoringError("phase_range", "The month must be 0 or more.", minimum=0)


def check_ratings(scheme: Scheme, ratings: tuple[EvaluatorRating, ...], parameters: Parameters) -> None:
    """Refuse no ratings, one evaluator twice, or values that do not fit the scheme."""
    if not ratings:
        raise ScoringError("E_EMPTY", "At least one evaluator must have rated the case.")
    if len({rating.evaluator for rating in ratings}) != len(ratings):
        raise ScoringError("E_SHAPE", "One evaluator is listed twice.")
    for rating in ratings:
        if tuple(len(row) for row in rating.values) != scheme.widths:
            raise ScoringError("missing_sub_risk", "A rating does not fit the scheme.", needed=scheme.widths)
    if scheme.components and scheme.widths != tuple(len(row) for row in parameters.component_ratios):
        raise ScoringError("E_SHAPE", "The component weights do not fit the scheme.")


def check_groups(groups: tuple[GroupInput, ...], parameters: Parameters) -> None:
    """Refuse no groups, one code twice, or voices outside the ranges of the policy that uses them."""
    if not groups:
        raise ScoringError("E_EMPTY", "At least one group is needed.")
    if len({group.code for group in groups}) != len(groups):
        raise ScoringError("E_SHAPE", "One group is listed twice.")
    if parameters.voices != EQ7_VOICES:
        return
    for group in groups:
        if not group.voice.within(parameters):
            raise ScoringError(
                "E_RANGE",
                f"Group {group.code}: beta or gamma is outside the range of the policy.",
                group=group.code,
                beta=parameters.beta_range,
                gamma=parameters.gamma_range,
            )
