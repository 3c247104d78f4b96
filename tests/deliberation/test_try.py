"""Trying weights: the score follows from what is typed and from public ratings, and nothing is saved."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.scoring.arithmetic import half_up
from tests import factories as make
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db
RATED = {"I": "0.9", "E": "0.5", "R": "0.1", "X": "0.3"}
TYPED = {"I": "40", "E": "10", "R": "30", "X": "20"}


def part(url, **data):
    client = w.visitor()
    return client.get(url, data, headers={"HX-Request": "true"})


def test_score_of_typed_points_by_hand():
    world = w.rated(make.make_town(size=1), values=RATED)
    pairs = zip(TYPED.values(), RATED.values(), strict=True)
    score = half_up(sum(Decimal(points) * Decimal(rating) for points, rating in pairs) / 100)
    for url in ("/testville/try/", world.case_url + "score/"):
        page = w.get(url, **TYPED)
        assert f"With these weights the case scores {score * 100:.1f} out of 100." in w.text_of(page, "#what-if-output")


def test_only_proportions_count_and_an_empty_box_is_nothing():
    w.rated(make.make_town(size=1))
    one = w.text_of(w.get("/testville/try/", I="1", E="", R="1", X=""), "#what-if-output")
    other = w.text_of(w.get("/testville/try/", I="٥٠", E="0", R="50,0", X="0 %"), "#what-if-output")
    assert one == other


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"I": "much"}, "Points for Harm done must be a number, like 25 or 12.5"),
        ({"I": "-1"}, "Points for Harm done must be 0 or more"),
        ({"I": "0"}, "Give at least one of them more than 0"),
        ({"I": "9" * 41}, "Points for Harm done must be a number, like 25 or 12.5"),
    ],
)
def test_mistakes_stand_beside_their_boxes_and_stay_typed(typed, sentence):
    world = w.rated(make.make_town(size=1))
    for url in ("/testville/try/", world.case_url + "score/"):
        page = w.get(url, **typed)
        assert page.status_code == 422
        assert w.text_of(page, ".error-summary li") == sentence
        assert w.soup(page).select_one("#id_I")["value"] == typed["I"]
        assert w.soup(page).title.get_text(" ", strip=True).startswith("Error:")


@pytest.mark.parametrize("typed", ["9" * 40, "0." + "0" * 37 + "1", "1" + "0" * 39])
def test_any_number_that_can_be_read_is_weighed(typed):
    w.rated(make.make_town(size=1))
    page = w.get("/testville/try/", I=typed)
    assert page.status_code == 200
    assert w.text_of(page, "#what-if-output .shares li strong") == "100% 0% 0% 0%"


def test_a_program_gets_the_part_alone_with_one_sentence_to_read_out():
    world = w.rated(make.make_town(size=1))
    for url in ("/testville/try/", world.case_url + "score/"):
        found = part(url, **TYPED)
        assert w.soup(found).select("html, form, input, button") == []
        status = w.soup(found).select_one('[data-hx-swap-oob="innerHTML:#status"]')
        assert status.get_text(strip=True).startswith("With these weights the case scores")
        assert "HX-Request" in found["Vary"]
        assert "HX-Request" in w.get(url, **TYPED)["Vary"]
    wrong = part("/testville/try/", I="much")
    assert (wrong.status_code, w.text_of(wrong, "p")) == (422, "Points for Harm done must be a number, like 25 or 12.5")


def test_nothing_is_written():
    w.rated(make.make_town(size=1))
    with CaptureQueriesContext(connection) as queries:
        w.get("/testville/try/", **TYPED)
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []
    assert len(queries) <= 12


def test_the_case_is_chosen_by_the_address():
    town = make.make_town(size=1)
    older, newer = w.rated(town), w.rated(town)
    reference = older.assessment.incident.reference
    assert newer.assessment.incident.reference in w.text_of(w.get("/testville/try/"), "option[selected]")
    assert reference in w.text_of(w.get("/testville/try/", case=reference), "option[selected]")
    assert w.get("/testville/try/", case="TV-1999-0001").status_code == 404


def test_no_case_yet():
    make.make_town(size=1)
    assert "No case is rated yet." in w.text_of(w.get("/testville/try/"))


def test_running_round_changes_nothing():
    world = w.opened()
    before = w.get("/testville/try/", **TYPED).content
    for code, people in world.town.members.items():
        for person in people:
            make.answer(world.weight_round, person, w.LEANINGS[code])
    w.publication.count_and_publish(world.assessment.pk, make.NOW)
    assert w.get("/testville/try/", **TYPED).content == before


def test_home_explanation_and_questions_lead_here():
    world = w.opened()
    member = next(iter(world.town.members.values()))[0]
    reference = world.assessment.incident.reference
    for url, person, target in (
        ("/testville/", None, "/testville/try/"),
        ("/testville/how-it-works/", None, "/testville/try/"),
        (world.case_url + "weigh/", member, f"/testville/try/?case={reference}"),
    ):
        assert w.soup(w.get(url, by=person)).select_one(f'main a[href="{target}"]')
