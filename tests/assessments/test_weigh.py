"""The weight form in a browser without scripts: the ways through it, what is kept, what is refused."""

import datetime as dt

import pytest

from assessments.models import CurrentAnswer, Draft
from stakeholders import last_account
from tests import factories
from tests.assessments.weighers import FOUR, Weigher, radios, soup, summary, title
from tests.keeping import kept

pytestmark = pytest.mark.usefixtures("clock")
built = kept(factories.open_town)


def standing(weigher):
    return CurrentAnswer.objects.get(roll_entry__person=weigher.person, roll_entry__round=weigher.round).submission


# --- The ways through -------------------------------------------------------------------------------------------


def test_four_items_lead_from_start_to_receipt(weigher):
    assert weigher.get().status_code == 200
    assert weigher.post("most/", most="I")["Location"] == f"{weigher.base}compare/1/"
    assert weigher.compare_all(FOUR, 1)["Location"] == f"{weigher.base}why/"
    assert weigher.post("why/", all="Homes matter.")["Location"] == f"{weigher.base}check/"

    sent = weigher.send()

    submission = standing(weigher)
    detail = submission.detail
    assert sent["Location"] == f"{weigher.base}sent/{detail.receipt}/"
    assert submission.points == [3846, 769, 3077, 2308]
    assert detail.method == "compare"
    assert detail.raw["values"]["R"] == {"label": "nearly", "number": "80"}
    assert detail.reasons == {"all": "Homes matter."}
    assert detail.first_points == submission.points
    assert sorted(detail.order_shown) == ["E", "I", "R", "X"]
    assert (detail.wording_version, detail.language) == ("1", "en")
    assert Draft.objects.count() == 0


def test_seven_items_ask_for_the_least_and_compare_it_first(seven):
    assert seven.post("most/", most="EL")["Location"] == f"{seven.base}least/"
    assert seven.post("least/", least="CA")["Location"] == f"{seven.base}compare/1/"
    first = radios(seven.get("compare/1/"))
    assert (len(first), first[0]) == (3, "CA")

    labels = dict.fromkeys(("DI", "SU", "MA", "CI", "EM"), "over_half") | {"CA": "little"}
    assert seven.compare_all(labels, 2)["Location"] == f"{seven.base}why/"
    seven.post("why/")
    seven.send()

    assert standing(seven).points == [1429, 1429, 2381, 1429, 1428, 476, 1428]
    assert standing(seven).detail.raw["least"] == "CA"


def test_all_the_same_skips_to_the_reasons(weigher):
    assert weigher.post("most/", most="equal")["Location"] == f"{weigher.base}why/"
    weigher.post("why/")
    weigher.send()

    assert standing(weigher).points == [2500, 2500, 2500, 2500]
    assert standing(weigher).detail.method == "equal"


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ({"I": "87", "E": "0", "R": "0", "X": "0"}, [10000, 0, 0, 0]),
        ({"I": "40", "E": "10", "R": "30", "X": "20"}, [4000, 1000, 3000, 2000]),
        ({"I": "100", "E": "50", "R": "50", "X": "50"}, [4000, 2000, 2000, 2000]),
        ({"I": "33,3", "E": "33.3 %", "R": "٣٣٫٣", "X": " 33.3 "}, [2500, 2500, 2500, 2500]),
        ({"I": "1", "E": "", "R": "", "X": "1"}, [5000, 0, 0, 5000]),
    ],
)
def test_points_of_any_total_are_scaled_and_never_refused(weigher, typed, points):
    assert weigher.post("points/", **typed)["Location"] == f"{weigher.base}why/"
    weigher.post("why/")
    weigher.send()

    assert standing(weigher).points == points
    assert {code: entry["typed"] for code, entry in standing(weigher).detail.raw["values"].items()} == {
        code: words.strip() for code, words in typed.items()
    }


def test_share_the_rest_equally_fills_only_empty_boxes(weigher):
    weigher.post("points/", I="40", E="", R="", X="", do="share")

    boxes = {box["name"]: box.get("value", "") for box in soup(weigher.get("points/")).select("main input[type=text]")}
    assert boxes == {"I": "40", "E": "20", "R": "20", "X": "20"}
    assert soup(weigher.get("points/")).select_one("#points-total").get_text(strip=True) == "Your points add up to 100."


