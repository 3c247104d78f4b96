"""Rows 14 to 16: other people's groups, closed rounds, a second answer."""

from assessments.actions import rounds
from assessments.models import CurrentAnswer, RollEntry, Submission, WeightRound
from tests.architecture.world import NOW
from tests.bad_input.typist import Typist, heading
from tests.factories import DAY

EQUAL = {"I": "25", "E": "25", "R": "25", "X": "25"}


def fill_in(typist, **more):
    """Go through the points page up to the check page."""
    typist.weigh("points", EQUAL | more)
    typist.weigh("why", more)


def send(typist, **more):
    page = typist.client.get(f"{typist.case}weigh/check/")
    hidden = dict.fromkeys(("key", "shown"))
    for name in hidden:
        hidden[name] = page.content.decode().split(f'name="{name}" value="')[1].split('"')[0]
    return typist.weigh("check", hidden | more)


def test_row_14_the_roll_says_for_which_group_somebody_answers(member):
    own = RollEntry.objects.get(person=member.person, round__state="open")
    fill_in(member, group="C", roll_entry="1", person="1")
    response = send(member, group="C", roll_entry="1", status="published", is_staff="on")
    assert response.status_code == 302
    assert Submission.objects.get(roll_entry=own, roll_entry__round__state="open").kind == "answer"
    assert RollEntry.objects.get(pk=own.pk).group.code == "A"


def test_row_14_people_off_the_roll_find_nothing(world):
    late = Typist.of(world, "late member")
    before = Submission.objects.count()
    assert [late.weigh(step, EQUAL).status_code for step in ("points", "why", "check", "withdraw")] == [404] * 4
    assert Submission.objects.count() == before


def test_row_15_a_closed_round_says_when_it_closed_and_what_was_typed(world):
    member = Typist.of(world, "member", state="closed")
    before = Submission.objects.count()
    response = member.weigh("points", {"I": "77.25", "E": "1"})
    assert (response.status_code, heading(response)) == (409, "Round 1 is closed")
    page = response.content.decode()
    assert "77.25" in page
    assert "27 May 2026" in page
    assert Submission.objects.count() == before


def test_row_15_an_answer_after_the_closing_time_is_refused_though_nobody_has_closed_the_round(member, time_machine):
    fill_in(member)
    weight_round = WeightRound.objects.get(state="open", assessment__incident__jurisdiction__slug="testville")
    weight_round.closes_at = NOW - DAY
    weight_round.save()
    response = member.weigh("check", {"key": "k", "shown": "s"})
    assert response.status_code == 409


def test_row_16_a_second_answer_replaces_the_first_and_keeps_it(author):
    entry = RollEntry.objects.get(person=author.person, round__state="open")
    fill_in(author)
    assert send(author).status_code == 302
    versions = list(entry.submissions.order_by("version").values_list("version", "points"))
    assert versions == [(1, [6101, 1907, 1013, 979]), (2, [2500, 2500, 2500, 2500])]
    assert CurrentAnswer.objects.get(roll_entry=entry).submission.version == 2


def test_an_early_close_while_somebody_types_loses_nothing(world, member):
    fill_in(member)
    rounds.close_round(weight_round=world.rounds["open"], now=NOW + 30 * DAY)
    response = member.weigh("why", {"all": "These words took an hour."})
    assert response.status_code == 409
    assert "These words took an hour." in response.content.decode()
