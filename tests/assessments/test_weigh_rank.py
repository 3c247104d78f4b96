"""Putting things in order, in a browser without scripts."""

import pytest

from assessments.models import Draft, Submission
from stakeholders import last_account
from tests import factories
from tests.assessments.test_weigh import standing
from tests.assessments.weighers import Weigher, hidden, soup, title
from tests.keeping import kept

pytestmark = pytest.mark.usefixtures("clock")
built = kept(factories.open_town)


def shown(weigher):
    """What the page's hidden field says about the order."""
    return hidden(weigher.get("rank/"))["places"]


def press(weigher, do):
    return weigher.post("rank/", places=shown(weigher), do=do)


def status(weigher):
    return soup(weigher.get("rank/")).select_one("#position").get_text(strip=True)


def test_the_start_page_leads_to_the_order(weigher):
    link = soup(weigher.get()).find("a", string="Just put them in order")

    assert link["href"] == f"{weigher.base}rank/"


def test_the_order_begins_as_the_items_are_shown_everywhere_and_is_drawn_for_each_person(weigher):
    everywhere = [box["value"] for box in soup(weigher.get("most/")).select("main input[type=radio]")]

    assert shown(weigher).split() == everywhere[:-1]
    assert Draft.objects.count() == 0


def test_a_move_keeps_the_order_and_comes_back_to_the_same_button(weigher):
    _first, second, *_rest = shown(weigher).split()
    answer = press(weigher, f"up:{second}")

    assert (answer.status_code, answer["Location"]) == (302, f"{weigher.base}rank/#up-{second}")
    page = soup(weigher.get("rank/"))
    assert page.select_one(f"#up-{second}")["aria-describedby"] == "position"
    assert shown(weigher).split()[0] == second
    names = {"I": "Harm done", "E": "Ease of misuse", "R": "Spread", "X": "Reach"}
    assert status(weigher) == f"{names[second]} is now 1 of 4."


def test_four_in_order_lead_to_a_receipt(weigher):
    weigher.post("rank/", places="R I X E", do="up:R")
    assert weigher.post("rank/", places="R I X E")["Location"] == f"{weigher.base}why/"
    weigher.post("why/", all="It spreads.")
    weigher.send()

    detail = standing(weigher).detail
    assert standing(weigher).points == [2986, 922, 4180, 1912]
    assert (detail.method, detail.raw) == ("rank", {"places": [["R"], ["I"], ["X"], ["E"]]})
    assert detail.first_points == [2986, 922, 4180, 1912]
    assert sorted(detail.order_shown) == ["E", "I", "R", "X"]
    assert detail.reasons == {"all": "It spreads."}


def test_seven_in_order_lead_to_a_receipt(seven):
    seven.post("rank/", places="EM CA CI MA EL SU DI")
    seven.post("why/")
    seven.send()

    assert standing(seven).points == [336, 681, 1036, 1403, 1782, 2176, 2586]


def test_things_that_share_a_place_are_numbered_alike_and_say_so(weigher):
    weigher.post("rank/", places="R I X E", do="share:I")
    page = soup(weigher.get("rank/"))

    assert [item["value"] for item in page.select(".ranking > li")] == ["1", "1", "3", "4"]
    assert [bool(item.select(".tag")) for item in page.select(".ranking > li")] == [True, True, False, False]
    assert status(weigher) == "Harm done is now 1 of 4, together with Spread."
    weigher.post("rank/", places=shown(weigher))
    weigher.post("why/")
    weigher.send()
    assert standing(weigher).points == [3583, 922, 3583, 1912]
    assert standing(weigher).detail.raw == {"places": [["R", "I"], ["X"], ["E"]]}


def test_buttons_that_lead_nowhere_stay_and_say_so(weigher):
    weigher.post("rank/", places="R I X E", do="up:I")
    page = soup(weigher.get("rank/"))

    without_use = {button["id"] for button in page.select(".ranking button[aria-disabled=true]")}
    assert without_use == {"up-I", "share-I", "down-E"}
    assert len(page.select(".ranking button")) == 12
    assert page.select("button[disabled]") == []
    assert press(weigher, "up:I")["Location"] == f"{weigher.base}rank/#up-I"
    assert shown(weigher) == "I R X E"


def test_every_button_says_which_item_it_moves(weigher):
    weigher.post("rank/", places="R I X E", do="up:R")
    words = [" ".join(button.get_text().split()) for button in soup(weigher.get("rank/")).select(".ranking button")]

    assert words[:3] == ["Move up Spread", "Move down Spread", "Same as the one above Spread"]
    assert len(set(words)) == 12


def test_the_check_page_says_what_the_order_was_turned_into_and_why(weigher):
    weigher.post("rank/", places="R I=X E")
    weigher.post("why/")
    page = soup(weigher.get("check/"))
    answered = {row.dt.get_text(): row.dd.get_text() for row in page.select_one("dl.summary").select("div")}
    words = page.main.get_text(" ", strip=True)

    assert answered == {
        "Harm done": "Place 2 of 4, shared",
        "Ease of misuse": "Place 4 of 4",
        "Spread": "Place 1 of 4",
        "Reach": "Place 2 of 4, shared",
    }
    assert "so each place gets a fixed share. From first to last these are 42%, 30%, 19%, 9%." in words
    assert "Spread 42%" in words
    assert {link["href"] for link in page.select("dl.summary a")} == {f"{weigher.base}rank/"}


