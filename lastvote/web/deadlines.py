"""How an instant and the time left until it are told to people."""

import datetime as dt
import zoneinfo

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

MIDDAY = 12


def told(when: dt.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """Return for example "5pm on Thursday 30 June 2027 (Lisbon time)"."""
    local = when.astimezone(zone)
    words = {"time": clock_time(local.time()), "date": date_format(local, "l j F Y"), "place": place(zone)}
    if not words["place"]:
        return gettext("%(time)s on %(date)s (world time, UTC)") % words
    return gettext("%(time)s on %(date)s (%(place)s time)") % words


def clock_time(time: dt.time) -> str:
    """Return a time of day as people say it: "5pm", "5:30pm", "midday", "midnight"."""
    if time.minute == 0 and time.hour in {0, MIDDAY}:
        return gettext("midday") if time.hour else gettext("midnight")
    words = {"hour": (time.hour - 1) % 12 + 1, "minute": f"{time.minute:02d}"}
    if time.minute:
        return (gettext("%(hour)s:%(minute)spm") if time.hour >= MIDDAY else gettext("%(hour)s:%(minute)sam")) % words
    return (gettext("%(hour)spm") if time.hour >= MIDDAY else gettext("%(hour)sam")) % words


def place(zone: zoneinfo.ZoneInfo) -> str:
    """Return the city that names the zone, or nothing for UTC."""
    name = zone.key.rpartition("/")[2].replace("_", " ")
    return "" if name in {"UTC", "GMT", "Zulu"} else name


def left(when: dt.datetime, now: dt.datetime) -> str:
    """Return how long is left, in whole days, then whole hours."""
    remaining = when - now
    hours = int(remaining.total_seconds() // 3600)
    if remaining <= dt.timedelta(0):
        return gettext("this time has passed")
    if remaining.days:
        return ngettext("%(count)s day left", "%(count)s days left", remaining.days) % {"count": remaining.days}
    if hours:
        return ngettext("%(count)s hour left", "%(count)s hours left", hours) % {"count": hours}
    return gettext("less than an hour left")
