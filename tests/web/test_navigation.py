"""The links of every page."""

import pytest
from bs4 import BeautifulSoup
from django.test import override_settings

PLACES = ["/northbrook/home/", "/northbrook/cases/", "/northbrook/lines/"]


@pytest.fixture
def page(client):
    def get(url):
        with override_settings(ROOT_URLCONF="tests.web.pages"):
            return BeautifulSoup(client.get(url).content, "html.parser")

    return get


def words_of(tags):
    return [tag.text.strip() for tag in tags]


def test_main_links_and_where_one_is(page):
    nav = page("/northbrook/cases/").find("nav", attrs={"aria-label": "Main"})
    assert words_of(nav.find_all("a")) == ["Cases", "Lines in force", "How it works", "Words we use"]
    assert [(link.text, link["aria-current"]) for link in nav.select("[aria-current]")] == [("Cases", "page")]


def test_desk_is_shown_to_those_who_may_read_it(page):
    nav = page("/northbrook/cases/?desk").find("nav", attrs={"aria-label": "Main"})
    assert words_of(nav.find_all("a"))[-1] == "Desk"


@pytest.mark.parametrize("url", [*PLACES, "/sample/", "/nowhere/"])
def test_help_is_the_first_link_after_the_name_on_every_page(page, url):
    assert page(url).select_one(".site-head-top ul a").text == "Help"


def test_help_leads_to_the_place_one_is_in(page):
    assert page("/northbrook/lines/").select_one(".site-head-top ul a")["href"] == "/northbrook/contact/"
    assert page("/sample/").select_one(".site-head-top ul a")["href"] == "/help/"


@pytest.mark.parametrize(("demo", "links"), [(True, ["Help", "Demo people", "Sign in"]), (False, ["Help", "Sign in"])])
def test_demo_link_only_in_demo_mode(page, demo, links):
    with override_settings(DEMO=demo):
        assert words_of(page("/sample/").select(".site-head-top ul a")) == links


@pytest.mark.parametrize(("slug", "banners"), [("northbrook", 1), ("elsewhere", 0)])
def test_made_up_places_say_so_on_every_page(page, slug, banners):
    assert len(page(f"/{slug}/cases/").select(".synthetic")) == banners


def test_back_link_is_a_landmark_of_its_own(page):
    nav = page("/northbrook/cases/").find("nav", attrs={"aria-label": "Previous page"})
    assert (nav.a.text, nav.a["href"]) == ("Back", "/")


def test_title_names_the_place(page):
    assert page("/northbrook/cases/").title.text.split() == ["Place", "–", "Northbrook"]


def test_help_page_is_there_for_everybody(page):
    assert page("/help/").h1.text == "Help"
