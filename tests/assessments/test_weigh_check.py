"""The check page, sending, the receipt, changing and taking back."""

import pytest

from assessments.models import CurrentAnswer, Draft, Submission
from lastvote.jobs.models import IdempotencyKey
from tests import factories
from tests.assessments.weighers import FOUR, Weigher, hidden, soup, title
from tests.keeping import kept

pytestmark = pytest.mark.usefixtures("clock")
built = kept(factories.open_town)


def main(response):
    return soup(response).main.get_text(" ", strip=True)


def insets(response):
    return [box.get_text(" ", strip=True) for box in soup(response).select(".inset")]


def standing(weigher):
    return CurrentAnswer.objects.get(roll_entry__person=weigher.person, roll_entry__round=weigher.round).submission


# --- What is shown ----------------------------------------------------------------------------------------------


def test_worked_example_shows_its_shares_and_its_effect(weigher):
    weigher.answer_four()
    page = weigher.get("check/")

    answered = [(row.dt.get_text(), row.dd.get_text()) for row in soup(page).select_one("dl.summary").select("div")]
    assert dict(answered) == {
        "Harm done": "Matters most", "Ease of misuse": "Only a little", "Spread": "Nearly as much",
        "Reach": "A bit more than half",
    }  # fmt: skip
    words = main(page)
    for share in ("Harm done 38%", "Ease of misuse 8%", "Spread 31%", "Reach 23%"):
        assert share in words
    assert "With your answers alone this case scores 68.9 out of 100." in words
    assert "Lines: 60 extra measures, 80 possible suspension." in words
    assert "Moving 10 points from Harm done to Ease of misuse would make it 65.9." in words
    assert "Compounding method: 71.9." in words
    assert "That group counts for 14% here." in words
    assert "This is a signal for people to discuss, not a decision." in words


def test_effect_uses_nobody_elses_answers(town, weigher):
    weigher.answer_four()
    alone = main(weigher.get("check/"))
    for letter in "ABDEFG":
        factories.answer(weigher.round, town.members[letter][0], (0, 10000, 0, 0), now=factories.NOW + factories.DAY)

    assert main(weigher.get("check/")) == alone


def test_preview_off_shows_no_effect(weigher, settings):
    weigher.answer_four()
    settings.PREVIEW = "off"
    words = main(weigher.get("check/"))

    assert "scores" not in words
    assert "Your shares" in words
    assert weigher.send().status_code == 302


def test_without_ratings_the_page_says_when_the_effect_will_be_shown(weigher, monkeypatch):
    monkeypatch.setattr("assessments.views.weigh_effect.reads.latest_ratings", lambda _assessment: [])
    weigher.answer_four()
    words = main(weigher.get("check/"))

    assert "We will show what your answers do once this case is rated. You can send them now." in words
    assert weigher.send().status_code == 302


def test_an_item_rated_at_the_top_is_explained(town):
    values = {"I": "0.7", "E": "1", "R": "0.2", "X": "0.1"}
    weight_round = factories.open_round(town, factories.make_assessment(town, values=values))
    weigher = Weigher(weight_round, town.members["C"][0])
    weigher.answer_four()
    words = main(weigher.get("check/"))

    assert "Compounding method: 100.0." in words
    assert "Ease of misuse is rated as high as can be." in words


def test_one_item_with_everything_is_a_question(weigher):
    weigher.answer_four({"I": "most", "E": "nothing", "R": "nothing", "X": "nothing"})

    assert insets(weigher.get("check/")) == [
        "This means only Harm done counts. Is that what you mean? Change your answers"
    ]


def test_a_box_left_empty_is_a_question(weigher):
    weigher.post("points/", I="50", E="30", R="", X="7")
    weigher.post("why/")
    page = weigher.get("check/")

    assert insets(page) == ["You left Spread empty. Does it count for nothing? Change your answers"]
    assert "Your points add up to 87. We scale them to 100 and keep the proportions." in main(page)


