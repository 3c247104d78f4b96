"""After talks: keeping an answer with the keyboard alone, and changing one with the reason for it."""

import pytest
from playwright.sync_api import expect

from tests.browser.journeys.acting import title
from tests.browser.journeys.test_keyboard import Keyboard

pytestmark = pytest.mark.browser
MOST = 15
"""Key presses from the room to the receipt of an answer that was kept (usability check 4)."""


def test_an_answer_is_kept_from_the_room_with_few_presses(site, visit, scripts, capsys):
    with visit(site.facts, f"keeper_{2 + scripts}") as page:
        hands = Keyboard(page)
        page.goto(site.facts["place"]["meeting_room"])
        hands.skip()
        hands.tab_to("Go to keeping or changing your answers")
        hands.press("Enter")
        hands.tab_to("Keep my answers")
        hands.enter()
        assert title(page) == "Answers sent"
    with capsys.disabled():
        print(f"\n{hands.presses} presses from the room to the receipt of what was kept")
    assert hands.presses <= MOST


def test_an_answer_is_changed_with_old_beside_new_and_why(site, visit, scripts):
    with visit(site.facts, f"reviser_{2 + scripts}") as page:
        page.goto(site.facts["place"]["meeting_room"])
        for words in ("Change my answers", "Change"):
            page.locator("main").get_by_role("link", name=words, exact=True).click()
        for code, points in {"I": "10", "E": "60", "R": "20", "X": "10"}.items():
            page.locator(f"main [name={code}]").fill(points)
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Continue").click()
        assert title(page) == "Check your answers"
        row = page.get_by_role("row").filter(has_text="Ease of misuse").first
        assert row.inner_text().split() == ["Ease", "of", "misuse", "8%", "60%", "more"]
        page.get_by_role("button", name="Send my answers").click()
        assert page.title().startswith("Error:")
        expect(page.locator(".error-summary")).to_be_focused()
        page.get_by_role("link", name="Choose why you changed your answers").click()
        assert page.evaluate("document.activeElement.id") == "id_change_reason_0"
        page.get_by_label("A reason I read").check()
        page.get_by_label("Which reason was it?").select_option(index=1)
        page.get_by_role("button", name="Send my answers").click()
        assert title(page) == "Answers sent"
