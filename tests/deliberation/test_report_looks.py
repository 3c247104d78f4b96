"""Looking where a report on possible manipulation asks people to: who may, what stays, and until when it waits."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from assessments.models import ComputationRun, WeightRound
from assessments.states import ComputationKind, RoundState
from deliberation.actions import report_looks
from deliberation.manipulation import looks
from deliberation.manipulation.looks import not_looked_at
from deliberation.models import ReportLook
from deliberation.needs_action import waiting_for
from deliberation.reads import PUBLIC_KINDS
from deliberation.views.desk import DESK_KINDS
from lastvote.access import ROLE_PERMISSIONS, Permission, Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from stakeholders.needs_action import asker
from tests.computing import work_out
from tests.deliberation import world as w
from tests.deliberation.test_manipulation import build as crowd
from tests.deliberation.test_manipulation import page_of, url, watcher_of
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
WORDS = "The twelve answers came from one meeting."
FAILED = {"state": "failed", "result": "", "result_sha256": "", "error_code": "E_RANGE"}
WAITS = "Look at a report on possible manipulation"


def build():
    """The crowd, with its report worked out, which asks people to look, and somebody who watches over it."""
    world, now = crowd()
    work_out(world.assessment, now)
    return world, now, watcher_of(world)


built = kept(build)


@pytest.fixture
def case(built):
    return copied(built)


def look(world, now, **wanted):
    given = {"conclusion": WORDS, "by": world.staff(Role.COMMITTEE), "now": now, **wanted}
    return report_looks.record_report_look(**{"weight_round": world.weight_round, **given})


def refusal(*given, **wanted):
    with pytest.raises(Refused) as refused:
        look(*given, **wanted)
    return refused.value.code, refused.value.status


def report():
    return ComputationRun.objects.get(kind=ComputationKind.LOOK_OUT)


def look_url(world, number=1):
    return f"{url(world)}1/{number}/look/"


def waiting(person, now):
    return [row for row in waiting_for(asker(person, now)) if row.words == WAITS]


def test_a_look_is_written_down_for_good_and_changes_no_number(case):
    world, now, _watcher = case
    run = world.assessment.runs.get(published=True, round__isnull=False)
    found = look(world, now, conclusion=f" {WORDS} ")
    assert (found.conclusion, found.report_sha256, found.looked_at) == (WORDS, report().result_sha256, now)
    assert world.assessment.runs.get(published=True, round__isnull=False).binding == run.binding
    for change in (lambda: ReportLook.objects.update(conclusion="Nothing."), ReportLook.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_record_of_the_round_tells_that_somebody_looked_and_not_what_they_wrote(case):
    world, now, watcher = case
    look(world, now, by=watcher)
    event = AuditEvent.objects.get(kind="report.looked_at")
    assert (event.subject, event.subject_id, event.actor_id) == ("round", world.weight_round.pk, watcher.pk)
    assert event.facts == {"number": 1, "sha256": report().result_sha256}


def test_no_page_of_the_case_tells_that_a_report_had_a_flag(case):
    world, now, _watcher = case
    look(world, now)
    assert "report.looked_at" not in {*PUBLIC_KINDS, *DESK_KINDS}
    case_page = w.get(world.case_url, by=world.staff(Role.CHAIR), at=now)
    assert "looked at a report" not in w.text_of(case_page)


@pytest.mark.parametrize("who", [Role.SECRETARIAT, Role.AUDITOR, Role.ADMIN])
def test_roles_that_are_not_asked_to_look_cannot_say_that_they_did(case, who):
    world, now, _watcher = case
    assert refusal(world, now, by=world.staff(who)) == ("not_allowed", 403)


def test_a_look_needs_words(case):
    world, now, _watcher = case
    assert refusal(world, now, conclusion=" \n") == ("reason_required", 422)


def test_one_person_looks_at_a_report_once_and_others_may_look_too(case):
    world, now, watcher = case
    look(world, now)
    assert refusal(world, now, conclusion="Again.") == ("already_looked", 409)
    look(world, now, by=watcher)
    assert ReportLook.objects.count() == 2


def test_where_nothing_asks_to_look_nobody_looks(case, monkeypatch):
    world, now, _watcher = case
    monkeypatch.setattr(report_looks, "asks_to_look", lambda _found: False)
    assert refusal(world, now) == ("nothing_to_look_at", 409)


def test_a_report_that_is_not_worked_out_or_not_published_asks_nobody_to_look(case):
    world, now, _watcher = case
    ComputationRun.objects.filter(kind=ComputationKind.LOOK_OUT).update(**FAILED)
    assert refusal(world, now) == ("nothing_to_look_at", 409)
    assert waiting(world.staff(Role.CHAIR), now) == []
    WeightRound.objects.filter(pk=world.weight_round.pk).update(state=RoundState.CLOSED)
    assert refusal(world, now) == ("nothing_to_look_at", 409)


def test_a_failing_record_undoes_the_look(case, monkeypatch):
    world, now, _watcher = case

    def fail(**_given):
        raise RuntimeError("The record is full.")

    monkeypatch.setattr(report_looks, "record", fail)
    with pytest.raises(RuntimeError, match="full"), transaction.atomic():
        look(world, now)
    assert not ReportLook.objects.exists()


# --- Pages ------------------------------------------------------------------------------------------------------


def test_the_page_asks_for_a_look_takes_one_and_shows_it_to_every_reader(case):
    world, now, watcher = case
    assert "Nobody has looked yet." in w.text_of(page_of(world, now))
    assert look_url(world) in page_of(world, now, Role.CHAIR).content.decode()
    assert look_url(world) not in page_of(world, now, Role.AUDITOR).content.decode()
    empty = w.post(look_url(world), by=watcher, at=now, conclusion=" ")
    assert (empty.status_code, "Write down what you conclude" in w.text_of(empty, ".error-summary")) == (422, True)
    done = w.post(look_url(world), by=watcher, at=now, conclusion=WORDS)
    assert (done.status_code, done.url) == (302, url(world))
    page = page_of(world, now, Role.AUDITOR)
    assert WORDS in w.text_of(page, "q")
    assert watcher.name not in w.text_of(page)
    assert look_url(world) not in w.get(url(world), by=watcher, at=now).content.decode()
    assert look_url(world) in page_of(world, now).content.decode()
    again = w.post(look_url(world), by=watcher, at=now, conclusion="Again.")
    assert (again.status_code, "You have written down" in w.text_of(again, ".error-summary")) == (409, True)


def test_too_many_words_come_back_as_they_were(case):
    world, now, watcher = case
    answer = w.post(look_url(world), by=watcher, at=now, conclusion="No. " * 400)
    assert (answer.status_code, ReportLook.objects.count()) == (422, 0)
    assert "No. No. No." in w.text_of(answer, "textarea")


def test_the_page_refuses_others_and_knows_no_other_round(case):
    world, now, watcher = case
    for person in (world.staff(Role.SECRETARIAT), world.staff(Role.AUDITOR), world.town.members["A"][0]):
        assert w.post(look_url(world), by=person, at=now, conclusion=WORDS).status_code == 403
    assert w.get(look_url(world, 2), by=watcher, at=now).status_code == 404
    assert not ReportLook.objects.exists()


def test_a_report_without_a_flag_offers_nothing(case, monkeypatch):
    world, now, watcher = case
    monkeypatch.setattr("deliberation.manipulation.reports.groups_flagged", lambda _checks: 0)
    words = w.text_of(w.get(url(world), by=watcher, at=now))
    assert ("Nothing asks people to look." in words, "Who looked" in words) == (True, False)
    page = w.get(look_url(world), by=watcher, at=now)
    assert "This report does not ask people to look." in w.text_of(page)
    assert w.soup(page).select("textarea") == []


def test_what_was_concluded_from_an_earlier_report_stays_and_is_marked(case):
    world, now, _watcher = case
    look(world, now)
    ComputationRun.objects.filter(kind=ComputationKind.LOOK_OUT).update(result_sha256="f" * 64)
    words = w.text_of(page_of(world, now))
    assert ("A person looked at an earlier report," in words, WORDS in words) == (True, True)
    assert look_url(world) in page_of(world, now).content.decode()
    look(world, now, conclusion="Still so.")
    ComputationRun.objects.filter(kind=ComputationKind.LOOK_OUT).update(**FAILED)
    assert WORDS in w.text_of(page_of(world, now))


def test_the_page_asks_the_database_as_often_for_three_looks_as_for_one(case, django_assert_num_queries):
    world, now, watcher = case
    by = w.visitor(world.staff(Role.AUDITOR), at=now)
    w.get(url(world), by=by, at=now)
    look(world, now)
    with CaptureQueriesContext(connection) as one:
        w.get(url(world), by=by, at=now)
    for person in (watcher, world.staff(Role.CHAIR)):
        look(world, now, by=person)
    with django_assert_num_queries(len(one)):
        w.get(url(world), by=by, at=now)


# --- What waits -------------------------------------------------------------------------------------------------


def test_a_report_waits_for_all_who_are_asked_until_one_of_them_has_looked(case):
    world, now, watcher = case
    asked = [watcher, world.staff(Role.CHAIR), world.staff(Role.COMMITTEE)]
    others = [world.staff(Role.SECRETARIAT), world.staff(Role.AUDITOR), world.town.members["A"][0]]
    assert [[row.url for row in waiting(one, now)] for one in asked] == [[url(world)]] * 3
    assert [waiting(one, now) for one in others] == [[]] * 3
    look(world, now)
    assert [waiting(one, now) for one in asked] == [[]] * 3


def test_a_role_on_another_assessment_is_not_asked(case):
    world, now, watcher = case
    watcher.role_grants.update(scope="assessment", scope_id=world.assessment.pk)
    assert len(waiting(watcher, now)) == 1
    watcher.role_grants.update(scope_id=world.assessment.pk + 1)
    assert waiting(watcher, now) == []


def test_a_report_under_other_inputs_or_without_a_flag_waits_for_nobody(case, monkeypatch):
    _world, now, watcher = case
    with monkeypatch.context() as patched:
        patched.setattr(looks, "asks_to_look", lambda _found: False)
        assert waiting(watcher, now) == []
    ComputationRun.objects.filter(kind=ComputationKind.LOOK_OUT).update(inputs_sha256="f" * 64)
    assert waiting(watcher, now) == []


def test_the_text_of_a_report_without_a_flag_is_not_even_read(case, monkeypatch):
    world, _now, _watcher = case
    run = report()
    run.result = run.result.replace('flag":true', 'flag":false')
    run.save(update_fields=["result"])
    monkeypatch.setattr(looks, "asks_to_look", lambda _found: True)
    assert not_looked_at(world.town.jurisdiction) == []


def test_what_waits_is_one_question_to_the_database(case, django_assert_num_queries):
    world, _now, _watcher = case
    with django_assert_num_queries(1):
        found = not_looked_at(world.town.jurisdiction)
        assert [one.assessment.incident.jurisdiction.slug for one in found] == ["crowdville"]


def test_whoever_is_asked_to_look_may_read_the_report():
    asked = [may for may in ROLE_PERMISSIONS.values() if Permission.LOOK_AT_REPORT in may]
    assert len(asked) == 3
    assert all(Permission.READ_MANIPULATION_REPORT in may for may in asked)
