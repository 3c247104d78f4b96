"""A form that could not be used says so at the top, beside the field, and to a screen reader, in the same words."""

from playwright.sync_api import Page

from tests.browser.checks.scripts import script


def kept(page: Page, fields: tuple[tuple[str, str], ...]) -> list[str]:
    """Compare what stands in fields with what was typed."""
    found = {name: page.locator(f"main [name={name}]").input_value() for name, _typed in fields}
    return [f"{name} now says '{found[name][:40]}'" for name, typed in fields if found[name] != typed]


def error_summary(page: Page) -> list[str]:
    """Compare the summary with the fields, and follow each of its links."""
    problems = page.evaluate(script("errors"))
    for link in page.locator(".error-summary a").all():
        link.click()
        target = (link.get_attribute("href") or "").removeprefix("#")
        if (reached := page.evaluate("document.activeElement.id")) != target:
            problems.append(f"the link to {target} moves the focus to '{reached}'")
    return problems
