"""The report on possible manipulation: what it flags, how it explains itself, and who reads it when."""

import pytest
from django.core import mail

from assessments.models import ComputationRun, CurrentAnswer
from assessments.scoring.errors import ScoringError
from assessments.states import ComputationKind
from deliberation.actions import computing
from deliberation.computing.look_out import LookOut
from deliberation.manipulation.checks import any_by_chance, asks_to_look, people, percent, tries
from deliberation.manipulation.reports import reports_of
from deliberation.notices import reports as flags
from lastvote.access import Role
from stakeholders import actions as people_acts
from tests import factories as make
from tests.computing import work_out
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.keeping import copied, kept
from tests.telling import address, forget_owed, mailed

pytestmark = pytest.mark.django_db
COPIED = (3300, 3300, 3300, 100)


def build():
    """A published round in which 12 people of one group sent the same, and 8 of another came late from elsewhere."""
    world = w.opened(make.make_town(slug="crowdville", code="CV", codes=("A", "C", "D"), size=24))
    late = world.weight_round.closes_at - make.DAY / 2
    for code, members in world.town.members.items():
        for place, person in enumerate(members):
            own = 1500 + 97 * place + 31 * ord(code) % 50
            points = (own, 4000 - own, 3100 + 7 * place, 2900 - 7 * place)
            if code == "C" and place < 12:
                make.answer(world.weight_round, person, COPIED)
            elif code == "D" and place < 8:
                make.answer(world.weight_round, person, (200 + place, 200 - place, 200, 9400), now=late)
            else:
                make.answer(world.weight_round, person, points)
    return world, t.publish(world, world.weight_round)


built = kept(build)


@pytest.fixture
def case(built):
    return copied(built)


def url(world):
    return f"/{world.town.jurisdiction.slug}/desk/cases/{world.assessment.incident.reference}/manipulation/"


def page_of(world, at, role=Role.COMMITTEE):
    return w.get(url(world), by=world.staff(role), at=at)


