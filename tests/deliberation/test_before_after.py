"""What changed between two rounds: told once both are published, from their records, in the chart and in tables."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import rounds
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
TITLE = "What changed since round 1"
SCORES, SHARES = "Each group's own score, out of 100", "Share of the weight in round 1, then in round 2"
FIRST = dict.fromkeys("ABCDE", t.HARM) | {"F": t.MISUSE}


def build():
    """Talks after which one group changed, one of another group did, and a third group answered for the first time."""
    world, _now = t.judged(FIRST)
    one = t.talks_of(world)
    opens = one.follow_up.opens_at
    rounds.open_due_rounds(opens)
    one.follow_up.refresh_from_db()
    make.answer(one.follow_up, world.town.members["A"][0], t.MISUSE, now=opens)
    t.weigh(world, one.follow_up, {"F": t.BALANCED, "G": t.HARM}, opens)
    return world, opens


talked = kept(build)


@pytest.fixture
def case(talked):
    return copied(talked)


def published(case):
    world, _opens = case
    now = t.publish(world, t.talks_of(world).follow_up)
    return world, now


def page(world, at, path="rounds/2/"):
    return w.get(world.case_url + path, at=at)


def table(response, caption):
    (found,) = [one for one in w.soup(response).select("table") if " ".join(one.caption.text.split()) == caption]
    cells = ([" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")] for row in found.select("tr"))
    return {row[0]: row[1:] for row in cells}


def record(world, at, number):
    result = page(world, at, f"rounds/{number}/record.json").json()["result"]
    return {row["code"]: row for row in result["groups"]}


def test_scores_and_shares_are_those_of_the_two_records(case):
    world, now = published(case)
    shown = page(world, now)
    scores, shares = table(shown, SCORES), table(shown, SHARES)
    assert list(scores) == list(shares) == ["Group", *(f"{code}{code.lower()} Group {code}" for code in "ABCDEF")]
    then, after = record(world, now, 1), record(world, now, 2)
    for code in "ABCDEF":
        told = scores[f"{code}{code.lower()} Group {code}"]
        assert told[:2] == [f"{float(one[code]['score']) * 100:.1f}" for one in (then, after)]
    assert shares["Ff Group F"] == ["8%, then 25%", "80%, then 25%", "8%, then 25%", "4%, then 25%", "–"]
    moved = float(scores["Ff Group F"][1]) - float(scores["Ff Group F"][0])
    assert scores["Ff Group F"][2:] == [f"+{moved:.1f}", "–"]
    headline = w.soup(shown).select_one("svg.slope > title").get_text(strip=True)
    assert headline == f"From round 1 to round 2 only Group F moved, by {moved:.1f} of 100."


def test_a_position_that_stands_is_marked_and_has_not_moved(case):
    world, now = published(case)
    assert record(world, now, 2)["A"]["how"] == "held"
    shown = page(world, now)
    note = "Earlier position, as too few answers changed"
    assert table(shown, SCORES)["Aa Group A"][2:] == ["0.0", note]
    assert table(shown, SHARES)["Aa Group A"][-1] == note
    assert [table(shown, SCORES)[f"{code}{code.lower()} Group {code}"][-1] for code in "BF"] == [note, "–"]
    assert len(w.soup(shown).select("svg.slope .move-stands")) == len("ABCDE")
    assert "A line in dashes: too few answers changed" in w.text_of(shown)


def test_a_group_that_one_round_did_not_count_is_left_out_in_so_many_words(case):
    world, now = published(case)
    assert record(world, now, 2)["G"]["present"]
    shown = page(world, now)
    assert "Left out, because one of the two rounds did not count them: Group G." in w.text_of(shown)
    assert len(w.soup(shown).select("svg.slope g[data-before]")) == 6


def test_the_room_of_talks_that_ended_shows_the_same(case):
    world, now = published(case)
    room, shown = w.get(r.room_url(world), at=now), page(world, now)
    assert table(room, SCORES) == table(shown, SCORES)
    assert table(room, SHARES) == table(shown, SHARES)


def test_before_the_second_round_is_published_nothing_is_compared(case):
    world, opens = case
    one = t.talks_of(world)
    for now in (opens, one.follow_up.closes_at + dt.timedelta(minutes=1)):
        rounds.close_due_rounds(now)
        shown = [page(world, now), w.get(r.room_url(world), at=now)]
        assert all(TITLE not in w.text_of(one) and not w.soup(one).select("svg.slope") for one in shown)
        assert all(SCORES not in w.text_of(one) and SHARES not in w.text_of(one) for one in shown)
    one.follow_up.refresh_from_db()
    assert one.follow_up.state == "closed"


def test_a_first_round_has_nothing_to_compare_with(case):
    world, now = published(case)
    shown = page(world, now, "rounds/1/")
    assert "What changed since" not in w.text_of(shown)
    assert not w.soup(shown).select("svg.slope")


def test_more_groups_ask_the_database_no_more():
    counts = []
    for slug, codes in (("smallville", "AF"), ("bigville", "ABCDEFG")):
        town = make.make_town(slug=slug, code=slug[:2].upper(), codes=tuple(codes), size=5)
        world, _now = t.judged({code: t.SPLIT[code] for code in codes}, town=town)
        now = t.answered_again(world, {"F": t.BALANCED})
        for path in ("rounds/2/", "talks/1/"):
            page(world, now, path)
            with CaptureQueriesContext(connection) as queries:
                assert SCORES in w.text_of(page(world, now, path))
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert counts[0] <= 11
    assert counts[1] <= 23
