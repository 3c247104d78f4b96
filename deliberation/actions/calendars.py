"""Adopting a calendar of public holidays. Two people stand behind it; open terms are counted anew for all to see."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from deliberation import calendars
from deliberation.actions.timing import recount_open_talks
from deliberation.models import WorkCalendar
from lastvote.access import Permission
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.texts import Text
from lastvote.transactions import locking
from stakeholders.models import Jurisdiction, Person
from stakeholders.rules import require

YEARS_AHEAD = 5


def adopt_calendar(
    *, jurisdiction: Jurisdiction, country: str, part: str, reason: Text, proposed_by: Person, adopted_by: Person,
    now: dt.datetime,
) -> WorkCalendar:  # fmt: skip
    """Take the public holidays of a country, or of a part of it, as the next version of a place's calendar.

    The same days once more make no new version. Refuses a place that the library does not know, one person in both
    parts, and people without the right. Records ``calendar.adopted``, and on each open case how its days moved.
    """
    today = now.astimezone(jurisdiction.zone).date()
    require(proposed_by, Permission.PROPOSE_POLICY, on=today)
    require(adopted_by, Permission.CONFIRM_POLICY, on=today)
    if proposed_by == adopted_by:
        raise Refused("second_person_required", _("A second person must adopt the calendar."), status=409)
    places = calendars.known_places()
    if country not in places or (part and part not in places[country]):
        raise Refused("unknown_place", _("The library of public holidays does not know this place."))
    days = calendars.public_holidays(country, part, range(today.year - 1, today.year + YEARS_AHEAD + 1))
    weekend = list(calendars.WEEKEND)
    with locking():
        Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        newest = calendars.calendar_in_force(jurisdiction)
        sha256 = calendars.calendar_digest(days, weekend)
        if newest is not None and newest.sha256 == sha256:
            return newest
        calendar = WorkCalendar.objects.create(
            jurisdiction=jurisdiction,
            number=(newest.number if newest else 0) + 1,
            source=calendars.source_of(country, part),
            holidays=days,
            weekend=weekend,
            sha256=sha256,
            reason=reason,
            adopted_by=adopted_by,
            adopted_at=now,
            created_at=now,
        )
        recounted = recount_open_talks(jurisdiction=jurisdiction, calendar_id=calendar.pk, now=now)
        record(
            kind="calendar.adopted",
            subject="calendar",
            subject_id=calendar.pk,
            jurisdiction_id=jurisdiction.pk,
            actor_id=adopted_by.pk,
            acting_as="chair",
            now=now,
            facts={"number": calendar.number, "sha256": sha256, "recounted": recounted},
        )
    return calendar
