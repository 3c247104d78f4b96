"""Why somebody answers otherwise than in the round before: asked of those who change, and of nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.models import RollEntry
from assessments.reasons_to_read import reasons_to_read
from assessments.states import ChangeReason, SubmissionKind
from lastvote.errors import Refused


@dataclass(frozen=True)
class Change:
    """``reason`` is one of the listed ones; ``read`` the token of a reason of somebody else, where that led to it."""

    reason: str = ""
    read: str = ""


NO_CHANGE = Change()


def required_change(entry: RollEntry, points: Sequence[int], said: Change | None) -> Change:
    """Return why ``points`` differ from what was carried over; nothing where they do not, whatever was said.

    Refuses a change without one of the listed reasons, and one that does not name which reason was read.
    """
    if not differs_from_before(entry, points):
        return NO_CHANGE
    reason = said.reason if said else ""
    if not reason:
        raise _refused("change_reason_required", _("Choose why you changed your answers"), "change_reason")
    if reason not in ChangeReason.values:
        raise _refused("unknown_option", _("Choose one of the listed reasons"), "change_reason")
    if reason != ChangeReason.READ:
        return Change(reason)
    return Change(reason, _known(entry, said.read if said else ""))


def differs_from_before(entry: RollEntry, points: Sequence[int]) -> bool:
    """Whether these points differ from the answer that was carried over for this place, if one was."""
    if entry.round.carried_from_id is None:
        return False
    carried = entry.submissions.filter(kind=SubmissionKind.CARRIED).values_list("points", flat=True).first()
    return carried is not None and list(carried) != list(points)


def _known(entry: RollEntry, token: str) -> str:
    if not token:
        raise _refused("reason_read_required", _("Choose the reason that you read"), "reason_read")
    if token not in {one.token for one in reasons_to_read(entry.round)}:
        raise _refused("unknown_reason", _("Choose a reason of the talks before this round"), "reason_read")
    return token


def _refused(code: str, sentence: Promise, field: str) -> Refused:
    return Refused(code, sentence, fields={field: [sentence]})
