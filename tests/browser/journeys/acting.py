"""What people do on pages, by the words they see."""

import re

from playwright.sync_api import Page


def press(page: Page, name: str) -> None:
    """Press the button of the page's own part with this name."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    """Follow a link with this name."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def title(page: Page) -> str:
    """Return the one heading."""
    return " ".join(page.locator("h1").inner_text().split())


def reads(page: Page, selector: str = "main") -> str:
    """Return the words of a part of the page, with single spaces."""
    return " ".join(page.locator(selector).first.inner_text().split())


def choose_first(page: Page) -> None:
    """Choose the first answer of the first question."""
    page.locator("main input[type=radio]").first.check()


def compare_all(page: Page) -> int:
    """Answer every comparison, page after page, with "A bit more than half"; return how many pages there were."""
    pages = 0
    while "/compare/" in page.url:
        for question in page.locator("main fieldset").all():
            question.get_by_label("A bit more than half", exact=True).check()
        press(page, "Continue")
        pages += 1
    return pages


def reference(page: Page) -> str:
    """Return the reference that the receipt shows."""
    return page.locator(".receipt .code").inner_text().strip()


def numbers(words: str) -> set[str]:
    """Return every number in a text."""
    return set(re.findall(r"\d+(?:[.,]\d+)?", words))
