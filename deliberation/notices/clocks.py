"""What those are told who keep the time: half, four fifths, all of a term has passed."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from functools import partial

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.notices import about, content
from deliberation.models import Clock
from deliberation.notices import names
from deliberation.notices.part_takers import keeping_time
from deliberation.room.addresses import desk_of
from deliberation.terms import WARNED_AT, warnings_between
from lastvote.web import deadlines
from stakeholders.models import Person
from stakeholders.notices.kinds import About, Content, Kind
from stakeholders.notices.telling import tell

RUNS_OR_RAN_OUT = Q(stopped_at__isnull=True) | Q(stopped_at__gte=F("due_at"))
ALL_OF_IT = max(WARNED_AT)
TO_INCIDENT = "case__assessment__incident__jurisdiction"


def warn_of_clocks(now: dt.datetime) -> int:
    """Owe a warning for each clock of which another share has passed; two sweeps at once owe one.

    The step that is due at the end may have stopped the clock before anybody was told that its time is over.
    """
    clocks = Clock.objects.filter(RUNS_OR_RAN_OUT, warned__lt=ALL_OF_IT).order_by("due_at", "pk")
    return sum(_warn_of(clock, now) for clock in clocks)


def _warn_of(clock: Clock, now: dt.datetime) -> bool:
    share = warnings_between(clock.started_at, clock.due_at, after=clock.warned, now=now)
    if share == clock.warned:
        return False
    with transaction.atomic():
        mine = Clock.objects.filter(RUNS_OR_RAN_OUT, pk=clock.pk, warned=clock.warned).update(warned=share)
        return bool(mine) and tell(f"{names.CLOCK}{share}", clock.pk, now)


def _clock(subject_id: int) -> Clock:
    return Clock.objects.select_related(TO_INCIDENT, f"round__{TO_INCIDENT}").get(pk=subject_id)


def _page(clock: Clock) -> str:
    """Return where the talks are for which the clock runs; one that runs for all of them leads to the newest."""
    if clock.round is not None:
        return desk_of(clock.round)
    incident = clock.case.assessment.incident
    return reverse("desk_talks_newest", args=[incident.jurisdiction.slug, incident.reference])


def _keeping_time(share: int, subject_id: int, now: dt.datetime) -> Iterable[int]:
    """Return who keeps the time; a share of a clock that has stopped says nothing, but that it ran out does."""
    clock = _clock(subject_id)
    return keeping_time(clock.case, now) if clock.running or share == ALL_OF_IT else ()


def _say_share(share: int, subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    clock = _clock(subject_id)
    if person.pk not in _keeping_time(share, subject_id, now):
        return None
    incident = clock.case.assessment.incident
    words = {
        "share": share,
        "what": clock.get_kind_display(),
        "when": deadlines.told(clock.due_at, incident.jurisdiction.zone),
    }
    return content(
        incident, _("%(share)s%% of the time has passed") % words, _("What runs: %(what)s") % words,
        action=_("See the talks at the desk"), path=_page(clock),
        until=(_("It ended at %(when)s.") if share == ALL_OF_IT else _("It ends at %(when)s.")) % words,
    )  # fmt: skip


def _about(subjects: Collection[int]) -> Mapping[int, About]:
    rows = Clock.objects.filter(pk__in=subjects).select_related(TO_INCIDENT, f"round__{TO_INCIDENT}")
    return {row.pk: about(row.case.assessment.incident, path=_page(row)) for row in rows}


KINDS = tuple(
    Kind(
        f"{names.CLOCK}{share}", gettext_lazy("Much of a term has passed"),
        binding=True, recipients=partial(_keeping_time, share), say=partial(_say_share, share), about=_about,
    )
    for share in WARNED_AT
)  # fmt: skip
