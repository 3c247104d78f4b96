"""Assessments of a case, their scores, and their rounds with what the close published."""

from typing import ClassVar

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment
from assessments.publication_record import evidence_body
from assessments.reads import assessments_of, incident_or_404, record_of
from assessments.scoring.record import canonical_bytes
from deliberation.api.public import THIS, PublicView, first, read, read_list
from deliberation.api.records import EVIDENCE_BUNDLE, ROUND_RECORD
from deliberation.open_data.answers import ASSESSMENT_LIST, ONE_ASSESSMENT, ONE_ROUND, ROUND_LIST
from deliberation.open_data.contents import one_round, one_working, rows_of_assessments
from deliberation.open_data.files import WORKING
from deliberation.open_data.schemas import answer_schema
from deliberation.reads import round_or_404, rounds_of
from deliberation.views.case import score_of, score_of_round
from deliberation.views.working import assessment_or_404
from lastvote import clock
from lastvote.rest.sections import SCORES
from stakeholders.reads import groups_of

OF_ASSESSMENT = ("assessment", "assessment_score", "evidence_bundle")
FIRST_ROUND = {"assessment": first("rounds", "assessment"), "number": first("rounds", "round")}


class Assessments(PublicView):
    """List the assessments of a case."""

    operations: ClassVar = read_list(
        "assessments", SCORES, _("List the assessments of a case"),
        _("Each scoring of the case under one policy, the newest first."), ASSESSMENT_LIST,
        leads={name: {**THIS, "assessment": first("assessments", "assessment")} for name in OF_ASSESSMENT},
    )  # fmt: skip

    def found(self, *, ref: str) -> bytes:
        incident = incident_or_404(self.jurisdiction, ref)
        return self.listed(ASSESSMENT_LIST, assessments_of(incident), rows_of_assessments)


class OneAssessment(PublicView):
    """Serve one assessment and its rounds."""

    operations: ClassVar = read(
        "assessment", SCORES, _("Read an assessment"), _("What it is bound to, its newest score, and its rounds."),
        answer_schema(ONE_ASSESSMENT),
    )  # fmt: skip

    def found(self, *, ref: str, assessment: int) -> bytes:
        incident = incident_or_404(self.jurisdiction, ref)
        rows = rows_of_assessments(assessments_of(incident).filter(number=assessment))
        if not rows:
            raise Http404
        rounds = rounds_of(incident).filter(assessment__number=assessment)
        return ONE_ASSESSMENT.json(self.jurisdiction, {"assessments": rows, "rounds": list(rounds)})


class Score(PublicView):
    """Serve the working of the newest published score; there is none before one is published."""

    operations: ClassVar = read(
        "score", SCORES, _("Read the score of a case"),
        _("Every number from which the newest published score of the newest assessment can be worked out again."),
        answer_schema(WORKING),
    )  # fmt: skip

    def found(self, *, ref: str, assessment: int | None = None) -> bytes:
        chosen = assessment_or_404(incident_or_404(self.jurisdiction, ref), assessment)
        score = score_of(chosen, list(groups_of(self.jurisdiction)))
        if score is None:
            raise Http404
        return WORKING.json(self.jurisdiction, one_working(score))


class ScoreOfAssessment(Score):
    """Serve the same for a named assessment."""

    operations: ClassVar = read(
        "assessment_score", SCORES, _("Read the score of an assessment"),
        _("The same for any assessment of the case."), answer_schema(WORKING),
    )  # fmt: skip


class EvidenceBundle(PublicView):
    """Serve the exact bytes of the evidence that ratings rest on, once they are fixed."""

    operations: ClassVar = read(
        "evidence_bundle", SCORES, _("Read the evidence that ratings rest on"),
        _("As it stood when the ratings were fixed. The score string names it by its hash."), EVIDENCE_BUNDLE,
    )  # fmt: skip

    def found(self, *, ref: str, assessment: int) -> bytes:
        chosen = assessment_or_404(incident_or_404(self.jurisdiction, ref), assessment)
        return canonical_bytes(evidence_body(_with_fixed_ratings(chosen)))


class Rounds(PublicView):
    """List the rounds of a case that the public may know of."""

    operations: ClassVar = read_list(
        "rounds", SCORES, _("List the rounds of a case"), _("Announced, open, closed and published rounds."),
        ROUND_LIST,
        leads={name: {**THIS, **FIRST_ROUND} for name in ("round", "round_record")},
    )  # fmt: skip

    def found(self, *, ref: str) -> bytes:
        return self.listed(ROUND_LIST, rounds_of(incident_or_404(self.jurisdiction, ref)))


class OneRound(PublicView):
    """Serve a round: what was fixed, who has been heard in bands, and after the publication what it found."""

    operations: ClassVar = read(
        "round", SCORES, _("Read a round"),
        _("What was fixed before it. While it is open, who was heard, in bands. Once published, what each group said."),
        answer_schema(ONE_ROUND),
    )  # fmt: skip

    def found(self, *, ref: str, assessment: int, number: int) -> bytes:
        chosen = round_or_404(incident_or_404(self.jurisdiction, ref), number, assessment)
        groups = list(groups_of(self.jurisdiction))
        score = score_of_round(chosen, groups) if record_of(chosen) else None
        return ONE_ROUND.json(self.jurisdiction, one_round(chosen, score, clock.now()))


class Record(PublicView):
    """Serve the exact bytes that the close of a round published."""

    operations: ClassVar = read(
        "round_record", SCORES, _("Read the record of a round"),
        _("What was fixed, what came in and what came out. It never changes; the score string names its hash."),
        ROUND_RECORD,
    )  # fmt: skip

    def found(self, *, ref: str, assessment: int, number: int) -> bytes:
        record = record_of(round_or_404(incident_or_404(self.jurisdiction, ref), number, assessment))
        if record is None:
            raise Http404
        return record.body.encode()


def _with_fixed_ratings(assessment: Assessment | None) -> Assessment:
    if assessment is None or assessment.ratings_frozen_at is None:
        raise Http404
    return assessment
