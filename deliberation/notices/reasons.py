"""What is told of reasons: somebody answered, two are to be joined, and words came too late and are accepted."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.notices import about, content
from deliberation.models import LateWords, Reply, Statement
from deliberation.notices import names
from deliberation.notices.part_takers import facilitators, incident_of
from deliberation.room.addresses import desk_of, reason_of
from deliberation.states import DeliberationState
from stakeholders.models import Person
from stakeholders.notices.kinds import About, Content, Kind

TO_INCIDENT = "round__case__assessment__incident__jurisdiction"


def _reply(subject_id: int) -> Reply:
    return Reply.objects.select_related(f"statement__{TO_INCIDENT}").get(pk=subject_id)


def _asked_of_reply(subject_id: int, now: dt.datetime) -> Iterable[int]:  # noqa: ARG001 -- every kind's signature
    reply = _reply(subject_id)
    author = reply.statement.person_id
    return () if author is None or author == reply.person_id else (author,)


def _say_replied(subject_id: int, person: Person, now: dt.datetime) -> Content | None:  # noqa: ARG001 -- every kind's signature
    reply = _reply(subject_id)
    if reply.person_id is None or reply.statement.person_id != person.pk:
        return None
    return content(
        incident_of(reply.statement.round), _("Someone answered your reason"),
        _("Somebody has answered the reason that you gave in the talks."),
        action=_("Read the answer"), path=reason_of(reply.statement),
    )  # fmt: skip


def _author(subject_id: int, now: dt.datetime) -> Iterable[int]:  # noqa: ARG001 -- every kind's signature
    author = Statement.objects.values_list("person_id", flat=True).get(pk=subject_id)
    return () if author is None else (author,)


def _say_join(subject_id: int, person: Person, now: dt.datetime) -> Content | None:  # noqa: ARG001 -- every kind's signature
    statement = Statement.objects.select_related(TO_INCIDENT).get(pk=subject_id)
    if statement.join_proposed_to_id is None or statement.person_id != person.pk:
        return None
    return content(
        incident_of(statement.round), _("Does your reason say the same as another?"),
        _("The facilitator asks whether your reason can be joined to another one. Both stay readable."),
        action=_("See both reasons"), path=reason_of(statement, "talks_reason_join"),
    )  # fmt: skip


# --- Words that came too late -----------------------------------------------------------------------------------


def _asked(subject_id: int) -> LateWords | None:
    """Return words that their author asks to have accepted; nothing once they are, or the talks have ended."""
    asked = LateWords.objects.filter(pk=subject_id, asked_at__isnull=False)
    return asked.exclude(round__state=DeliberationState.ENDED).select_related(TO_INCIDENT).first()


def _readers(subject_id: int, now: dt.datetime) -> Iterable[int]:
    late = _asked(subject_id)
    return () if late is None else facilitators(late.round.case, now)


def _say_asked(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    late = _asked(subject_id)
    if late is None or person.pk not in facilitators(late.round.case, now):
        return None
    return content(
        incident_of(late.round), _("Somebody asks you to accept late words"),
        _("A reason came after the time for reasons was over. Its author asks to have it accepted."),
        action=_("Read words that came too late"), path=desk_of(late.round, "desk_talks_reasons"),
    )  # fmt: skip


def _say_taken(subject_id: int, person: Person, now: dt.datetime) -> Content | None:  # noqa: ARG001 -- every kind's signature
    statement = Statement.objects.select_related(TO_INCIDENT).get(pk=subject_id)
    if statement.person_id != person.pk:
        return None
    return content(
        incident_of(statement.round), _("Your late words are published"),
        _("The facilitator has accepted what you wrote after the time for reasons was over."),
        action=_("See your reason"), path=reason_of(statement),
    )  # fmt: skip


def _about_late(subjects: Collection[int]) -> Mapping[int, About]:
    rows = LateWords.objects.filter(pk__in=subjects).select_related(TO_INCIDENT)
    return {row.pk: about(incident_of(row.round), path=desk_of(row.round, "desk_talks_reasons")) for row in rows}


def _about_replies(subjects: Collection[int]) -> Mapping[int, About]:
    rows = Reply.objects.filter(pk__in=subjects).select_related(f"statement__{TO_INCIDENT}")
    return {row.pk: about(incident_of(row.statement.round), path=reason_of(row.statement)) for row in rows}


def _about_statements(subjects: Collection[int]) -> Mapping[int, About]:
    rows = Statement.objects.filter(pk__in=subjects).select_related(TO_INCIDENT)
    return {row.pk: about(incident_of(row.round), path=reason_of(row)) for row in rows}


KINDS = (
    Kind(
        names.STATEMENT_REPLIED, gettext_lazy("Somebody answered your reason"),
        binding=False, recipients=_asked_of_reply, say=_say_replied, about=_about_replies,
    ),
    Kind(
        names.LATE_WORDS_ASKED, gettext_lazy("Somebody asks to have late words accepted"),
        binding=True, recipients=_readers, say=_say_asked, about=_about_late,
    ),
    Kind(
        names.LATE_WORDS_TAKEN, gettext_lazy("Your late words are published"),
        binding=False, recipients=_author, say=_say_taken, about=_about_statements,
    ),
    Kind(
        names.JOIN_PROPOSED, gettext_lazy("The facilitator asks to join two reasons"),
        binding=False, recipients=_author, say=_say_join, about=_about_statements,
    ),
)  # fmt: skip
