"""Answering with the keyboard alone, with the answers that take the most presses."""

import pytest

from tests.browser.journeys.acting import title

pytestmark = pytest.mark.browser
BUDGET = {"classic": 60, "taxonomy": 100}


class Keyboard:
    """Hands that count what they press, and eyes that see where the focus is."""

    def __init__(self, page) -> None:
        self.page = page
        self.presses = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.presses += 1

    def enter(self) -> None:
        """Press Enter where that leads to another page."""
        with self.page.expect_navigation():
            self.press("Enter")

    def skip(self) -> None:
        """Use the skip link."""
        self.press("Tab")
        self.press("Enter")

    def tab_to(self, words: str, *, back: bool = False) -> None:
        """Press Tab, or Shift and Tab to go back, until the focus is on the control with these words."""
        for _stop in range(60):
            self.press("Shift+Tab" if back else "Tab")
            if self.focused() == words:
                return
        raise AssertionError(f"No way to {words} on {self.page.url}")

    def focused(self) -> str:
        return self.page.evaluate("document.activeElement.textContent.replace(/\\s+/g, ' ').trim()")

    def down(self, times: int) -> None:
        for _step in range(times):
            self.press("ArrowDown")

    def answer_last(self, *, before_end: int = 0) -> None:
        """Move to the next question and choose the last answer, or one some steps before it."""
        self.press("Tab")
        choices = self.page.evaluate("document.getElementsByName(document.activeElement.name).length")
        self.down(choices - 1 - before_end)


@pytest.mark.parametrize("scheme", BUDGET)
def test_a_round_is_answered_with_few_presses(site, visit, scheme, capsys):
    town = site.ask("/_test/town/", scheme=scheme, size=1)
    with visit(town, "member") as page:
        hands = Keyboard(page)
        page.goto(town["case"] + "weigh/")
        hands.skip()
        hands.tab_to("Start")
        hands.enter()
        for step in ("most", "least") if scheme == "taxonomy" else ("most",):
            assert f"/{step}/" in page.url
            hands.skip()
            hands.answer_last(before_end=1)  # the last one of all skips the comparisons
            hands.tab_to("Continue")
            hands.enter()
        while "/compare/" in page.url:
            hands.skip()
            for place in range(page.locator("main fieldset").count()):
                hands.answer_last(before_end=int(place == 0))  # not all may be "Not sure"
            hands.tab_to("Continue")
            hands.enter()
        hands.skip()
        hands.tab_to("Continue")
        hands.enter()
        assert title(page) == "Check your answers"
        hands.skip()
        hands.tab_to("Send my answers")
        hands.enter()
        assert title(page) == "Answers sent"
    with capsys.disabled():
        print(f"\n{scheme}: {hands.presses} presses from start to receipt")
    assert hands.presses <= BUDGET[scheme]
