"""Each past case judged: the day of its question, the level reached then, and whether that was in time."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise

from assessments.models import EvidenceItem, Incident
from assessments.scoring.lines import END, START
from assessments.scoring.parameters import LEVELS
from assessments.scoring.upkeep.past_cases import (
    CALLED_FROM,
    Confusion,
    PastCase,
    Verdict,
    confusion,
    lead_days,
    verdict_of,
)
from assessments.states import IncidentKind, SchemeName
from deliberation.results import PublishedScore
from deliberation.validation.reads import PastIncident, PastScore, past_incidents
from deliberation.validation.weightings import POOLED, Weighting, weightings_of
from deliberation.words import LEVEL_NAMES, TIME_NAMES
from stakeholders.models import Jurisdiction

TIMES = (START, END)
"""A past case has no month, so it is held against the lines of both ends of the roadmap."""


@dataclass(frozen=True)
class Judgement:
    """What the level at one end of the roadmap would have meant. Without a verdict the case does not count."""

    time: str
    level: str
    case: PastCase | None

    @property
    def when(self) -> Promise:
        """Whose lines these are, in words."""
        return TIME_NAMES[self.time]

    @property
    def level_name(self) -> Promise:
        """The level in words."""
        return LEVEL_NAMES[self.level]

    @property
    def verdict(self) -> Verdict | None:
        """Hit, miss, false alarm or quiet."""
        return None if self.case is None else verdict_of(self.case)

    @property
    def lead(self) -> int | None:
        """Days from the question to the first outcome, for a hit."""
        return None if self.case is None else lead_days(self.case)


@dataclass(frozen=True)
class JudgedScore:
    """One published score of a past case under every weighting, judged at both ends of the roadmap."""

    past: PastScore
    weightings: Sequence[Weighting]
    judgements: Sequence[Judgement]

    @property
    def score(self) -> PublishedScore:
        """The published score."""
        return self.past.score

    @property
    def scheme(self) -> str:
        """Which scheme it was rated under."""
        return self.score.assessment.scheme

    @property
    def asked_on(self) -> dt.date | None:
        """The day of the question: the last day whose evidence could be used."""
        return self.score.assessment.evidence_cutoff


@dataclass(frozen=True)
class JudgedCase:
    """One past case: a known failure, or a control in which nothing went wrong."""

    past: PastIncident
    scores: Sequence[JudgedScore]

    @property
    def incident(self) -> Incident:
        """The incident."""
        return self.past.incident

    @property
    def is_control(self) -> bool:
        """Whether this is a system without incident."""
        return self.incident.kind == IncidentKind.CONTROL

    @property
    def asked_on(self) -> dt.date | None:
        """The day of the question of the newest assessment."""
        return self.scores[0].asked_on

    @property
    def outcomes(self) -> list[EvidenceItem]:
        """What happened afterwards."""
        return self.past.outcomes

    @property
    def first_outcome(self) -> dt.date | None:
        """The first day on which an outcome can have come, so that a lead time is never too long."""
        return first_outcome(self.past)


@dataclass(frozen=True)
class Tally:
    """Hits and false alarms under one scheme, at one end of the roadmap."""

    scheme: SchemeName
    time: str
    counts: Confusion

    @property
    def when(self) -> Promise:
        """Whose lines these are, in words."""
        return TIME_NAMES[self.time]


@dataclass(frozen=True)
class PastCases:
    """All past cases of a jurisdiction and what they add up to. Pages, text and JSON are made from this alone."""

    cases: Sequence[JudgedCase]

    @cached_property
    def tallies(self) -> list[Tally]:
        """One row for each scheme that was used and each end of the roadmap."""
        return [
            Tally(scheme, time, confusion(found))
            for scheme in SchemeName
            for time in TIMES
            if (found := self._judged(scheme, time))
        ]

    @property
    def failures(self) -> list[JudgedCase]:
        """The known failures."""
        return [case for case in self.cases if not case.is_control]

    @property
    def controls(self) -> list[JudgedCase]:
        """The systems without incident."""
        return [case for case in self.cases if case.is_control]

    @property
    def can_show_false_alarms(self) -> bool:
        """Whether any control was judged; known failures alone cannot show a false alarm."""
        return any(tally.counts.controls for tally in self.tallies)

    def _judged(self, scheme: str, time: str) -> list[PastCase]:
        return [
            judgement.case
            for case in self.cases
            for judged in case.scores
            for judgement in judged.judgements
            if judged.scheme == scheme and judgement.time == time and judgement.case is not None
        ]


def past_cases(jurisdiction: Jurisdiction, reference: str | None = None) -> PastCases:
    """Return every past case with a published score, judged; with a reference, at most that one."""
    return PastCases([_judged_case(past) for past in past_incidents(jurisdiction, reference)])


def calls(level: str) -> bool:
    """Tell whether a level calls people together, which is what a hit means."""
    return level in LEVELS[LEVELS.index(CALLED_FROM) :]


def first_outcome(past: PastIncident) -> dt.date | None:
    """Return the first day on which an outcome on record can have come; nothing if none is dated."""
    return min((item.as_of_from for item in past.outcomes if item.as_of_from), default=None)


def _judged_case(past: PastIncident) -> JudgedCase:
    return JudgedCase(past, [_judged_score(past, one) for one in past.scores])


def _judged_score(past: PastIncident, one: PastScore) -> JudgedScore:
    weightings = weightings_of(one.score, one.ratings)
    levels = next(row.level for row in weightings if row.code == POOLED)
    return JudgedScore(one, weightings, [_judgement(past, one, time, levels[time]) for time in TIMES])


def _judgement(past: PastIncident, one: PastScore, time: str, level: str) -> Judgement:
    """Judge only what can be: the question needs a day, and a failure an outcome whose day is known."""
    asked_on, outcome_on = one.score.assessment.evidence_cutoff, first_outcome(past)
    is_control = past.incident.kind == IncidentKind.CONTROL
    if asked_on is None or (outcome_on is None and not is_control):
        return Judgement(time, level, None)
    return Judgement(time, level, PastCase(level, asked_on, None if is_control else outcome_on))
