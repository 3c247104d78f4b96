"""A form that could not be used says so at the top, beside the field, and to a screen reader, in the same words."""

from contextlib import suppress

from playwright.sync_api import Error, Page

from tests.browser.checks.scripts import script

FOCUS_WITHIN = 2_000
"""Milliseconds."""


def kept(page: Page, fields: tuple[tuple[str, str], ...]) -> list[str]:
    """Compare what stands in fields with what was typed."""
    found = {name: page.locator(f"main [name={name}]").input_value() for name, _typed in fields}
    return [f"{name} now says '{found[name][:40]}'" for name, typed in fields if found[name] != typed]


def error_summary(page: Page) -> list[str]:
    """Compare the summary with the fields, and follow each of its links."""
    _wait_for_the_focus(page)
    problems = page.evaluate(script("errors"))
    for link in page.locator(".error-summary a").all():
        link.click()
        target = (link.get_attribute("href") or "").removeprefix("#")
        if (reached := page.evaluate("document.activeElement.id")) != target:
            problems.append(f"the link to {target} moves the focus to '{reached}'")
    return problems


def _wait_for_the_focus(page: Page) -> None:
    """The browser obeys ``autofocus`` when it first paints, which may be after the page has loaded."""
    with suppress(Error):  # what the focus is on instead, the check says
        page.wait_for_function("document.activeElement?.matches('.error-summary')", timeout=FOCUS_WITHIN)
