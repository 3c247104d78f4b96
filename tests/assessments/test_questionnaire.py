"""The way through the weight form and what its answers mean, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questionnaire import (
    COMPARE_NUMBERS,
    Note,
    NoteKind,
    Page,
    Questionnaire,
    Step,
    draft_of_answer,
)
from assessments.states import AnswerMethod

FOUR = ("I", "E", "R", "X")
SEVEN = ("DI", "SU", "EL", "MA", "CI", "CA", "EM")


def four(**data):
    return Questionnaire(codes=FOUR, order=("X", "I", "R", "E"), data=data)


def seven(**data):
    return Questionnaire(codes=SEVEN, order=SEVEN, data=data)


def typed(**numbers):
    return {code: {"typed": number, "number": number} for code, number in numbers.items()}


def test_four_items_take_one_page_of_comparisons():
    pages = four(most="I").pages

    assert pages == (Page(Step.MOST), Page(Step.COMPARE, 1), Page(Step.WHY), Page(Step.CHECK))


def test_seven_items_take_the_least_and_two_pages_of_comparisons_with_the_least_first():
    questionnaire = seven(most="EL", least="CA")

    assert [page.step for page in questionnaire.pages] == ["most", "least", "compare", "compare", "why", "check"]
    assert questionnaire.compare_pages == (("CA", "DI", "SU"), ("MA", "CI", "EM"))


def test_everything_the_same_skips_to_the_reasons():
    assert four(most="equal").pages == (Page(Step.MOST), Page(Step.WHY), Page(Step.CHECK))
    assert four(most="equal").points() == (2500, 2500, 2500, 2500)


def test_worked_example_becomes_the_published_shares():
    questionnaire = four(most="I", compare={"E": "little", "R": "nearly", "X": "over_half"})

    assert questionnaire.points() == (3846, 769, 3077, 2308)
    assert questionnaire.raw() == {
        "most": "I",
        "least": None,
        "values": {
            "I": {"label": "most", "number": "100"},
            "E": {"label": "little", "number": "20"},
            "R": {"label": "nearly", "number": "80"},
            "X": {"label": "over_half", "number": "60"},
        },
    }


def test_not_sure_takes_the_mean_of_the_answers_given():
    questionnaire = four(most="I", compare={"E": "unsure", "R": "over_half", "X": "little"})

    assert questionnaire.points() == (4167, 2500, 2500, 833)  # 100 : 60 : 60 : 20
    assert questionnaire.raw()["values"]["E"] == {"label": "unsure", "number": None}


def test_all_not_sure_has_no_points():
    questionnaire = four(most="I", compare=dict.fromkeys(("E", "R", "X"), "unsure"))

    assert questionnaire.nothing_compared
    assert not questionnaire.has_points()


def test_choosing_another_most_drops_comparisons_with_the_old_one():
    questionnaire = seven(most="DI", least="EL", compare={"SU": "nearly"}).with_most("EL")

    assert (questionnaire.most, questionnaire.least, questionnaire.data["compare"]) == ("EL", None, {})


def test_choosing_the_same_most_again_keeps_the_comparisons():
    assert four(most="I", compare={"E": "little"}).with_most("I").label_of("E") == "little"


def test_first_gap_is_the_page_that_lacks_an_answer():
    assert four().first_gap() == Page(Step.MOST)
    assert four(most="I").first_gap() == Page(Step.COMPARE, 1)
    assert four(most="equal").first_gap() == Page(Step.WHY)
    assert four(most="equal", first_points=[2500] * 4).first_gap() == Page(Step.CHECK)


def test_a_later_page_cannot_be_reached_past_a_gap():
    assert not seven(most="DI").can_reach(Page(Step.COMPARE, 1))
    assert seven(most="DI", least="none").can_reach(Page(Step.COMPARE, 1))
    assert not seven(most="DI", least="none").can_reach(Page(Step.COMPARE, 2))
    assert not four(most="I").can_reach(Page(Step.LEAST))


def test_points_of_any_positive_total_are_scaled():
    for factor in ("87", "100", "250"):
        questionnaire = four(method="points", points=typed(I=factor, E=factor, R="0", X="0"))
        assert questionnaire.points() == (5000, 5000, 0, 0)


def test_all_points_zero_has_no_points():
    assert not four(method="points", points=typed(I="0", E="0", R="0", X="0")).has_points()


def test_an_order_takes_one_page_and_becomes_the_pinned_points():
    questionnaire = four().with_places((("R",), ("I",), ("X",), ("E",)))

    assert questionnaire.pages == (Page(Step.RANK), Page(Step.WHY), Page(Step.CHECK))
    assert questionnaire.points() == (2986, 922, 4180, 1912)
    assert questionnaire.raw() == {"places": [["R"], ["I"], ["X"], ["E"]]}


def test_seven_in_order_become_the_pinned_points():
    questionnaire = seven().with_places(tuple((code,) for code in reversed(SEVEN)))

    assert questionnaire.points() == (336, 681, 1036, 1403, 1782, 2176, 2586)


def test_items_that_share_a_place_share_what_their_places_get():
    assert four().with_places((("I", "E"), ("R", "X"))).points() == (3583, 3583, 1417, 1417)
    assert four().with_places((FOUR,)).points() == (2500, 2500, 2500, 2500)


def test_an_order_begins_as_the_items_were_shown_and_is_no_answer_before_it_is_kept():
    assert four(method="rank").places == (("X",), ("I",), ("R",), ("E",))
    assert four(method="rank").first_gap() == Page(Step.RANK)
    assert not four(method="rank").has_points()


def test_an_order_that_nobody_touched_is_asked_about():
    as_shown = four(method="rank").places

    assert four().with_places(as_shown).notes() == [Note(NoteKind.ORDER_AS_SHOWN, ())]
    assert four().with_places(as_shown[::-1]).notes() == []
    assert four(most="equal").notes() == []


def test_choosing_the_most_after_an_order_leaves_the_order_waiting():
    stepwise = four().with_places((("R", "I"), ("X",), ("E",))).with_most("I")

    assert (stepwise.method, stepwise.places) == (AnswerMethod.COMPARE, (("R", "I"), ("X",), ("E",)))


def test_first_points_are_noted_once():
    first = four(most="equal").with_first_points()

    assert first.first_points == (2500, 2500, 2500, 2500)
    assert first.with_most("I").having(compare=dict.fromkeys(("E", "R", "X"), "nothing")).with_first_points() == (
        first.with_most("I").having(compare=dict.fromkeys(("E", "R", "X"), "nothing"))
    )


def test_one_item_with_everything_is_asked_about():
    questionnaire = four(most="I", compare=dict.fromkeys(("E", "R", "X"), "nothing"))

    assert questionnaire.notes() == [Note(NoteKind.ONLY_ONE, ("I",))]


def test_a_least_that_is_not_least_is_asked_about():
    compare = dict.fromkeys(("SU", "EL", "MA", "CI", "EM"), "nearly") | {"CA": "over_half", "EM": "little"}
    questionnaire = seven(most="DI", least="CA", compare=compare)

    assert questionnaire.notes() == [Note(NoteKind.LEAST_IS_NOT_LEAST, ("CA", "EM"))]
    assert seven(most="DI", least="none", compare=compare).notes() == []


def test_an_empty_box_is_asked_about_and_counts_as_nothing():
    points = typed(I="50", E="30", R="20") | {"X": {"typed": "", "number": ""}}
    questionnaire = four(method="points", points=points)

    assert questionnaire.points() == (5000, 3000, 2000, 0)
    assert questionnaire.notes() == [Note(NoteKind.LEFT_EMPTY, ("X",))]


LABELS = st.sampled_from(sorted(COMPARE_NUMBERS))
COMPARED = st.tuples(
    st.sampled_from(SEVEN), st.sampled_from([*SEVEN, "none"]), st.fixed_dictionaries(dict.fromkeys(SEVEN, LABELS))
).filter(lambda drawn: drawn[0] != drawn[1])


@given(COMPARED)
def test_an_answer_that_was_sent_can_be_taken_up_again_unchanged(drawn):
    most, least, labels = drawn
    compare = {code: label for code, label in labels.items() if code != most}
    sent = seven(method="compare", most=most, least=least, compare=compare, reasons={"all": "Because."})
    if not sent.has_points():
        return
    sent = sent.with_first_points()

    again = Questionnaire(
        codes=SEVEN,
        order=SEVEN,
        data=draft_of_answer(method=sent.method, raw=sent.raw(), first_points=sent.first_points, reasons=sent.reasons),
    )

    assert (again.raw(), again.points(), again.reasons, again.first_points, again.first_gap()) == (
        sent.raw(), sent.points(), sent.reasons, sent.first_points, Page(Step.CHECK),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("method", "data"),
    [
        (AnswerMethod.EQUAL, {"method": "equal", "most": "equal"}),
        (AnswerMethod.POINTS, {"method": "points", "points": typed(I="33,3", E="1", R="0", X="2")}),
        (AnswerMethod.RANK, {"method": "rank", "places": [["R"], ["I", "X"], ["E"]]}),
    ],
)
def test_other_methods_can_be_taken_up_again_unchanged(method, data):
    if method == AnswerMethod.POINTS:
        data["points"]["I"]["number"] = "33.3"
    sent = four(**data)
    again = four(**draft_of_answer(method=method, raw=sent.raw(), first_points=None, reasons={}))

    assert (again.raw(), again.points()) == (sent.raw(), sent.points())
