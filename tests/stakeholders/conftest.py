"""A clean count of tries, and one jurisdiction with a member and an office."""

from types import SimpleNamespace

import pytest
import time_machine
from django.core.cache import cache

from lastvote.access import Role
from tests.stakeholders.makers import NOW, a_group, a_jurisdiction, a_member, a_person, found_role

PASSWORD = "four plain words together"


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def clock():
    """Time stands still at NOW until it is moved."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def town(db, clock):
    jurisdiction = a_jurisdiction()
    group = a_group(jurisdiction)
    ana = a_member(jurisdiction, group, "Ana", email="ana@demo.example", password=PASSWORD)
    bea = a_member(jurisdiction, group, "Bea", email="bea@demo.example")
    sam = a_person(jurisdiction, "Sam", email="sam@demo.example", password=PASSWORD)
    cho = a_person(jurisdiction, "Cho", email="cho@demo.example", password=PASSWORD)
    found_role(sam, Role.SECRETARIAT)
    found_role(cho, Role.CHAIR)
    elsewhere = a_jurisdiction("southbrook", "SB")
    dan = a_member(elsewhere, a_group(elsewhere), "Dan", email="dan@demo.example", password=PASSWORD)
    return SimpleNamespace(
        here=jurisdiction, group=group, ana=ana, bea=bea, sam=sam, cho=cho, elsewhere=elsewhere, dan=dan
    )
