"""Answering a round as a program: the same act as on the pages, for whoever holds the place on the roll."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import reads, receipts
from assessments.actions.answers import Accepted, Answer, submit_answer, withdraw_answer
from assessments.actions.why_changed import Change
from assessments.actions.written_words import check_words
from assessments.api import documented
from assessments.api.weights import shares_from
from assessments.forms.why import EVERYTHING
from assessments.forms.why import LONGEST as LONGEST_REASON
from assessments.models import WeightRound
from assessments.own_questionnaire import questionnaire_of
from assessments.reads import OwnAnswer
from assessments.round_reads import round_to_weigh
from assessments.scoring.schemes import SCHEMES
from assessments.states import AnswerMethod, SubmissionKind
from assessments.status import AnswerStatus, status_of
from lastvote import clock
from lastvote.access import Permission
from lastvote.rest.body import each, refuse_unknown, words_from
from lastvote.rest.once import key_of
from lastvote.rest.problems import Fault, Unusable, pointer
from stakeholders.api.place import PlaceView

CHANGE = ("change_reason", "reason_read")
"""Why the answer differs from that of the round before: needed where it does, and only there."""
FIELDS = ("points", "weights", "reasons", *CHANGE, "language")


class OwnAnswerView(PlaceView):
    """The answer of whoever asks, on the open round of a case, else on the one that was open last."""

    needs: ClassVar = {
        "GET": Permission.READ_OWN_ANSWER,
        "POST": Permission.ANSWER_ROUND,
        "DELETE": Permission.ANSWER_ROUND,
    }
    operations: ClassVar = documented.ANSWER

    @cached_property
    def held(self) -> frozenset[Permission]:
        """The frozen roll says who answers, not the membership of today: whoever is not on it finds nothing."""
        own = frozenset({Permission.READ_OWN_ANSWER, Permission.ANSWER_ROUND})
        return super().held | own if self.person else super().held

    def get(self, _request: Request, ref: str) -> Response:
        weight_round, own = self._place(ref)
        return Response(_shown(weight_round, own) | {"links": self._links(ref)})

    def post(self, request: Request, ref: str) -> Response:
        key, now = key_of(request), clock.now()
        weight_round, own = self._place(ref)
        answer = self._answer(self.body, weight_round, own)
        accepted = submit_answer(weight_round=weight_round, by=self.somebody, answer=answer, key=key, now=now)
        return self._told(accepted, AnswerStatus.SENT, weight_round, ref, status=200 if accepted.replaced else 201)

    def delete(self, request: Request, ref: str) -> Response:
        key, now = key_of(request), clock.now()
        weight_round, _own = self._place(ref)
        accepted = withdraw_answer(weight_round=weight_round, by=self.somebody, key=key, now=now)
        return self._told(accepted, AnswerStatus.WITHDRAWN, weight_round, ref, status=200)

    def _place(self, ref: str) -> tuple[WeightRound, OwnAnswer]:
        _incident, weight_round = round_to_weigh(self.jurisdiction, ref)
        own = reads.own_answer(weight_round, self.somebody)
        if own is None:
            raise Http404
        return weight_round, own

    def _answer(self, body: Mapping[str, Any], weight_round: WeightRound, own: OwnAnswer) -> Answer:
        refuse_unknown(body, FIELDS)
        codes = SCHEMES[weight_round.assessment.scheme].factors
        shares = shares_from(body, codes)
        first = questionnaire_of(weight_round, own).first_points
        return Answer(
            points=shares.points,
            method=shares.method,
            raw=shares.raw,
            first_points=first,
            reasons=reasons_from(body.get("reasons"), codes),
            change=Change(*each([(name, body.get(name)) for name in CHANGE], words_from)),
            language=self._language(body.get("language")),
        )

    def _language(self, sent: Any) -> str:
        offered = self.jurisdiction.languages or ["en"]
        if sent is None:
            return str(offered[0])
        if sent not in offered:
            sentence = _("Answers here are in one of these languages: %(codes)s.") % {"codes": ", ".join(offered)}
            raise Unusable(Fault("unknown_language", sentence, "/language"))
        return str(sent)

    def _told(
        self, accepted: Accepted, status_word: AnswerStatus, weight_round: WeightRound, ref: str, *, status: int
    ) -> Response:
        """Say that it arrived; what it was is in no receipt."""
        told = {
            "receipt": receipts.shown(accepted.receipt),
            "status": status_word,
            "replaced": accepted.replaced,
            "round": weight_round.number,
            "closes_at": weight_round.closes_at,
            "links": self._links(ref, accepted.receipt),
        }
        return Response(told, status=status)

    def _links(self, ref: str, receipt: str = "") -> dict[str, str]:
        place = self.jurisdiction.slug
        links = {"self": reverse("api_answer", args=[place, ref]), "receipt_page": reverse("receipt", args=[place])}
        return links | ({"sent_page": reverse("weigh_sent", args=[place, ref, receipt])} if receipt else {})


def reasons_from(sent: Any, codes: Sequence[str]) -> dict[str, str]:
    """Return the reasons by item, without those left empty; ``all`` is for the answer as a whole."""
    if sent is None:
        return {}
    if not isinstance(sent, dict):
        raise Unusable(Fault("object_expected", _("Send reasons as an object, by item."), "/reasons"))
    refuse_unknown(sent, [EVERYTHING, *codes], "reasons")
    texts = dict(zip(sent, each(sent.items(), lambda value, name: words_from(value, "reasons", name)), strict=True))
    for name, words in texts.items():
        check_words(words, field=pointer("reasons", name), longest=LONGEST_REASON, required=False)
    return {name: words for name, words in texts.items() if words.strip()}


def _shown(weight_round: WeightRound, own: OwnAnswer) -> dict[str, Any]:
    versions = [
        {
            "receipt": receipts.shown(row.detail.receipt),
            "status": status_of(row, own.submission, own.entry),
            "sent_at": row.accepted_at,
        }
        for row in own.versions
    ]
    return {
        "round": weight_round.number,
        "state": weight_round.state,
        "closes_at": weight_round.closes_at,
        "group": own.entry.group.code,
        "answer": _standing(weight_round, own),
        "carried": _carried(weight_round, own),
        "sent": versions,
    }


def _standing(weight_round: WeightRound, own: OwnAnswer) -> dict[str, Any] | None:
    submission = own.submission
    if submission is None or submission.kind != SubmissionKind.ANSWER:
        return None
    codes = SCHEMES[weight_round.assessment.scheme].factors
    return {
        "points": dict(zip(codes, submission.points or (), strict=True)),
        "method": AnswerMethod(submission.detail.method),
        "reasons": submission.detail.reasons,
        "change_reason": submission.detail.change_reason or None,
        "reason_read": submission.detail.reason_read or None,
        "language": submission.detail.language,
    }


def _carried(weight_round: WeightRound, own: OwnAnswer) -> dict[str, int] | None:
    """Return the points of the round before, which sending them again keeps."""
    if own.carried is None:
        return None
    return dict(zip(SCHEMES[weight_round.assessment.scheme].factors, own.carried.points or (), strict=True))
