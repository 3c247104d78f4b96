"""The desk's part in rating: it opens, appoints, is told about a third, fixes, looks, and never sees a value."""

import pytest

from assessments import emails
from assessments.actions import appointments, publication
from assessments.models import Assessment, EvaluatorAppointment, PeakLook
from assessments.states import SchemeName
from lastvote.access import Role
from lastvote.jobs.models import OutboxItem
from tests import factories as make
from tests import rating_world as rw
from tests.deliberation.world import get, post, soup, text_of, visitor
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db


built = kept(lambda: make.make_town(size=1))


@pytest.fixture
def town(built, db):
    return copied(built)


@pytest.fixture
def unrated(town):
    return rw.unrated(town)


def url(incident, page=""):
    return f"/{incident.jurisdiction.slug}/desk/cases/{incident.reference}/ratings/{page}"


def desk(town, role=Role.SECRETARIAT):
    return visitor(town.staff[role])


def cells(response):
    return [" ".join(cell.get_text(" ").split()) for cell in soup(response).select("tbody tr > *")]


# --- Opening ----------------------------------------------------------------------------------------------------


def test_the_secretariat_opens_an_assessment_under_the_policy_in_force(town):
    incident, by = make.make_incident(town), desk(town)
    given = {"scheme": "taxonomy", "evidence_cutoff": "30 April 2026"}
    check = post(url(incident, "open/"), by=by, **given)
    assert (check.status_code, Assessment.objects.count()) == (200, 0)
    assert "Seven kinds of risk" in text_of(check)
    assert post(url(incident, "open/"), by=by, confirmed="yes", **given).status_code == 302
    found = Assessment.objects.get()
    assert (found.scheme, found.policy, found.evidence_cutoff.isoformat(), found.opened_on) == (
        "taxonomy", town.policy, "2026-04-30", make.NOW.date(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Choose what this assessment is for"),
        ({"scheme": "both"}, "Choose what this assessment is for"),
        ({"scheme": "classic", "evidence_cutoff": "31 June 2026"}, "must be a real date"),
        ({"scheme": "classic", "evidence_cutoff": "2 June 2026"}, "cannot lie ahead"),
    ],
)
def test_an_assessment_that_makes_no_sense_comes_back(town, given, said):
    answer = post(url(make.make_incident(town), "open/"), by=desk(town), **given)
    assert (answer.status_code, Assessment.objects.count()) == (422, 0)
    assert said in text_of(answer, ".error-summary")


def test_without_a_policy_in_force_nothing_is_opened(town):
    long_ago = make.NOW - 400 * make.DAY
    incident, by = make.make_incident(town), visitor(town.staff[Role.SECRETARIAT], at=make.NOW)
    town.staff[Role.SECRETARIAT].role_grants.update(valid_from=long_ago.date())
    by = visitor(town.staff[Role.SECRETARIAT], at=long_ago)
    answer = post(url(incident, "open/"), by=by, at=long_ago, scheme="classic", confirmed="yes")
    assert (answer.status_code, "No policy is in force" in text_of(answer)) == (409, True)


def test_rating_again_in_the_same_way_needs_a_reason_and_takes_the_earlier_ones_place(town):
    first = make.make_assessment(town)
    by, given = desk(town), {"scheme": "classic"}
    missing = post(url(first.incident, "open/"), by=by, **given)
    assert (missing.status_code, "Say why it is rated again" in text_of(missing)) == (422, True)
    given["rescored_because"] = "New evidence."
    assert "Takes the place of" in text_of(post(url(first.incident, "open/"), by=by, **given))
    post(url(first.incident, "open/"), by=by, confirmed="yes", **given)
    second = Assessment.objects.get(number=2)
    assert (second.supersedes, second.rescored_because) == (first, "New evidence.")
    again = post(url(first.incident, "open/"), by=by, confirmed="yes", **given)
    assert (again.status_code, "is being rated" in text_of(again)) == (409, True)


def test_a_screening_and_a_decision_stand_side_by_side(town):
    first = make.make_assessment(town)
    post(url(first.incident, "open/"), by=desk(town), scheme="taxonomy", confirmed="yes", rescored_because="Ignored.")
    second = Assessment.objects.get(number=2)
    assert (second.supersedes, second.rescored_because) == (None, "")


