"""Where a page lives and who may open it."""

import pytest

from stakeholders.actions import erase_person
from stakeholders.converters import JurisdictionSlug
from stakeholders.states import RESERVED_SLUGS
from tests.stakeholders.asking import by_password, shown, who
from tests.stakeholders.makers import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.stakeholders.urls")]


def test_page_knows_its_jurisdiction_and_person(client, town):
    assert client.get("/northbrook/").content == b"northbrook visitor"
    by_password(client, "ana@demo.example")
    assert client.get("/northbrook/").content == b"northbrook Ana"


@pytest.mark.parametrize("slug", ["eastbrook", "Northbrook", "nb", "north_brook", "northbrook%20"])
def test_unknown_address_is_not_found(client, town, slug):
    assert client.get(f"/{slug}/").status_code == 404


@pytest.mark.parametrize("slug", RESERVED_SLUGS)
def test_first_segments_of_the_site_are_never_a_jurisdiction(slug):
    with pytest.raises(ValueError, match=slug):
        JurisdictionSlug().to_python(slug)


def test_rest_of_the_address_reaches_the_view(client, town):
    by_password(client, "ana@demo.example")
    assert client.get("/northbrook/mine/7/").content == b"GET Ana 7 "


def test_visitor_is_led_to_sign_in_with_the_way_back(client, town):
    response = client.get("/northbrook/mine/?page=2")
    assert response["Location"] == "/sign-in/?next=%2Fnorthbrook%2Fmine%2F%3Fpage%3D2"


def test_account_that_is_nobody_here_gets_a_page_that_says_so(client, town):
    by_password(client, "dan@demo.example")
    response = client.get("/northbrook/mine/")
    assert response.status_code == 403
    assert "You do not take part here" in shown(response)
    assert "dan@demo.example" in shown(response)


def test_person_of_another_jurisdiction_is_a_visitor_here(client, town):
    by_password(client, "dan@demo.example")
    assert (who(client), who(client, "southbrook")) == ("visitor", "Dan")


def test_member_without_the_role_may_not_open_the_desk(client, town):
    by_password(client, "ana@demo.example")
    assert client.get("/northbrook/desk/").status_code == 403


def test_role_of_one_jurisdiction_opens_no_desk_of_another(client, town):
    by_password(client, "sam@demo.example")
    assert client.get("/northbrook/desk/").content == b"desk"
    assert client.get("/southbrook/desk/").status_code == 403


def test_erased_person_is_signed_out_at_once(client, town):
    by_password(client, "ana@demo.example")
    erase_person(person=town.ana, by=town.sam, now=NOW)
    assert who(client) == "visitor"