def cells(page, caption):
    (found,) = [table for table in w.soup(page).select("table") if caption in table.caption.get_text()]
    return {
        row.th.get_text(strip=True): [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in found.select("tbody tr")
    }


def test_the_report_tells_what_was_found_with_chance_beside_it(case):
    world, now = case
    work_out(world.assessment, now)
    page = page_of(world, now)
    alike = cells(page, "Answers that are alike")
    assert alike["Group C"] == ["10 or more", "20 or more", "in 2 of 10,000 tries", "look"]
    assert alike["Group A"][-1] == "no"
    late = cells(page, "A swing in the last hours")
    assert late["Group A"] == ["–", "–", "–", "too few answers to tell"]
    assert (late["Group D"][0], late["Group D"][-1]) == ("5 or more", "look")
    assert {row[-1] for row in cells(page, "Mean and middle").values()} <= {"look", "no"}
    assert set(cells(page, "What hangs on one group")) == {"Group A", "Group C", "Group D"}


def test_every_flag_explains_itself_and_says_how_often_it_is_wrong(case):
    world, now = case
    work_out(world.assessment, now)
    words = w.text_of(page_of(world, now))
    assert "No flag removes anybody, changes an answer or changes the score." in words
    assert words.count("False alarms:") == 4
    assert words.count("How this works:") == 4
    assert (
        "1 of 100 groups at most, if people answer independently. People who honestly think alike raise it too."
        in words
    )
    assert "This report makes 4 comparisons with chance. If nobody did anything, about 4 of 100 such reports" in words
    assert "4096 tries, from the number 20250." in words
    run = ComputationRun.objects.get(kind=ComputationKind.LOOK_OUT)
    assert run.result_sha256 in words
    assert world.weight_round.record.reference in words


def test_no_number_of_the_page_tells_of_few_people_and_no_answer_stands_there(case):
    world, now = case
    work_out(world.assessment, now)
    page = page_of(world, now)
    words = w.text_of(page)
    told = [cell.get_text(" ", strip=True) for cell in w.soup(page).select("td")]
    assert "10 or more" in told
    assert not {"12", "8", "24", "12 or more", "8 or more", "24 or more"} & set(told)
    for number in ("3300", "9400", "33.0", "94.0"):
        assert number not in words.split("Where this comes from")[0], number
    for person in world.town.members["C"]:
        assert person.name not in words


def test_a_flag_removes_nobody(case):
    world, now = case
    before = sorted(CurrentAnswer.objects.values_list("roll_entry", "submission"))
    run = world.assessment.runs.get(published=True, round__isnull=False)
    work_out(world.assessment, now)
    page_of(world, now)
    assert sorted(CurrentAnswer.objects.values_list("roll_entry", "submission")) == before
    assert world.assessment.runs.get(published=True, round__isnull=False).binding == run.binding


def test_the_committee_its_chair_and_those_who_watch_over_it_read_it_and_nobody_else(case):
    world, now = case
    watcher = people_acts.add_person(
        jurisdiction=world.town.jurisdiction, name="Ina", email="ina@crowdville.example", now=make.NOW
    )
    people_acts.grant_role(
        person=watcher, role=Role.INTEGRITY, valid_from=make.START, now=make.NOW,
        proposed_by=world.staff(Role.SECRETARIAT), confirmed_by=world.staff(Role.CHAIR),
    )  # fmt: skip
    readers = [watcher, world.staff(Role.COMMITTEE), world.staff(Role.CHAIR), world.staff(Role.AUDITOR)]
    others = [world.staff(Role.SECRETARIAT), world.town.members["A"][0]]
    assert {w.get(url(world), by=one, at=now).status_code for one in readers} == {200}
    assert {w.get(url(world), by=one, at=now).status_code for one in others} == {403}
    assert w.get(url(world), at=now).status_code == 302


def test_who_may_read_it_finds_it_from_the_case_and_others_see_no_link(case):
    world, now = case
    for person, there in ((world.staff(Role.AUDITOR), True), (world.town.members["A"][0], False), (None, False)):
        page = w.get(world.case_url, by=person, at=now)
        assert (url(world) in page.content.decode()) is there
    desk = [w.get(world.desk_url, by=world.staff(role), at=now) for role in (Role.CHAIR, Role.SECRETARIAT)]
    assert [url(world) in page.content.decode() for page in desk] == [True, False]


def test_before_a_round_is_published_there_is_nothing_not_even_a_computation(case):
    _world, _now = case
    running = w.answered(make.make_town(slug="openville", code="OV", size=5))
    work_out(running.assessment, make.NOW)
    assert ComputationRun.objects.filter(round__assessment=running.assessment).count() == 0
    words = w.text_of(page_of(running, make.NOW))
    assert "No round of this case is published yet. Nobody looks into answers before the close." in words
    assert "Answers that are alike" not in words


def test_while_it_is_worked_out_the_page_counts_and_asks_to_look_again(case, monkeypatch):
    world, now = case
    assert "It begins within a minute." in w.text_of(page_of(world, now))
    monkeypatch.setattr(computing, "SECONDS", 0)
    computing.begin_all(world.assessment.pk, now)
    run = ComputationRun.objects.get(kind=ComputationKind.LOOK_OUT)
    computing.look_out_step(run.pk, now)
    assert f"Being worked out: 1 of {run.steps_total}." in w.text_of(page_of(world, now))


def test_a_report_that_fails_is_told_on_the_page_and_at_the_desk(case, monkeypatch):
    world, now = case

    def refuse(_self, _unit):
        raise ScoringError("E_RANGE", "No.")

    monkeypatch.setattr(LookOut, "work_out", refuse)
    work_out(world.assessment, now)
    assert "This report could not be worked out. The desk has been told." in w.text_of(page_of(world, now))
    desk = w.get(f"/{world.town.jurisdiction.slug}/desk/", by=world.staff(Role.SECRETARIAT), at=now)
    assert "The report on manipulation of" in w.text_of(desk, ".notice")


def test_each_round_has_its_own_report_with_the_newest_on_top():
    world, _now = t.judged(t.SPLIT)
    later = t.answered_again(world, {"A": t.MISUSE})
    work_out(world.assessment, later)
    reports = reports_of(world.assessment.incident)
    assert [one.weight_round.number for one in reports] == [2, 1]
    assert reports[0].found["round_record"] != reports[1].found["round_record"]
    words = w.text_of(page_of(world, later), "main h2")
    assert words.startswith("Round 2, assessment 1")
    held = {name for name, _why in reports[0].not_looked_at}
    assert held, "an earlier position that stands is not looked into again"


def test_the_words_for_numbers():
    assert [str(people(number)) for number in (0, 5, 10)] == ["fewer than 5", "5 or more", "10 or more"]
    assert (tries("0.0002"), percent("0.01"), percent("0.005")) == ("in 2 of 10,000 tries", "1", "0.5")
    assert [any_by_chance(count, "0.01") for count in (0, 1, 14)] == [0, 1, 13]


def watcher_of(world):
    person = people_acts.add_person(
        jurisdiction=world.town.jurisdiction, name="Ina", email="ina@crowdville.example", now=make.NOW
    )
    people_acts.grant_role(
        person=person, role=Role.INTEGRITY, valid_from=make.START, now=make.NOW,
        proposed_by=world.staff(Role.SECRETARIAT), confirmed_by=world.staff(Role.CHAIR),
    )  # fmt: skip
    return person


def test_those_who_have_to_look_are_told_once_of_a_flag_and_not_what_it_is(case):
    world, now = case
    looking = [world.staff(Role.COMMITTEE), world.staff(Role.CHAIR), watcher_of(world)]
    forget_owed()
    work_out(world.assessment, now)
    told = [one for one in mailed(now) if one[1].startswith("A report asks you to look")]
    assert sorted(to for to, _subject in told) == sorted(address(one) for one in looking)
    bodies = [one.body for one in mail.outbox if one.subject.startswith("A report asks you to look")]
    assert all(url(world) in body and "asks people to look" in body for body in bodies)
    assert not any(word in body for body in bodies for word in ("Group ", "alike", "last hours", "median", "%"))
    ComputationRun.objects.filter(kind=ComputationKind.LOOK_OUT).delete()
    work_out(world.assessment, now)
    assert ComputationRun.objects.get(kind=ComputationKind.LOOK_OUT).state == "done"
    assert mailed(now) == []


def test_nobody_is_told_of_a_report_without_a_flag(case, monkeypatch):
    world, now = case
    forget_owed()
    monkeypatch.setattr(computing, "asks_to_look", lambda _found: False)
    work_out(world.assessment, now)
    assert ComputationRun.objects.get(kind=ComputationKind.LOOK_OUT).state == "done"
    assert mailed(now) == []


def test_a_report_that_no_longer_has_a_flag_is_told_to_nobody(case, monkeypatch):
    world, now = case
    forget_owed()
    work_out(world.assessment, now)
    monkeypatch.setattr(flags, "asks_to_look", lambda _found: False)
    assert mailed(now) == []


CALM = {"alike": {"flag": False}, "late": {"why_not": "too_few"}, "median": {"flag": False}}
STEADY = {"moved_flag": False, "people_flag": False}


@pytest.mark.parametrize(
    ("groups", "one_group", "looks"),
    [
        ([CALM], [STEADY], False),
        ([CALM], None, False),
        ([CALM, CALM | {"alike": {"flag": True}}], [STEADY], True),
        ([CALM | {"late": {"flag": True}}], None, True),
        ([CALM | {"median": {"flag": True}}], [STEADY], True),
        ([CALM], [STEADY, STEADY | {"moved_flag": True}], True),
        ([CALM], [STEADY | {"people_flag": True}], True),
    ],
)
def test_any_flag_asks_people_to_look(groups, one_group, looks):
    assert asks_to_look({"groups": groups, "one_group": one_group}) is looks
