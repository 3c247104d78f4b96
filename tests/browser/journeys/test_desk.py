"""The secretariat and the chair run a round together."""

import datetime as dt

import pytest

from tests.browser.journeys.acting import follow, press, reads, title

pytestmark = pytest.mark.browser


def day(town, later):
    """Return a day some days after the world's own, as people write it."""
    when = dt.datetime.fromisoformat(town["now"]) + dt.timedelta(days=later)
    return f"{when:%-d %B %Y}"


def test_a_round_is_announced_by_two_people(site, visit):
    town = site.ask("/_test/town/", state="rated", size=1)
    with visit(town, "secretariat") as page:
        page.goto(f"{town['place']}desk/?mine")
        follow(page, "Housing chatbot")
        follow(page, "Propose a round")
        page.locator("[name=opens_at]").fill(day(town, 10))
        page.locator("[name=closes_at]").fill(day(town, 30))
        press(page, "Continue")
        press(page, "Propose this round")
        assert "You proposed this, so somebody else must confirm it." in reads(page)
    with visit(town, "chair") as page:
        page.goto(town["desk"])
        follow(page, "Read and confirm")
        press(page, "Confirm")
        assert "Round 1: Announced" in reads(page)


def test_a_round_gets_more_time_once(site, visit):
    town = site.ask("/_test/town/", size=1)
    with visit(town, "secretariat") as page:
        page.goto(town["desk"])
        follow(page, "Give the round more time")
        page.locator("[name=closes_at]").fill(day(town, 26))
        page.locator("[name=reason]").fill("Two groups asked for it.")
        press(page, "Continue")
        press(page, "Give the round more time")
        assert f"{day(town, 26)}" in reads(page)
        assert page.get_by_role("main").get_by_role("link", name="Give the round more time").count() == 0


def test_a_round_is_closed_early_and_its_score_published(site, visit):
    town = site.ask("/_test/town/", answered=True)
    with visit(town, "secretariat") as page:
        page.goto(town["desk"])
        follow(page, "Propose to close the round early")
        page.locator("[name=reason]").fill("Everybody has answered.")
        press(page, "Continue")
        press(page, "Propose to close the round")
    with visit(town, "chair") as page:
        page.goto(town["desk"])
        follow(page, "Read and confirm")
        press(page, "Confirm")
        assert "Round 1: Closed, being counted" in reads(page)
        site.ask("/_test/sweep/", now="")
        page.goto(town["desk"])
        assert "Round 1: Published" in reads(page)
    with visit(town) as page:
        page.goto(town["case"])
        assert page.locator("svg.strip").count() == 1
        follow(page, "How we worked this out")
        assert title(page) == "How we worked this out"
