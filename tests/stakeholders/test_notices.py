"""Turning mail off and on from a mail: reading changes nothing, sending does, for oneself alone."""

import pytest
from django.core import signing
from django.test import Client

from stakeholders import actions as people
from stakeholders.models import PaceChoice
from stakeholders.notices import choices
from stakeholders.states import NoticePace

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.stakeholders.urls")]


@pytest.fixture
def address(town):
    return choices.off_path(town.ana)


def test_reading_the_page_three_times_changes_nothing(town, address):
    client = Client()
    for method in (client.get, client.head, client.get):
        assert method(address).status_code == 200
    assert not PaceChoice.objects.exists()
    assert set(choices.all_paces_of(town.ana).values()) == {NoticePace.AT_ONCE}


def test_the_button_and_a_mail_program_turn_it_off_without_signing_in(town, address):
    page = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert (page.status_code, set(choices.all_paces_of(town.ana).values())) == (200, {NoticePace.OFF})
    assert "You get no more of these emails" in page.content.decode()
    assert Client().post(address).status_code == 200
    assert not choices.hears_nothing(town.bea)


def test_the_same_page_turns_it_on_again(town, address):
    client = Client()
    client.post(address)
    assert "Get all these emails again" in client.get(address).content.decode()
    assert choices.hears_nothing(town.ana)
    page = client.post(address, {"again": "1"})
    assert "You get these emails again" in page.content.decode()
    assert set(choices.all_paces_of(town.ana).values()) == {NoticePace.AT_ONCE}
    assert "Stop these emails?" in client.get(address).content.decode()


def test_the_page_tells_nobody_whose_address_it_is(town, address):
    page = Client().get(address).content.decode()
    assert [one for one in ("Ana", "ana@demo.example") if one in page] == []


def test_an_address_that_was_made_up_belongs_elsewhere_or_to_nobody_is_not_found(town, address):
    made_up = [
        address[:-2] + "x/",
        address.replace(town.here.slug, town.elsewhere.slug),
        f"/{town.here.slug}/you/notices/off/{signing.dumps(town.ana.pk, salt='another use')}/",
    ]
    for one in made_up:
        assert (Client().get(one).status_code, Client().post(one).status_code) == (404, 404)
    people.erase_person(person=town.ana, by=None, now=town.here.created_at)
    assert Client().post(address).status_code == 404
    assert not PaceChoice.objects.exists()
