"""What the pages of the tests on past cases show, made ready for templates."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.charts.weightings import Band, WeightedScore, Weightings, weightings
from assessments.models import EvidenceItem
from assessments.scoring.lines import END, START, Powers
from assessments.scoring.parameters import LEVELS
from assessments.scoring.upkeep.past_cases import Confusion, Verdict
from assessments.states import EvidenceKind, SchemeName
from deliberation.evidence import EvidenceRow, evidence_rows
from deliberation.results import GroupResult, PublishedScore, powers_sentence
from deliberation.validation.factors import FactorRow, factor_rows, known_by
from deliberation.validation.past_cases import JudgedCase, JudgedScore, PastCases, Tally
from deliberation.validation.weightings import Weighting
from deliberation.words import LEVEL_DUTIES, LEVEL_NAMES, LINE_NAMES
from lastvote.web.scores import out_of_100

NOTHING_CALLED_FOR: Promise = gettext_lazy("Nothing: the score is below every line.")
VERDICT_NAMES: dict[Verdict, Promise] = {
    Verdict.HIT: gettext_lazy("Hit"),
    Verdict.MISS: gettext_lazy("Miss"),
    Verdict.FALSE_ALARM: gettext_lazy("False alarm"),
    Verdict.QUIET: gettext_lazy("Rightly quiet"),
}
SHORT_NAMES: dict[str, Promise] = {
    "pooled": gettext_lazy("All groups"),
    "equal_voices": gettext_lazy("Equal voices"),
    "eq7_voices": gettext_lazy("Equation 7"),
    "equal_weights": gettext_lazy("Equal weights"),
    "linear": gettext_lazy("Equation 2"),
    "multiplicative": gettext_lazy("Equation 3"),
    "tempered": gettext_lazy("Tempered"),
    "printed_categories": gettext_lazy("Equations 14 to 20"),
}
"""Names for the narrow drawing; the table beside it has the whole ones."""


@dataclass(frozen=True)
class Recommended:
    """What the level at one end of the roadmap would have called for, and whether that was in time."""

    when: str | Promise
    level: str | Promise
    duty: str | Promise
    verdict: str | Promise
    lead: int | None


@dataclass(frozen=True)
class ScoreSection:
    """One scheme's part of a case page."""

    judged: JudgedScore
    scheme: str
    chart: Weightings
    undefined: Sequence[Weighting]
    absent: Sequence[GroupResult]
    recommended: Sequence[Recommended]
    powers: str
    factors: Sequence[FactorRow]
    resting_on_unknown: int

    @property
    def score(self) -> PublishedScore:
        """The published score."""
        return self.judged.score


@dataclass(frozen=True)
class CaseLine:
    """One scheme of one case in the list."""

    case: JudgedCase
    scheme: str
    shown: str
    recommended: Sequence[Recommended]


@dataclass(frozen=True)
class TallyLine:
    """Hits under one scheme at one end of the roadmap, with the exact range of shares that they leave."""

    tally: Tally
    scheme: str
    hits: str
    hit_range: str
    false_alarms: str
    false_alarm_range: str

    @property
    def counts(self) -> Confusion:
        """The four counts."""
        return self.tally.counts


def case_lines(found: PastCases) -> list[CaseLine]:
    """Return the rows of the list, one for each case and scheme."""
    return [
        CaseLine(case, _scheme_name(one), one.score.shown(one.score.score), _recommended(one))
        for case in found.cases
        for one in case.scores
    ]


def tally_lines(found: PastCases) -> list[TallyLine]:
    """Return the rows of the summary, and of the table of hits and false alarms."""
    return [
        TallyLine(
            tally=tally,
            scheme=str(SchemeName(tally.scheme).label),
            hits=_of(tally.counts.hits, tally.counts.failures),
            hit_range=_shares(tally.counts.hit_interval),
            false_alarms=_of(tally.counts.false_alarms, tally.counts.controls),
            false_alarm_range=_shares(tally.counts.false_alarm_interval),
        )
        for tally in found.tallies
    ]


