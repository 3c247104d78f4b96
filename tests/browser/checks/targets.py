"""Things to press are large enough for a thumb."""

from playwright.sync_api import Page

from tests.browser.checks.scripts import script


def small_targets(page: Page) -> list[str]:
    """Return what is smaller than 24 by 24, but for links inside a sentence; and controls lower than 44."""
    return page.evaluate(script("measuring"))
