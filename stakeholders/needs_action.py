"""What waits for one person, worked out from how things stand now. Upper apps register here, each for its own part.

Every page shows how much it is, so sources ask only for what the roles of the person can mean to them.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from lastvote.access import ROLE_PERMISSIONS, Permission, Role
from lastvote.clock import local_date
from stakeholders.models import Person, RoleGrant
from stakeholders.reads import in_force
from stakeholders.states import RoleScope


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, about which case, where, and until when if that is fixed."""

    words: str
    about: str
    url: str
    until: dt.datetime | None = None


@dataclass(frozen=True)
class Asker:
    """Somebody who asks what waits for them: now, today in their place, and with the offices they hold today."""

    person: Person
    now: dt.datetime
    today: dt.date
    grants: tuple[RoleGrant, ...]

    def holds(self, permission: Permission) -> bool:
        """Whether an office of the person includes this, for the whole place or for one assessment."""
        return any(permission in ROLE_PERMISSIONS[Role(one.role)] for one in self.grants)

    def may(self, permission: Permission, assessment_id: int | None = None) -> bool:
        """Whether an office of the person includes this for the whole place, or for this assessment."""
        return any(
            permission in ROLE_PERMISSIONS[Role(one.role)]
            for one in self.grants
            if one.scope == RoleScope.JURISDICTION
            or (one.scope == RoleScope.ASSESSMENT and one.scope_id == assessment_id)
        )


def asker(person: Person, now: dt.datetime) -> Asker:
    """Return the person with the offices they hold; one query."""
    today = local_date(now, person.jurisdiction.zone)
    return Asker(person, now, today, tuple(person.role_grants.filter(in_force(today)).order_by("pk")))


Source = Callable[[Asker], list[Waiting]]

_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Have ``source`` asked for everybody. Registering twice changes nothing."""
    if source not in _sources:
        _sources.append(source)


def waiting_for(person: Person, now: dt.datetime) -> list[Waiting]:
    """Return what waits for the person: what ends first first, then what has no end."""
    who = asker(person, now)
    found = [row for source in _sources for row in source(who)]
    return sorted(found, key=lambda row: (row.until is None, row.until or now))
