"""Going through a page with the Tab key alone."""

from playwright.sync_api import Page

from tests.browser.checks.scripts import script

MOST_STOPS = 400


def walk(page: Page) -> list[str]:
    """Press Tab from the top to the end; each stop must be seen, ringed, and come in the order of the page."""
    expected = page.evaluate(script("tab_start"))
    problems: list[str] = []
    reached = 0
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate(script("tab_stop"))
        if found is None:
            break
        reached += 1
        problems += found
    if reached != expected:
        problems.append(f"Tab stops at {reached} places, but there are {expected}")
    return problems


def skip(page: Page) -> list[str]:
    """Use the skip link."""
    page.evaluate("document.activeElement.blur()")
    page.locator("a.skip-link").focus()
    page.keyboard.press("Enter")
    reached = page.evaluate("document.activeElement.id")
    return [] if reached == "main" else [f"the skip link leads to '{reached}'"]