def test_share_the_rest_of_nothing_gives_seven_equal_shares(seven):
    empty = dict.fromkeys(("DI", "SU", "EL", "MA", "CI", "CA", "EM"), "")
    seven.post("points/", **empty, do="share")
    boxes = {box["name"]: box["value"] for box in soup(seven.get("points/")).select("main input[type=text]")}
    seven.post("points/", **boxes)
    seven.post("why/")
    seven.send()

    assert standing(seven).points == [1429, 1429, 1429, 1429, 1428, 1428, 1428]


def test_start_again_empties_every_box(weigher):
    weigher.post("points/", I="40", E="30", R="20", X="10")
    weigher.post("points/", I="41", E="30", R="20", X="10", do="again")

    boxes = [box.get("value", "") for box in soup(weigher.get("points/")).select("main input[type=text]")]
    assert boxes == ["", "", "", ""]


# --- What is kept -----------------------------------------------------------------------------------------------


def test_order_is_the_same_on_every_page_and_visit_and_differs_between_people(town, clock):
    for number in range(5):
        factories.add_member(town.jurisdiction, town.groups["C"], 10 + number)
    open_round = factories.open_round(town)

    def order(person):
        weigher = Weigher(open_round, person)
        values = [box["value"] for box in soup(weigher.get("most/")).select("main input[type=radio]")]
        assert values[-1] == "equal"
        return tuple(values[:-1])

    people = [entry.person for entry in open_round.roll.all()]
    assert order(people[0]) == order(people[0])
    assert len({order(person) for person in people}) > 3


def test_draft_survives_signing_out_and_twenty_hours(weigher, clock):
    weigher.post("most/", most="R")
    weigher.client.logout()
    clock.shift(dt.timedelta(hours=20))
    again = Weigher(weigher.round, weigher.person)

    chosen = soup(again.get("most/")).select_one("main input[checked]")
    assert chosen["value"] == "R"
    assert "We kept what you had filled in." in again.get().content.decode()


def test_what_signing_in_interrupted_is_offered_again(weigher):
    weigher.client.logout()
    answer = weigher.post("why/", all="Because of my neighbours.")
    assert answer.status_code == 302

    other = Weigher(weigher.round, weigher.person)
    other.post("most/", most="equal")
    session = other.client.session
    owner = last_account.mark_of(other.person.account)
    session["kept_form"] = {
        "owner": owner,
        "path": f"{other.base}why/",
        "fields": [["all", "Because of my neighbours."]],
    }
    session.save()
    page = soup(other.get("why/"))

    assert page.select_one("textarea[name=all]").get_text(strip=True) == "Because of my neighbours."
    assert "reasons" not in Draft.objects.get().data


def test_first_points_are_those_first_shown_even_after_changes(weigher):
    weigher.answer_four()
    weigher.get("check/")
    weigher.answer_four({"E": "most", "I": "nothing", "R": "nothing", "X": "nothing"})
    weigher.send()

    assert standing(weigher).points == [0, 10000, 0, 0]
    assert standing(weigher).detail.first_points == [3846, 769, 3077, 2308]

    weigher.post("most/", most="equal")
    weigher.post("why/")
    weigher.send()
    assert standing(weigher).version == 2
    assert standing(weigher).detail.first_points == [3846, 769, 3077, 2308]


def test_jumping_ahead_leads_back_to_the_first_question_without_an_answer(weigher):
    assert weigher.get("check/")["Location"] == f"{weigher.base}most/"
    assert weigher.get("why/")["Location"] == f"{weigher.base}most/"
    weigher.post("most/", most="I")
    assert weigher.get("check/")["Location"] == f"{weigher.base}compare/1/"
    weigher.compare_all(FOUR, 1)
    assert weigher.get("check/")["Location"] == f"{weigher.base}why/"
    assert weigher.get("least/").status_code == 302
    assert weigher.get("compare/9/").status_code == 302


# --- Errors -----------------------------------------------------------------------------------------------------