# --- Appointing -------------------------------------------------------------------------------------------------


def test_an_evaluator_is_proposed_by_one_and_confirmed_by_another(town, unrated):
    person = rw.newcomer(town)
    listed = {
        option.get_text() for option in soup(get(url(unrated.incident, "appoint/"), by=desk(town))).select("option")
    }
    assert person.name in listed
    assert town.members["A"][0].name not in listed
    post(url(unrated.incident, "appoint/"), by=desk(town), person=str(person.pk), supervised="on")
    assert "No evaluator waits" in text_of(get(url(unrated.incident, "confirm/"), by=desk(town)))
    page = get(url(unrated.incident, "confirm/"), by=desk(town, Role.CHAIR))
    mark = soup(page).select_one("input[name=mark]")["value"]
    assert person.name in text_of(page)
    done = post(url(unrated.incident, "confirm/"), by=desk(town, Role.ADMIN), mark=mark, decision="confirm")
    assert done.status_code == 302
    found = EvaluatorAppointment.objects.get()
    assert (found.person, found.supervised, found.confirmed_by) == (person, True, town.staff[Role.ADMIN])


def test_a_proposed_evaluator_can_be_declined(town, unrated):
    rw.propose(town, unrated, rw.newcomer(town))
    by = desk(town, Role.CHAIR)
    mark = soup(get(url(unrated.incident, "confirm/"), by=by)).select_one("input[name=mark]")["value"]
    assert post(url(unrated.incident, "confirm/"), by=by, mark="0" * 64, decision="confirm").status_code == 409
    assert post(url(unrated.incident, "confirm/"), by=by).status_code == 422
    post(url(unrated.incident, "confirm/"), by=by, mark=mark, decision="decline")
    assert not EvaluatorAppointment.objects.exists()
    assert post(url(unrated.incident, "confirm/"), by=by, mark=mark, decision="decline").status_code == 409


@pytest.mark.parametrize("person", ["", "0", "many", "9" * 30])
def test_nobody_is_proposed_who_is_not_on_the_list(town, unrated, person):
    answer = post(url(unrated.incident, "appoint/"), by=desk(town), person=person)
    assert (answer.status_code, EvaluatorAppointment.objects.count()) == (422, 0)


# --- Following --------------------------------------------------------------------------------------------------


def test_the_desk_sees_who_has_rated_and_never_what(town, unrated):
    rw.rate(unrated, town.evaluators[0], "0.1379")
    page = get(url(unrated.incident), by=desk(town))
    assert cells(page)[:3] == ["Evaluator 1", "for all cases", "handed in"]
    assert cells(page)[3:6] == ["Evaluator 2", "for all cases", "not yet"]
    for role in (Role.SECRETARIAT, Role.CHAIR, Role.COMMITTEE):
        for path in (url(unrated.incident), url(unrated.incident).replace("ratings", "rounds"), "/testville/desk/"):
            said = get(path, by=desk(town, role)).content.decode()
            assert ("1379" in said, "As the report says." in said) == (False, False)


def test_the_desk_is_told_when_a_third_is_needed_and_when_the_ratings_can_be_fixed(town, unrated):
    def queue(params=""):
        return text_of(get(f"/testville/desk/{params}", by=desk(town)))

    assert "Hand in the ratings" in queue()
    rw.rate(unrated, town.evaluators[0], "0.2")
    rw.rate(unrated, town.evaluators[1], "0.9")
    assert "Appoint a third evaluator" in queue("?mine")
    assert "A third evaluator is needed." in text_of(get(url(unrated.incident), by=desk(town)))
    refused = post(url(unrated.incident, "freeze/"), by=desk(town))
    assert (refused.status_code, "third evaluator must rate" in text_of(refused)) == (409, True)
    person = rw.newcomer(town)
    waiting = rw.propose(town, unrated, person)
    assert "Confirm the evaluator who is proposed" in queue()
    appointments.confirm_evaluator(appointment=waiting, by=town.staff[Role.CHAIR], now=make.NOW - make.DAY)
    rw.rate(unrated, town.evaluators[2], "0.5")
    assert "Fix the ratings" in queue("?mine")
    assert post(url(unrated.incident, "freeze/"), by=desk(town)).status_code == 302
    unrated.refresh_from_db()
    assert unrated.ratings_frozen_at is not None
    assert post(url(unrated.incident, "freeze/"), by=desk(town)).status_code == 409


