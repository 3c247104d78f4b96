"""A kept world is as new for every test."""

import pytest

from stakeholders.models import Jurisdiction, Person
from tests import factories as make
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
built = kept(lambda: make.make_town(size=1))


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_one_test_changes_the_other_does_not_see(built, turn):
    town = copied(built)
    found = Jurisdiction.objects.get()
    assert (found.slug, town.jurisdiction.slug, len(town.members["A"])) == ("testville", "testville", 1)
    assert Person.objects.filter(name="Member A9").count() == 0

    town.jurisdiction.slug = "renamed"
    town.jurisdiction.save()
    town.members["A"].append(make.add_member(town.jurisdiction, town.groups["A"], 9))
    assert (Jurisdiction.objects.get().slug, Person.objects.filter(name="Member A9").count()) == ("renamed", 1)


def test_copies_belong_together(built):
    town = copied(built)
    assert town.groups["A"].jurisdiction is town.jurisdiction
    assert town.groups["A"] == built.groups["A"]
    assert town.groups["A"] is not built.groups["A"]
