"""What every page has, and what none may have."""

from playwright.sync_api import Page

from tests.browser.checks.scripts import script


def structure(page: Page) -> list[str]:
    """Look for the one heading, the landmarks, the help link in its place, and for what the house does not use."""
    return page.evaluate(script("looking"))
