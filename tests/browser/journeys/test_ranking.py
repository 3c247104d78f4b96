"""Putting things in order: by mouse, by keyboard alone, on a narrow screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.journeys.acting import follow, press, reads, reference, title
from tests.browser.journeys.test_keyboard import BUDGET, Keyboard
from tests.browser.visiting import NARROW

pytestmark = pytest.mark.browser


def order(page):
    """Return the names from first to last."""
    return page.locator(".ranking strong").all_inner_texts()


@pytest.mark.parametrize("scheme", BUDGET)
def test_from_start_to_receipt_with_clicks_only(site, visit, scheme):
    town = site.ask("/_test/town/", scheme=scheme, size=1)
    with visit(town, "member") as page:
        page.goto(town["case"] + "weigh/")
        follow(page, "Just put them in order")
        before = order(page)
        last = before[-1]
        for place in range(len(before) - 1, 0, -1):
            press(page, f"Move up {last}")
            assert reads(page, "#position") == f"{last} is now {place} of {len(before)}."
        assert order(page) == [last, *before[:-1]]
        press(page, f"Same as the one above {before[0]}")
        assert reads(page, "#position") == f"{before[0]} is now 1 of {len(before)}, together with {last}."
        press(page, "Continue")
        press(page, "Continue")
        assert title(page) == "Check your answers"
        assert f"{before[0]} Place 1 of {len(before)}, shared" in reads(page)
        press(page, "Send my answers")
        assert reference(page).startswith("LV-")
        follow(page, "Change your answers")
        assert order(page) == [last, *before[:-1]]


def test_focus_comes_back_to_the_button_even_at_the_end(site, visit):
    town = site.ask("/_test/town/", size=1)
    with visit(town, "member") as page:
        page.set_viewport_size(NARROW)
        page.goto(town["case"] + "weigh/rank/")
        button = page.locator(".ranking li").nth(1).get_by_role("button", name="Move up")
        key = button.get_attribute("id")
        for _press in range(2):
            with page.expect_navigation():
                page.locator(f"#{key}").press("Enter")
            expect(page.locator(f"#{key}")).to_be_focused()
            assert page.locator(f"#{key}").get_attribute("aria-disabled") == "true"
            assert page.evaluate("document.activeElement.getBoundingClientRect().top < innerHeight")
            assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("scheme", BUDGET)
def test_the_whole_order_is_turned_round_with_few_presses(site, visit, scheme, capsys):
    """The order that takes the most moves: each item past every other."""
    town = site.ask("/_test/town/", scheme=scheme, size=1)
    with visit(town, "member") as page:
        hands = Keyboard(page)
        page.goto(town["case"] + "weigh/")
        hands.skip()
        hands.tab_to("Just put them in order")
        hands.enter()
        turned = order(page)[::-1]
        hands.skip()
        _turn_round(hands, turned)
        assert order(page) == turned
        for button in ("Continue", "Continue", "Send my answers"):
            hands.tab_to(button)
            hands.enter()
            if button == "Continue":
                hands.skip()
        assert title(page) == "Answers sent"
    with capsys.disabled():
        print(f"\n{scheme}, in order: {hands.presses} presses from start to receipt")
    assert hands.presses <= BUDGET[scheme]


def _turn_round(hands, wanted):
    """Bring the last to the top, the first to the bottom, and so on inwards: each is next to where the other ends."""
    for number in range(len(wanted) - 1):
        upwards = number % 2 == 0
        place = number // 2 if upwards else len(wanted) - 1 - number // 2
        name = wanted[place]
        hands.tab_to(f"Move {'up' if upwards else 'down'} {name}", back=upwards and number > 0)
        while order(hands.page).index(name) != place:
            hands.enter()
