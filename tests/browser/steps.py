"""What somebody does on a page before it is looked at."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.checks.scripts import script

Step = Callable[[Page, dict[str, Any]], None]
MAIN_BUTTON = "main form button.button"


def press(name: str = "") -> Step:
    """Press the main button, or the one with this name."""

    def step(page: Page, _facts: dict[str, Any]) -> None:
        named = page.get_by_role("main").get_by_role("button", name=name, exact=True)
        button = named if name else page.locator(MAIN_BUTTON)
        with page.expect_navigation():
            button.first.click()

    return step


def press_key(key: str) -> Step:
    """Press the button with this id, by key: a mouse is kept from buttons that lead nowhere. The focus stays there."""

    def step(page: Page, _facts: dict[str, Any]) -> None:
        with page.expect_navigation():
            page.locator(f"main button#{key}").press("Enter")
        expect(page.locator(f"#{key}")).to_be_focused()

    return step


def fill(**fields: str) -> Step:
    """Type into fields by their names; {…} is taken from the facts."""

    def step(page: Page, facts: dict[str, Any]) -> None:
        for name, words in fields.items():
            page.locator(f"main [name={name}]").fill(words.format(**facts))

    return step


def tick(name: str, value: str) -> Step:
    """Tick one box of several."""

    def step(page: Page, _facts: dict[str, Any]) -> None:
        page.locator(f"main [name={name}][value={value}]").check()

    return step


def choose(**fields: str) -> Step:
    """Choose from lists by their names."""

    def step(page: Page, _facts: dict[str, Any]) -> None:
        for name, value in fields.items():
            page.locator(f"main select[name={name}]").select_option(value)

    return step


def attach(field: str, content: str) -> Step:
    """Choose a file with this content."""

    def step(page: Page, _facts: dict[str, Any]) -> None:
        file = FilePayload(name="past.csv", mimeType="text/csv", buffer=content.encode())
        page.locator(f"main [name={field}]").set_input_files(file)

    return step


def unfold(page: Page, _facts: dict[str, Any]) -> None:
    """Open everything that is folded."""
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")


def marked_as_made_up(page: Page, _facts: dict[str, Any]) -> None:
    """Find the banner of places whose people are made up."""
    page.locator(".synthetic").get_by_text("the people and answers here are made up").wait_for()


def send(path: str, *, token: bool = True, **fields: str) -> Step:
    """Send a form that was opened before, as if this page had shown it."""

    def step(page: Page, facts: dict[str, Any]) -> None:
        with page.expect_navigation():
            page.evaluate(script("sending"), [_filled(path, facts), fields, token])

    return step


def break_token(page: Page, _facts: dict[str, Any]) -> None:
    """Let the form's token be an old one."""
    every = "main [name=csrfmiddlewaretoken]"
    page.evaluate("(every) => { for (const one of document.querySelectorAll(every)) one.value = 'old'; }", every)


def times(number: int, *steps: Step) -> Step:
    """Do the same again and again."""

    def step(page: Page, facts: dict[str, Any]) -> None:
        for one in steps * number:
            one(page, facts)

    return step


def _filled(path: str, facts: dict[str, Any]) -> str:
    for kind in ("case", "desk", "place"):
        for name, address in facts[kind].items():
            path = path.replace(f"{{{kind}.{name}}}", address)
    return path