def test_a_contradicted_least_is_a_question(seven):
    seven.post("most/", most="DI")
    seven.post("least/", least="CA")
    labels = dict.fromkeys(("SU", "EL", "MA", "CI"), "nearly") | {"CA": "over_half", "EM": "little"}
    seven.compare_all(labels, 2)
    seven.post("why/")

    (question,) = insets(seven.get("check/"))
    said = "You said Power in too few hands matters least, but gave New and knock-on threats less."
    assert question == f"{said} Is that what you mean? Change your answers"


def test_not_sure_is_explained(weigher):
    weigher.answer_four({"I": "most", "E": "unsure", "R": "over_half", "X": "little"})

    assert "Where you were not sure, we count the average of your other answers." in main(weigher.get("check/"))


# --- Sending ----------------------------------------------------------------------------------------------------


def test_sending_twice_is_one_act(weigher):
    weigher.answer_four()
    form = hidden(weigher.get("check/"))
    first = weigher.post("check/", **form)
    second = weigher.post("check/", **form)

    assert first["Location"] == second["Location"]
    assert Submission.objects.count() == 1
    assert IdempotencyKey.objects.count() == 1


def test_answers_changed_in_another_tab_are_shown_before_they_are_sent(weigher):
    weigher.answer_four()
    old = hidden(weigher.get("check/"))
    weigher.answer_four({"E": "most", "I": "nothing", "R": "nothing", "X": "little"})
    page = weigher.post("check/", **old)

    assert (page.status_code, title(page).startswith("Error: ")) == (422, True)
    assert "Your answers have changed since you opened this page. Check them again." in main(page)
    assert hidden(page)["key"] != old["key"]
    assert Submission.objects.count() == 0
    assert weigher.post("check/", **hidden(page)).status_code == 302


def test_a_used_key_with_other_answers_shows_the_check_page_again(weigher):
    weigher.answer_four()
    used = hidden(weigher.get("check/"))
    weigher.post("check/", **used)
    weigher.answer_four({"E": "most", "I": "nothing", "R": "nothing", "X": "little"})
    fresh = hidden(weigher.get("check/"))
    page = weigher.post("check/", **(fresh | {"key": used["key"]}))

    assert page.status_code == 422
    assert "You already sent something else from this page." in main(page)
    assert Submission.objects.count() == 1
    assert weigher.post("check/", **hidden(page)).status_code == 302
    assert Submission.objects.count() == 2


@pytest.mark.parametrize("key", ["", "k" * 129, "k\x00", "\x00"], ids=ascii)
def test_a_forged_key_sends_nothing(weigher, key):
    weigher.answer_four()
    page = weigher.post("check/", **(hidden(weigher.get("check/")) | {"key": key}))

    assert page.status_code == 422
    assert "Check your answers and send them again." in main(page)
    assert Submission.objects.count() == 0


def test_sending_after_the_close_says_so_and_keeps_nothing(weigher, clock):
    weigher.answer_four()
    form = hidden(weigher.get("check/"))
    clock.move_to(weigher.round.closes_at)

    assert weigher.post("check/", **form).status_code == 409
    assert Submission.objects.count() == 0


# --- The receipt ------------------------------------------------------------------------------------------------


def test_receipt_shows_the_reference_and_none_of_the_numbers(weigher):
    weigher.post("points/", I="61", E="13", R="19", X="7")
    weigher.post("why/")
    where = weigher.send()["Location"]
    page = weigher.client.get(where)
    words = main(page)

    code = standing(weigher).detail.receipt
    assert soup(page).select_one(".code").get_text() == f"LV-{code[:4]}-{code[4:8]}-{code[8:]}"
    assert soup(page).h1.get_text() == "Answers sent"
    sent = ("61%", "13%", "19%", "6100", "1300", "0.61")
    assert [number for number in sent if number in words.replace(code, "")] == []
    assert where == f"{weigher.base}sent/{code}/"
    assert weigher.client.get(where).status_code == 200


def test_receipt_of_somebody_else_is_not_found(town, weigher):
    other = factories.add_member(town.jurisdiction, town.groups["C"], 50)
    assert other.pk
    sent = factories.answer(weigher.round, town.members["D"][0], (2500,) * 4, now=factories.NOW + factories.DAY)

    assert weigher.get(f"sent/{sent.receipt}/").status_code == 404
    assert weigher.get("sent/%00abc/").status_code == 404
    assert weigher.get("sent/LV-nonsense/").status_code == 404


