"""The desk: who may open it, what it shows, and every act on a round with its refusals."""

import datetime as dt

import pytest
import time_machine

from assessments.models import RoundProposal, WeightRound
from assessments.states import RoundState
from lastvote.access import Role
from stakeholders import actions as people
from tests import factories as make
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db

ACTS = ("announce/", "extend/", "close/", "confirm/", "open/")


def errors(page) -> list[str]:
    return [part.get_text(" ", strip=True) for part in w.soup(page).select(".error-summary li")]


def doings(page) -> list[str]:
    return [link.get_text(strip=True) for link in w.soup(page).select(".tasks a, .callout a")]


def test_visitor_is_asked_to_sign_in():
    world = w.rated(make.make_town(size=1))
    for url in ("/testville/desk/", world.desk_url, *(world.desk_url + act for act in ACTS)):
        page = w.get(url)
        assert (page.status_code, page["Location"].split("?")[0]) == (302, "/sign-in/"), url


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.SECRETARIAT, {"": 200, "announce/": 200, "extend/": 200, "close/": 200, "confirm/": 403, "open/": 200}),
        (Role.CHAIR, {"": 200, "announce/": 403, "extend/": 403, "close/": 403, "confirm/": 200, "open/": 403}),
        (Role.COMMITTEE, {"": 200, "announce/": 403, "extend/": 403, "close/": 403, "confirm/": 403, "open/": 403}),
        (Role.AUDITOR, dict.fromkeys(("", *ACTS), 403)),
        (Role.ADMIN, dict.fromkeys(("", *ACTS), 403)),
        (Role.DEPLOYER, dict.fromkeys(("", *ACTS), 403)),
        (None, dict.fromkeys(("", *ACTS), 403)),
    ],
)
def test_desk_opens_for_roles_only(role, expected):
    world = w.opened(make.make_town(size=1))
    person = world.staff(role) if role else world.town.members["A"][0]
    client = w.visitor(person)
    found = {act: w.get(world.desk_url + act, by=client).status_code for act in expected}
    assert found == expected
    assert w.get("/testville/desk/", by=client).status_code == expected[""]


def test_staff_of_another_town_are_nobody_here():
    world = w.rated(make.make_town(size=1))
    other = make.make_town(slug="elsewhere", code="EW", size=1)
    chair = other.staff[Role.CHAIR]
    assert w.get(world.desk_url, by=chair).status_code == 403
    assert w.get(world.desk_url.replace("testville", "elsewhere"), by=chair).status_code == 404


def test_role_that_ended_opens_nothing_from_the_next_request_on():
    world = w.rated(make.make_town(size=1))
    client = w.visitor(world.staff(Role.COMMITTEE))
    assert w.get("/testville/desk/", by=client).status_code == 200
    world.staff(Role.COMMITTEE).role_grants.update(valid_until=make.NOW.date() - make.DAY)
    assert w.get("/testville/desk/", by=client).status_code == 403


def test_queue_says_what_is_next_and_who_has_to_act():
    town = make.make_town(size=1)
    make.make_incident(town, title="Received")
    make.make_assessment(town, incident=make.make_incident(town, title="Rating"), freeze=False)
    rated = make.make_assessment(town, incident=make.make_incident(town, title="Rated"))
    w.opened(town, incident=make.make_incident(town, title="Open"))
    w.rounds.propose_announcement(
        assessment=make.make_assessment(town, incident=make.make_incident(town, title="Proposed")),
        opens_at=make.NOW + 9 * make.DAY, closes_at=make.NOW + 30 * make.DAY,
        by=town.staff[Role.SECRETARIAT], now=make.NOW,
    )  # fmt: skip
    make.announce(town, rated, opens_at=make.NOW + 2 * make.DAY)
    page = w.get("/testville/desk/", by=town.staff[Role.SECRETARIAT])
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("a, td")[:4]] for row in w.soup(page).select("tbody tr")
    ]
    assert rows == [
        ["Proposed", "Rated", "Confirm the round that is proposed", "The chair"],
        ["Rated", "Round announced", "Open the round at its time", "The system, by itself"],
        ["Open", "Open for answers", "Close the round at its time", "The system, by itself"],
        ["Rating", "Being rated", "Fix the ratings", "The secretariat"],
        ["Received", "Received", "Open an assessment", "The secretariat"],
    ]
    mine = w.get("/testville/desk/?mine", by=town.staff[Role.CHAIR])
    assert [link.get_text(strip=True) for link in w.soup(mine).select("tbody th a")] == ["Proposed"]
    nothing = w.get("/testville/desk/?mine", by=town.staff[Role.COMMITTEE])
    assert w.text_of(nothing, ".empty") == "Nothing waits for you. 5 cases wait on others or are done."


