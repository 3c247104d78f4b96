"""Changing the policy at the desk: the form, the check, the second person, and every refusal on a page."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import policies
from assessments.models import PolicyProposal, PolicyVersion
from lastvote.access import Role
from lastvote.texts import text
from stakeholders import actions as people
from tests import factories as make
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db

DESK = "/testville/desk/policy/"
PROPOSE, DECIDE = DESK + "propose/", DESK + "decide/"
WHEN = {"effective_from": "1 July 2026", "reason": "Four\nwere too few."}
PAGES = (DESK, PROPOSE, DECIDE)

built = kept(lambda: make.make_town(size=1, codes=("A", "C", "D")))


@pytest.fixture
def town(built, db):
    return copied(built)


def errors(page) -> list[str]:
    return [part.get_text(" ", strip=True) for part in w.soup(page).select(".error-summary li")]


def filled(page) -> dict[str, str]:
    """What a browser would send if nobody touched the form."""
    form = w.soup(page).select_one("main form")
    found = {one["name"]: one.get("value", "") for one in form.select("input[name]")}
    found |= {one["name"]: one.get_text().removeprefix("\n") for one in form.select("textarea")}
    found |= {one["name"]: one.select_one("option[selected]")["value"] for one in form.select("select")}
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def send(client, *, at=make.NOW, **changed):
    """Fill the form in and send it, as a person does who leaves the rest alone."""
    return w.post(PROPOSE, by=client, at=at, **{**filled(w.get(PROPOSE, by=client, at=at)), **WHEN, **changed})


def propose(town, **changed) -> PolicyProposal:
    client = w.visitor(town.staff[Role.ADMIN])
    done = send(client, confirmed="yes", **(changed or {"parameters-quorum": "3"}))
    assert (done.status_code, done["Location"]) == (302, DESK)
    return PolicyProposal.objects.latest("pk")


def decide(town, decision, *, at=make.NOW, **more):
    client = w.visitor(town.staff[Role.CHAIR], at=at)
    digest = more.pop("digest", None) or PolicyProposal.objects.latest("pk").digest
    return w.post(DECIDE, by=client, at=at, decision=decision, digest=digest, **more)


def other_version(town) -> PolicyVersion:
    return policies.adopt_policy(
        jurisdiction=town.jurisdiction, body=make.policy_body(voices="eq7", codes=("A", "C", "D")),
        reason=text("Meanwhile."), effective_from=make.START, proposed_by=town.staff[Role.ADMIN],
        adopted_by=town.staff[Role.CHAIR], now=make.NOW,
    )  # fmt: skip


def test_two_people_change_the_policy(town):
    admin, chair = w.visitor(town.staff[Role.ADMIN]), w.visitor(town.staff[Role.CHAIR])
    check = send(admin, **{"parameters-low-s_initial": "25", "round_clock-min_days": "20"})
    assert (check.status_code, PolicyProposal.objects.count()) == (200, 0)
    table = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in
             w.soup(check).select("main > table tbody tr")]  # fmt: skip
    assert table == [["Low line at the start", "20", "25", "out of 100"], ["Shortest round", "15", "20", "days"]]
    drawn = [part.get_text(strip=True) for part in w.soup(check).select(".chart-headline")]
    assert drawn == [
        "As they are: 20.2 for Low, 50.2 for Moderate and 79.9 for High on 1 July 2026.",
        "With the change: 25.1 for Low, 50.2 for Moderate and 79.9 for High on 1 July 2026.",
    ]
    done = w.post(PROPOSE, by=admin, **filled(check), confirmed="yes")
    assert (done.status_code, done["Location"]) == (302, DESK)
    assert "You proposed this, so somebody else must decide." in w.text_of(w.get(DESK, by=admin), ".callout")
    assert "A change of the policy waits for you" in w.text_of(w.get("/testville/desk/", by=chair))
    shown = w.get(DECIDE, by=chair)
    assert "Four were too few." in w.text_of(shown, ".summary")
    adopted = w.post(DECIDE, by=chair, decision="adopt", **filled(shown))
    assert (adopted.status_code, adopted["Location"]) == (302, DESK)
    version = PolicyVersion.objects.get(number=2)
    data = json.loads(version.body)
    assert (data["parameters"]["low"]["s_initial"], data["round_clock"]["min_days"]) == ("0.25", 20)
    data["parameters"]["low"]["s_initial"], data["round_clock"]["min_days"] = "0.2", 15
    assert data == json.loads(town.policy.body)
    assert (version.reason, version.effective_from) == (text("Four\nwere too few."), dt.date(2026, 7, 1))
    assert "Adopted by Chair 1 as version 2." in w.text_of(w.get(DESK, by=admin), "tbody")


def test_change_that_leaves_the_lines_alone_says_so(town):
    check = send(w.visitor(town.staff[Role.ADMIN]), **{"parameters-quorum": "3"})
    assert w.soup(check).select(".chart") == []
    assert "The lines of levels stay as they are." in w.text_of(check)


def test_chair_declines_with_a_reason(town):
    propose(town)
    page = decide(town, "decline", declined_because="Let us wait.")
    assert (page.status_code, PolicyVersion.objects.count()) == (302, 1)
    told = w.text_of(w.get(DESK, by=town.staff[Role.SECRETARIAT]), "tbody")
    assert told.endswith("Declined by Chair 1. Let us wait.")


def test_declining_needs_a_reason(town):
    propose(town)
    page = decide(town, "decline")
    assert (page.status_code, errors(page)) == (422, ["Say why the proposal is declined."])
    assert PolicyProposal.objects.get().decided_at is None


@pytest.mark.parametrize("role", [None, *Role])
def test_who_may_open_which_page(town, role):
    person = town.staff.get(role) or (town.evaluators[0] if role == Role.EVALUATOR else town.members["A"][0])
    held = role if role in town.staff else None
    expected = {
        Role.ADMIN: [200, 200, 403], Role.CHAIR: [200, 403, 200],
        Role.SECRETARIAT: [200, 403, 403], Role.COMMITTEE: [200, 403, 403],
    }.get(held, [403, 403, 403])  # fmt: skip
    assert [w.get(url, by=person).status_code for url in PAGES] == expected
    assert [w.get(url).status_code for url in PAGES] == [302, 302, 302]


def test_lines_offer_the_form_to_whoever_may_propose(town):
    link = 'href="/testville/desk/policy/"'
    assert link in w.get("/testville/lines/", by=town.staff[Role.ADMIN]).content.decode()
    assert link not in w.get("/testville/lines/", by=town.staff[Role.CHAIR]).content.decode()


def test_acts_ask_again_who_it_is_after_five_minutes(town):
    later = make.NOW + dt.timedelta(minutes=6)
    for role, url in ((Role.ADMIN, PROPOSE), (Role.CHAIR, DECIDE)):
        page = w.get(url, by=w.visitor(town.staff[role]), at=later)
        assert page["Location"].split("?")[0] == "/sign-in/again/"


@pytest.mark.parametrize(("changed", "sentences"), [
    ({"reason": " ", "effective_from": ""}, ["Enter the first day of the new policy", "Enter your reason"]),
    ({"effective_from": "31 June 2026"}, ["The first day must be a real date, like 3 June 2027"]),
    ({"parameters-moderate-s_full": "80"}, ["High line at the end must be above Moderate line at the end"]),
    ({"parameters-suspension_line": "60"}, ["Line for a possible suspension must be above Line for extra measures"]),
    ({"parameters-quorum": "many"}, ["Groups needed for a result that is more than provisional must be a number"]),
    ({"parameters-eta": "2"},
     ["How far the compounding method is tempered (eta) must be between 0.0001 and 0.9999"]),
    ({"round_clock-min_days": "31"}, ["Longest round must not be below Shortest round"]),
    ({"parameters-minimum_answers": "4"},
     ["Answers from which the position of a group counts must be between 5 and 1000"]),
    ({"voices-A-reason": " "}, ["Group A: reason: enter your reason"]),
    ({"parameters-voices": "loud"}, ["How much each group counts: choose one of the list"]),
    ({"aggregators-classic": ""}, ["Method for four factors: choose one of the list"]),
    ({"parameters-voices": "eq7", "voices-A-beta": "3"},
     ["Group A: weight of expertise (beta) must be between 0.5 and 1.5, the range above"]),
    ({"parameters-learning-lambda_path": "0.01 0.02"},
     ["Pulls that the default fit chooses from, falling: each number must be below the one before it"]),
    ({"parameters-component_ratios-0-0": "0", "parameters-component_ratios-0-1": "0",
      "parameters-component_ratios-0-2": "0"},
     ["Unfair exclusion: makes bias stronger: at least one part of this kind must be more than 0"]),
    ({"effective_from": "1 June 2026", "parameters-quorum": "3"}, ["A policy starts tomorrow at the earliest."]),
    ({"effective_from": "1 July 2028", "parameters-quorum": "3"},
     ["A policy starts within a year. Look at the year again."]),
    ({}, ["Nothing is changed yet. Change at least one number, method or reason."]),
])  # fmt: skip
def test_form_that_makes_no_sense_comes_back_with_what_was_typed(town, changed, sentences):
    page = send(w.visitor(town.staff[Role.ADMIN]), **changed)
    assert (page.status_code, errors(page)) == (422, sentences)
    assert w.text_of(page, "title").startswith("Error: ")
    kept = filled(page) if "loud" not in changed.values() and "" not in changed.values() else {}
    assert {name: kept.get(name, value) for name, value in changed.items()} == changed
    assert PolicyProposal.objects.count() == 0
    link = w.soup(page).select_one(".error-summary a")
    assert w.soup(page).find(id=link["href"][1:]) is not None


def test_unchecked_post_without_the_rest_of_the_form_is_refused(town):
    page = w.post(PROPOSE, by=town.staff[Role.ADMIN], confirmed="yes", **WHEN)
    assert page.status_code == 422
    assert "Low line at the start: enter a number" in errors(page)


def test_numbers_out_of_a_range_that_does_not_decide_may_stay(town):
    check = send(w.visitor(town.staff[Role.ADMIN]), **{"voices-A-beta": "3"})
    assert w.text_of(check, "h1") == "Check the change before you propose it"


def test_group_that_joined_later_begins_as_everybody_else(town):
    people.add_group(
        jurisdiction=town.jurisdiction, code="Z", position_order=9, name=text("Group Z"), description=text("Late."),
        label="Zz", slot=9, is_affected=False, is_civil_society=False, now=make.NOW,
    )  # fmt: skip
    client = w.visitor(town.staff[Role.ADMIN])
    missing = send(client, **{"parameters-quorum": "3"})
    assert errors(missing) == ["Group Z: reason: enter your reason"]
    send(client, confirmed="yes", **{"voices-Z-reason": "New here."})
    decide(town, "adopt")
    row = json.loads(PolicyVersion.objects.get(number=2).body)["voices"][-1]
    assert row == {
        "group": "Z", "beta": "1", "gamma": "1", "expertise": "0", "impact": "0", "reason": "New here.",
    }  # fmt: skip


def test_only_one_change_waits(town):
    propose(town)
    client = w.visitor(town.staff[Role.ADMIN])
    page = send(client, confirmed="yes", **{"parameters-quorum": "2"})
    assert (page.status_code, errors(page)) == (409, ["A change of the policy waits for the chair already."])
    assert filled(page)["parameters-quorum"] == "2"


def test_sending_the_same_twice_proposes_once(town):
    propose(town)
    propose(town)
    assert PolicyProposal.objects.count() == 1


def test_form_of_an_old_version_is_refused_with_what_was_typed(town):
    client = w.visitor(town.staff[Role.ADMIN])
    typed = filled(w.get(PROPOSE, by=client))
    other_version(town)
    page = w.post(PROPOSE, by=client, **{**typed, **WHEN, "parameters-quorum": "3"}, confirmed="yes")
    assert (page.status_code, errors(page)) == (
        409, ["Another version of the policy was adopted meanwhile. Compare your numbers with it."],
    )  # fmt: skip
    assert (filled(page)["parameters-quorum"], filled(page)["base"]) == ("3", "2")
    assert PolicyProposal.objects.count() == 0


def test_stale_proposal_is_refused_in_words(town):
    propose(town)
    other_version(town)
    page = decide(town, "adopt")
    assert (page.status_code, errors(page)) == (
        409, ["Another version of the policy was adopted meanwhile. Start again from that one."],
    )  # fmt: skip
    assert w.text_of(w.get(DECIDE, by=town.staff[Role.CHAIR]), "h1") == "No change of the policy waits for you"
    assert "Nobody decided before it was too late." in w.text_of(w.get(DESK, by=town.staff[Role.CHAIR]), "tbody")


def test_proposal_ends_on_its_first_day(town):
    propose(town)
    late = dt.datetime(2026, 7, 1, 8, tzinfo=dt.UTC)
    page = decide(town, "adopt", at=late)
    assert (page.status_code, errors(page)) == (422, ["A policy starts tomorrow at the earliest."])
    assert w.text_of(w.get(DECIDE, by=town.staff[Role.CHAIR], at=late), "h1") == "No change of the policy waits for you"


def test_deciding_twice_is_harmless_for_the_same_answer_and_refused_for_another(town):
    propose(town)
    assert decide(town, "adopt").status_code == 302
    assert decide(town, "adopt").status_code == 302
    page = decide(town, "decline", declined_because="After all.")
    assert (page.status_code, errors(page)) == (409, ["Somebody has decided this already."])
    assert PolicyVersion.objects.count() == 2


def test_chair_decides_only_what_was_shown(town):
    propose(town)
    page = decide(town, "adopt", digest="0" * 64)
    assert (page.status_code, errors(page)) == (
        409, ["What is proposed is no longer what you saw. Read it again before you decide."],
    )  # fmt: skip
    assert PolicyVersion.objects.count() == 1


@pytest.mark.parametrize("decision", ["", "burn"])
def test_an_answer_that_is_neither_is_refused(town, decision):
    proposal = propose(town)
    page = decide(town, decision, digest=proposal.digest)
    assert (page.status_code, errors(page)) == (422, ["Part of this page did not arrive. Open the page again."])
    assert PolicyVersion.objects.count() == 1


def test_nothing_to_decide(town):
    assert w.text_of(w.get(DECIDE, by=town.staff[Role.CHAIR]), "h1") == "No change of the policy waits for you"
    assert w.post(DECIDE, by=town.staff[Role.CHAIR], decision="adopt").status_code == 409
    assert w.text_of(w.get(DESK, by=town.staff[Role.CHAIR]), ".empty") == "Nothing has been proposed here yet."


def test_town_without_a_policy_has_nothing_to_change():
    jurisdiction = people.found_jurisdiction(
        code="NW", slug="newtown", name=text("Newtown"), purpose=text("To begin."), timezone="UTC", languages=["en"],
        roadmap_start=make.START, contact_email="a@newtown.example", synthetic=False, now=make.NOW,
    )  # fmt: skip
    admin = people.add_person(jurisdiction=jurisdiction, name="Ada", email="ada@newtown.example", now=make.NOW)
    people.grant_role(
        person=admin, role=Role.ADMIN, valid_from=make.START, founding=True, now=make.NOW,
        proposed_by=None, confirmed_by=None,
    )  # fmt: skip
    page = w.get("/newtown/desk/policy/", by=admin)
    assert "No policy has been adopted yet." in w.text_of(page, ".empty")
    assert w.get("/newtown/desk/policy/propose/", by=admin).status_code == 404


def test_adopted_version_that_has_not_begun_is_named(town):
    propose(town)
    decide(town, "adopt")
    page = w.get(DESK, by=town.staff[Role.ADMIN])
    assert "Version 2, from 1 July 2026" in w.text_of(page, ".summary")
    form = w.get(PROPOSE, by=town.staff[Role.ADMIN])
    assert "These are the numbers of version 2." in w.text_of(form)
    assert "That version is adopted and starts on 1 July 2026." in w.text_of(form)
    early = send(w.visitor(town.staff[Role.ADMIN]), effective_from="30 June 2026", **{"parameters-quorum": "2"})
    assert errors(early) == ["Version 2 starts on 1 July 2026. The next one cannot start before it."]


def test_desk_asks_as_often_for_two_proposals_as_for_one(town):
    def asked():
        client = w.visitor(town.staff[Role.ADMIN])
        w.get(DESK, by=client)
        with CaptureQueriesContext(connection) as seen:
            w.get(DESK, by=client)
        return len(seen)

    propose(town)
    decide(town, "decline", declined_because="Not now.")
    one = asked()
    propose(town)
    decide(town, "decline", declined_because="Nor now.")
    assert asked() == one


def test_list_of_numbers_can_be_typed_on_a_telephone_and_read_whole(town):
    form = w.soup(w.get(PROPOSE, by=town.staff[Role.ADMIN]))
    field = {
        name: form.select_one(f"[name={name}]").attrs for name in ("parameters-learning-lambda_path", "parameters-rho")
    }
    assert [(one.get("inputmode"), one.get("class")) for one in field.values()] == [
        (None, None),
        ("decimal", ["short"]),
    ]
