"""Small worlds for tests: a jurisdiction, its groups, its people."""

import datetime as dt

from lastvote.access import Role
from lastvote.texts import text
from stakeholders.actions import add_group, add_person, found_jurisdiction, grant_role, join_group
from stakeholders.models import Group, Jurisdiction, Person

NOW = dt.datetime(2027, 6, 1, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()


def a_jurisdiction(slug="northbrook", code="NB", *, now=NOW, synthetic=True) -> Jurisdiction:
    return found_jurisdiction(
        code=code,
        slug=slug,
        name=text(slug.capitalize()),
        purpose=text("Reviews of AI systems."),
        timezone="Europe/Lisbon",
        languages=["en"],
        roadmap_start=dt.date(2027, 1, 1),
        contact_email="reviews@northbrook.example",
        synthetic=synthetic,
        now=now,
    )


def a_group(jurisdiction, order=1, *, code=None, label=None, now=NOW, **kinds) -> Group:
    return add_group(
        jurisdiction=jurisdiction,
        code=code or f"g{order}",
        position_order=order,
        name=text(f"Group {order}"),
        description=text("Who they are."),
        label=label or f"G{order}",
        slot=order,
        now=now,
        **kinds,
    )


def a_person(jurisdiction, name="Ana", *, email=None, password=None, synthetic=True, now=NOW) -> Person:
    person = add_person(jurisdiction=jurisdiction, name=name, email=email, synthetic=synthetic, now=now)
    if password:
        person.account.set_password(password)
        person.account.save()
    return person


def a_member(jurisdiction, group, name="Ana", *, now=NOW, **account) -> Person:
    person = a_person(jurisdiction, name, now=now, **account)
    join_group(person=person, group=group, valid_from=now.date(), now=now)
    return person


def found_role(person, role: Role, *, now=NOW):
    """A grant as a new jurisdiction makes its first ones."""
    return grant_role(
        person=person, role=role, valid_from=now.date(), proposed_by=None, confirmed_by=None, founding=True, now=now
    )
