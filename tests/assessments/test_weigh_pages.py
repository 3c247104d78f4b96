"""The pages of the weight form: who gets to them and when, and what every one of them keeps to."""

import pytest
from django.test import Client

from assessments.models import Draft, Submission
from assessments.questionnaire import COMPARE_NUMBERS
from tests import factories
from tests.assessments.weighers import Weigher, hidden, soup
from tests.keeping import kept

pytestmark = pytest.mark.usefixtures("clock")
built = kept(factories.open_town)


STEPS = [
    "",
    "most/",
    "least/",
    "compare/1/",
    "points/",
    "rank/",
    "why/",
    "check/",
    "change/",
    "withdraw/",
    "sent/00000000000/",
]


@pytest.mark.parametrize("step", STEPS)
def test_visitors_are_asked_to_sign_in_first(weigher, step):
    response = Client().get(weigher.base + step)

    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("step", STEPS[1:])
def test_people_who_are_not_on_the_roll_find_nothing(town, open_round, step):
    late = factories.add_member(town.jurisdiction, town.groups["C"], 99)
    weigher = Weigher(open_round, late)

    assert weigher.get(step).status_code == 404
    assert weigher.post(step, most="I").status_code in {404, 405}
    assert Submission.objects.count() == 0


def test_people_who_are_not_on_the_roll_are_told_why_on_the_start_page(town, open_round):
    late = factories.add_member(town.jurisdiction, town.groups["C"], 99)
    response = Weigher(open_round, late).get()

    assert response.status_code == 403
    assert soup(response).h1.get_text() == "You are not on the list for this round"


def test_another_towns_people_find_nothing(open_round):
    elsewhere = factories.make_town(slug="elsewhere", code="EW")
    weigher = Weigher(open_round, elsewhere.members["C"][0])

    assert weigher.get("most/").status_code == 403
    assert weigher.client.get(weigher.base.replace("testville", "elsewhere")).status_code == 404


def test_unknown_case_is_404(weigher):
    assert weigher.client.get(f"{weigher.place}cases/TV-2026-9999/weigh/").status_code == 404


def test_closing_mid_form_shows_what_was_typed_and_changes_nothing(weigher, clock):
    weigher.post("most/", most="equal")
    clock.move_to(weigher.round.closes_at)
    response = weigher.post("why/", all="My street floods.")

    assert response.status_code == 409
    page = soup(response).main.get_text(" ", strip=True)
    assert "What you typed was not sent." in page
    assert "My street floods." in page
    assert Draft.objects.get().data.get("reasons") is None
    assert Submission.objects.count() == 0


def test_closing_mid_comparison_shows_the_choices_in_words(weigher, clock):
    weigher.post("most/", most="I")
    clock.move_to(weigher.round.closes_at)
    response = weigher.post("compare/1/", E="little", R="nearly", X="unsure")

    rows = [row.get_text(" ", strip=True) for row in soup(response).select("main dl.summary > div")]
    assert rows == ["Ease of misuse Only a little", "Spread Nearly as much", "Reach Not sure"]


@pytest.mark.parametrize("step", ["", "most/", "points/", "rank/", "check/", "withdraw/"])
def test_a_closed_round_answers_409_on_every_page(weigher, clock, step):
    clock.move_to(weigher.round.closes_at)

    assert weigher.get(step).status_code == 409


def test_weigh_pages_are_stored_nowhere_and_tell_other_sites_nothing(weigher):
    weigher.answer_four()
    for step in ("", "most/", "compare/1/", "points/", "rank/", "why/", "check/"):
        response = weigher.get(step)
        assert (response.status_code, "no-store" in response["Cache-Control"]) == (200, True)
        assert response["Referrer-Policy"] == "same-origin"


def test_question_pages_show_no_rating_and_no_score(town):
    values = {"I": "0.7313", "E": "0.4127", "R": "0.8519", "X": "0.5591"}
    weigher = Weigher(factories.open_round(town, factories.make_assessment(town, values=values)), town.members["C"][0])
    weigher.answer_four()

    for step in ("", "most/", "compare/1/", "points/", "rank/", "why/"):
        words = soup(weigher.get(step)).get_text()
        numbers = [
            digits for digits in ("7313", "73.1", "4127", "41.3", "8519", "85.2", "5591", "55.9") if digits in words
        ]
        assert numbers == []


def test_every_page_has_one_heading_and_no_forbidden_control(weigher):
    weigher.answer_four()
    for step in ("", "most/", "compare/1/", "points/", "rank/", "why/", "check/"):
        page = soup(weigher.get(step))
        assert len(page.select("h1")) == 1
        assert page.select("[draggable], input[type=range], input[type=number], [maxlength], [required]") == []
        assert page.select("[style], style") == []


def test_forms_name_their_address_so_that_a_skip_link_does_not_keep_the_focus_from_the_error_summary(weigher):
    for step in ("most/", "points/", "rank/"):
        assert soup(weigher.get(step)).select_one("main form")["action"] == weigher.base + step


def test_compare_labels_have_words_for_every_stored_number(weigher):
    weigher.post("most/", most="I")
    values = [box["value"] for box in soup(weigher.get("compare/1/")).select("input[name=E]")]

    assert values == list(COMPARE_NUMBERS)


def test_posting_without_a_key_sends_nothing(weigher):
    weigher.answer_four()
    shown = hidden(weigher.get("check/"))["shown"]

    assert weigher.post("check/", shown=shown).status_code == 422
    assert weigher.post("check/", shown=shown, key="k" * 129).status_code == 422
    assert Submission.objects.count() == 0


def test_signs_that_turn_the_writing_are_taken_out_of_reasons_and_the_page_says_so(weigher):
    weigher.post("points/", I="40", E="30", R="20", X="10")
    weigher.post("why/", all="\u202eBecause of the school.")
    page = weigher.get("check/").content.decode()
    assert ("Signs that nobody can see were taken out of your text." in page, "\u202e" in page) == (True, False)
    weigher.post("why/", all=" Because of the school.\r\n")
    assert "were taken out" not in weigher.get("check/").content.decode()
