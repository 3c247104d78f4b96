"""A drawing says in words and in a table what it shows."""

from playwright.sync_api import Page

from tests.browser.checks.scripts import script


def charts(page: Page) -> list[str]:
    """Compare every drawing with its name and its table."""
    return page.evaluate(script("charts"))
