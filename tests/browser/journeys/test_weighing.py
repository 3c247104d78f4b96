"""Answering a round, from the case to the receipt, and changing one's mind."""

import pytest

from tests.browser.journeys.acting import choose_first, compare_all, follow, press, reads, reference, title

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("scheme", "compare_pages"), [("classic", 1), ("taxonomy", 2)])
def test_by_comparing(site, visit, scheme, compare_pages):
    town = site.ask("/_test/town/", scheme=scheme, size=1)
    with visit(town, "member") as page:
        page.goto(town["case"])
        follow(page, "Say what counts")
        follow(page, "Start")
        choose_first(page)
        press(page, "Continue")
        if scheme == "taxonomy":
            assert title(page) == "Which one would matter least to stop?"
            choose_first(page)
            press(page, "Continue")
        assert compare_all(page) == compare_pages
        press(page, "Continue")
        assert title(page) == "Check your answers"
        press(page, "Send my answers")
        assert title(page) == "Answers sent"
        follow(page, "See all your answers")
        assert "Sent" in reads(page)


def test_all_the_same_skips_the_comparisons(site, visit):
    town = site.ask("/_test/town/", size=1)
    with visit(town, "member") as page:
        page.goto(town["case"] + "weigh/most/")
        page.get_by_label("They all matter the same").check()
        press(page, "Continue")
        assert title(page) == "Do you want to say why?"
        press(page, "Continue")
        assert page.locator(".shares strong").all_inner_texts() == ["25%", "25%", "25%", "25%"]


def test_by_points_then_changed_then_withdrawn(site, visit):
    town = site.ask("/_test/town/", size=1)
    with visit(town, "member") as page:
        first = send_points(page, town, {"I": "40", "E": "30", "R": "20", "X": "10"})
        follow(page, "Change your answers")
        assert page.locator("main [name=I]").input_value() == "40"
        page.locator("main [name=I]").fill("70")
        press(page, "Continue")
        press(page, "Continue")
        press(page, "Send my answers")
        assert reference(page) != first
        follow(page, "Withdraw your answers")
        press(page, "Withdraw my answers")
        assert title(page) == "Answers withdrawn"
        follow(page, "Answer again")
        assert title(page) == "Say what matters most"


def test_a_draft_waits_and_the_pages_go_back(site, visit):
    town = site.ask("/_test/town/", size=1)
    with visit(town, "member") as page:
        page.goto(town["case"] + "weigh/most/")
        choose_first(page)
        press(page, "Continue")
        page.get_by_role("link", name="Back", exact=True).click()
        assert page.locator("main input[type=radio]").first.is_checked()
    with visit(town, "member") as page:
        page.goto(town["case"] + "weigh/")
        follow(page, "Go on")
        assert page.locator("main input[type=radio]").first.is_checked()


def test_a_receipt_can_be_looked_up_by_anybody(site, visit):
    town = site.ask("/_test/town/", size=1)
    with visit(town, "member") as page:
        shown = send_points(page, town, {"I": "40", "E": "30", "R": "20", "X": "10"})
    with visit(town) as page:
        for typed in (shown, shown.lower().replace("-", " ")):
            page.goto(f"{town['place']}receipt/")
            page.locator("main [name=reference]").fill(typed)
            press(page, "Check")
            assert shown in reads(page)


def send_points(page, town, points):
    """Answer by points and return the reference."""
    page.goto(town["case"] + "weigh/points/")
    for name, typed in points.items():
        page.locator(f"main [name={name}]").fill(typed)
    press(page, "Continue")
    press(page, "Continue")
    press(page, "Send my answers")
    return reference(page)
