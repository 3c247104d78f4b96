"""The protective default as pages and files show it: both outcomes side by side, and the rule that was invoked (D27).

Everything is read from the record that was written down when the protocol ended. Nothing is worked out anew.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from assessments.models import Assessment
from assessments.reads import published_result
from assessments.scoring.protective import COMMUNITY, GROUP
from deliberation.governing import finding_of, governing
from deliberation.models import ProtectiveFinding
from deliberation.results import PublishedScore, published_score
from deliberation.words import LEVEL_NAMES, POWER_NAMES, TIME_NAMES
from lastvote.texts import words_of
from lastvote.web.scores import out_of_100
from stakeholders.models import Community, Group


@dataclass(frozen=True)
class Outcome:
    """One of the two outcomes at one time: level, alert and powers in words."""

    score: str
    level: str | Promise
    alert: str | Promise
    powers: str | Promise


@dataclass(frozen=True)
class Both:
    """The two outcomes at one moment; the second one counts."""

    when: str | Promise
    without: Outcome
    counts: Outcome


@dataclass(frozen=True)
class Entered:
    """One of the scores of which the highest counts."""

    whose: str
    score: str
    decided: bool


@dataclass(frozen=True)
class Protected:
    """What people read of a protective finding: the score that counts, and the newest one of everybody's answers.

    ``found_in`` is the number of the assessment in which it was made.
    """

    finding: ProtectiveFinding
    found_in: int
    score: str
    without: str
    both: Sequence[Both]
    entered: Sequence[Entered]
    decided_by: str
    raised: bool
    affected_absent: bool
    left_out: Sequence[str]


def protected_of(
    assessment: Assessment | None, groups: Sequence[Group], score: PublishedScore | None = None
) -> Protected | None:
    """Look up the finding that holds for an assessment and put it into words, beside its score if the page shows it.

    Rated again and not scored yet, a case has the score that it had when the finding was written down.
    """
    finding = finding_of(assessment)
    if assessment is None or finding is None:
        return None
    beside = score or _score_of(assessment, groups) or _score_of(finding.case.assessment, groups)
    return protected(finding, groups, beside)


def _score_of(assessment: Assessment, groups: Sequence[Group]) -> PublishedScore | None:
    result = published_result(assessment)
    return published_score(assessment, result, groups) if result else None


def protected(
    finding: ProtectiveFinding | None, groups: Sequence[Group], score: PublishedScore | None
) -> Protected | None:
    """Put a finding into words beside the newest published score, whose lines no rounding may cross."""
    if finding is None or score is None:
        return None
    body, lines = json.loads(finding.body), score.lines
    names, counts = _names(groups), governing(score.score, finding)
    return Protected(
        finding=finding,
        found_in=finding.case.assessment.number,
        score=score.shown(counts.score),
        without=score.shown(counts.published),
        both=[_both(body, time, lines) for time in body["times"]],
        entered=[
            Entered(_whose(term, names), out_of_100(term["score"], lines), term == body["decided_by"])
            for term in body["terms"]
        ],
        decided_by=_whose(body["decided_by"], names),
        raised=counts.raised,
        affected_absent=body["affected_absent"],
        left_out=[names.get((COMMUNITY, row["community"]), row["community"]) for row in body["left_out"]],
    )


def _names(groups: Sequence[Group]) -> dict[tuple[str, str], str]:
    found = {(GROUP, group.code): str(group) for group in groups}
    communities = Community.objects.filter(group__in=groups)
    return found | {(COMMUNITY, one.code): words_of(one.name) for one in communities}


def _whose(term: Mapping[str, Any], names: Mapping[tuple[str, str], str]) -> str:
    return names.get((term["kind"], term["code"]), term["code"]) or _("All groups together")


def _both(body: Mapping[str, Any], time: Mapping[str, Any], lines: Sequence[Decimal]) -> Both:
    when = TIME_NAMES[time["label"]]
    without = _outcome(body["score"], time["without"], lines)
    return Both(when, without, _outcome(body["protective"], time["with"], lines))


def _outcome(score: str, standing: Mapping[str, Any], lines: Sequence[Decimal]) -> Outcome:
    powers = standing["powers"]
    opened = "suspension" if powers["suspension"] else "measures" if powers["measures"] else "none"
    return Outcome(
        out_of_100(score, lines), LEVEL_NAMES[standing["level"]], LEVEL_NAMES[standing["alert"]], POWER_NAMES[opened]
    )
