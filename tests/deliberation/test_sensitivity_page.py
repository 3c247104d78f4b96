"""What would change a score: every figure follows from what was published, and a stranger works it out again."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.models import Submission
from assessments.scoring.arithmetic import apportion, half_up
from assessments.states import SchemeName
from deliberation.open_data.files import SENSITIVITY
from deliberation.sensitivity.subject import subject_of
from deliberation.sensitivity.verdict import Answer, verdict_of
from deliberation.views.case import score_of
from lastvote.web.scores import out_of_100
from stakeholders.reads import groups_of
from tests import factories as make
from tests.computing import work_out
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db


def page_of(world: w.World, **data: str):
    return w.get(world.case_url + "score/", at=w.CLOSED, **data)


def rows(page, selector: str, place: int = 0) -> dict[str, list[str]]:
    """Cells of a table under ``selector`` by the heading of their row."""
    table = w.soup(page).select(f"{selector} table")[place]
    return {
        row.th.get_text(" ", strip=True): [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in table.select("tbody tr")
    }


def published(world: w.World) -> dict:
    return json.loads(world.assessment.runs.get(published=True, round__isnull=False).binding)


def subject(world: w.World):
    score = score_of(world.assessment, list(groups_of(world.town.jurisdiction)))
    return subject_of(score, list(world.assessment.ratings.all()))


def linear(binding: dict, points) -> Decimal:
    ratings = [Decimal(binding["ratings"][code]) for code in binding["codes"]]
    return half_up(sum(Fraction(weight) * Fraction(x) for weight, x in zip(points, ratings, strict=True)) / 10_000)


def pooled(groups: list[dict]):
    columns = zip(*([group["voice"] * points for points in group["position"]] for group in groups), strict=True)
    return apportion([sum(column) for column in columns])


def test_groups_that_lead_to_other_powers_make_the_difference_matter():
    world = w.published()
    assert published(world)["disagreement"]["fundamental"] is True
    assert w.text_of(page_of(world), ".lead").startswith("The difference matters.")


def test_no_weights_can_change_what_ratings_alone_decide():
    world = w.published(values=dict.fromkeys("IERX", "0.9"))
    assert "The difference does not matter. No weights at all lead" in w.text_of(page_of(world), ".lead")


def test_a_missing_group_leaves_the_question_open_unless_the_others_differ_already():
    values = {"I": "0.68", "E": "0.2", "R": "0.68", "X": "0.68"}
    everybody = w.published(values=values, silent=("E", "F"))
    assert published(everybody)["disagreement"]["fundamental"] is False
    found = verdict_of(subject(everybody))
    assert (found.answer, str(found.sentence)) == (
        Answer.CANNOT_TELL, "We cannot tell yet whether the difference matters.",
    )  # fmt: skip


def test_all_counted_and_all_alike_does_not_matter():
    town = make.make_town(codes=("A", "B", "C", "D"), size=5)
    world = w.published(town, values={"I": "0.68", "E": "0.2", "R": "0.68", "X": "0.68"})
    found = verdict_of(subject(world))
    assert (found.answer, str(found.why)) == (
        Answer.DOES_NOT_MATTER, "Under every group's weights the level and the powers are the same.",
    )  # fmt: skip


def test_score_without_one_group_is_the_pool_of_the_others():
    world = w.published()
    binding = published(world)
    told = rows(page_of(world), "#voices", 1)
    for one in binding["groups"]:
        others = pooled([group for group in binding["groups"] if group is not one])
        lines = subject(world).score.lines
        assert told[f"Without Group {one['code']}"][0] == out_of_100(linear(binding, others), lines)


def test_any_voices_are_those_of_single_groups():
    world = w.published()
    own = [Decimal(group["score"]) for group in published(world)["groups"]]
    lines = subject(world).score.lines
    low, high = (out_of_100(edge, lines) for edge in (min(own), max(own)))
    assert rows(page_of(world), "#voices")["Any voices at all, even one group alone"][0] == f"{low} – {high}"


def test_one_weight_alone_by_hand():
    """All the weight on Harm done gives its rating; none leaves the others in proportion."""
    world = w.published()
    binding, lines = published(world), subject(world).score.lines
    harm, *others = binding["pooled"]
    ratings = [Decimal(binding["ratings"][code]) for code in binding["codes"]]
    without = sum(Fraction(p) * Fraction(x) for p, x in zip(others, ratings[1:], strict=True)) / sum(others)
    cells = rows(page_of(world), "#weights")["Harm done"]
    assert cells[0] == f"{round(Fraction(harm, 100))}%"
    assert (cells[1], cells[3]) == (out_of_100(half_up(without), lines), out_of_100(ratings[0], lines))


def test_the_sentence_about_one_weight_names_what_it_would_take():
    world = w.published()
    binding = published(world)
    text = w.text_of(page_of(world), "#change")
    assert "alone would need" in text
    assert "Group C" in text, "the people directly affected stand beside"
    bars = subject(world).found.times[-1].bars
    for place, bar in enumerate(bars):
        share = bar.crossings["measures"].value
        if share is None:
            continue
        rest = [Fraction(points) for i, points in enumerate(binding["pooled"]) if i != place]
        moved = [(1 - share) * 10_000 * points / sum(rest) for points in rest]
        moved.insert(place, share * 10_000)
        assert linear(binding, moved) == Decimal("0.6000")


def test_a_member_moves_the_score_no_farther_than_the_page_says():
    """Everybody in a group of five answers at the extreme that raises the score most; one of them alone does less."""
    world = w.published()
    binding, found = published(world), subject(world)
    best = max(binding["ratings"], key=lambda code: Decimal(binding["ratings"][code]))
    extreme = [10_000 if code == best else 0 for code in binding["codes"]]
    for place, group in enumerate(binding["groups"]):
        voice, top = Fraction(group["voice"], 10_000), Fraction(linear(binding, extreme))
        own = Fraction(linear(binding, group["position"]))
        high = rows(page_of(world), "#influence")[f"Group {group['code']}"][1].split(" – ")[-1]
        raised = Fraction(binding["score"]) + voice * (top - own)
        assert abs(Fraction(high) - 100 * raised) <= Fraction(2, 10)
        assert group["n"] == 5 == found.groups[place].members


def test_parts_of_the_groups_lead_from_an_equal_split_to_the_score():
    world = w.published()
    work_out(world.assessment, w.CLOSED)
    parts = [Decimal(cells[0]) for cells in rows(page_of(world), "#brought").values()]
    binding = published(world)
    start, score = linear(binding, [2500] * 4), Decimal(binding["score"])
    assert abs(sum(parts) - 100 * (score - start)) <= Decimal("0.05") * (len(parts) + 1)


def test_a_hundred_weightings_stand_on_their_side_of_the_line():
    """The sentence, the drawing's table and the table of all lines count the same."""
    world = w.published()
    page = page_of(world)
    heaps = w.soup(page).select("#possible figure tbody tr")
    counts = [[cell.get_text(strip=True) for cell in row.select("td")] for row in heaps]
    assert sum(int(count) for _end, count, _reached in counts) == 100
    reached = sum(int(count) for _end, count, reached in counts if reached == "yes")
    said = w.text_of(page, "#possible .chart-headline")
    assert said.startswith(f"{reached} of 100 possible weightings score")
    line = said.split(" or more ")[1].strip("().")
    assert abs(int(rows(page, "#possible", 1)[line][1]) - reached) <= 1


