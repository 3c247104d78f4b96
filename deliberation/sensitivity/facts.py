"""The numbers of the page as plain rows, for its files: every score with 4 decimals, as published scores have."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.arithmetic import half_up
from assessments.scoring.change import Change, least_change
from assessments.scoring.exploring.finding import Finding
from assessments.scoring.exploring.influence import Reach, captured, moved_scores, one_more, one_replaced
from assessments.scoring.exploring.one_at_a_time import RangeBar
from assessments.scoring.exploring.present import PresentGroup
from assessments.scoring.exploring.voice_change import least_voice_change
from deliberation.sensitivity.subject import Subject

Range = tuple[Decimal | None, Decimal | None]
NOTHING: Range = (None, None)


@dataclass(frozen=True)
class WeightFact:
    """One item while its weight alone changes: its weight now, and the score with none, all and a step more of it."""

    code: str
    share: Decimal
    none: Decimal
    everything: Decimal
    stepped: Decimal
    crossings: Mapping[str, Finding[Fraction]]

    def meets(self, line: str) -> Decimal | None:
        """Share of the weight at which the score meets a line; none where it never does."""
        share = self.crossings[line].value
        return None if share is None else half_up(share)


@dataclass(frozen=True)
class GroupFact:
    """What the score would be without one group, and what the group and one of its members could do."""

    code: str
    voice: int
    without: Decimal | None
    whole: Range
    joined: Range
    changed: Range
    apart: str | None


@dataclass(frozen=True)
class LineFact:
    """The least that brings the score to a line."""

    code: str
    line: Decimal
    weight: Change | None
    into: str | None
    voice: Change | None


def weight_facts(subject: Subject) -> list[WeightFact]:
    """One row for each item."""
    codes = subject.run.inputs.scheme.factors
    return [_weight(code, bar) for code, bar in zip(codes, subject.found.times[-1].bars, strict=True)]


def group_facts(subject: Subject) -> list[GroupFact]:
    """One row for each counted group."""
    without = subject.found.without_one.value or [None] * len(subject.groups)
    lone: Mapping[str, str] = subject.score.binding["disagreement"]["lone"]
    return [
        _group(subject, group, None if score is None else half_up(score), lone.get(group.code))
        for group, score in zip(subject.groups, without, strict=True)
    ]


def line_facts(subject: Subject) -> list[LineFact]:
    """One row for each line in force."""
    return [_line(subject, code, line) for code, line in subject.named_lines.items()]


def _weight(code: str, bar: RangeBar) -> WeightFact:
    share, none, everything, stepped = (half_up(score) for score in (bar.share, bar.without, bar.alone, bar.stepped))
    return WeightFact(code, share, none, everything, stepped, bar.crossings)


def _group(subject: Subject, group: PresentGroup, without: Decimal | None, apart: str | None) -> GroupFact:
    form = subject.run.form
    whole = captured(form, group)
    return GroupFact(
        code=group.code,
        voice=group.voice,
        without=without,
        whole=_moved(subject, Finding(whole)),
        joined=_moved(subject, one_more(form, group)),
        changed=_moved(subject, changed_reach(subject, group)),
        apart=apart,
    )


def changed_reach(subject: Subject, group: PresentGroup) -> Finding[Reach]:
    """One changed answer moves the group no farther than its whole reach."""
    step, whole = one_replaced(subject.run.form, group), captured(subject.run.form, group)
    if step.value is None:
        return Finding(None, step.reason)
    return Finding(Reach(min(step.value, whole.up), min(step.value, whole.down)))


def _moved(subject: Subject, reach: Finding[Reach]) -> Range:
    if reach.value is None:
        return NOTHING
    form = subject.run.form
    low, high = moved_scores(form, form.inner(subject.run.pooled), reach.value)
    return half_up(low), half_up(high)


def _line(subject: Subject, code: str, line: Decimal) -> LineFact:
    upward, form = subject.score.score < line, subject.run.form
    weight = least_change(form, subject.run.pooled, line, upward=upward)
    into = subject.run.inputs.scheme.factors[weight.into] if weight else None
    voice = least_voice_change(form, subject.groups, line, upward=upward).value
    return LineFact(code, line, weight, into, voice)


def gain_to(subject: Subject, line: Decimal) -> Fraction:
    """Return how far z is from a line, 0 or more."""
    form = subject.run.form
    return abs(Fraction(form.inverse(line)) - Fraction(form.inner(subject.run.pooled)))