# --- Changing and taking back -----------------------------------------------------------------------------------


def test_change_opens_the_form_with_the_answers_that_were_sent(weigher):
    weigher.answer_four()
    weigher.send()

    assert weigher.get("change/")["Location"] == f"{weigher.base}most/"
    assert soup(weigher.get("most/")).select_one("main input[checked]")["value"] == "I"
    chosen = {box["name"]: box["value"] for box in soup(weigher.get("compare/1/")).select("main input[checked]")}
    assert chosen == {code: label for code, label in FOUR.items() if code != "I"}
    assert weigher.get("check/").status_code == 200
    assert Draft.objects.count() == 0


def test_change_of_points_opens_the_points_as_typed(weigher):
    weigher.post("points/", I="33,3", E="", R="10 %", X="1")
    weigher.post("why/", all="Why not.")
    weigher.send()

    assert weigher.get("change/")["Location"] == f"{weigher.base}points/"
    boxes = {box["name"]: box.get("value", "") for box in soup(weigher.get("points/")).select("main input[type=text]")}
    assert boxes == {"I": "33,3", "E": "", "R": "10 %", "X": "1"}
    assert soup(weigher.get("why/")).select_one("textarea[name=all]").get_text(strip=True) == "Why not."


def test_a_change_replaces_and_keeps_the_old_version(weigher):
    weigher.answer_four()
    weigher.send()
    weigher.post("most/", most="equal")
    weigher.post("why/")
    weigher.send()

    assert [row.version for row in Submission.objects.order_by("version")] == [1, 2]
    assert standing(weigher).points == [2500, 2500, 2500, 2500]
    old = Submission.objects.get(version=1).detail.receipt
    assert "Replaced" in main(weigher.get(f"sent/{old}/"))


def test_withdrawing_asks_first_and_then_takes_the_answer_back(weigher):
    weigher.answer_four()
    weigher.send()
    form = hidden(weigher.get("withdraw/"))
    assert standing(weigher) is not None

    gone = weigher.post("withdraw/", **form)
    again = weigher.post("withdraw/", **form)

    assert standing(weigher) is None
    assert gone["Location"] == again["Location"]
    assert soup(weigher.client.get(gone["Location"])).h1.get_text() == "Answers withdrawn"
    assert Submission.objects.count() == 2
    assert weigher.get("check/")["Location"] == f"{weigher.base}most/"


def test_receipt_of_a_withdrawn_answer_offers_nothing_to_withdraw(weigher):
    weigher.answer_four()
    weigher.send()
    receipt = Submission.objects.get().detail.receipt
    assert "Until then you can change or withdraw your answers." in main(weigher.get(f"sent/{receipt}/"))
    weigher.post("withdraw/", **hidden(weigher.get("withdraw/")))
    words = main(weigher.get(f"sent/{receipt}/"))
    assert "You have withdrawn your answers. Until then you can answer again." in words
    assert "Until then you can change" not in words


@pytest.mark.parametrize("key", ["", "k" * 129, "k\x00"], ids=ascii)
def test_withdrawing_with_a_forged_key_still_takes_the_answer_back(weigher, key):
    weigher.answer_four()
    weigher.send()

    assert weigher.post("withdraw/", key=key).status_code == 302
    assert standing(weigher) is None


def test_withdrawing_nothing_is_refused(weigher):
    assert weigher.get("withdraw/")["Location"] == weigher.base
    assert weigher.post("withdraw/", key="a").status_code == 409


def test_answering_again_after_taking_back(weigher):
    weigher.answer_four()
    weigher.send()
    weigher.post("withdraw/", **hidden(weigher.get("withdraw/")))
    weigher.post("most/", most="equal")
    weigher.post("why/")
    weigher.send()

    assert standing(weigher).version == 3
    assert standing(weigher).detail.first_points == [3846, 769, 3077, 2308]
