"""Going through a page with the Tab key alone."""

from playwright.sync_api import Page

from tests.browser.checks.scripts import script


def walk(page: Page) -> list[str]:
    """Press Tab from the top to the end; each stop must be seen, ringed, and come in the order of the page.

    The page itself looks at each stop as the key comes up: asking it from here would take as long again.
    """
    page.evaluate(f"window.testStop = {script('tab_stop')}")
    expected = page.evaluate(script("tab_start"))
    for _stop in range(expected + 1):
        page.keyboard.press("Tab")
    reached, problems = page.evaluate("[window.testStops.length, window.testStops.flat()]")
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
