"""What the tests of paper share: a town whose round is open, two helpers, and a sheet that one of them printed."""

import pytest
from django.core.cache import cache

from tests import factories as make
from tests.assessments.paper_world import helper, printed
from tests.keeping import kept


def build():
    town = make.make_town(size=3, codes=("A", "C", "D"))
    return town, make.open_round(town), helper(town, "Printing Helper"), helper(town, "Typing Helper")


built = kept(build)


@pytest.fixture(autouse=True)
def _no_tries_counted():
    cache.clear()


@pytest.fixture
def printer(own_world):
    return own_world[2]


@pytest.fixture
def typist(own_world):
    return own_world[3]


@pytest.fixture
def person(town):
    return town.members["C"][0]


@pytest.fixture
def sheet(open_round, person, printer):
    return printed(open_round, person, printer)
