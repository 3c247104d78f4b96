"""What the tests of the weight form share."""

import datetime as dt

import pytest
import time_machine

from assessments.states import SchemeName
from tests import factories
from tests.assessments.weighers import Weigher
from tests.keeping import copied


@pytest.fixture
def clock():
    """The last day of the small world rounds: a session begun now outlives them."""
    with time_machine.travel(factories.NOW + 20 * factories.DAY + dt.timedelta(hours=2), tick=False) as traveller:
        yield traveller


@pytest.fixture
def own_world(built, db, clock):
    """This test's copy of what the file keeps: a town and its open round."""
    return copied(built)


@pytest.fixture
def town(own_world):
    return own_world[0]


@pytest.fixture
def open_round(own_world):
    return own_world[1]


@pytest.fixture
def open_seven(town):
    return factories.open_round(town, factories.make_assessment(town, scheme=SchemeName.TAXONOMY))


@pytest.fixture
def weigher(town, open_round):
    return Weigher(open_round, town.members["C"][0])


@pytest.fixture
def seven(town, open_seven):
    return Weigher(open_seven, town.members["C"][0])
