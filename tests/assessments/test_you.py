"""A person's own list of answers, and looking up a reference."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.actions import publication, rounds
from assessments.models import Submission
from tests import factories
from tests.assessments.weighers import Weigher, soup, summary
from tests.keeping import kept

pytestmark = pytest.mark.usefixtures("clock")
built = kept(factories.open_town)


def you(weigher):
    return weigher.client.get(f"{weigher.place}you/")


def look_up(weigher, typed, client=None):
    return (client or Client()).post(f"{weigher.place}receipt/", {"reference": typed})


def statuses(response):
    return [tag.get_text() for tag in soup(response).select("main .tag")]


def send_equal(weigher):
    weigher.post("most/", most="equal")
    weigher.post("why/")
    weigher.send()
    return Submission.objects.latest("pk").detail.receipt


def close_and_publish(weight_round, clock):
    clock.move_to(weight_round.closes_at + 2 * rounds.GRACE)
    now = weight_round.closes_at + 2 * rounds.GRACE
    rounds.close_due_rounds(now)
    publication.count_and_publish(weight_round.assessment_id, now)


def test_nothing_answered_yet_says_what_to_do(weigher):
    page = soup(you(weigher)).main.get_text(" ", strip=True)

    assert "You have not answered any cases. See what is open." in page
    assert "Do others use this device? Sign out when you have finished." in page


def test_visitors_sign_in_first(weigher):
    assert Client().get(f"{weigher.place}you/").status_code == 302


def test_a_draft_is_shown_with_a_way_to_go_on(weigher):
    weigher.post("most/", most="I")
    page = you(weigher)

    assert statuses(page) == ["Draft"]
    assert soup(page).select_one("main a.button")["href"] == f"{weigher.base}change/"


def test_an_answer_is_shown_with_shares_versions_and_actions(weigher):
    first = send_equal(weigher)
    weigher.answer_four()
    weigher.send()
    page = soup(you(weigher))

    assert statuses(you(weigher)) == ["Sent"]
    links = [link["href"] for link in page.select("main section > ul > li a")]
    assert links[1] == f"{weigher.base}sent/{first}/"
    versions = [re.sub(r"\s+", " ", row.get_text()).split(" · ")[1] for row in page.select("main section > ul > li")]
    assert versions == ["Sent", "Replaced"]
    assert "Harm done 38%" in page.main.get_text(" ", strip=True)
    assert [link["href"] for link in page.select("main .actions a")] == [
        f"{weigher.base}change/", f"{weigher.base}withdraw/",
    ]  # fmt: skip


def test_a_change_not_sent_yet_is_told_beside_the_answer(weigher):
    send_equal(weigher)
    weigher.post("most/", most="I")

    assert statuses(you(weigher)) == ["Sent", "Changes not sent"]


def test_other_peoples_answers_are_not_in_the_list(town, weigher):
    factories.answer(weigher.round, town.members["D"][0], (2500,) * 4, now=factories.NOW + factories.DAY)

    assert statuses(you(weigher)) == []


def test_after_the_close_the_answer_is_read_only_and_not_counted_in_a_small_group(weigher, clock):
    receipt = send_equal(weigher)
    close_and_publish(weigher.round, clock)
    later = Weigher(weigher.round, weigher.person)
    page = you(later)

    assert statuses(page) == ["Not counted"]
    assert soup(page).select("main .actions") == []
    assert statuses(look_up(weigher, receipt)) == ["Not counted"]


def test_after_publication_an_answer_of_a_present_group_is_counted(town, clock):
    people = [
        town.members["C"][0],
        *(factories.add_member(town.jurisdiction, town.groups["C"], n) for n in range(9, 13)),
    ]
    weight_round = factories.open_round(town)
    for person in people[1:]:
        factories.answer(weight_round, person, (4000, 3000, 2000, 1000), now=factories.NOW + factories.DAY)
    receipt = send_equal(Weigher(weight_round, people[0]))
    close_and_publish(weight_round, clock)
    later = Weigher(weight_round, people[0])

    assert statuses(you(later)) == ["Counted in round 1"]
    assert statuses(look_up(later, receipt)) == ["Counted"]


def test_query_count_does_not_grow_with_the_list(town, weigher):
    send_equal(weigher)
    alone = _queries(weigher)
    for number in range(2):
        assessment = factories.make_assessment(town, incident=factories.make_incident(town, title=f"Other {number}"))
        send_equal(Weigher(factories.open_round(town, assessment), weigher.person))

    assert len(soup(you(weigher)).select("main section")) == 3
    assert _queries(weigher) == alone


def _queries(weigher):
    with CaptureQueriesContext(connection) as seen:
        you(weigher)
    return len(seen)


# --- References -------------------------------------------------------------------------------------------------


def test_holding_the_reference_is_enough_and_shows_no_numbers(weigher):
    weigher.answer_four()
    weigher.send()
    code = Submission.objects.get().detail.receipt
    page = look_up(weigher, f"lv {code[:4].lower()}-{code[4:]}")

    words = soup(page).main.get_text(" ", strip=True)
    assert page.status_code == 200
    assert statuses(page) == ["Sent"]
    assert [share for share in ("38", "31%", "3846") if share in words.replace(code, "")] == []


def test_replaced_and_withdrawn_are_told(weigher):
    first = send_equal(weigher)
    second = send_equal_again(weigher)
    assert statuses(look_up(weigher, first)) == ["Replaced"]
    weigher.post("withdraw/", key="k")
    assert statuses(look_up(weigher, second)) == ["Withdrawn"]


def send_equal_again(weigher):
    weigher.answer_four()
    weigher.send()
    return Submission.objects.latest("pk").detail.receipt


def test_unknown_malformed_and_foreign_references_read_the_same(town, weigher):
    code = send_equal(weigher)
    elsewhere = factories.make_town(slug="elsewhere", code="EW", size=1)

    def without_typed(typed, place=weigher.place):
        page = Client().post(f"{place}receipt/", {"reference": typed})
        shown = soup(page).main
        for field in shown.select("input"):
            del field["value"]
        return page.status_code, summary(page), str(shown)

    wrong_check = code[:-1] + ("0" if code[-1] != "0" else "1")
    answers = [without_typed(typed) for typed in (wrong_check, "hello", "", "LV-0000-0000-000", "x" * 5000, "\x00")]
    foreign = without_typed(code, f"/{elsewhere.jurisdiction.slug}/")

    assert {status for status, _summary, _words in [*answers, foreign]} == {422}
    assert answers[0][1] == [
        ("#id_reference", "We cannot find this reference. After LV- we never use the letters I, L, O or U.")
    ]
    assert len({words for _status, _summary, words in answers}) == 1
    assert foreign[1] == answers[0][1]


def test_unknown_and_malformed_references_take_the_same_queries(weigher, django_assert_num_queries):
    client = Client()
    for typed in ("LV-0000-0000-000", "hello", "7ZZZZZZZZZ0"):
        with django_assert_num_queries(2):  # jurisdiction, receipt
            look_up(weigher, typed, client)


def test_receipt_page_asks_politely_when_opened(weigher):
    page = Client().get(f"{weigher.place}receipt/")

    assert (page.status_code, summary(page)) == (200, [])
    assert "no-store" in page["Cache-Control"]


def test_the_page_begins_with_what_waits(weigher, open_round):
    reference = open_round.assessment.incident.reference
    links = {link.get_text(): link["href"] for link in soup(you(weigher)).select("main .listing a")}
    assert links == {f"Answer the questions · Housing chatbot ({reference})": weigher.base}
    weigher.post("points/", I="25", E="25", R="25", X="25")
    weigher.post("why/")
    weigher.send()
    page = soup(you(weigher))
    assert page.select("main .listing") == []
    assert "Nothing waits for you now." in page.get_text()
