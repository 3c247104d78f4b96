"""What people are told when talks begin: who takes part, who organises them, and whose group has said nothing yet."""

import datetime as dt
from collections.abc import Iterable
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.notices import LAST_DAYS, content
from deliberation import rules
from deliberation.models import Clock, DeliberationRound
from deliberation.notices import names
from deliberation.notices.part_takers import (
    about_talks,
    end_of,
    incident_of,
    office_of,
    part_takers,
    places,
    talks,
)
from deliberation.notices.sessions import call_to_plan
from deliberation.room.addresses import desk_of, room_of
from deliberation.states import ClockKind, Convened, DeliberationState
from lastvote.access import Role
from stakeholders.models import Person
from stakeholders.notices.kinds import Content, Kind
from stakeholders.notices.telling import tell_of_ends


def tell_of_ending_statements(now: dt.datetime) -> int:
    """Owe it to everybody who has said nothing that they hear when three days are left; called by each sweep."""
    near = Clock.objects.filter(
        kind=ClockKind.STATEMENTS, stopped_at__isnull=True, due_at__gt=now, due_at__lte=now + LAST_DAYS
    )
    ends = dict(near.order_by("pk").values_list("round", "due_at"))
    return tell_of_ends(names.STATEMENTS_ENDING, ends, LAST_DAYS, now)


CONVENED: dict[tuple[Convened, bool], tuple[Promise, Promise]] = {
    (Convened.CONFLICT, False): (
        gettext_lazy("Groups differ: read why"),
        gettext_lazy("The answers of the groups differ. They now say why, meet, and answer again."),
    ),
    (Convened.CONFLICT, True): (
        gettext_lazy("Groups still differ: read why"),
        gettext_lazy("The answers of the groups still differ. They talk once more, and answer again."),
    ),
    (Convened.REQUEST, False): (
        gettext_lazy("A group asked for talks"),
        gettext_lazy("A group asked for talks. The groups now give their reasons, meet, and answer again."),
    ),
    (Convened.REQUEST, True): (
        gettext_lazy("A group asked for more talks"),
        gettext_lazy("A group asked for another round of talks. The groups talk once more, and answer again."),
    ),
    (Convened.ABSENCE, True): (
        gettext_lazy("More talks, because people are missing"),
        gettext_lazy("People directly affected are no longer counted. The groups talk once more, and answer again."),
    ),
}
"""What is said of talks that begin, by why they were convened and whether that comes again.

People can be counted no longer only after talks over a difference, so talks over their absence are never the first.
"""


def _say_convened(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    one = talks(subject_id)
    if not rules.takes_statements(one, now) or rules.place_in(one, person) is None:
        return None
    subject, sentence = CONVENED[Convened(one.because), _comes_again(one)]
    until = {"when": end_of(one, ClockKind.STATEMENTS)}
    differ = one.because == Convened.CONFLICT
    return content(
        incident_of(one), str(subject), str(sentence), action=_("See where the groups differ"), path=room_of(one),
        until=_("Groups say why they differ until %(when)s.") % until if differ
        else _("Groups can give reasons until %(when)s.") % until,
    )  # fmt: skip


def _comes_again(one: DeliberationRound) -> bool:
    """Whether there were talks before; groups "still" differ only if they differed in those."""
    if one.because == Convened.CONFLICT:
        return one.case.rounds.filter(number__lt=one.number, because=Convened.CONFLICT).exists()
    return one.number > 1


def _silent(subject_id: int, now: dt.datetime) -> Iterable[int]:
    one = talks(subject_id)
    if not rules.takes_statements(one, now):
        return ()
    spoke = set(one.statements.values_list("person_id", flat=True))
    return [person for person in places(one) if person not in spoke]


def _say_ending(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    one = talks(subject_id)
    gone = one.statements.filter(person=person).exists() or rules.place_in(one, person) is None
    if gone or not rules.takes_statements(one, now):
        return None
    return content(
        incident_of(one), _("Last 3 days to give a reason"),
        _("You have not given a reason yet. A group that says nothing is recorded as silent."),
        action=_("Say why your group weighs as it does"), path=room_of(one, "assessment_talks_reason_new"),
        until=_("You can do so until %(when)s.") % {"when": end_of(one, ClockKind.STATEMENTS)},
    )  # fmt: skip


def _organisers(subject_id: int, now: dt.datetime) -> Iterable[int]:
    one = talks(subject_id)
    over = one.state not in (DeliberationState.STATEMENTS, DeliberationState.SESSION)
    return () if over or one.sessions.exists() else office_of(one.case, (Role.SECRETARIAT,), now)


def _say_to_prepare(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    if person.pk not in _organisers(subject_id, now):
        return None
    why = _("A round of talks has begun. Its groups meet after they have given their reasons.")
    return call_to_plan(talks(subject_id), _("Plan a session of the groups"), why)


KINDS = (
    Kind(
        names.TALKS_CONVENED, gettext_lazy("A round of talks begins"),
        binding=True, recipients=part_takers, say=_say_convened, about=partial(about_talks, room_of),
    ),
    Kind(
        names.TALKS_TO_PREPARE, gettext_lazy("A session of talks has to be planned"),
        binding=True, recipients=_organisers, say=_say_to_prepare, about=partial(about_talks, desk_of),
    ),
    Kind(
        names.STATEMENTS_ENDING, gettext_lazy("Three days are left to give a reason"),
        binding=True, recipients=_silent, say=_say_ending, about=partial(about_talks, room_of),
    ),
)  # fmt: skip
