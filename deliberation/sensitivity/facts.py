"""The numbers of the page as plain rows, for its files: every score with 4 decimals, as published scores have."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from assessments.scoring.arithmetic import half_up
from assessments.scoring.change import Change, least_change
from assessments.scoring.exploring.draws import near_scores, possible_scores
from assessments.scoring.exploring.finding import Finding
from assessments.scoring.exploring.influence import Reach, captured, moved_scores, one_more, one_replaced
from assessments.scoring.exploring.monte_carlo import Drawn
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
    brought: Decimal | None
    pivot: Decimal | None


@dataclass(frozen=True)
class LineFact:
    """The least that brings the score to a line."""

    code: str
    line: Decimal
    weight: Change | None
    into: str | None
    voice: Change | None
    possible: Decimal
    near: Decimal


def weight_facts(subject: Subject) -> list[WeightFact]:
    """One row for each item."""
    codes = subject.run.inputs.scheme.factors
    return [_weight(code, bar) for code, bar in zip(codes, subject.found.times[-1].bars, strict=True)]


def group_facts(subject: Subject) -> list[GroupFact]:
    """One row for each counted group."""
    without = subject.found.without_one.value or [None] * len(subject.groups)
    lone: Mapping[str, str] = subject.score.binding["disagreement"]["lone"]
    return [
        _group(subject, group, None if score is None else half_up(score), lone.get(group.code), brought)
        for group, score, brought in zip(subject.groups, without, _brought(subject), strict=True)
    ]


def line_facts(subject: Subject) -> list[LineFact]:
    """One row for each line in force."""
    draws = possible_scores(subject.run), near_scores(subject.run)
    return [_line(subject, code, line, draws) for code, line in subject.named_lines.items()]


def _brought(subject: Subject) -> list[Range]:
    """Return each group's part of the score and how often it would tip the level; none until it is worked out."""
    found = subject.worked.found if subject.worked else None
    rows = {row["group"]: row for row in found["brought"]["groups"]} if found and found["brought"] else {}
    return [
        (Decimal(rows[group.code]["share"]), Decimal(rows[group.code]["pivot"])) if group.code in rows else NOTHING
        for group in subject.groups
    ]


def _weight(code: str, bar: RangeBar) -> WeightFact:
    share, none, everything, stepped = (half_up(score) for score in (bar.share, bar.without, bar.alone, bar.stepped))
    return WeightFact(code, share, none, everything, stepped, bar.crossings)


def _group(
    subject: Subject, group: PresentGroup, without: Decimal | None, apart: str | None, brought: Range
) -> GroupFact:
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
        brought=brought[0],
        pivot=brought[1],
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


def _line(subject: Subject, code: str, line: Decimal, draws: tuple[Drawn, Drawn]) -> LineFact:
    upward, form = subject.score.score < line, subject.run.form
    weight = least_change(form, subject.run.pooled, line, upward=upward)
    into = subject.run.inputs.scheme.factors[weight.into] if weight else None
    voice = least_voice_change(form, subject.groups, line, upward=upward).value
    possible, near = (half_up(Decimal(drawn.share_at_or_over(line))) for drawn in draws)
    return LineFact(code, line, weight, into, voice, possible, near)


def gain_to(subject: Subject, line: Decimal) -> Fraction:
    """Return how far z is from a line, 0 or more."""
    form = subject.run.form
    return abs(Fraction(form.inverse(line)) - Fraction(form.inner(subject.run.pooled)))


def rule_facts(subject: Subject) -> list[Mapping[str, Any]]:
    """One row for each rule that puts groups together; none until it is worked out."""
    return list(subject.worked.found["rules"]) if subject.worked and subject.worked.found else []


def left_out_facts(subject: Subject) -> list[Mapping[str, Any]]:
    """One row for each kind of answers left out; none until it is worked out."""
    return list(subject.worked.found["left_out"]) if subject.worked and subject.worked.found else []
