"""How a score was worked out: a stranger repeats it from the page alone."""

from decimal import ROUND_HALF_UP, Decimal
from math import exp

import pytest

from assessments.actions import policies
from assessments.models import RoundRecord
from assessments.scoring.schemes import TAXONOMY
from assessments.scoring.score_string import check
from assessments.states import SchemeName
from deliberation.part_names import PART_NAMES
from lastvote.access import Role
from tests import factories as make
from tests.deliberation import world as w
from tests.learning_world import trained

pytestmark = pytest.mark.django_db


def rows(page, selector: str) -> list[list[str]]:
    """Cells of the first table under ``selector``."""
    table = w.soup(page).select_one(f"{selector} tbody")
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tr")]


def test_score_follows_from_the_table_by_hand():
    world = w.published()
    page = w.get(world.case_url + "score/working/", at=w.CLOSED)
    *items, total = rows(page, "#by-hand")
    by_hand = sum(Decimal(weight) * Decimal(rating) for _, weight, rating, _ in items)
    assert by_hand == Decimal(total[3])
    published = w.soup(page).select_one("#by-hand strong").get_text().split()[-1].rstrip(".")
    assert str(by_hand.quantize(Decimal("0.0001"), ROUND_HALF_UP)) == published


def test_string_on_the_page_recomputes():
    world = w.published()
    page = w.get(world.case_url + "score/working/", at=w.CLOSED)
    string, command = (code.get_text() for code in w.soup(page).select("#string pre code"))
    assert command == f'.venv/bin/python manage.py score "{string}"'
    assert check(string).ok
    assert string == RoundRecord.objects.get().score_string
    assert RoundRecord.objects.get().sha256 in w.text_of(page, "#string")


def test_pooled_weights_follow_from_voices_and_positions():
    world = w.published(make.make_town(size=5, voices="eq7"))
    page = w.get(world.case_url + "score/working/", at=w.CLOSED)
    positions = {row[0]: [int(cell) for cell in row[1:5]] for row in rows(page, "#positions")}
    tables = w.soup(page).select("#voices table")
    voices = {
        row.select_one("th").get_text(strip=True): int(row.select_one("td").get_text())
        for row in tables[1].select("tbody tr")[:-1]
    }
    exact = [sum(voices[name] * points[column] for name, points in positions.items()) for column in range(4)]
    assert [int(row[1]) for row in rows(page, "#pooled")[:4]] == exact
    assert sum(int(row[3]) for row in rows(page, "#pooled")[:4]) == 10_000


def test_every_step_names_its_definition():
    world = w.published()
    page = w.soup(w.get(world.case_url + "score/working/", at=w.CLOSED))
    anchors = [link["href"][1:] for link in page.select("nav[aria-label=Steps] a")]
    assert anchors == [
        "ratings", "positions", "voices", "pooled", "sum", "lines", "powers", "certainty", "difference", "change",
        "past", "beside",
    ]  # fmt: skip
    sources = [page.select_one(f"#{anchor} > .soft").get_text(strip=True) for anchor in anchors]
    assert all(source.startswith("Definition and equation: D") for source in sources)


def test_seven_kinds_show_parts_and_what_is_printed():
    world = w.rated(make.make_town(size=1), scheme=SchemeName.TAXONOMY)
    page = w.get(world.case_url + "score/working/")
    assert len(rows(page, "#ratings")) == 21
    printed = w.soup(page).select("#beside table")[1]
    assert "0.5774" in printed.get_text()


def test_first_score_leaves_out_steps_about_groups():
    world = w.rated(make.make_town(size=1))
    page = w.soup(w.get(world.case_url + "score/working/"))
    anchors = [link["href"][1:] for link in page.select("nav[aria-label=Steps] a")]
    assert anchors == ["ratings", "pooled", "sum", "lines", "powers", "certainty", "change", "beside"]
    assert check(page.select_one("#string pre code").get_text()).ok


def test_open_round_leaves_the_working_as_it_was():
    world = w.rated()
    before = w.get(world.case_url + "score/working/").content
    weight_round = make.open_round(world.town, world.assessment)
    for code, people in world.town.members.items():
        for person in people:
            make.answer(weight_round, person, w.LEANINGS[code])
    w.publication.count_and_publish(world.assessment.pk, make.NOW)
    assert w.get(world.case_url + "score/working/").content == before


def test_absent_group_is_not_numbered_here_either():
    world = w.published(silent=("F",))
    row = next(
        row for row in rows(w.get(world.case_url + "score/working/", at=w.CLOSED), "#positions") if row[0] == "Group F"
    )
    assert row == ["Group F", "–", "–", "–", "–", "fewer than 5"]


