"""What those are told who keep the time: half, four fifths, all of a term has passed."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.notices import about, content
from deliberation.models import Clock
from deliberation.notices import names
from deliberation.notices.part_takers import keeping_time
from deliberation.terms import WARNED_AT, warnings_between
from lastvote.web import deadlines
from stakeholders.models import Person
from stakeholders.notices.kinds import About, Content, Kind
from stakeholders.notices.telling import tell

TO_INCIDENT = "case__assessment__incident__jurisdiction"


def warn_of_clocks(now: dt.datetime) -> int:
    """Owe a warning for each clock of which another share has passed; two sweeps at once owe one."""
    running = Clock.objects.filter(stopped_at__isnull=True, warned__lt=max(WARNED_AT)).order_by("due_at", "pk")
    return sum(_warn_of(clock, now) for clock in running)


def _warn_of(clock: Clock, now: dt.datetime) -> bool:
    share = warnings_between(clock.started_at, clock.due_at, after=clock.warned, now=now)
    if share == clock.warned:
        return False
    with transaction.atomic():
        mine = Clock.objects.filter(pk=clock.pk, warned=clock.warned, stopped_at__isnull=True).update(warned=share)
        return bool(mine) and tell(f"{names.CLOCK}{share}", clock.pk, now)


def _clock(subject_id: int) -> Clock:
    return Clock.objects.select_related(TO_INCIDENT).get(pk=subject_id)


def _keeping_time(subject_id: int, now: dt.datetime) -> Iterable[int]:
    clock = _clock(subject_id)
    return keeping_time(clock.case, now) if clock.running else ()


def _say_share(share: int, subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    clock = _clock(subject_id)
    if not clock.running or person.pk not in keeping_time(clock.case, now):
        return None
    incident = clock.case.assessment.incident
    words = {
        "share": share,
        "what": clock.get_kind_display(),
        "when": deadlines.told(clock.due_at, incident.jurisdiction.zone),
    }
    return content(
        incident, _("%(share)s%% of the time has passed") % words, _("What runs: %(what)s") % words,
        action=_("See the talks at the desk"), page="desk_talks", until=_("It ends at %(when)s.") % words,
    )  # fmt: skip


def _about(subjects: Collection[int]) -> Mapping[int, About]:
    rows = Clock.objects.filter(pk__in=subjects).select_related(TO_INCIDENT)
    return {row.pk: about(row.case.assessment.incident, "desk_talks") for row in rows}


KINDS = tuple(
    Kind(
        f"{names.CLOCK}{share}", gettext_lazy("Much of a term has passed"),
        binding=True, recipients=_keeping_time, say=partial(_say_share, share), about=_about,
    )
    for share in WARNED_AT
)  # fmt: skip
