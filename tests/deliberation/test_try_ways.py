"""Trying an order, and one thing first with the others next to it: read and counted as in a round, kept nowhere."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.states import SchemeName
from tests import factories as make
from tests.deliberation import world as w
from tests.deliberation.test_try import RATED, part

pytestmark = pytest.mark.django_db
TRY = "/testville/try/"
FOUR = {"way": "choosing", "most": "I", "E": "little", "R": "nearly", "X": "over_half"}
SHARES = "#what-if-output .shares li strong"


@pytest.fixture
def rated():
    return w.rated(make.make_town(size=1), values=RATED)


def tried(**data):
    return w.get(TRY, **data)


def order_on(page):
    return [name.get_text(strip=True) for name in w.soup(page).select(".ranking strong")]


@pytest.mark.parametrize("way", ["order", "choosing"])
def test_before_anything_is_answered_nothing_is_worked_out(rated, way):
    page = tried(way=way)
    assert (page.status_code, "appears here" in w.text_of(page, "#what-if-output")) == (200, True)
    assert w.text_of(page, '.chips [aria-current="page"]') in {"An order", "One first, then the others"}


def test_an_unknown_way_is_not_there(rated):
    assert tried(way="dice").status_code == 404


def test_taking_another_case_keeps_the_way(rated):
    assert w.soup(tried(way="order")).select_one("form.filters [name=way]")["value"] == "order"


# --- An order ---------------------------------------------------------------------------------------------------


def test_an_order_counts_as_in_a_round(rated):
    page = tried(way="order", places="X I=E R")
    assert (page.status_code, w.text_of(page, SHARES)) == (200, "25% 24% 9% 42%")  # the scheme's order: I E R X
    assert "42%, 30%, 19%, 9%" in w.text_of(page, "main")


@pytest.mark.parametrize(
    ("do", "order", "said"),
    [
        ("up:R", ["Harm done", "Spread", "Ease of misuse", "Reach"], "Spread is now 2 of 4."),
        ("down:I", ["Ease of misuse", "Harm done", "Spread", "Reach"], "Harm done is now 2 of 4."),
        ("share:E", ["Harm done", "Ease of misuse", "Spread", "Reach"],
         "Ease of misuse is now 1 of 4, together with Harm done."),
        ("up:I", ["Harm done", "Ease of misuse", "Spread", "Reach"], "Harm done is now 1 of 4."),
    ],
)  # fmt: skip
def test_a_button_moves_and_tells_and_works_it_out(rated, do, order, said):
    page = tried(way="order", places="I E R X", do=do)
    assert (page.status_code, order_on(page), w.text_of(page, "#position")) == (200, order, said)
    assert "With these weights the case scores" in w.text_of(page, "#what-if-output")
    pressed = w.soup(page).select_one(f"#{do.replace(':', '-')}")
    assert (pressed["aria-describedby"], pressed["formaction"]) == ("position", f"{TRY}#{do.replace(':', '-')}")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"places": "I E R"}, "Put each of these in the order once"),
        ({"places": "I E R R"}, "Put each of these in the order once"),
        ({"places": ["I E R X", "X R E I"]}, "Put each of these in the order once"),
        ({"places": "\x00"}, "Put each of these in the order once"),
        ({"places": "I E R X", "do": "fly:I"}, "Choose a button of this page"),
        ({"places": "I E R X", "do": "up:Z"}, "Choose a button of this page"),
    ],
)
def test_what_is_no_order_is_refused_as_in_a_round(rated, sent, sentence):
    page = tried(way="order", **sent)
    assert (page.status_code, w.text_of(page, ".error-summary li")) == (422, sentence)
    assert len(order_on(page)) == 4


# --- One first, then the others -----------------------------------------------------------------------------------


def test_choosing_asks_which_one_and_then_for_each_of_the_others(rated):
    first = w.soup(tried(way="choosing"))
    assert [field["value"] for field in first.select("#boxes [name=most]")] == ["I", "E", "R", "X", "equal"]
    then = w.soup(tried(way="choosing", most="R"))
    names = dict.fromkeys(field["name"] for field in then.select("#boxes input[type=radio]"))
    assert (list(names), then.select_one("#boxes [name=most]")["value"]) == (["I", "E", "X"], "R")


def test_comparisons_count_as_in_a_round(rated):
    page = tried(**FOUR)
    assert (page.status_code, w.text_of(page, SHARES)) == (200, "38% 8% 31% 23%")
    unsure = tried(**FOUR | {"X": "unsure"})
    assert w.text_of(unsure, SHARES) == "38% 7% 30% 25%"


def test_all_the_same_is_worked_out_at_once(rated):
    page = tried(way="choosing", most="equal")
    assert (page.status_code, w.text_of(page, SHARES)) == (200, "25% 25% 25% 25%")


def test_seven_kinds_are_compared_on_one_page():
    town = make.make_town(size=1)
    w.rated(town, scheme=SchemeName.TAXONOMY)
    page = tried(way="choosing", most="EL", **dict.fromkeys(("DI", "SU", "MA", "CI", "CA", "EM"), "nothing"))
    assert w.text_of(page, SHARES) == "0% 0% 100% 0% 0% 0% 0%"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"do": "most"}, "Choose the one you would most want to stop, or 'They all matter the same'"),
        ({"most": ""}, "Choose the one you would most want to stop, or 'They all matter the same'"),
        ({"most": "Z"}, "Choose the one you would most want to stop, or 'They all matter the same'"),
        (FOUR | {"X": "huge"}, "Choose how much Reach matters, or 'Not sure'"),
        ({"most": "I", "E": "same", "R": "same"}, "Choose how much Reach matters, or 'Not sure'"),
        (
            {"most": "I", "E": "unsure", "R": "unsure", "X": "unsure"},
            "Answer at least one comparison, or choose 'They all matter the same'",
        ),
    ],
)
def test_what_lacks_something_is_refused_as_in_a_round(rated, sent, sentence):
    page = tried(**{"way": "choosing", **sent})
    assert (page.status_code, w.text_of(page, ".error-summary li")) == (422, sentence)
    asked = "Next to Harm done" if sent.get("most") == "I" else "Which would"
    assert w.text_of(page, "#boxes").startswith(asked)


def test_nothing_compared_is_asked_for_when_the_button_was_pressed(rated):
    assert tried(way="choosing", most="I", do="most").status_code == 200
    page = tried(way="choosing", most="I", do="compare")
    assert (page.status_code, len(w.soup(page).select(".error-summary li"))) == (422, 3)


def test_a_program_is_told_what_is_left_in_one_sentence_and_then_the_score(rated):
    begun = part(TRY, way="choosing", most="I", E="little")
    assert (begun.status_code, w.text_of(begun, "p")) == (422, "2 comparisons are left.")
    assert w.text_of(part(TRY, **{**FOUR, "X": ""}), "p") == "1 comparison is left."
    done = part(TRY, **FOUR)
    assert w.soup(done).select("html, form, input, button") == []
    assert w.text_of(done, "[data-hx-swap-oob]").startswith("With these weights the case scores")
    unsure = part(TRY, **{**FOUR, "E": "unsure", "R": "unsure", "X": "unsure"})
    assert w.text_of(unsure, "p").startswith("Answer at least one comparison")


# --- Kept nowhere -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sent", [FOUR, {"way": "order", "places": "X I=E R", "do": "up:R"}])
def test_nothing_is_written_and_nobody_is_known(rated, sent):
    with CaptureQueriesContext(connection) as queries:
        page = tried(**sent)
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []
    assert (len(queries) <= 12, dict(page.cookies)) == (True, {})