def test_most_without_a_choice_is_named(weigher):
    response = weigher.post("most/")

    sentence = "Choose the one you would most want to stop, or 'They all matter the same'"
    assert (response.status_code, summary(response)) == (422, [("#id_most_0", sentence)])
    assert title(response).startswith("Error: ")
    assert soup(response).select_one("ul.wrong").get_text(strip=True) == f"Error:{sentence}"
    assert soup(response).select_one("#id_most_0")["type"] == "radio"


def test_most_with_an_unknown_item_is_refused(weigher):
    assert weigher.post("most/", most="DI").status_code == 422
    assert Draft.objects.count() == 0


def test_compare_names_each_item_left_out_and_keeps_the_others(weigher):
    weigher.post("most/", most="I")
    response = weigher.post("compare/1/", E="little", X="nearly")

    assert (response.status_code, summary(response)) == (
        422, [("#id_R_0", "Choose how much Spread matters, or 'Not sure'")],
    )  # fmt: skip
    kept = {box["name"]: box["value"] for box in soup(response).select("main input[checked]")}
    assert kept == {"E": "little", "X": "nearly"}


def test_all_not_sure_is_refused_on_the_last_page_of_comparisons(seven):
    seven.post("most/", most="DI")
    seven.post("least/", least="none")
    unsure = dict.fromkeys(("SU", "EL", "MA", "CI", "CA", "EM"), "unsure")
    response = seven.compare_all(unsure, 2)

    sentences = [sentence for _target, sentence in summary(response)]
    assert sentences == ["Answer at least one comparison, or choose 'They all matter the same'"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("abc", "Points for Reach must be a number, like 25 or 12.5"),
        ("1_0", "Points for Reach must be a number, like 25 or 12.5"),
        ("0x1", "Points for Reach must be a number, like 25 or 12.5"),
        ("NaN", "Points for Reach must be a number, like 25 or 12.5"),
        ("Infinity", "Points for Reach must be a number, like 25 or 12.5"),
        ("1e9", "Points for Reach must be a number, like 25 or 12.5"),
        ("9" * 2000, "Points for Reach must be a number, like 25 or 12.5"),
        ("-1", "Points for Reach must be 0 or more"),
    ],
)
def test_bad_points_are_named_and_everything_typed_is_kept(weigher, typed, sentence):
    response = weigher.post("points/", I="40", E="30", R="20", X=typed)

    assert (response.status_code, summary(response)) == (422, [("#id_X", sentence)])
    boxes = {box["name"]: box.get("value", "") for box in soup(response).select("main input[type=text]")}
    assert boxes == {"I": "40", "E": "30", "R": "20", "X": typed}
    wrong = soup(response).select_one("#id_X")
    assert (wrong["aria-invalid"], wrong["aria-describedby"]) == ("true", "id_X_helptext id_X_error")


@pytest.mark.parametrize("typed", ["0", "", "-0", "0.0"])
def test_nothing_for_anything_is_refused(weigher, typed):
    response = weigher.post("points/", I=typed, E="0", R="0", X="0")

    assert response.status_code == 422
    assert [sentence for _target, sentence in summary(response)] == ["Give at least one of them more than 0"]


def test_minus_nought_counts_as_nought(weigher):
    weigher.post("points/", I="-0", E="1", R="0", X="0")
    weigher.post("why/")
    weigher.send()

    assert standing(weigher).points == [0, 10000, 0, 0]


def test_a_reason_that_is_too_long_is_kept_whole(weigher):
    weigher.post("most/", most="equal")
    response = weigher.post("why/", all="a" * 1501)

    assert summary(response) == [("#id_all", "Your reason must be 1,500 characters or fewer")]
    assert len(soup(response).select_one("textarea[name=all]").get_text().strip()) == 1501


def test_hidden_characters_are_taken_out_of_reasons(weigher):
    weigher.post("most/", most="equal")
    weigher.post("why/", all="a\x07b\u202ec\r\nd <script>alert(1)</script>")

    assert Draft.objects.get().data["reasons"] == {"all": "abc\nd <script>alert(1)</script>"}
    assert weigher.get("check/").content.count(b"<script>alert") == 0
