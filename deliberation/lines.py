"""The lines in force on a day, with where each comes from and where it goes."""

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments import policy
from assessments.actions.ratings import months_between
from assessments.models import PolicyVersion
from assessments.scoring.arithmetic import text
from assessments.scoring.lines import Lines, lines_in_month
from assessments.scoring.parameters import Parameters
from deliberation.words import LEVEL_DUTIES, LINE_NAMES
from stakeholders.models import Group, Jurisdiction
from stakeholders.reads import groups_of


@dataclass(frozen=True)
class LevelRow:
    """One level: its line at the start, today and at the end, and how sure one must be."""

    name: Promise
    duty: Promise
    first: Decimal
    today: Decimal
    full: Decimal
    first_alpha: Decimal
    today_alpha: Decimal
    full_alpha: Decimal


@dataclass(frozen=True)
class VoiceRow:
    """What the policy says about one group's voice, with its reason."""

    group: Group
    beta: Decimal
    gamma: Decimal
    expertise: Decimal
    impact: Decimal
    reason: str


@dataclass(frozen=True)
class LinesToday:
    """Everything the page of lines shows about one policy version on one day."""

    month: int
    started: bool
    phase: Promise
    t: str
    phi: str
    levels: tuple[LevelRow, ...]
    parameters: Parameters
    voices: tuple[VoiceRow, ...]


def lines_today(jurisdiction: Jurisdiction, version: PolicyVersion, day: dt.date) -> LinesToday:
    """Return the lines of ``version`` on ``day``; before the roadmap starts, those of its first month."""
    parameters = policy.read(version).parameters
    started = day >= jurisdiction.roadmap_start
    month = months_between(jurisdiction.roadmap_start, day) if started else 0
    lines = lines_in_month(month, parameters)
    return LinesToday(
        month=min(month, parameters.roadmap_months),
        started=started,
        phase=phase_of(month, parameters),
        t=text(lines.t),
        phi=text(lines.phi),
        levels=tuple(_level_row(level, lines, parameters) for level in lines.s),
        parameters=parameters,
        voices=voice_rows(jurisdiction, version),
    )


def phase_of(month: int, parameters: Parameters) -> Promise:
    """Say which phase of the roadmap a month lies in (section 5 of the paper)."""
    if month < parameters.mandate_month:
        return _("This is the first phase: taking part is voluntary.")
    if month < parameters.coverage_month:
        return _("This is the second phase: assessments become a duty for the riskiest systems.")
    if month < parameters.roadmap_months:
        return _("This is the third phase: duties reach systems of medium risk.")
    return _("This is the last phase: lines are reviewed every year.")


def _level_row(level: str, lines: Lines, parameters: Parameters) -> LevelRow:
    own = parameters.levels[level]
    return LevelRow(
        name=LINE_NAMES[level],
        duty=LEVEL_DUTIES[level],
        first=own.s_initial,
        today=lines.s[level],
        full=own.s_full,
        first_alpha=own.alpha_initial,
        today_alpha=lines.alpha[level],
        full_alpha=own.alpha_full,
    )


def voice_rows(jurisdiction: Jurisdiction, version: PolicyVersion) -> tuple[VoiceRow, ...]:
    """Return the voices table of a version, each row with its reason."""
    groups = {group.code: group for group in groups_of(jurisdiction)}
    rows = json.loads(version.body)["voices"]
    return tuple(_voice_row(groups[row["group"]], row) for row in rows if row["group"] in groups)


def _voice_row(group: Group, row: dict[str, str]) -> VoiceRow:
    return VoiceRow(
        group=group,
        beta=Decimal(row["beta"]),
        gamma=Decimal(row["gamma"]),
        expertise=Decimal(row["expertise"]),
        impact=Decimal(row["impact"]),
        reason=row["reason"],
    )
