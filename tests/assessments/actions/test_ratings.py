"""Who rates, whose rating counts, what may be frozen, scoring anew, and looking at a part that reached the line."""

import pytest
from django.db import DatabaseError, transaction

from assessments import rating_reads, reads
from assessments.actions import appointments, peak_looks, publication, rating_drafts, ratings, sign_offs
from assessments.models import Assessment, EvaluatorAppointment, PeakLook, RatingDraft, RatingSignOff
from assessments.states import SchemeName
from lastvote.access import Permission, Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from lastvote.jobs.models import OutboxItem
from stakeholders.rules import permissions_for
from tests import factories as make
from tests import rating_world as rw
from tests.architecture.world import send
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
TODAY = make.NOW.date()


built = kept(lambda: make.make_town(size=1))


@pytest.fixture
def town(built, db):
    return copied(built)


@pytest.fixture
def unrated(town):
    return rw.unrated(town)


def refusal(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return refused.value.code, refused.value.status


def events(kind):
    return AuditEvent.objects.filter(kind=kind)


# --- Opening ----------------------------------------------------------------------------------------------------


def open_again(town, incident, **wanted):
    arguments = {"scheme": SchemeName.CLASSIC, "policy_version": town.policy, "opened_on": rw.OPENED, "now": make.NOW}
    return ratings.open_assessment(
        incident=incident, by=town.staff[Role.SECRETARIAT], **{**arguments, **wanted}
    )  # fmt: skip


def test_a_second_assessment_waits_until_the_first_is_fixed(town, unrated):
    assert refusal(open_again, town=town, incident=unrated.incident) == ("already_being_rated", 409)
    assert Assessment.objects.count() == 1


def test_a_second_assessment_waits_until_no_round_runs(town):
    weight_round = make.open_round(town)
    assert refusal(open_again, town=town, incident=weight_round.assessment.incident) == ("round_running", 409)


def test_a_case_is_scored_anew_under_its_scheme_once_and_with_a_reason(town):
    first = make.make_assessment(town)
    elsewhere = make.make_assessment(town)

    def again(**wanted):
        given = {"supersedes": first, "rescored_because": "New evidence.", **wanted}
        return refusal(open_again, town=town, incident=first.incident, **given)

    assert again(rescored_because=" ") == ("reason_required", 422)
    assert again(supersedes=elsewhere) == ("other_assessment", 422)
    assert again(scheme=SchemeName.TAXONOMY) == ("other_assessment", 422)
    second = open_again(town, first.incident, supersedes=first, rescored_because=" New evidence. ")
    assert (second.supersedes, second.rescored_because, second.number) == (first, "New evidence.", 2)
    assert events("assessment.opened").latest("pk").facts["supersedes"] == 1
    for evaluator in town.evaluators[:2]:
        rw.rate(second, evaluator)
    rw.freeze(town, second)
    assert again() == ("already_superseded", 409)


def test_everybody_who_answered_before_is_owed_one_message_when_the_new_ratings_are_fixed(town):
    first = make.make_assessment(town)
    weight_round = make.open_round(town, first)
    people = town.members["A"][0], town.members["C"][0]
    for person in people:
        send(weight_round, person, (4000, 3000, 2000, 1000), now=make.NOW)
    changed = send(weight_round, people[0], (1000, 3000, 2000, 4000), now=make.NOW + make.DAY)
    weight_round.state = "void"
    weight_round.save(update_fields=["state"])
    second = open_again(town, first.incident, supersedes=first, rescored_because="New evidence.")
    for evaluator in town.evaluators[:2]:
        rw.rate(second, evaluator, "0.6")
    assert not OutboxItem.objects.filter(kind="mail.rescored").exists()
    rw.freeze(town, second)
    owed = list(OutboxItem.objects.filter(kind="mail.rescored").values_list("subject_id", flat=True))
    assert len(owed) == len(people)
    assert changed.submission.pk in owed


# --- Appointing -------------------------------------------------------------------------------------------------


def test_two_people_appoint_an_evaluator_for_one_assessment(town, unrated):
    person, other = rw.newcomer(town), rw.unrated(town)
    waiting = rw.propose(town, unrated, person)
    assert refusal(ratings.submit_rating, assessment=unrated, values=rw.rows(unrated), by=person, now=make.NOW) == (
        "not_allowed", 403,
    )  # fmt: skip
    act = appointments.confirm_evaluator
    assert refusal(act, appointment=waiting, by=town.staff[Role.SECRETARIAT], now=make.NOW) == (
        "second_person_needed", 409,
    )  # fmt: skip
    assert refusal(act, appointment=waiting, by=town.evaluators[0], now=make.NOW) == ("not_allowed", 403)
    done = act(appointment=waiting, by=town.staff[Role.CHAIR], now=make.NOW)
    assert act(appointment=waiting, by=town.staff[Role.CHAIR], now=make.NOW) == done
    assert Permission.RATE in permissions_for(person, on=TODAY, assessment_id=unrated.pk)
    assert Permission.RATE not in permissions_for(person, on=TODAY, assessment_id=other.pk)
    assert [events(f"evaluator.{kind}").count() for kind in ("proposed", "appointed")] == [1, 1]
    assert events("evaluator.appointed").get().facts == {"person": person.pk, "supervised": False}


def test_proposing_the_same_person_again_changes_nothing_and_otherwise_is_refused(town, unrated):
    person = rw.newcomer(town)
    first = rw.propose(town, unrated, person)
    assert rw.propose(town, unrated, person) == first
    assert refusal(rw.propose, town=town, assessment=unrated, person=person, supervised=True) == (
        "already_appointed", 409,
    )  # fmt: skip
    assert EvaluatorAppointment.objects.count() == 1


def test_nobody_is_proposed_from_elsewhere_nor_by_themselves_nor_beside_a_role_that_does_not_fit(town, unrated):
    other = make.make_town(slug="otherville", code="OV", codes=("A", "C"), size=1)
    propose = {"town": town, "assessment": unrated}
    assert refusal(rw.propose, person=other.evaluators[0], **propose) == ("unknown_person", 422)
    assert refusal(rw.propose, person=town.staff[Role.SECRETARIAT], **propose) == ("own_role", 403)
    assert refusal(rw.propose, person=town.staff[Role.DEPLOYER], **propose) == ("conflicting_role", 409)


def test_a_proposal_is_declined_once_and_can_be_made_again(town, unrated):
    person = rw.newcomer(town)
    waiting = rw.propose(town, unrated, person)
    decline = {"appointment": waiting, "by": town.staff[Role.CHAIR], "now": make.NOW}
    appointments.decline_evaluator(**decline)
    assert refusal(appointments.decline_evaluator, **decline) == ("already_decided", 409)
    assert refusal(appointments.confirm_evaluator, **decline) == ("already_decided", 409)
    appointed = rw.appoint(town, unrated, person)
    decline["appointment"] = appointed
    assert refusal(appointments.decline_evaluator, **decline) == ("already_decided", 409)


def test_nobody_is_appointed_to_what_is_frozen(town):
    assessment = make.make_assessment(town)
    assert refusal(rw.propose, town=town, assessment=assessment, person=rw.newcomer(town)) == ("ratings_frozen", 409)


def test_candidates_answer_for_no_group_and_no_system_and_are_not_asked_yet(town, unrated):
    person, asked = rw.newcomer(town, "Free Person"), rw.newcomer(town, "Asked Person")
    rw.propose(town, unrated, asked)
    found = set(rating_reads.candidates(unrated, TODAY))
    assert person in found
    assert found.isdisjoint({asked, town.members["A"][0], town.staff[Role.DEPLOYER]})


# --- Signing off ------------------------------------------------------------------------------------------------


@pytest.fixture
def learner(town, unrated):
    person = rw.newcomer(town, "Learner")
    rw.appoint(town, unrated, person, supervised=True)
    return person


def test_a_supervised_rating_counts_once_it_is_signed_off_and_a_new_version_waits_again(town, unrated, learner):
    boss = rw.supervisor(town)
    rw.rate(unrated, town.evaluators[0])
    rating = rw.rate(unrated, learner)
    assert refusal(rw.freeze, town=town, assessment=unrated) == ("two_evaluators_required", 409)
    assert [one.pk for one in rating_reads.unsigned_ratings(unrated)] == [rating.pk]
    assert rating_reads.waiting_for_sign_off(boss, TODAY) == [unrated]
    signed = sign_offs.sign_off_rating(rating=rating, by=boss, now=make.NOW)
    assert sign_offs.sign_off_rating(rating=rating, by=boss, now=make.NOW) == signed
    assert events("rating.signed_off").get().facts == {"evaluator": learner.pk, "version": 1}
    assert len(reads.latest_ratings(unrated)) == 2
    rw.rate(unrated, learner, "0.6")
    assert len(reads.latest_ratings(unrated)) == 1
    assert rating_reads.standings([unrated.pk])[unrated.pk].unsigned == 1


def test_only_a_supervisor_who_did_not_rate_signs_off_the_newest_version(town, unrated, learner):
    boss, second = rw.supervisor(town), rw.rate(unrated, learner)
    act = sign_offs.sign_off_rating
    assert refusal(act, rating=second, by=town.evaluators[0], now=make.NOW) == ("not_allowed", 403)
    newest = rw.rate(unrated, learner)
    assert refusal(act, rating=second, by=boss, now=make.NOW) == ("not_waiting", 409)
    rw.rate(unrated, boss)
    assert refusal(act, rating=newest, by=boss, now=make.NOW) == ("has_rated", 409)
    assert not RatingSignOff.objects.exists()


def test_whoever_signed_off_does_not_rate(town, unrated, learner):
    boss = rw.supervisor(town)
    sign_offs.sign_off_rating(rating=rw.rate(unrated, learner), by=boss, now=make.NOW)
    assert refusal(rw.rate, assessment=unrated, by=boss) == ("has_signed_off", 409)


def test_what_is_frozen_is_not_signed_off(town, unrated, learner):
    boss, rating = rw.supervisor(town), rw.rate(unrated, learner)
    for evaluator in town.evaluators[:2]:
        rw.rate(unrated, evaluator)
    rw.freeze(town, unrated)
    assert refusal(sign_offs.sign_off_rating, rating=rating, by=boss, now=make.NOW) == ("ratings_frozen", 409)
    assert learner.pk not in {one.evaluator_id for one in reads.latest_ratings(unrated)}


# --- How far it has come, and whose turn it is ------------------------------------------------------------------


def test_the_standing_says_that_a_third_is_needed_and_nothing_of_any_value(town, unrated):
    def standing():
        return rating_reads.standings([unrated.pk])[unrated.pk]

    assert standing() == rating_reads.NOTHING_YET
    rw.rate(unrated, town.evaluators[0], "0.5")
    rw.rate(unrated, town.evaluators[1], "0.5", R="0.7001")
    assert (standing().counted, standing().third_needed, standing().enough) == (2, True, False)
    rw.rate(unrated, town.evaluators[2], "0.9")
    assert (standing().counted, standing().third_needed, standing().enough) == (3, False, True)


def test_standings_ask_the_same_number_of_questions_for_one_case_and_for_three(town, django_assert_num_queries):
    found = [rw.unrated(town) for _number in range(3)]
    for assessment in found:
        rw.rate(assessment, town.evaluators[0])
    for some in (found[:1], found):
        with django_assert_num_queries(4):
            rating_reads.standings([one.pk for one in some])


def test_what_waits_for_an_evaluator_is_what_they_can_rate_and_have_not(town, unrated):
    frozen, other = make.make_assessment(town), rw.unrated(town)
    person, boss = rw.newcomer(town), rw.supervisor(town)
    rw.appoint(town, unrated, person)
    assert frozen not in rating_reads.waiting_for_rating(town.evaluators[0], TODAY)
    assert rating_reads.waiting_for_rating(town.evaluators[0], TODAY) == [unrated, other]
    assert rating_reads.waiting_for_rating(person, TODAY) == [unrated]
    assert rating_reads.waiting_for_rating(boss, TODAY) == []
    rw.rate(unrated, person, "0.1")
    assert (rating_reads.waiting_for_rating(person, TODAY), rating_reads.rated_by(person)) == ([], [unrated])
    rw.rate(unrated, town.evaluators[0], "0.9")
    assert rating_reads.waiting_for_rating(boss, TODAY) == [unrated]
    assert not rating_reads.rates_somewhere(town.members["A"][0], TODAY)


# --- Drafts -----------------------------------------------------------------------------------------------------


def test_a_draft_is_kept_item_by_item_until_it_is_sent(town, unrated):
    by = town.evaluators[0]
    for item in ("I", "E", "I"):
        rating_drafts.save_rating_draft(assessment=unrated, item=item, entries={"0": {}}, by=by, now=make.NOW)
    assert RatingDraft.objects.get().data == {"I": {"0": {}}, "E": {"0": {}}}
    rw.rate(unrated, by)
    assert not RatingDraft.objects.exists()


def test_a_draft_that_is_sent_twice_is_handed_in_once_and_the_next_one_is_a_new_version(town, unrated):
    by = town.evaluators[0]
    keep = {"assessment": unrated, "item": "I", "entries": {}, "by": by, "now": make.NOW}
    send = {"assessment": unrated, "values": rw.rows(unrated), "by": by, "now": make.NOW}
    draft = rating_drafts.save_rating_draft(**keep)
    first, again = (ratings.submit_rating(**send, draft=draft) for _ in range(2))
    assert (first.version, again) == (1, first)
    assert ratings.submit_rating(**send, draft=rating_drafts.save_rating_draft(**keep)).version == 2
    assert [event.facts for event in events("rating.submitted").order_by("pk")] == [{"version": 1}, {"version": 2}]


def test_drafts_go_when_ratings_are_frozen_and_none_is_kept_after(town, unrated):
    keep = {"assessment": unrated, "item": "I", "entries": {}, "by": town.evaluators[2], "now": make.NOW}
    rating_drafts.save_rating_draft(**keep)
    for evaluator in town.evaluators[:2]:
        rw.rate(unrated, evaluator)
    rw.freeze(town, unrated)
    assert not RatingDraft.objects.exists()
    assert refusal(rating_drafts.save_rating_draft, **keep) == ("ratings_frozen", 409)


def test_nobody_else_keeps_a_draft(town, unrated):
    keep = {"assessment": unrated, "item": "I", "entries": {}, "by": town.members["A"][0], "now": make.NOW}
    assert refusal(rating_drafts.save_rating_draft, **keep) == ("not_allowed", 403)


# --- Peak alarm -------------------------------------------------------------------------------------------------


def rated_seven(town, value):
    assessment = rw.unrated(town, scheme=SchemeName.TAXONOMY)
    for evaluator in town.evaluators[:2]:
        rw.rate(assessment, evaluator, "0.1", EL=value)
    rw.freeze(town, assessment)
    publication.count_and_publish(assessment.pk, make.NOW)
    return assessment


def look(town, assessment, **wanted):
    given = {"note": "We read the posts.", "by": town.staff[Role.COMMITTEE], "now": make.NOW, **wanted}
    return peak_looks.record_look(assessment=assessment, **given)


def test_a_look_is_written_down_for_good_and_changes_no_score(town):
    assessment = rated_seven(town, "0.95")
    assert {row["code"] for row in rating_reads.peaks_of(assessment)} == {"EL"}
    before = reads.published_result(assessment).run.binding
    found = look(town, assessment, note=" We read the posts. ")
    assert (found.note, events("peak.looked_at").get().facts) == ("We read the posts.", {"number": 1})
    publication.count_and_publish(assessment.pk, make.NOW)
    assert reads.published_result(assessment).run.binding == before
    with pytest.raises(DatabaseError), transaction.atomic():
        PeakLook.objects.update(note="Nothing to see.")


def test_a_look_needs_a_note_a_role_and_something_to_look_at(town):
    alarming, calm = rated_seven(town, "0.95"), rated_seven(town, "0.2")
    assert refusal(look, town=town, assessment=alarming, note=" ") == ("reason_required", 422)
    assert refusal(look, town=town, assessment=alarming, by=town.evaluators[0]) == ("not_allowed", 403)
    assert refusal(look, town=town, assessment=calm) == ("nothing_to_look_at", 409)
    assert not PeakLook.objects.exists()