def test_a_learners_rating_is_marked_until_it_is_signed_off(town, unrated):
    learner = rw.newcomer(town, "A Learner")
    rw.appoint(town, unrated, learner, supervised=True)
    rw.rate(unrated, learner)
    assert cells(get(url(unrated.incident), by=desk(town)))[:3] == [
        "A Learner", "for this assessment, still learning", "handed in, not signed off",
    ]  # fmt: skip
    assert "1 rating is not signed off" in text_of(get(url(unrated.incident, "freeze/"), by=desk(town)))


def test_a_case_without_an_assessment_says_so(town):
    incident = make.make_incident(town)
    page = get(url(incident), by=desk(town))
    assert "There is no assessment of this case yet." in text_of(page)
    assert get(url(incident, "appoint/"), by=desk(town)).status_code == 404


# --- Peak alarm -------------------------------------------------------------------------------------------------


@pytest.fixture
def alarming(town):
    assessment = rw.unrated(town, scheme=SchemeName.TAXONOMY)
    for evaluator in town.evaluators[:2]:
        rw.rate(assessment, evaluator, "0.1", EL="0.95")
    rw.freeze(town, assessment)
    publication.count_and_publish(assessment.pk, make.NOW)
    return assessment


def test_a_part_at_the_high_line_asks_for_a_person_on_desk_and_case_page(town, alarming):
    case = f"/testville/cases/{alarming.incident.reference}/"
    score = text_of(get(case), "#score dl")
    assert "Nobody has looked yet." in text_of(get(case))
    assert "Election interference: made-up news, 0.9500" in text_of(get(url(alarming.incident), by=desk(town)))
    assert post(url(alarming.incident, "look/"), by=desk(town), note=" ").status_code == 422
    done = post(url(alarming.incident, "look/"), by=desk(town, Role.COMMITTEE), note="We read the posts.")
    assert (done.status_code, PeakLook.objects.get().note) == (302, "We read the posts.")
    after = get(case)
    assert "We read the posts." in text_of(after, "#score .notice")
    assert text_of(after, "#score dl") == score


def test_where_no_part_reached_the_line_there_is_nothing_to_look_at(town):
    assessment = make.make_assessment(town)
    assert "must look" not in text_of(get(f"/testville/cases/{assessment.incident.reference}/"))
    assert "nothing to look at" in text_of(get(url(assessment.incident, "look/"), by=desk(town)))
    assert post(url(assessment.incident, "look/"), by=desk(town), note="Nothing.").status_code == 409


# --- Scored anew ------------------------------------------------------------------------------------------------


def test_everybody_who_answered_is_told_once_and_the_difference_stands_on_the_case_page(town, mailoutbox):
    first = make.make_assessment(town)
    weight_round = make.open_round(town, first)
    make.answer(weight_round, town.members["A"][0], (4000, 3000, 2000, 1000))
    weight_round.state = "void"
    weight_round.save(update_fields=["state"])
    given = {"scheme": "classic", "rescored_because": "New evidence.", "confirmed": "yes"}
    post(url(first.incident, "open/"), by=desk(town), **given)
    second = Assessment.objects.get(number=2)
    for evaluator in town.evaluators[:2]:
        rw.rate(second, evaluator, "0.7", R="0.2", E="0.4", X="0.55")
    post(url(first.incident, "freeze/"), by=desk(town))
    publication.count_and_publish(second.pk, make.NOW)
    submission = OutboxItem.objects.get(kind="mail.rescored").subject_id
    for _try in range(2):
        emails.send_rescored(submission, make.NOW)
    assert len({mail.extra_headers["Message-ID"] for mail in mailoutbox}) == 1
    assert (mailoutbox[0].to, "New evidence." in mailoutbox[0].body) == (["a0@testville.example"], True)
    case = f"/testville/cases/{first.incident.reference}/"
    assert case in mailoutbox[0].body
    page = get(case)
    rows = [" ".join(row.get_text(" ").split()) for row in soup(page).select("#score tbody tr")]
    assert {"Harm done 0.7000 0.7000", "Spread 0.8500 0.2000, changed"} <= set(rows)
    assert "New evidence." in text_of(page, "#score")
