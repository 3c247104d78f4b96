"""A delegate adopts a position: who may, what is refused, what is sealed until when, and the pages for it."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions import follow_up, positions, publication, rounds
from assessments.actions.positions import LONGEST_REASON, Stance, adopt_position
from assessments.models import AdoptedPosition, RoundRecord
from assessments.status import AnswerStatus, status_of
from assessments.verification import verify
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from stakeholders import actions as people
from stakeholders.models import Group
from stakeholders.states import PositionMode
from tests import factories as make
from tests.architecture.world import signed_in
from tests.assessments.weighers import hidden, soup, summary

POINTS = (5000, 3000, 1500, 500)
TYPED = {"I": "50", "E": "30", "R": "15", "X": "5"}
CLOSED = make.NOW + 22 * make.DAY


@pytest.fixture
def town(db, clock):
    """Group D leaves its position to a delegate, who is one of its three members."""
    town = make.make_town(size=6, codes=("C", "D"))
    Group.objects.filter(pk=town.groups["D"].pk).update(position_mode=PositionMode.DELEGATE)
    town.groups["D"].refresh_from_db()
    name_delegate(town, town.members["D"][0])
    return town


def name_delegate(town, person):
    people.grant_role(
        person=person, role=Role.DELEGATE, valid_from=make.START, now=make.NOW,
        proposed_by=town.staff[Role.SECRETARIAT], confirmed_by=town.staff[Role.CHAIR],
    )  # fmt: skip


@pytest.fixture
def open_round(town):
    return make.open_round(town)


@pytest.fixture
def delegate(town):
    return town.members["D"][0]


def adopt(weight_round, by, *, points=POINTS, reason="We met on Monday.", key="key", now=make.NOW):
    return adopt_position(weight_round=weight_round, by=by, stance=Stance(points, reason, "en"), key=key, now=now)


def refusal(**arguments):
    with pytest.raises(Refused) as refused:
        adopt(**arguments)
    return refused.value.code, refused.value.status


def publish(weight_round, now=CLOSED):
    rounds.close_due_rounds(now)
    publication.count_and_publish(weight_round.assessment_id, now)
    weight_round.refresh_from_db()
    body = json.loads(RoundRecord.objects.get(round=weight_round).body)
    return body, {row["code"]: row for row in body["result"]["groups"]}


# --- The act ----------------------------------------------------------------------------------------------------


def test_an_adopted_position_counts_without_five_answers(town, open_round, delegate):
    adopt(open_round, delegate)
    body, groups = publish(open_round)
    assert (groups["D"]["how"], groups["D"]["position"], groups["D"]["n"]) == ("adopted", list(POINTS), 0)
    assert body["adopted"]["D"] == {
        "round": 1, "points": list(POINTS), "reason": "We met on Monday.", "language": "en", "adopted_by": "delegate",
        "adopted_at": make.NOW.isoformat(),
    }  # fmt: skip
    open_round.assessment.refresh_from_db()
    assert [finding.problem for finding in verify(open_round.assessment) if finding.problem] == []


def test_the_newest_position_stands_and_the_earlier_one_stays_written(open_round, delegate):
    adopt(open_round, delegate, key="one")
    adopt(open_round, delegate, points=(2500,) * 4, key="two")
    assert publish(open_round)[1]["D"]["position"] == [2500] * 4
    assert list(AdoptedPosition.objects.values_list("version", flat=True)) == [1, 2]


def test_the_same_form_sent_twice_adopts_once(open_round, delegate):
    first = adopt(open_round, delegate)
    assert adopt(open_round, delegate) == first
    assert refusal(weight_round=open_round, by=delegate, reason="Another.") == ("key_reused", 422)


@pytest.mark.parametrize(("changes", "expected"), [
    ({"reason": " "}, ("reason_required", 422)),
    ({"reason": "x" * (LONGEST_REASON + 1)}, ("too_long", 422)),
    ({"points": (5000, 5000)}, ("weights_count", 422)),
    ({"points": (5000, 5000, 1, 0)}, ("E_SUM", 422)),
    ({"now": CLOSED}, ("round_closed", 409)),
])  # fmt: skip
def test_what_cannot_be_adopted_is_refused(open_round, delegate, changes, expected):
    assert refusal(weight_round=open_round, by=delegate, **changes) == expected
    assert AdoptedPosition.objects.count() == 0


def test_only_the_delegate_of_a_group_in_delegate_mode_adopts(town, open_round):
    name_delegate(town, town.members["C"][0])
    for person in (town.members["C"][0], town.members["D"][1], town.staff[Role.CHAIR]):
        assert refusal(weight_round=open_round, by=person) == ("not_allowed", 403)


def test_a_mode_that_changes_after_the_opening_changes_nothing(town, open_round, delegate):
    Group.objects.update(position_mode=PositionMode.MEAN)
    assert adopt(open_round, delegate).version == 1


def test_the_event_is_sealed_until_the_result_is_published(open_round, delegate):
    adopt(open_round, delegate)
    sealed = AuditEvent.objects.get(kind="position.sealed")
    assert (sealed.facts, sealed.acting_as, sealed.actor_id) == ({}, "delegate", None)
    assert AuditEvent.objects.filter(kind="position.adopted").count() == 0
    publish(open_round)
    event = AuditEvent.objects.get(kind="position.adopted")
    assert (event.facts, event.acting_as) == ({"round": 1, "group": "D", "version": 1}, "delegate")


def test_a_failing_record_undoes_the_adoption(open_round, delegate, monkeypatch):
    monkeypatch.setattr(positions, "record", lambda **_facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        adopt(open_round, delegate)
    assert AdoptedPosition.objects.count() == 0


def test_without_an_adopted_position_the_mean_of_five_counts(town, open_round):
    for person in town.members["D"]:
        make.answer(open_round, person, POINTS)
    assert publish(open_round)[1]["D"]["how"] == "mean"


def test_members_of_the_group_are_told_that_their_delegate_adopted(town, open_round, delegate):
    sent = make.answer(open_round, town.members["D"][1], POINTS).submission
    adopt(open_round, delegate)
    publish(open_round)
    sent.roll_entry.round.refresh_from_db()
    assert status_of(sent, sent, sent.roll_entry) == AnswerStatus.ADOPTED


def test_in_a_follow_up_the_position_stands_until_another_is_adopted(open_round, delegate):
    adopt(open_round, delegate)
    publish(open_round)
    later = CLOSED + make.DAY
    second = follow_up.announce_follow_up(after=open_round, opens_at=later, closes_at=later + 15 * make.DAY, now=later)
    second = rounds.open_round(weight_round=second, now=later)
    body, groups = publish(second, second.closes_at + make.DAY)
    assert (groups["D"]["how"], groups["D"]["position"], body["adopted"]["D"]["round"]) == ("adopted", list(POINTS), 1)
    assert AuditEvent.objects.filter(kind="position.adopted").count() == 1


# --- The pages --------------------------------------------------------------------------------------------------


def address(weight_round, name="position"):
    incident = weight_round.assessment.incident
    return reverse(name, args=[incident.jurisdiction.slug, incident.reference])


def test_a_delegate_fills_in_checks_and_adopts(open_round, delegate):
    browser = signed_in(delegate.account)
    url = address(open_round)
    checked = browser.post(url, {**TYPED, "reason": "We met on Monday.", "do": "check"})
    assert (checked.status_code, AdoptedPosition.objects.count()) == (200, 0)
    done = browser.post(url, {**hidden(checked), "do": "adopt"})
    assert (done.status_code, done.headers["Location"]) == (302, address(open_round, "position_adopted"))
    assert AdoptedPosition.objects.get().points == list(POINTS)
    page = soup(browser.get(done.headers["Location"])).main.get_text()
    assert "only you see it" in page
    assert "We met on Monday." in page
    again = soup(browser.get(url))
    assert [field["value"] for field in again.select("main input[type=text]")] == ["50", "30", "15", "5"]


def test_going_back_from_the_check_page_keeps_what_was_typed(open_round, delegate):
    browser = signed_in(delegate.account)
    checked = browser.post(address(open_round), {**TYPED, "I": "50,0 %", "reason": "Because.", "do": "check"})
    page = browser.post(address(open_round), {**hidden(checked), "do": "change"})
    assert (page.status_code, soup(page).select_one("#id_I")["value"]) == (200, "50,0 %")


@pytest.mark.parametrize(("changes", "expected"), [
    ({"reason": ""}, [("#id_reason", "Say why your group takes this position")]),
    ({"reason": "x" * (LONGEST_REASON + 1)}, [("#id_reason", "Your reason must be 4,000 characters or fewer")]),
    ({"I": "lots"}, [("#id_I", "Points for Harm done must be a number, like 25 or 12.5")]),
    (dict.fromkeys("IERX", "0"), [("#id_I", "Give at least one of them more than 0")]),
])  # fmt: skip
@pytest.mark.parametrize("button", ["check", "adopt"])
def test_what_is_wrong_comes_back_whole_with_what_was_typed(open_round, delegate, changes, expected, button):
    sent = {**TYPED, "reason": "Because.", "do": button, "key": "k", **changes}
    page = signed_in(delegate.account).post(address(open_round), sent)
    assert (page.status_code, summary(page)) == (422, expected)
    assert soup(page).select_one("#id_I")["value"] == sent["I"]
    assert soup(page).select_one("#id_reason").text.strip() == sent["reason"]


@pytest.mark.parametrize("key", ["", "x" * 200, "a\x00b"])
def test_a_check_page_without_its_key_asks_again(open_round, delegate, key):
    page = signed_in(delegate.account).post(
        address(open_round), {**TYPED, "reason": "Because.", "do": "adopt", "key": key}
    )
    assert (page.status_code, AdoptedPosition.objects.count()) == (422, 0)
    assert "Check the position and adopt it again." in soup(page).main.get_text()


def test_a_key_used_for_another_position_asks_again(open_round, delegate):
    browser = signed_in(delegate.account)
    sent = {**TYPED, "reason": "Because.", "do": "adopt", "key": "k"}
    assert browser.post(address(open_round), sent).status_code == 302
    assert browser.post(address(open_round), {**sent, "reason": "Another."}).status_code == 422


def test_a_position_that_comes_too_late_is_shown_and_not_adopted(open_round, delegate, clock):
    browser = signed_in(delegate.account)
    clock.move_to(open_round.closes_at)
    page = signed_in(delegate.account).post(
        address(open_round), {**TYPED, "reason": "What we agreed.", "do": "adopt", "key": "k"}
    )
    assert (page.status_code, AdoptedPosition.objects.count()) == (409, 0)
    assert "What we agreed." in soup(page).main.get_text()
    assert browser.get(address(open_round)).status_code in {302, 409}


def test_nobody_else_finds_the_pages_and_another_delegate_does_not_read_them(town, open_round, delegate):
    adopt(open_round, delegate, reason="Sealed words.")
    other, plain = town.members["D"][1], town.members["D"][2]
    name_delegate(town, other)
    assert signed_in(plain.account).get(address(open_round)).status_code == 404
    browser = signed_in(other.account)
    assert browser.get(address(open_round, "position_adopted")).status_code == 404
    page = soup(browser.get(address(open_round))).main.get_text()
    assert ("Sealed words." in page, "Another delegate of your group" in page) == (False, True)
    assert Client().get(address(open_round)).status_code == 302


def test_the_round_page_shows_adopted_positions_with_reasons_after_the_close(open_round, delegate, client):
    adopt(open_round, delegate, reason="We met on Monday.")
    incident = open_round.assessment.incident
    url = reverse("round", args=[incident.jurisdiction.slug, incident.reference, 1])
    assert b"We met on Monday." not in client.get(url).content
    publish(open_round)
    page = soup(client.get(url)).main.get_text()
    assert "We met on Monday." in page
    assert "Position adopted by its delegate" in page
    working = client.get(reverse("working", args=[incident.jurisdiction.slug, incident.reference]))
    assert "Adopted by its delegate" in soup(working).main.get_text()


def test_the_case_page_leads_the_delegate_to_the_form(town, open_round, delegate):
    incident = open_round.assessment.incident
    url = reverse("case", args=[incident.jurisdiction.slug, incident.reference])
    links = [
        [link["href"] for link in soup(signed_in(person.account).get(url)).select("main a.button")]
        for person in (delegate, town.members["D"][1])
    ]
    assert [address(open_round) in found for found in links] == [True, False]