def test_retrospective_working_has_two_times():
    town = make.make_town(size=5)
    world = w.published(town, incident=make.make_incident(town, retrospective=True))
    page = w.soup(w.get(world.case_url + "score/working/", at=w.CLOSED))
    captions = [caption.get_text() for caption in page.select("#lines caption")]
    assert [caption.split(":")[0] for caption in captions] == [
        "Lines at the start of the roadmap", "Lines at the end of the roadmap",
    ]  # fmt: skip


def test_case_without_score_says_so():
    world = w.rated(make.make_town(size=1), freeze=False)
    page = w.get(world.case_url + "score/working/")
    assert w.text_of(page, "h1") == "There is no score to work out yet"
    assert w.get(world.case_url + "assessments/9/score/working/").status_code == 404


def test_reasons_of_the_evaluators_stand_beside_their_ratings():
    world = w.rated(make.make_town(size=1))
    page = w.get(world.case_url + "score/working/")
    reasons = rows(page, "#ratings details")
    assert reasons[0] == ["Harm done", "Evaluator 1", "0.7000", "As the report says.", "1"]
    assert len(reasons) == 4 * 2


def test_every_part_of_every_kind_has_a_plain_name():
    assert set(PART_NAMES) == {name for names in TAXONOMY.components for name in names}


def test_compounding_score_follows_by_hand_too():
    town = make.make_town(size=1)
    body = make.policy_body()
    body["aggregators"]["classic"] = "tempered"
    town.policy = policies.adopt_policy(
        jurisdiction=town.jurisdiction, body=body, reason=make.text("To try."), effective_from=make.START,
        proposed_by=town.staff[Role.ADMIN], adopted_by=town.staff[Role.CHAIR], now=make.NOW - 60 * make.DAY,
    )  # fmt: skip
    page = w.get(w.rated(town).case_url + "score/working/")
    z = sum(float(weight) * float(effect) for _, weight, effect, _ in rows(page, "#by-hand")[:4])
    published = w.soup(page).select_one("#by-hand strong").get_text(strip=True).split()[-1].rstrip(".")
    assert f"{(1 - exp(-z)) / 0.99:.4f}" == published
    assert w.text_of(page, "#sum > .soft") == "Definition and equation: D4, D8; equation (3), tempered."


def test_past_cases_are_background_and_only_earlier_ones_count():
    town = make.make_town(size=5)
    first, second = w.published(town), w.published(town)
    page = w.get(first.case_url + "score/working/", at=w.CLOSED)
    assert "No score was published here before this one." in w.text_of(page, "#past")
    assert w.soup(page).select_one("#past table") is None
    page = w.get(second.case_url + "score/working/", at=w.CLOSED)
    assert "1 of 1 earlier score is at or below this one." in w.text_of(page, "#past")
    own = Decimal(RoundRecord.objects.get(round=first.weight_round).score_string.partition("/")[0])
    table = rows(page, "#past")
    assert [row[2] for row in table] == [("1.0000" if own > Decimal(row[1]) else "0.0000") for row in table]
    assert {(row[2], row[4]) for row in table} == {("1.0000", "yes"), ("0.0000", "no")}


def test_learned_score_stands_beside_as_experimental_once_a_training_is_published():
    town = make.make_town(size=5)
    world = w.published(town)
    assert w.soup(w.get(world.case_url + "score/working/", at=w.CLOSED)).select_one("#learned") is None
    run = trained(town, number=12)
    page = w.get(world.case_url + "score/working/", at=w.CLOSED)
    assert "Experimental: not used for any decision." in w.text_of(page, "#learned")
    assert w.soup(page).select_one(f'#learned a[href$="/learning/{run.token}/"]')
    *parts, total = rows(page, "#learned")
    z = sum(Decimal(part[3]) for part in parts)
    assert abs(z - Decimal(total[2])) < Decimal("0.001")
    assert abs(float(total[3]) - 1 / (1 + exp(-float(total[2])))) < 1e-4
    again = w.get(world.case_url, at=w.CLOSED)
    assert "learned" not in w.text_of(again, "#score").lower()


def test_a_training_on_other_items_says_nothing_of_this_score():
    town = make.make_town(size=5)
    world = w.rated(town, scheme=SchemeName.TAXONOMY)
    trained(town, number=12)
    assert w.soup(w.get(world.case_url + "score/working/", at=w.CLOSED)).select_one("#learned") is None
