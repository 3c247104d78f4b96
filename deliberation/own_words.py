"""What a person said in talks, and what became of it: joined, dealt with, answered. Two queries in all."""

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from assessments.own_words import OwnWords
from assessments.wording import item_of
from deliberation.models import Reply, Statement
from deliberation.room.addresses import reason_of
from deliberation.states import DeliberationState
from lastvote.texts import words_of
from stakeholders.models import Person

BEGINNING = 160
"""Characters of what was said that the list shows."""
TO_INCIDENT = "round__case__assessment__incident__jurisdiction"


def said_in_talks(person: Person) -> list[OwnWords]:
    """Return the reasons that the person gave, and their answers to those of others."""
    own = Statement.objects.filter(person=person).select_related(TO_INCIDENT)
    others = Count("replies", filter=~Q(replies__person=person) | Q(replies__person=None))
    replies = Reply.objects.filter(person=person).select_related(f"statement__{TO_INCIDENT}")
    return [
        *(_of_statement(row, row.answers) for row in own.annotate(answers=others)),
        *(_of_reply(row) for row in replies),
    ]


def _of_statement(row: Statement, answers: int) -> OwnWords:
    words = {"item": str(item_of(row.round.case.assessment.scheme, row.item).name)}
    return OwnWords(
        title=_("Your reason on %(item)s") % words,
        about=_about(row),
        beginning=Truncator(row.words).chars(BEGINNING),
        url=reason_of(row),
        statuses=_statuses(row),
        answers=answers,
        said_at=row.stated_at,
    )


def _of_reply(row: Reply) -> OwnWords:
    ended = row.statement.round.state == DeliberationState.ENDED
    return OwnWords(
        title=_("Your answer to a reason"),
        about=_about(row.statement),
        beginning=Truncator(row.words or row.get_kind_display()).chars(BEGINNING),
        url=f"{reason_of(row.statement)}#replies",
        statuses=(_("Published"), *((_("The talks have ended"),) if ended else ())),
        answers=0,
        said_at=row.replied_at,
    )


def _statuses(row: Statement) -> tuple[str | Promise, ...]:
    became = (
        (True, _("Published")),
        (row.joined_to_id is not None, _("Joined to another reason")),
        (row.moved_on_at is not None, _("The talks have dealt with this")),
        (row.round.state == DeliberationState.ENDED, _("The talks have ended")),
    )
    return tuple(words for true, words in became if true)


def _about(row: Statement) -> str:
    incident = row.round.case.assessment.incident
    return f"{words_of(incident.title)} ({incident.reference})"
