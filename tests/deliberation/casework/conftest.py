"""What the tests of the desk's records share: a town, its secretary at the desk, and a case with evidence."""

import pytest

from lastvote.access import Role
from tests import factories as make
from tests.deliberation import world as w
from tests.keeping import copied, kept

built = kept(lambda: make.make_town(size=1))


@pytest.fixture
def town(built, db):
    return copied(built)


@pytest.fixture
def secretary(town):
    return w.visitor(town.staff[Role.SECRETARIAT])


@pytest.fixture
def incident(town):
    return make.make_incident(town)


@pytest.fixture
def item(incident):
    return incident.evidence.get()
