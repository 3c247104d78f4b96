"""Where helpers print a sheet for somebody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import PaperSheet
from stakeholders.models import Person
from tests import factories as make
from tests.assessments.paper.pages import (
    address,
    browser,
)
from tests.assessments.weighers import soup, summary


def test_a_helper_prints_for_a_person_without_an_account(town, open_round, printer, person):
    Person.objects.filter(pk=person.pk).update(account=None)
    page = browser(printer).post(address(open_round, "paper_print"), {"name": " member C0", "group": "C"})
    assert (page.status_code, PaperSheet.objects.get().roll_entry.person) == (200, person)
    assert person.name not in page.content.decode()


@pytest.mark.parametrize("typed_in", [{"name": "Nobody", "group": "C"}, {"name": "Member C0", "group": "D"}])
def test_whoever_is_not_found_gets_one_sentence(open_round, printer, typed_in):
    page = browser(printer).post(address(open_round, "paper_print"), typed_in)
    sentence = "We do not find exactly one person of this name in this group. Ask for name and group again."
    assert (page.status_code, summary(page)) == (422, [("#id_name", sentence)])
    assert soup(page).select_one("#id_name")["value"] == typed_in["name"]


def test_an_empty_form_asks_for_name_and_group(open_round, printer):
    page = browser(printer).post(address(open_round, "paper_print"), {})
    assert summary(page) == [("#id_name", "Enter the full name"), ("#id_group_0", "Choose the group")]


def test_names_are_not_tried_without_end(open_round, printer, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "paper_name": "2/h/user"}
    visitor = browser(printer)
    answers = [
        visitor.post(address(open_round, "paper_print"), {"name": "Nobody", "group": "C"}).status_code
        for _time in range(3)
    ]
    assert answers == [422, 422, 429]


def test_finding_somebody_asks_the_same_in_a_small_group_and_a_large_one(town, open_round, printer):
    visitor = browser(printer)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            visitor.post(address(open_round, "paper_print"), {"name": "Nobody", "group": "C"})
        return len(queries)

    few = asked()
    for number in range(10, 20):
        person = make.add_member(town.jurisdiction, town.groups["C"], number)
        open_round.roll.create(group=town.groups["C"], person=person)
    assert asked() == few
