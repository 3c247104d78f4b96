"""What authors of reasons are told: somebody answered, and the facilitator asks whether to join two reasons."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.notices import about, content
from deliberation.models import Reply, Statement
from deliberation.notices import names
from deliberation.notices.part_takers import incident_of, room
from stakeholders.models import Person
from stakeholders.notices.kinds import About, Content, Kind

TO_INCIDENT = "round__case__assessment__incident__jurisdiction"


def _reply(subject_id: int) -> Reply:
    return Reply.objects.select_related(f"statement__{TO_INCIDENT}").get(pk=subject_id)


def _page(statement: Statement) -> str:
    return room(statement.round, "talks_reason", statement.token)


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
        _("Somebody has answered what you said about why your group differs."),
        action=_("Read the answer"), path=_page(reply.statement),
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
        action=_("See both reasons"), path=room(statement.round, "talks_reason_join", statement.token),
    )  # fmt: skip


def _about_replies(subjects: Collection[int]) -> Mapping[int, About]:
    rows = Reply.objects.filter(pk__in=subjects).select_related(f"statement__{TO_INCIDENT}")
    return {row.pk: about(incident_of(row.statement.round), path=_page(row.statement)) for row in rows}


def _about_statements(subjects: Collection[int]) -> Mapping[int, About]:
    rows = Statement.objects.filter(pk__in=subjects).select_related(TO_INCIDENT)
    return {row.pk: about(incident_of(row.round), path=_page(row)) for row in rows}


KINDS = (
    Kind(
        names.STATEMENT_REPLIED, gettext_lazy("Somebody answered your reason"),
        binding=False, recipients=_asked_of_reply, say=_say_replied, about=_about_replies,
    ),
    Kind(
        names.JOIN_PROPOSED, gettext_lazy("The facilitator asks to join two reasons"),
        binding=False, recipients=_author, say=_say_join, about=_about_statements,
    ),
)  # fmt: skip
