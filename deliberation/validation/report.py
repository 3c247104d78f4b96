"""The tests on past cases as plain data: the numbers of the pages, decimals as strings, null where undefined."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from assessments.models import EvidenceItem
from assessments.scoring.upkeep.past_cases import Confusion
from assessments.scoring.version import FORMULA_VERSION
from deliberation.validation.factors import FactorRow, factor_rows
from deliberation.validation.past_cases import JudgedCase, JudgedScore, Judgement, PastCases, Tally
from deliberation.validation.weightings import Weighting
from lastvote.texts import words_of
from stakeholders.models import Jurisdiction

Json = dict[str, Any]


def report(jurisdiction: Jurisdiction, found: PastCases) -> Json:
    """Write down every case, every weighting and the tallies."""
    return {
        "jurisdiction": jurisdiction.slug,
        "synthetic": jurisdiction.synthetic,
        "formula": FORMULA_VERSION,
        "reconstruction_with_hindsight_risk": True,
        "cases": [_case(case) for case in found.cases],
        "tallies": [_tally(tally) for tally in found.tallies],
        "can_show_false_alarms": found.can_show_false_alarms,
    }


def _case(case: JudgedCase) -> Json:
    return {
        "reference": case.incident.reference,
        "title": words_of(case.incident.title, case.incident.title["source"]),
        "language": case.incident.title["source"],
        "control": case.is_control,
        "asked_on": _day(case.asked_on),
        "first_outcome": _day(case.first_outcome),
        "outcomes": [_outcome(item) for item in case.outcomes if item.visibility == "public"],
        "scores": [_score(one) for one in case.scores],
    }


def _outcome(item: EvidenceItem) -> Json:
    return {"number": item.number, "as_of": item.as_of_words, "statement": item.statement}


def _score(one: JudgedScore) -> Json:
    assessment = one.score.assessment
    return {
        "assessment": assessment.number,
        "scheme": assessment.scheme,
        "policy": assessment.policy.reference,
        "asked_on": _day(one.asked_on),
        "score": one.score.binding["score"],
        "weights_source": one.score.binding["weights_source"],
        "provisional": one.score.provisional,
        "evaluators": len(one.past.ratings),
        "ratings": [_rating(row) for row in factor_rows(one.past, one.asked_on)],
        "judgements": {judgement.time: _judgement(judgement) for judgement in one.judgements},
        "weightings": [_weighting(row) for row in one.weightings],
    }


def _rating(row: FactorRow) -> Json:
    return {
        "code": row.code,
        "value": row.value,
        "parts": [
            {"value": part.value, "low": f"{part.low:.4f}", "high": f"{part.high:.4f}",
             "evidence": [item.number for item in part.evidence], "reported_later": list(part.late)}
            for part in row.parts
        ],
    }  # fmt: skip


def _judgement(judgement: Judgement) -> Json:
    return {"level": judgement.level, "verdict": judgement.verdict, "lead_days": judgement.lead}


def _weighting(row: Weighting) -> Json:
    return {
        "code": row.code,
        "score": _text(row.score),
        "low": _text(row.low),
        "high": _text(row.high),
        "levels": row.level,
        "powers": None if row.powers is None else asdict(row.powers),
    }


def _tally(tally: Tally) -> Json:
    return {"scheme": tally.scheme, "time": tally.time, **_counts(tally.counts)}


def _counts(counts: Confusion) -> Json:
    return {
        "hits": counts.hits,
        "failures": counts.failures,
        "hit_interval": _interval(counts.hit_interval),
        "false_alarms": counts.false_alarms,
        "controls": counts.controls,
        "false_alarm_interval": _interval(counts.false_alarm_interval),
        "enough_controls": counts.has_enough_controls,
    }


def _interval(edges: tuple[Decimal, Decimal] | None) -> list[str] | None:
    return None if edges is None else [f"{edge:.4f}" for edge in edges]


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.4f}"


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
