"""Rounds of talks: when they are, what groups say in them, who was heard, and what came of it."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from assessments.reads import incident_or_404
from assessments.tokens import TOKEN_LENGTH
from deliberation.api.public import THIS, PublicView, first, read, read_list
from deliberation.models import DeliberationRound
from deliberation.open_data.answers import REPLY_LIST, TALKS_LIST
from deliberation.open_data.files import REASON_LIST, TALKS_FILE
from deliberation.open_data.schemas import answer_schema
from deliberation.open_data.talks_contents import all_reasons, one_talks, reason_rows, talks_rows
from deliberation.room import reads
from deliberation.room.reasons import Wanted
from deliberation.states import DifferenceKind
from deliberation.views.talks_files import score_before
from lastvote.rest.queries import choice, words
from lastvote.rest.sections import TALKS

FIRST = {**THIS, "assessment": first("talks", "assessment"), "number": first("talks", "talks")}
OF_TALKS = ("assessment_talks", "assessment_talks_reasons", "assessment_talks_replies")
THESE = {**THIS, "number": "$request.path.number"}
KIND = choice("kind", _("In what way the group differs"), values=DifferenceKind.values, example="burden")
TO = words("reason", _("Only replies to the reason of this name"), longest=TOKEN_LENGTH, example="0123456789abcdef")
WHOLE = _("When its parts end and how that was counted, both checks, how far groups differ, sessions, who was heard.")
WORDS = _(
    "The words of groups on why they differ. The groups take turns, and lots decide the order. Those joined to one "
    "another come together, if one of them fits."
)
SAID = _("What people said to reasons, in the order in which they did.")


class TalksView(PublicView):
    """An address below a round of talks; without an assessment, of the newest one that has such a round."""

    def talks(self, ref: str, number: int, assessment: int | None = None) -> DeliberationRound:
        """Return the round of talks."""
        return reads.talks_or_404(incident_or_404(self.jurisdiction, ref), number, assessment)


class TalksOfCase(PublicView):
    """List the rounds of talks of a case."""

    operations: ClassVar = read_list(
        "talks_list", TALKS, _("List the rounds of talks on a case"),
        _("Each round of talks of each assessment, the newest first."), TALKS_LIST,
        leads=dict.fromkeys(OF_TALKS, FIRST),
    )  # fmt: skip

    def found(self, *, ref: str) -> bytes:
        return self.listed(TALKS_LIST, reads.talks_in(incident_or_404(self.jurisdiction, ref)), talks_rows)


class OneTalks(TalksView):
    """Serve what the page of a round of talks shows beside its reasons."""

    operations: ClassVar = read(
        "talks", TALKS, _("Read a round of talks"), WHOLE, answer_schema(TALKS_FILE),
        leads=dict.fromkeys(("talks_reasons", "talks_replies"), THESE),
    )  # fmt: skip

    def found(self, **slots: Any) -> bytes:
        one = self.talks(**slots)
        return TALKS_FILE.json(self.jurisdiction, one_talks(one, score_before(one)))


class TalksOfAssessment(OneTalks):
    """Serve the same for a named assessment."""

    operations: ClassVar = read(
        "assessment_talks", TALKS, _("Read a round of talks of an assessment"), WHOLE, answer_schema(TALKS_FILE)
    )


class Reasons(TalksView):
    """List the reasons of a round of talks, joined ones too."""

    operations: ClassVar = read_list(
        "talks_reasons", TALKS, _("List the reasons of a round of talks"), WORDS, REASON_LIST, query=(KIND,),
        leads={"talks_reason": {**THESE, "token": first("reasons", "reason")}},
    )  # fmt: skip

    def found(self, **slots: Any) -> bytes:
        one = self.talks(**slots)
        rows = all_reasons(one, Wanted(kind=self.asked["kind"]))
        return self.listed(REASON_LIST, rows, lambda chunk: reason_rows(one, chunk, reads.groups_in(one)))


class ReasonsOfAssessment(Reasons):
    """List the same for a named assessment."""

    operations: ClassVar = read_list(
        "assessment_talks_reasons", TALKS, _("List the reasons of talks of an assessment"), WORDS, REASON_LIST,
        query=(KIND,),
    )  # fmt: skip


class OneReason(TalksView):
    """Serve one reason."""

    operations: ClassVar = read(
        "talks_reason", TALKS, _("Read a reason"), _("Its words. What was said to it is in the list of replies."),
        answer_schema(REASON_LIST),
    )  # fmt: skip

    def found(self, *, ref: str, number: int, token: str) -> bytes:
        statement = reads.reason_in_case_or_404(incident_or_404(self.jurisdiction, ref), number, token)
        rows = reason_rows(statement.round, [statement], reads.groups_in(statement.round))
        return REASON_LIST.json(self.jurisdiction, {"reasons": rows})


class Replies(TalksView):
    """List what was said to the reasons of a round of talks."""

    operations: ClassVar = read_list(
        "talks_replies", TALKS, _("List the replies in a round of talks"), SAID, REPLY_LIST, query=(TO,)
    )

    def found(self, **slots: Any) -> bytes:
        rows, token = reads.all_replies(self.talks(**slots)), self.asked["reason"]
        return self.listed(REPLY_LIST, rows.filter(statement__token=token) if token else rows)


class RepliesOfAssessment(Replies):
    """List the same for a named assessment."""

    operations: ClassVar = read_list(
        "assessment_talks_replies", TALKS, _("List the replies in talks of an assessment"), SAID, REPLY_LIST,
        query=(TO,),
    )  # fmt: skip
