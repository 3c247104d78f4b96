"""Whatever people type as points: any total, any way of writing a number, and nothing of it on the receipt."""

import pytest
from playwright.sync_api import expect

from tests.browser.journeys.acting import numbers, press, reads
from tests.browser.journeys.test_weighing import send_points

pytestmark = pytest.mark.browser
TOTALS = {
    "87": {"I": "40", "E": "20", "R": "17", "X": "10"},
    "100": {"I": "40", "E": "30", "R": "20", "X": "10"},
    "250": {"I": "100", "E": "50", "R": "75", "X": "25"},
}
A_THIRD = ("33,3", "33.3 %", "٣٣٫٣", " 33.3 ", "۳۳٫۳")


def shares(page):
    """Return the shares shown on the check page."""
    return [int(text.removesuffix("%")) for text in page.locator(".shares strong").all_inner_texts()]


def to_check(page, town, points):
    """Type points and go to the check page."""
    page.goto(town["case"] + "weigh/points/")
    for name, typed in points.items():
        page.locator(f"main [name={name}]").fill(typed)
    press(page, "Continue")
    press(page, "Continue")


@pytest.fixture(params=[False], ids=["without scripts"])
def scripts(request):
    """The numbers are read by the server alone."""
    return request.param


@pytest.mark.parametrize("total", TOTALS)
def test_any_total_is_fine(site, visit, total):
    town = site.ask("/_test/town/", size=1)
    with visit(town, "member") as page:
        to_check(page, town, TOTALS[total])
        assert sum(shares(page)) == 100
        assert (f"Your points add up to {total}. We scale them to 100" in reads(page)) == (total != "100")
        press(page, "Send my answers")
        page.goto(town["case"] + "weigh/change/")
        assert {name: page.locator(f"main [name={name}]").input_value() for name in "IERX"} == TOTALS[total]


def test_a_number_can_be_written_in_many_ways(site, visit):
    town = site.ask("/_test/town/", size=1)
    with visit(town, "member") as page:
        found = []
        for typed in A_THIRD:
            to_check(page, town, {"I": typed, "E": "33.3", "R": "33.4", "X": "0"})
            found.append(sorted(shares(page)))
        assert found == [[0, 33, 33, 34]] * len(A_THIRD)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("abc", "Points for Harm done must be a number, like 25 or 12.5"),
        ("-1", "Points for Harm done must be 0 or more"),
        ("0", "Give at least one of them more than 0"),
    ],
)
def test_what_is_no_number_is_said_and_kept(site, visit, typed, sentence):
    town = site.ask("/_test/town/", size=1)
    with visit(town, "member") as page:
        page.goto(town["case"] + "weigh/points/")
        for name in "IERX":
            page.locator(f"main [name={name}]").fill(typed if name == "I" else "0")
        press(page, "Continue")
        assert page.locator(".error-summary li").all_inner_texts() == [sentence]
        expect(page.locator(".error-summary")).to_be_focused()
        assert page.locator("main [name=I]").input_value() == typed


def test_sharing_the_rest_and_starting_again(site, visit):
    town = site.ask("/_test/town/", size=1)
    with visit(town, "member") as page:
        page.goto(town["case"] + "weigh/points/")
        page.locator("main [name=I]").fill("40")
        press(page, "Share the rest equally")
        assert [page.locator(f"main [name={name}]").input_value() for name in "IERX"] == ["40", "20", "20", "20"]
        press(page, "Start again")
        assert [page.locator(f"main [name={name}]").input_value() for name in "IERX"] == [""] * 4


def test_the_receipt_and_the_mail_hold_none_of_the_numbers(site, visit):
    town = site.ask("/_test/town/", size=1)
    points = {"I": "43.21", "E": "29.17", "R": "16.83", "X": "10.79"}
    with visit(town, "member") as page:
        send_points(page, town, points)
        site.ask("/_test/sweep/", now="")
        mail = site.ask(f"/_test/mail/?to={town['email']}")["mail"]
        assert [one["subject"][:12] for one in mail] == ["Answers sent"] or len(mail) == 1
        places = [page.url, page.content(), *(str(one) for one in mail)]
        typed = {
            *points.values(),
            *(value.split(".")[0] + "%" for value in points.values()),
            "4321",
            "2917",
            "1683",
            "1079",
        }
        assert [(value, place) for place in places for value in typed if value in numbers(place)] == []