def test_first_score_leaves_out_groups_and_cannot_tell():
    world = w.rated(make.make_town(size=1))
    page = w.get(world.case_url + "score/")
    anchors = [section["id"] for section in w.soup(page).select("main > section")]
    assert anchors == ["groups", "change", "weights", "ratings", "possible", "methods", "try"]
    assert "No answers are counted yet." in w.text_of(page, ".lead")


def test_seven_kinds_and_two_ends_of_the_roadmap():
    town = make.make_town(size=5)
    world = w.rated(town, scheme=SchemeName.TAXONOMY, incident=make.make_incident(town, retrospective=True))
    page = w.get(world.case_url + "score/")
    assert len(rows(page, "#weights")) == 7
    heads = [cell.get_text(strip=True) for cell in w.soup(page).select("#methods thead th")]
    assert heads == [
        "Method", "Score", "Level at the start", "Level at the end", "Powers above the lines", "When it applies",
    ]  # fmt: skip


def test_one_group_alone_is_told_without_comparisons():
    town = make.make_town(codes=("A", "C"), size=5)
    world = w.published(town, silent=("A",))
    page = page_of(world)
    assert len(w.soup(page).select("#voices table")) == 1
    assert "provisional" in w.text_of(page, ".notice")


def test_groups_that_are_not_counted_stand_nowhere():
    world = w.published(silent=("F",))
    assert "Group F" not in w.text_of(page_of(world), "main")


def test_running_round_changes_nothing():
    world = w.published()
    before = page_of(world).content, w.get(world.case_url + "score/sensitivity.json", at=w.CLOSED).content
    other = w.answered(world.town)
    again = page_of(world).content, w.get(world.case_url + "score/sensitivity.json", at=w.CLOSED).content
    assert again == before
    assert Submission.objects.filter(roll_entry__round=other.weight_round).exists()
    first = w.get(other.case_url + "score/", at=w.CLOSED)
    assert "No answers are counted yet." in w.text_of(first, ".lead")


def test_case_without_score_says_so():
    world = w.rated(make.make_town(size=1), freeze=False)
    assert w.text_of(w.get(world.case_url + "score/"), "h1") == "There is no score yet that anything could change"
    assert w.get(world.case_url + "score/sensitivity.json").status_code == 404
    assert w.get(world.case_url + "assessments/9/score/").status_code == 404


def test_case_and_working_lead_here():
    world = w.published()
    target = f"{world.case_url}assessments/1/score/"
    for url in (world.case_url, world.case_url + "score/working/"):
        assert w.soup(w.get(url, at=w.CLOSED)).select_one(f'main a[href="{target}"]')


def test_files_hold_the_numbers_of_the_page():
    world = w.published()
    work_out(world.assessment, w.CLOSED)
    data = json.loads(w.get(world.case_url + "score/sensitivity.json", at=w.CLOSED).content)
    assert {table.name for table in SENSITIVITY.tables} <= set(data)
    binding, lines = published(world), subject(world).score.lines
    own = [Decimal(group["score"]) for group in binding["groups"]]
    (verdict,) = data["verdict"]
    assert (verdict["answer"], verdict["any_low"], verdict["any_high"]) == (
        "matters", f"{min(own):f}".rstrip("0"), f"{max(own):f}".rstrip("0"),
    )  # fmt: skip
    told = rows(page_of(world), "#voices", 1)
    assert {f"Without Group {row['group']}": out_of_100(row["without"], lines) for row in data["reach"]} == {
        name: cells[0] for name, cells in told.items()
    }
    assert sum(row["points"] for row in data["positions"] if row["group"] == "A") == 10_000
    start = linear(binding, [2500] * 4)
    assert abs(sum(Decimal(row["brought"]) for row in data["reach"]) - (Decimal(binding["score"]) - start)) < Decimal(
        "0.001"
    )
    shares = [Decimal(row["possible"]) for row in data["least"]]
    assert shares == sorted(shares, reverse=True)
