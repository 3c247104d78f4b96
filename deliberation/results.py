"""A published score made ready for pages: groups with their names, levels and powers in words, one sentence on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments import policy
from assessments.models import Assessment
from assessments.reads import Result
from assessments.scoring.parameters import Parameters
from assessments.wording import item_of
from deliberation.words import LEVEL_NAMES, LEVEL_SENTENCES, LINE_NAMES, OUTCOMES, TIME_NAMES, WEIGHTS_SOURCES
from lastvote.web.scores import out_of_100
from stakeholders.models import Group

Json = dict[str, Any]
FROM_ANSWERS = "RO"
NAMED_LEVELS = ("L", "M", "H")


@dataclass(frozen=True)
class GroupResult:
    """What the close of a round says about one group. ``score`` is none where the group was not counted."""

    group: Group
    present: bool
    how: str
    answers: int | None
    roll: int | None
    position: tuple[int, ...] | None
    voice: int
    score: Decimal | None
    over_measures: bool
    divided: bool

    @property
    def nobody(self) -> bool:
        """Whether nobody of the group answered at all."""
        return self.answers == 0 and not self.present


@dataclass(frozen=True)
class LevelAt:
    """The level at one moment of the roadmap."""

    label: str
    when: str | Promise
    level: str
    name: str | Promise
    sentence: str | Promise
    alert: str
    outcome: str | Promise

    @property
    def alert_above(self) -> bool:
        """Whether a line above the level is possibly crossed."""
        return self.alert != self.level

    @property
    def alert_name(self) -> str | Promise:
        """Name of the line that is possibly crossed."""
        return LEVEL_NAMES[self.alert]


IMPACT = "I"
LITTLE_IMPACT = Decimal("0.05")
"""Below this a reader is told: impact 0 with everything else at 1 still adds up to 0.75."""


@dataclass(frozen=True)
class PublishedScore:
    """One published result of one assessment."""

    assessment: Assessment
    result: Result
    groups: Sequence[GroupResult]

    @property
    def binding(self) -> Json:
        """The part that binds, as published."""
        return self.result.binding

    @cached_property
    def parameters(self) -> Parameters:
        """The numbers of the policy that the assessment is bound to."""
        return policy.read(self.assessment.policy).parameters

    @cached_property
    def score(self) -> Decimal:
        """The score, 4 decimals."""
        return Decimal(self.binding["score"])

    @property
    def from_answers(self) -> bool:
        """Whether people's answers made the weights; otherwise every item counts the same."""
        return bool(self.binding["weights_source"] == FROM_ANSWERS)

    @property
    def hardly_any_impact(self) -> bool:
        """Whether next to no harm was found, so that the score comes from how easily it could spread (eq. (2) adds)."""
        impact = self.binding["ratings"].get(IMPACT)
        return impact is not None and Decimal(impact) < LITTLE_IMPACT

    @property
    def source(self) -> Promise:
        """Whose weights made the score."""
        return WEIGHTS_SOURCES[self.binding["weights_source"]]

    @property
    def provisional(self) -> bool:
        """Whether too few groups were counted, or affected communities were not."""
        return self.from_answers and bool(self.binding["quorum"]["provisional"])

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """Lowest and highest score that the groups not counted could have led to."""
        edges = self.binding["quorum"]["bounds"]
        return (Decimal(edges[0]), Decimal(edges[1])) if edges and self.from_answers else None

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """The range in which the score may lie."""
        low, high = self.result.statistics["interval"]
        return Decimal(low), Decimal(high)

    @cached_property
    def lines(self) -> list[Decimal]:
        """Every line in force, so that no rounding crosses one."""
        levels = [Decimal(line) for time in self.binding["times"] for line in time["lines"].values()]
        return sorted({*levels, self.parameters.measures_line, self.parameters.suspension_line})

    @cached_property
    def levels(self) -> list[LevelAt]:
        """The level at each moment that the assessment speaks of."""
        statistics = {time["label"]: time for time in self.result.statistics["times"]}
        return [_level_at(time, statistics[time["label"]]["alert"]) for time in self.binding["times"]]

    @cached_property
    def counted(self) -> list[GroupResult]:
        """The groups that were counted."""
        return [row for row in self.groups if row.present]

    @property
    def differs(self) -> bool:
        """Whether the groups' own scores lead to different levels or powers."""
        return bool(self.binding["disagreement"]["fundamental"])

    @property
    def headline(self) -> str:
        """The score in one sentence."""
        return headline(self)

    @property
    def over(self) -> str:
        """How many groups put it above the line for extra measures."""
        return groups_over(self) if self.counted else ""

    @property
    def powers(self) -> str:
        """What the score lets a committee order."""
        return powers_sentence(self)

    def shown(self, score: Decimal) -> str:
        """Write a score as people read it: 0 to 100, never across a line."""
        return out_of_100(score, self.lines)