def test_workspace_shows_freshness_bands_and_names_but_nothing_answered():
    world = w.opened()
    for person in world.town.members["A"][:3]:
        make.answer(world.weight_round, person, (9999, 1, 0, 0))
    page = w.get(world.desk_url, by=world.staff(Role.SECRETARIAT))
    assert "Revision 1 of 5 counted. 4 inputs are waiting." in w.text_of(page, ".summary")
    missing = w.text_of(page, "dl.summary:last-of-type dd")
    assert missing.startswith("Member A3 Member A4 Member B0")
    assert "9999" not in page.content.decode()
    w.publication.count_and_publish(world.assessment.pk, make.NOW)
    fresh = w.get(world.desk_url, by=world.staff(Role.SECRETARIAT))
    assert "Revision 5 of 5 counted, nothing waiting." in w.text_of(fresh, ".summary")


def test_committee_sees_bands_and_no_names():
    world = w.opened(make.make_town(size=1))
    page = w.text_of(w.get(world.desk_url, by=world.staff(Role.COMMITTEE)))
    assert "Fewer than 5 answers so far" in page
    assert "Member A0" not in page


def test_erased_person_is_not_named():
    world = w.opened(make.make_town(size=1))
    people.erase_person(person=world.town.members["A"][0], by=world.staff(Role.ADMIN), now=make.NOW)
    page = w.text_of(w.get(world.desk_url, by=world.staff(Role.SECRETARIAT)))
    assert "an erased person" in page


def test_closed_round_says_that_publishing_goes_on_by_itself():
    world = w.closed()
    page = w.get(world.desk_url, by=world.staff(Role.SECRETARIAT), at=w.CLOSED)
    assert "The result is published by itself as soon as all are counted." in w.text_of(page, ".summary")
    assert doings(page) == []


def test_round_is_announced_by_two_people():
    world = w.rated(make.make_town(size=1))
    secretariat, chair = w.visitor(world.staff(Role.SECRETARIAT)), w.visitor(world.staff(Role.CHAIR))
    days = {"opens_at": "10 June 2026", "closes_at": "1 July 2026"}
    check = w.post(world.desk_url + "announce/", by=secretariat, **days)
    assert (check.status_code, WeightRound.objects.count()) == (200, 0)
    assert "5pm on Wednesday 10 June 2026 (Lisbon time)" in w.text_of(check, ".summary")
    sent = w.post(world.desk_url + "announce/", by=secretariat, confirmed="yes", **days)
    assert (sent.status_code, sent["Location"]) == (302, world.desk_url)
    waiting = w.get(world.desk_url, by=secretariat)
    assert "You proposed this, so somebody else must confirm it." in w.text_of(waiting, ".callout")
    assert doings(w.get(world.desk_url, by=chair)) == ["Read and confirm"]
    digest = RoundProposal.objects.get().digest
    done = w.post(world.desk_url + "confirm/", by=chair, digest=digest)
    assert (done.status_code, WeightRound.objects.get().state) == (302, RoundState.ANNOUNCED)
    again = w.post(world.desk_url + "confirm/", by=chair, digest=digest)
    assert w.text_of(again, "h1") == "Nothing waits for you here"


