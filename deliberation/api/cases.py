"""Cases and their evidence."""

from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from assessments.reads import current_assessment, evidence_of, incident_or_404
from deliberation.api.public import THIS, PublicView, first, read, read_list
from deliberation.casework.api.seen import case_seen, evidence_seen
from deliberation.forms import WORDS_LENGTH
from deliberation.open_data.answers import EVIDENCE_LIST
from deliberation.open_data.contents import one_case, rows_of_cases
from deliberation.open_data.files import CASE, CASE_LIST
from deliberation.open_data.schemas import answer_schema
from deliberation.reads import CaseFilter, cases_of
from deliberation.states import CaseOrder, CaseStage
from deliberation.views.case import score_of
from lastvote.rest.queries import choice, instant, words
from lastvote.rest.sections import CASES
from stakeholders.reads import groups_of

FILTERS = (
    words("q", _("Words that the case must hold, as on the page"), longest=WORDS_LENGTH, example="housing"),
    choice("stage", _("How far the case has come"), values=CaseStage.values, example="scored"),
    choice(
        "sort", _("Order of the list; newest first if not said"), values=CaseOrder.values, example="oldest",
        default=CaseOrder.NEWEST,
    ),
    instant("changed_since", _("Only cases whose timeline got an entry from this instant on")),
    instant("published_after", _("Only cases of which a round's result was published after this instant")),
)  # fmt: skip


class Cases(PublicView):
    """List cases, under the filters of the page and a few for machines."""

    operations: ClassVar = read_list(
        "cases", CASES, _("List cases"),
        _("Every public case with its newest published score. Merged cases are left out."), CASE_LIST, query=FILTERS,
        leads={"case": {"ref": first("case", "reference")}},
    )  # fmt: skip

    def found(self, **_slots: Any) -> bytes:
        wanted = CaseFilter(
            words=self.asked["q"], stage=self.asked["stage"], order=self.asked["sort"],
            changed_since=self.asked["changed_since"], published_after=self.asked["published_after"],
        )  # fmt: skip
        town = self.jurisdiction
        return self.listed(CASE_LIST, cases_of(town, wanted), lambda cases: rows_of_cases(town, cases))


class OneCase(PublicView):
    """Serve what the page of a case shows in numbers and facts."""

    operations: ClassVar = read(
        "case", CASES, _("Read a case"),
        _("The case, its rounds, its groups once a result is published, and its evidence. A merged case leads on."),
        answer_schema(CASE), codes={302: ()},
        leads=dict.fromkeys(("evidence", "assessments", "rounds", "talks_list", "score"), THIS), tells_seen=True,
    )  # fmt: skip

    def found(self, *, ref: str) -> bytes | HttpResponse:
        incident = incident_or_404(self.jurisdiction, ref)
        if incident.merged_into:
            return redirect("api_case", self.jurisdiction.slug, incident.merged_into.reference)
        score = score_of(current_assessment(incident), list(groups_of(self.jurisdiction)))
        return CASE.json(self.jurisdiction, one_case(self.jurisdiction, incident, score))

    def seen(self, *, ref: str) -> str:
        return case_seen(incident_or_404(self.jurisdiction, ref))


class Evidence(PublicView):
    """List the evidence of a case. What is withheld says so, and why, and nothing else."""

    operations: ClassVar = read_list(
        "evidence", CASES, _("List the evidence of a case"),
        _("The newest version of each row. What is withheld says why."), EVIDENCE_LIST,
        leads={"one_evidence": {**THIS, "number": first("evidence", "number")}},
    )  # fmt: skip

    def found(self, *, ref: str) -> bytes:
        return self.listed(EVIDENCE_LIST, evidence_of(incident_or_404(self.jurisdiction, ref)))


class OneEvidence(PublicView):
    """Serve one row of evidence."""

    operations: ClassVar = read(
        "one_evidence", CASES, _("Read one row of evidence"), _("The newest version of the row with this number."),
        answer_schema(EVIDENCE_LIST), tells_seen=True,
    )  # fmt: skip

    def found(self, *, ref: str, number: int) -> bytes:
        rows = list(evidence_of(incident_or_404(self.jurisdiction, ref)).filter(number=number))
        if not rows:
            raise Http404
        return EVIDENCE_LIST.json(self.jurisdiction, {"evidence": rows})

    def seen(self, *, ref: str, number: int) -> str:
        return evidence_seen(evidence_of(incident_or_404(self.jurisdiction, ref)).get(number=number))
