"""Sheets of paper at the same moment: two helpers, two yeses, a yes and a no, a yes and the close, guesses of codes."""

from collections import Counter
from functools import partial

import pytest

from assessments import paper_codes
from assessments.actions import publication, rounds, sheet_confirming, sheets
from assessments.actions.answers import Accepted
from assessments.models import CurrentAnswer, GroupSum, PaperSheet, Submission
from assessments.states import SheetState
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from tests import factories as make
from tests.assessments.paper_world import ON_PAPER, codes_of, confirmed, helper, printed, typed
from tests.proofs.together import together as at_once

pytestmark = pytest.mark.django_db(transaction=True)
AFTER = make.NOW + 22 * make.DAY
LAST_MOMENT = make.NOW + 21 * make.DAY - make.DAY / 86_400
MANY = 12


@pytest.fixture
def town():
    return make.make_town(size=8, codes=("A", "C", "D"))


@pytest.fixture
def weight_round(town):
    return make.open_round(town)


@pytest.fixture
def helpers(town):
    return [helper(town) for _number in range(3)]


def together(acts):
    """Do all at once; whoever is told that it is busy sends the same again, as people do."""
    return at_once([partial(patiently, act) for act in acts])


def patiently(act):
    while True:
        try:
            return act()
        except Refused as refusal:
            if refusal.code != "busy":
                raise


def faults(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Exception) and not isinstance(outcome, Refused)]


def codes(outcomes):
    return Counter(outcome.code for outcome in outcomes if isinstance(outcome, Refused))


def events(kind):
    return AuditEvent.objects.filter(kind=kind).count()


def test_one_request_to_print_many_times_at_once_makes_one_sheet(town, weight_round, helpers):
    outcomes = together([partial(printed, weight_round, town.members["C"][0], helpers[0], key="same")] * MANY)
    assert faults(outcomes) == []
    assert (PaperSheet.objects.count(), len([one for one in outcomes if one.code])) == (1, 1)


def test_two_helpers_print_for_one_person_and_one_sheet_is_alive(town, weight_round, helpers):
    outcomes = together([partial(printed, weight_round, town.members["C"][0], who) for who in helpers])
    states = Counter(PaperSheet.objects.values_list("state", flat=True))
    assert (faults(outcomes), states) == ([], Counter(void=2, printed=1))


def test_two_helpers_type_one_sheet_and_one_of_them_did(town, weight_round, helpers):
    one = printed(weight_round, town.members["C"][0], helpers[0])
    outcomes = together([partial(typed, one, who) for who in helpers[1:] for _time in range(MANY // 2)])
    row = PaperSheet.objects.get()
    assert (faults(outcomes), codes(outcomes)) == ([], Counter(sheet_typed=MANY - 1))
    assert (row.times_typed, row.typed["points"], events("paper.typed")) == (1, list(ON_PAPER.points), 1)


def test_one_form_sent_many_times_at_once_is_typed_once(town, weight_round, helpers):
    one = printed(weight_round, town.members["C"][0], helpers[0])
    outcomes = together([partial(typed, one, helpers[1], key="same")] * MANY)
    assert (faults(outcomes), codes(outcomes), events("paper.typed")) == ([], Counter(), 1)


def test_many_yeses_at_once_are_one_answer(town, weight_round, helpers):
    one = printed(weight_round, town.members["C"][0], helpers[0])
    typed(one, helpers[1])
    outcomes = together([partial(confirmed, town, one)] * MANY)
    only = Submission.objects.select_related("detail").get()
    assert faults(outcomes) == []
    assert {outcome.receipt for outcome in outcomes} == {only.detail.receipt}
    assert (CurrentAnswer.objects.get().submission, events("answer.accepted")) == (only, 1)


def test_of_a_yes_and_a_no_at_once_one_holds(town, weight_round, helpers):
    one = printed(weight_round, town.members["C"][0], helpers[0])
    typed(one, helpers[1])
    refuse = partial(sheet_confirming.refuse_sheet, **codes_of(town, one), typing=1, now=make.NOW)
    discard = partial(sheets.discard_typed, sheet=one.sheet, typing=1, by=helpers[1], now=make.NOW)
    outcomes = together([*[partial(confirmed, town, one)] * 4, *[refuse] * 4, *[discard] * 4])
    state = PaperSheet.objects.get().state
    answered = Submission.objects.count()
    thrown_away = events("paper.refused") + events("paper.discarded")
    assert faults(outcomes) == []
    assert (state, answered, thrown_away) in {(SheetState.CONFIRMED, 1, 0), (SheetState.PRINTED, 0, 1)}
    assert set(codes(outcomes)) <= {"nothing_to_confirm"}


def test_a_yes_that_races_with_the_close_counts_or_is_refused(town, weight_round, helpers):
    """Every yes arrived in time. Whatever the close overtakes is refused, emptied and counted nowhere."""
    people = town.members["C"] + town.members["D"]
    prints = [printed(weight_round, person, helpers[0]) for person in people]
    for one in prints:
        typed(one, helpers[1])
    acts = [partial(confirmed, town, one, now=LAST_MOMENT) for one in prints]
    acts[len(acts) // 2 : len(acts) // 2] = [partial(rounds.close_due_rounds, AFTER)] * 3
    outcomes = together(acts)
    accepted = [outcome for outcome in outcomes if isinstance(outcome, Accepted)]
    assert faults(outcomes) == []
    assert codes(outcomes) == Counter(round_closed=len(prints) - len(accepted))
    states = Counter(PaperSheet.objects.values_list("state", flat=True))
    assert states == Counter(confirmed=len(accepted), expired=len(prints) - len(accepted))
    assert PaperSheet.objects.exclude(typed=None).count() == 0
    publication.count_and_publish(weight_round.assessment_id, AFTER)
    assert sum(GroupSum.objects.values_list("n", flat=True)) == len(accepted)


def test_guesses_at_once_are_all_counted(town, weight_round, helpers):
    one = printed(weight_round, town.members["C"][0], helpers[0])
    typed(one, helpers[1])
    wrong = codes_of(town, one) | {"code": paper_codes.new(paper_codes.CODE)}
    outcomes = together([partial(sheet_confirming.open_sheet, **wrong, now=make.NOW)] * MANY)
    row = PaperSheet.objects.get()
    assert (outcomes, row.wrong_codes, row.state) == ([None] * MANY, sheet_confirming.MOST_WRONG, SheetState.VOID)
    assert (row.typed, events("paper.locked")) == (None, 1)