@pytest.mark.parametrize(
    ("typed", "status", "sentences"),
    [
        ({}, 422, ["Enter the day the round opens", "Enter the day the round closes"]),
        (
            {"opens_at": "31 June 2026", "closes_at": "soon"},
            422,
            [
                "The opening day must be a real date, like 3 June 2027",
                "The closing day must be a real date, like 24 June 2027",
            ],
        ),
        (
            {"opens_at": "1 July 2026", "closes_at": "1 July 2026"},
            422,
            ["The closing day must be after the opening day"],
        ),
        (
            {"opens_at": "2 June 2026", "closes_at": "23 June 2026", "confirmed": "yes"},
            422,
            ["The round must open at least 7 days after it is announced."],
        ),
        (
            {"opens_at": "10/06/2026", "closes_at": "2026-06-12", "confirmed": "yes"},
            422,
            ["The round must be open for 15 to 30 days."],
        ),
    ],
)
def test_announcement_that_makes_no_sense_comes_back_with_what_was_typed(typed, status, sentences):
    world = w.rated(make.make_town(size=1))
    page = w.post(world.desk_url + "announce/", by=world.staff(Role.SECRETARIAT), **typed)
    assert (page.status_code, errors(page)) == (status, sentences)
    assert w.text_of(page, "title").startswith("Error: ")
    assert w.soup(page).select_one("[name=opens_at]").get("value", "") == typed.get("opens_at", "")
    assert WeightRound.objects.count() == 0


def test_second_announcement_is_refused_while_one_waits():
    world = w.rated(make.make_town(size=1))
    days = {"opens_at": "10 June 2026", "closes_at": "1 July 2026", "confirmed": "yes"}
    client = w.visitor(world.staff(Role.SECRETARIAT))
    w.post(world.desk_url + "announce/", by=client, **days)
    page = w.post(world.desk_url + "announce/", by=client, **days)
    assert (page.status_code, len(errors(page))) == (409, 1)


def test_chair_confirms_only_what_was_shown():
    world = w.answered()
    by = world.staff(Role.SECRETARIAT)
    w.rounds.propose_early_close(weight_round=world.weight_round, reason="All are in.", by=by, now=make.NOW)
    page = w.post(world.desk_url + "confirm/", by=world.staff(Role.CHAIR), digest="0" * 64)
    assert page.status_code == 409
    assert errors(page) == ["What is proposed is no longer what you saw. Read it again before you confirm."]
    world.weight_round.refresh_from_db()
    assert world.weight_round.state == RoundState.OPEN


def test_proposal_is_gone_after_a_day():
    world = w.answered()
    by = world.staff(Role.SECRETARIAT)
    w.rounds.propose_early_close(weight_round=world.weight_round, reason="All are in.", by=by, now=make.NOW)
    page = w.get(world.desk_url + "confirm/", by=world.staff(Role.CHAIR), at=make.NOW + make.DAY)
    assert w.text_of(page, "h1") == "Nothing waits for you here"


def test_round_closes_early_by_two_people():
    world = w.answered()
    secretariat = w.visitor(world.staff(Role.SECRETARIAT))
    check = w.post(world.desk_url + "close/", by=secretariat, reason="All\nare in.")
    assert "All are in." in w.text_of(check, ".summary")
    w.post(world.desk_url + "close/", by=secretariat, reason="All\nare in.", confirmed="yes")
    chair = w.visitor(world.staff(Role.CHAIR))
    shown = w.get(world.desk_url + "confirm/", by=chair)
    assert "Secretariat 1" in w.text_of(shown, ".summary")
    digest = w.soup(shown).select_one("[name=digest]")["value"]
    w.post(world.desk_url + "confirm/", by=chair, digest=digest)
    world.weight_round.refresh_from_db()
    assert world.weight_round.state == RoundState.CLOSED


def test_closing_early_names_the_groups_that_have_too_few_answers():
    world = w.answered(silent=("C", "F"))
    page = w.post(world.desk_url + "close/", by=world.staff(Role.SECRETARIAT), reason="In a hurry.", confirmed="yes")
    assert page.status_code == 409
    assert errors(page) == [
        "Some groups have too few answers to close early.",
        "Too few answers yet from these groups: Group C, Group F.",
    ]
    assert w.soup(page).select_one("[name=reason]").get_text(strip=True) == "In a hurry."


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "Enter your reason"),
        ("  ", "Enter your reason"),
        ("x" * 1501, "Your reason must be 1,500 characters or fewer"),
    ],
)
def test_closing_early_needs_a_reason_that_fits(reason, sentence):
    world = w.opened(make.make_town(size=1))
    page = w.post(world.desk_url + "close/", by=world.staff(Role.SECRETARIAT), reason=reason)
    assert (page.status_code, errors(page)) == (422, [sentence])