def test_other_ways_of_answering_say_nothing_of_places(weigher):
    weigher.answer_four()

    assert "fixed share" not in weigher.get("check/").content.decode()


def test_an_order_that_nobody_touched_is_a_question_and_no_error(weigher):
    weigher.post("rank/", places=shown(weigher))
    weigher.post("why/")
    asked = [box.get_text(" ", strip=True) for box in soup(weigher.get("check/")).select(".inset")]

    assert asked == ["You left them in the order that was drawn by lot. Is that what you mean? Change your answers"]
    assert weigher.send().status_code == 302


def test_changing_an_answer_opens_the_order_again(weigher):
    weigher.post("rank/", places="R I=X E")
    weigher.post("why/")
    weigher.send()

    assert weigher.get("change/")["Location"] == f"{weigher.base}rank/"
    assert shown(weigher) == "R I=X E"
    assert status(weigher) == ""
    press(weigher, "down:R")
    weigher.post("rank/", places=shown(weigher))
    weigher.post("why/")
    weigher.send()
    assert standing(weigher).version == 2
    assert standing(weigher).detail.raw == {"places": [["I", "X"], ["R"], ["E"]]}
    assert standing(weigher).detail.first_points == [2449, 922, 4180, 2449]


def test_the_receipt_shows_nothing_of_the_order(weigher):
    weigher.post("rank/", places="R I X E")
    weigher.post("why/")
    receipt = weigher.client.get(weigher.send()["Location"])

    words = soup(receipt).main.get_text(" ", strip=True)
    assert [word for word in ("Spread", "Reach", "42%", "4180", "order") if word in words] == []


def test_a_draft_order_survives_signing_out(weigher):
    weigher.post("rank/", places="R I X E", do="down:R")
    weigher.client.logout()

    again = Weigher(weigher.round, weigher.person)
    assert shown(again) == "I R X E"
    assert again.get("change/")["Location"] == f"{weigher.base}rank/"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"places": ""},
        {"places": "R I X"},
        {"places": "R I X X"},
        {"places": "R I X E Q"},
        {"places": "R I X E\x00"},
        {"places": "R,I,X,E"},
        {"places": ["R I X E", "E X I R"]},
        {"places": "R" * 20_000},
    ],
)
def test_what_is_no_order_is_refused_and_what_was_kept_stays(weigher, sent):
    weigher.post("rank/", places="E X I R", do="up:R")
    answer = weigher.post("rank/", **sent)

    assert (answer.status_code, title(answer).startswith("Error: ")) == (422, True)
    said = [line.get_text(strip=True) for line in soup(answer).select(".error-summary li")]
    assert said == ["Put each of these in the order once"]
    assert shown(weigher) == "E X R I"


@pytest.mark.parametrize("do", ["up", "up:", "up:Q", "sideways:R", "up:R:R", "\x00", ":R"])
def test_a_button_that_the_page_does_not_have_is_refused(weigher, do):
    answer = weigher.post("rank/", places="R I X E", do=do)

    assert answer.status_code == 422
    said = [line.get_text(strip=True) for line in soup(answer).select(".error-summary li")]
    assert said == ["Choose a button of this page"]
    assert Draft.objects.count() == 0


def test_an_order_that_signing_in_interrupted_is_offered_again(weigher):
    session = weigher.client.session
    fields = [["places", "R I X E"], ["do", "up:I"]]
    session["kept_form"] = {
        "owner": last_account.mark_of(weigher.person.account),
        "path": f"{weigher.base}rank/",
        "fields": fields,
    }
    session.save()
    page = soup(weigher.get("rank/"))

    assert page.select_one("main input[name=places]")["value"] == "I R X E"
    assert "You are signed in again." in page.main.get_text(" ", strip=True)
    assert Draft.objects.count() == 0


def test_closing_mid_order_shows_the_order_in_words(weigher, clock):
    clock.move_to(weigher.round.closes_at)
    answer = weigher.post("rank/", places="R I=X E", do="up:I")

    assert answer.status_code == 409
    rows = [row.get_text(" ", strip=True) for row in soup(answer).select("main dl.summary > div")]
    assert rows == ["Your order 1. Spread 2. Harm done 2. Reach 4. Ease of misuse"]
    broken = weigher.post("rank/", places="R I <b>", do="up:I")
    assert "R I <b>" in soup(broken).main.get_text(" ", strip=True)


def test_two_orders_from_two_tabs_store_the_one_that_was_seen(weigher):
    weigher.post("rank/", places="R I X E", do="up:X")
    weigher.post("rank/", places="R I X E")

    assert shown(weigher) == "R I X E"


def test_nothing_is_sent_by_arranging(weigher):
    for do in ("up:I", "down:R", "share:E"):
        press(weigher, do)

    assert Submission.objects.count() == 0
    assert Draft.objects.count() == 1
