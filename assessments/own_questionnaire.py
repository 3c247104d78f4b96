"""The form as one person left it: what they typed and did not send, else what they sent."""

from collections.abc import Mapping
from typing import Any

from django.utils.crypto import salted_hmac

from assessments.models import RollEntry, WeightRound
from assessments.questionnaire import Questionnaire, draft_of_answer
from assessments.reads import OwnAnswer
from assessments.scoring.schemes import SCHEMES
from assessments.states import SubmissionKind

ORDER_PURPOSE = "assessments.weigh.order"


def questionnaire_of(weight_round: WeightRound, own: OwnAnswer) -> Questionnaire:
    """Return the form as this person left it: the draft, else the answer that stands, else nothing."""
    codes = SCHEMES[weight_round.assessment.scheme].factors
    return Questionnaire(codes=codes, order=order_for(own.entry, codes), data=_data(own))


def _data(own: OwnAnswer) -> Mapping[str, Any]:
    draft = getattr(own.entry, "draft", None)
    if draft:
        return dict(draft.data)
    first = _first_points(own)
    if own.submission is None:
        return {"first_points": first} if first else {}
    detail = own.submission.detail
    return draft_of_answer(method=detail.method, raw=detail.raw, first_points=first, reasons=detail.reasons)


def _first_points(own: OwnAnswer) -> list[int] | None:
    """The first vector belongs to the round, not to a version: a later change does not replace it."""
    sent = (row for row in own.versions if row.kind == SubmissionKind.ANSWER)
    earliest = next(sent, None)
    return earliest.detail.first_points if earliest else None


def order_for(entry: RollEntry, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Shuffle the items for one place on the roll: different for everybody, the same all through the round."""

    def place(code: str) -> str:
        return salted_hmac(ORDER_PURPOSE, f"{entry.pk}:{code}", algorithm="sha256").hexdigest()

    return tuple(sorted(codes, key=place))