def test_round_gets_more_time_once():
    world = w.opened(make.make_town(size=1))
    secretariat = w.visitor(world.staff(Role.SECRETARIAT))
    more = {"closes_at": "29 June 2026", "reason": "Holidays."}
    check = w.post(world.desk_url + "extend/", by=secretariat, **more)
    assert "5pm on Monday 29 June 2026 (Lisbon time)" in w.text_of(check, ".summary")
    w.post(world.desk_url + "extend/", by=secretariat, confirmed="yes", **more)
    world.weight_round.refresh_from_db()
    assert world.weight_round.closes_at == dt.datetime(2026, 6, 29, 16, tzinfo=dt.UTC)
    assert "Reason: Holidays." in w.text_of(w.get(world.case_url + "rounds/1/"), ".summary")
    assert "Give the round more time" not in doings(w.get(world.desk_url, by=secretariat))
    more["closes_at"] = "30 June 2026"
    again = w.post(world.desk_url + "extend/", by=secretariat, confirmed="yes", **more)
    assert (again.status_code, errors(again)) == (409, ["A round can be extended only once."])


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("1 June 2026", "The new end must be later than the present one."),
        ("30 July 2026", "The new end may be at most 10 days later."),
        ("never", "The new closing day must be a real date, like 24 June 2027"),
        ("", "Enter the new closing day"),
    ],
)
def test_more_time_has_limits(day, sentence):
    world = w.opened(make.make_town(size=1))
    page = w.post(
        world.desk_url + "extend/", by=world.staff(Role.SECRETARIAT), closes_at=day, reason="Why.", confirmed="yes"
    )
    assert errors(page) == [sentence]
    link = w.soup(page).select_one(".error-summary a")["href"]
    assert w.soup(page).select_one(link)["name"] == "closes_at"


def test_announced_round_can_be_opened_by_hand_once_its_time_has_come():
    world = w.rated(make.make_town(size=1))
    make.announce(world.town, world.assessment)
    secretariat = world.staff(Role.SECRETARIAT)
    early = w.post(world.desk_url + "open/", by=secretariat, at=make.NOW - make.DAY)
    assert (early.status_code, errors(early)) == (409, ["This round does not open before its announced time."])
    assert doings(w.get(world.desk_url, by=secretariat)) == ["Open the round now"]
    w.post(world.desk_url + "open/", by=secretariat)
    assert WeightRound.objects.get().state == RoundState.OPEN


def test_a_further_round_is_neither_offered_nor_taken_once_one_is_published():
    world = w.published()
    secretariat = world.staff(Role.SECRETARIAT)
    page = w.get(world.desk_url, by=secretariat, at=w.CLOSED)
    assert (page.status_code, "Propose a round" in doings(page)) == (200, False)
    typed = {"opens_at": "10 July 2026", "closes_at": "1 August 2026", "confirmed": "yes"}
    refused = w.post(world.desk_url + "announce/", by=secretariat, at=w.CLOSED, **typed)
    sentence = "A round on this case is published. Any further round follows from talks between the groups."
    assert (refused.status_code, errors(refused)) == (409, [sentence])


def test_acts_ask_again_who_it_is_after_five_minutes():
    world = w.rated(make.make_town(size=1))
    client = w.visitor(world.staff(Role.SECRETARIAT))
    later = make.NOW + dt.timedelta(minutes=6)
    pages = [w.get(world.desk_url + act, by=client, at=later) for act in ACTS]
    assert [page["Location"].split("?")[0] for page in pages] == ["/sign-in/again/"] * len(ACTS)
    assert w.get(world.desk_url, by=client, at=later).status_code == 200


def test_acts_need_the_form_token():
    world = w.opened(make.make_town(size=1))
    client = w.visitor(world.staff(Role.SECRETARIAT))
    client.handler.enforce_csrf_checks = True
    with time_machine.travel(make.NOW, tick=False):
        assert client.post(world.desk_url + "close/", {"reason": "x"}).status_code == 403
        assert client.put(world.desk_url + "close/").status_code == 403


def test_desk_of_a_case_without_assessment():
    town = make.make_town(size=1)
    incident = make.make_incident(town)
    url = f"/testville/desk/cases/{incident.reference}/rounds/"
    page = w.get(url, by=town.staff[Role.SECRETARIAT])
    assert w.text_of(page, ".empty").startswith("There is no assessment of this case yet.")
    assert w.get(url + "announce/", by=town.staff[Role.SECRETARIAT]).status_code == 404
