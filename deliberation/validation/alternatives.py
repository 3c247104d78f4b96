"""Other ways to put groups together, over the past cases that people weighed (D29; D.2 of the paper)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.models import PolicyVersion
from assessments.scoring.errors import ScoringError
from assessments.scoring.exploring.alternatives import Alternative, Comparison, alternatives_of, compare
from assessments.scoring.exploring.finding import Finding
from deliberation.published_input import computation_of
from deliberation.validation.labelled import Trained, TriedHistory, newest_trained, tried_histories
from deliberation.validation.reads import PastIncident, PastScore, past_incidents
from stakeholders.models import Jurisdiction


@dataclass(frozen=True)
class TriedScore:
    """One published score that groups made, under every rule. Empty where there are too many groups to try out."""

    past: PastIncident
    one: PastScore
    found: Mapping[str, Finding[Alternative]]


@dataclass(frozen=True)
class RuleOverCases:
    """One rule over all cases.

    ``up`` and ``down`` are the farthest that a single captured group could move a score, ``fewest`` the fewest groups
    that could bring another level in any case; none where no number of them can, or where the rule is not defined.
    """

    rule: str
    comparison: Comparison
    why_not: str | None
    up: Decimal | None
    down: Decimal | None
    fewest: int | None

    @property
    def share(self) -> Fraction | None:
        """Share of cases with the default's level."""
        return self.comparison.share.value


@dataclass(frozen=True)
class Compared:
    """The rules over past cases and over labelled histories. Pages, text and JSON are made from this alone.

    ``unweighed`` scores are from before any answers, ``too_many_groups`` have more groups than can be tried out.
    """

    tried: Sequence[TriedScore]
    unweighed: int
    too_many_groups: int
    rules: Sequence[RuleOverCases]
    histories: Sequence[TriedHistory]


def compared(jurisdiction: Jurisdiction, version: PolicyVersion | None) -> Compared:
    """Compare the rules; scores from before any answers say nothing about groups and are only counted."""
    trained = newest_trained(jurisdiction)
    everything = [
        TriedScore(past, one, _found(one, trained)) for past in past_incidents(jurisdiction) for one in past.scores
    ]
    weighed = [row for row in everything if row.one.score.from_answers]
    tried = [row for row in weighed if row.found]
    return Compared(
        tried=tried,
        unweighed=len(everything) - len(weighed),
        too_many_groups=len(weighed) - len(tried),
        rules=_over([row.found for row in tried]),
        histories=tried_histories(trained, version),
    )


def _found(one: PastScore, trained: Sequence[Trained]) -> dict[str, Finding[Alternative]]:
    """Try every rule; the core refuses more groups than it can try out, and then nothing is said."""
    run = computation_of(one.score, one.ratings)
    learned = (form for record in trained for form in [record.form_for(run)] if form)
    try:
        return alternatives_of(run, next(learned, None))
    except ScoringError:
        return {}


def _over(cases: Sequence[Mapping[str, Finding[Alternative]]]) -> list[RuleOverCases]:
    return [_rule(rule, comparison, [case[rule] for case in cases if rule in case])
            for rule, comparison in compare(cases).items()]  # fmt: skip


def _rule(rule: str, comparison: Comparison, findings: Sequence[Finding[Alternative]]) -> RuleOverCases:
    known = [finding.value for finding in findings if finding.value]
    fewest = [finding.value for one in known for finding in one.to_dictate if finding.value is not None]
    return RuleOverCases(
        rule=rule,
        comparison=comparison,
        why_not=None if known else next(finding.reason for finding in findings),
        up=max((one.capture[1] - one.score for one in known), default=None),
        down=max((one.score - one.capture[0] for one in known), default=None),
        fewest=min(fewest, default=None),
    )