def published_score(assessment: Assessment, result: Result, groups: Sequence[Group]) -> PublishedScore:
    """Join a result with the groups of its jurisdiction."""
    rows = {row["code"]: row for row in result.binding["groups"]}
    spreads = result.statistics.get("groups", {})
    joined = [
        _group_result(group, rows[group.code], bool(spreads.get(group.code, {}).get("divided")))
        for group in groups
        if group.code in rows
    ]
    return PublishedScore(assessment, result, joined)


def _group_result(group: Group, row: Json, divided: bool) -> GroupResult:  # noqa: FBT001 -- private
    return GroupResult(
        group=group,
        present=row["present"],
        how=row["how"],
        answers=row["n"],
        roll=row["roll"],
        position=None if row["position"] is None else tuple(row["position"]),
        voice=row["voice"],
        score=None if row["score"] is None else Decimal(row["score"]),
        over_measures=bool(row["powers"] and row["powers"]["measures"]),
        divided=divided,
    )


def _level_at(time: Json, alert: str) -> LevelAt:
    return LevelAt(
        label=time["label"],
        when=TIME_NAMES[time["label"]],
        level=time["level"],
        name=LEVEL_NAMES[time["level"]],
        sentence=LEVEL_SENTENCES[time["level"]],
        alert=alert,
        outcome=OUTCOMES[time["outcome"]],
    )


def headline(score: PublishedScore) -> str:
    """Say in one sentence what the score is."""
    if not score.from_answers:
        return _("%(score)s out of 100 with every item counting the same. No answers are counted yet.") % {
            "score": score.shown(score.score)
        }
    own = [row.score for row in score.counted if row.score is not None]
    low, high = score.shown(min(own)), score.shown(max(own))
    if low == high:
        return _("%(score)s out of 100, whosever weights you use.") % {"score": low}
    return _("%(low)s to %(high)s out of 100, depending on whose weights you use.") % {"low": low, "high": high}


def groups_over(score: PublishedScore) -> str:
    """Say how many of the counted groups put the score above the line for extra measures."""
    above, counted = sum(row.over_measures for row in score.counted), len(score.counted)
    line = line_in_words(score.parameters.measures_line)
    if above == counted:
        return ngettext(
            "The one group counted puts it above %(line)s, the line for extra measures.",
            "All %(counted)d groups put it above %(line)s, the line for extra measures.",
            counted,
        ) % {"counted": counted, "line": line}
    if not above:
        return _("No group puts it above %(line)s, the line for extra measures.") % {"line": line}
    return ngettext(
        "%(above)d of %(counted)d groups puts it above %(line)s, the line for extra measures.",
        "%(above)d of %(counted)d groups put it above %(line)s, the line for extra measures.",
        above,
    ) % {"above": above, "counted": counted, "line": line}


def powers_sentence(score: PublishedScore) -> str:
    """Say what the score lets a committee order; being at a line opens nothing."""
    if score.provisional:
        return _("The result is provisional, so it opens no powers.")
    if not score.from_answers:
        return _("It is a first score, so it opens no powers yet.")
    lines = {
        "measures": line_in_words(score.parameters.measures_line),
        "suspension": line_in_words(score.parameters.suspension_line),
    }
    powers = score.binding["powers"]
    opened = next((name for name in _OPENED if powers.get(name)), "none")
    return str(_OPENED[opened]) % lines


_OPENED: dict[str, Promise] = {
    "suspension": gettext_lazy(
        "Above %(suspension)s: a committee may order extra measures, or a suspension for a time."
    ),
    "at_suspension_line": gettext_lazy(
        "At the line of %(suspension)s, not above it: extra measures are open, a suspension is not."
    ),
    "measures": gettext_lazy("Above %(measures)s: a committee may order extra measures."),
    "at_measures_line": gettext_lazy("At the line of %(measures)s, not above it: no powers are open."),
    "none": gettext_lazy("Not above %(measures)s: no powers are open."),
}
"""Highest first: being at a line opens nothing."""


def line_in_words(line: Decimal) -> str:
    """Write a line as people speak of it: 60, or 54.6."""
    return out_of_100(line).removesuffix(".0")


def item_name(assessment: Assessment, code: str) -> str:
    """Plain name of a factor or category."""
    return str(item_of(assessment.scheme, code).name)


def line_name(level: str) -> Promise:
    """Plain name of a line."""
    return LINE_NAMES[level]