def sections(case: JudgedCase, day: dt.date | None) -> list[ScoreSection]:
    """Return one section for each scheme, its evidence looked at as of ``day``, else as of its own cut-off."""
    return [_section(one, day or one.asked_on) for one in case.scores]


def evidence_by_day(case: JudgedCase, day: dt.date | None) -> list[EvidenceRow]:
    """Return the evidence known on ``day``, or all of it, by its date, undated rows last; outcomes stand elsewhere."""
    rows = [item for item in case.past.evidence if item.kind != EvidenceKind.OUTCOME and known_by(item, day)]
    return evidence_rows(sorted(rows, key=_when), case.scores[0].score.assessment)


def outcome_rows(case: JudgedCase) -> list[EvidenceRow]:
    """Return what happened afterwards, by its date."""
    return evidence_rows(sorted(case.outcomes, key=_when), case.scores[0].score.assessment)


def _when(item: EvidenceItem) -> tuple[dt.date, int]:
    return item.as_of_to or dt.date.max, item.number


def _section(one: JudgedScore, day: dt.date | None) -> ScoreSection:
    factors = factor_rows(one.past, day)
    return ScoreSection(
        judged=one,
        scheme=_scheme_name(one),
        chart=_chart(one),
        undefined=[row for row in one.weightings if row.score is None],
        absent=[row for row in one.score.groups if not row.present] if one.score.from_answers else [],
        recommended=_recommended(one),
        powers=powers_sentence(one.score),
        factors=factors,
        resting_on_unknown=sum(bool(part.unknown) for row in factors for part in row.parts),
    )


def _scheme_name(one: JudgedScore) -> str:
    return one.score.assessment.get_scheme_display()


def _recommended(one: JudgedScore) -> list[Recommended]:
    return [
        Recommended(
            when=judgement.when,
            level=judgement.level_name,
            duty=LEVEL_DUTIES.get(judgement.level, NOTHING_CALLED_FOR),
            verdict=VERDICT_NAMES[judgement.verdict] if judgement.verdict else _("Cannot be told"),
            lead=judgement.lead,
        )
        for judgement in one.judgements
    ]


def _chart(one: JudgedScore) -> Weightings:
    lines = one.score.lines
    return weightings(
        rows=[_charted(row) for row in one.weightings if row.score is not None],
        bands=_bands(one.score),
        lines=lines,
        titles=(_("Level at the start"), _("Level at the end"), _("Powers")),
    )


def _charted(row: Weighting) -> WeightedScore:
    return WeightedScore(
        name=row.name,
        short=row.group.label if row.group else SHORT_NAMES[row.code],
        label=row.group.label if row.group else "",
        slot=row.group.slot if row.group else None,
        score=row.score or Decimal(0),
        low=row.low,
        high=row.high,
        told=(LEVEL_NAMES[row.level[START]], LEVEL_NAMES[row.level[END]], _opened(row.powers)),
    )


def _bands(score: PublishedScore) -> list[Band]:
    start, end = ({level: Decimal(line) for level, line in time["lines"].items()} for time in score.binding["times"])
    return [Band(LINE_NAMES[level], start[level], end[level]) for level in LEVELS]


def _opened(powers: Powers | None) -> str:
    """Name what a score would open; a provisional result and a first score open nothing."""
    if powers is None:
        return _("None: provisional, or a first score")
    if powers.suspension:
        return _("Extra measures, or a suspension")
    if powers.at_suspension_line:
        return _("Extra measures; at the line for a suspension, not above it")
    if powers.measures:
        return _("Extra measures")
    return _("None: at the line, not above it") if powers.at_measures_line else _("None")


def _of(count: int, whole: int) -> str:
    return _("%(count)d of %(whole)d") % {"count": count, "whole": whole}


def _shares(edges: tuple[Decimal, Decimal] | None) -> str:
    if edges is None:
        return _("nothing can be said")
    low, high = map(out_of_100, edges)
    return _("%(low)s to %(high)s in 100") % {"low": low, "high": high}
