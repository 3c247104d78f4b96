"""Signing in by password and by a mailed code, and coming to where one wanted to go."""

import re

import pytest

from tests.browser.journeys.acting import press, title

pytestmark = pytest.mark.browser


def wanted(page, town):
    """Ask for a page that only members see."""
    page.goto(town["case"] + "weigh/")
    assert title(page) == "Sign in"
    page.locator("[name=email]").fill(town["email"])


def test_by_password(site, visit):
    town = site.ask("/_test/town/", size=1)
    with visit(town) as page:
        wanted(page, town)
        page.locator("[name=password]").fill(town["password"])
        press(page, "Sign in")
        assert title(page) == "Say what matters most"
        with page.expect_navigation():
            page.get_by_role("banner").get_by_role("button", name="Sign out").click()
        page.goto(town["case"] + "weigh/")
        assert title(page) == "Sign in"


def test_by_mailed_code(site, visit):
    town = site.ask("/_test/town/", size=1)
    with visit(town) as page:
        wanted(page, town)
        press(page, "Email me a code")
        mail = site.ask(f"/_test/mail/?to={town['email']}")["mail"][-1]
        code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail["text"], re.MULTILINE)[1]
        page.locator("[name=code]").fill(code.lower())
        press(page, "Sign in")
        assert title(page) == "Say what matters most"


def test_a_wrong_password_is_said_and_a_code_still_works(site, visit):
    town = site.ask("/_test/town/", size=1)
    with visit(town) as page:
        wanted(page, town)
        page.locator("[name=password]").fill("not this one")
        press(page, "Sign in")
        assert page.title().startswith("Error:")
        assert page.locator("[name=email]").input_value() == town["email"]
        press(page, "Email me a code")
        assert title(page) == "Type the code we sent"
