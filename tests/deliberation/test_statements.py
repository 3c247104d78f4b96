"""Statements and reactions: counts by opinion group, what is contested and what is shared."""

import csv
from fractions import Fraction

import pytest

from assessments.history_table.faults import Report
from deliberation.statements import (
    Participant,
    Ranked,
    Reactions,
    Tally,
    most_contested,
    most_shared,
    read_reactions,
    tallies_of,
)
from tests import real_data

MADE_UP = b"""participant,group-id,0,1,2
0,0,1,1,-1
1,0,1,1,
2,0,0,1,-1
3,1,-1,1,0
4,1,-1,,
5,1,-1,1,1
6,,1,-1,1
"""


def read(data):
    return read_reactions(data, person_column="participant", group_column="group-id")


def faults(data):
    report = read(data)
    assert isinstance(report, Report)
    return [(fault.row, fault.column, fault.code) for fault in report.faults]


def ranks(ranking):
    return [(one.statement, one.share) for one in ranking]


def test_people_groups_and_reactions():
    found = read(b"participant;group-id;a;b\nx;1;1;-1\ny;;0;\n")
    assert found == Reactions(("a", "b"), (Participant("x", "1", (1, -1)), Participant("y", None, (0, None))))
    assert found.groups() == ("1",)


def test_tallies():
    tallies = tallies_of(read(MADE_UP))
    assert tallies["0"] == {"0": Tally(2, 0, 1), "1": Tally(0, 3, 0)}
    assert tallies["2"] == {"0": Tally(0, 2, 0), "1": Tally(1, 0, 1)}
    assert (tallies["1"]["1"].seen, tallies["0"]["0"].seen) == (2, 3)


def test_contested_and_shared():
    tallies = tallies_of(read(MADE_UP))
    assert ranks(most_contested(tallies)) == [
        ("0", Fraction(3, 5) - Fraction(1, 5)),
        ("2", Fraction(2, 4) - Fraction(1, 4)),
        ("1", Fraction(4, 5) - Fraction(3, 4)),
    ]
    assert ranks(most_shared(tallies)) == [("1", Fraction(3, 4)), ("2", Fraction(1, 4)), ("0", Fraction(1, 5))]


def test_few_reactions_do_not_read_as_everybody():
    assert (Tally(3, 0, 0).share_agree, Tally(300, 0, 0).share_agree) == (Fraction(4, 5), Fraction(301, 302))


def test_a_statement_that_a_group_has_not_seen_is_at_a_half_and_not_ranked():
    tallies = tallies_of(read(b"participant,group-id,a,b\nx,1,1,1\ny,2,,1\n"))
    assert (tallies["a"]["2"].seen, tallies["a"]["2"].share_agree) == (0, Fraction(1, 2))
    assert ranks(most_contested(tallies)) == [("b", 0)]
    assert ranks(most_shared(tallies)) == [("b", Fraction(2, 3))]


def test_ties_keep_the_order_of_the_file():
    tallies = tallies_of(read(b"participant,group-id,z,a\nx,1,1,1\ny,2,1,1\n"))
    assert [one.statement for one in most_contested(tallies)] == ["z", "a"]
    assert [one.statement for one in most_shared(tallies)] == ["z", "a"]


def test_one_group_contests_nothing():
    tallies = tallies_of(read(b"participant,group-id,a\nx,1,1\n"))
    assert most_contested(tallies) == [Ranked("a", Fraction(0))]
    assert most_shared(tallies) == [Ranked("a", Fraction(2, 3))]


def test_without_groups_nothing_is_ranked():
    tallies = tallies_of(read(b"participant,group-id,a\nx,,1\n"))
    assert (most_contested(tallies), most_shared(tallies)) == ([], [])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"participant,group-id,a\nx,1,2\n", [(2, "a", "not_a_reaction")]),
        (b"participant,group-id,a\nx,1,1.0\n", [(2, "a", "not_a_reaction")]),
        (b"participant,group-id,a\nx,1,=1\n", [(2, "a", "not_a_reaction")]),
        (b"participant,group-id,a\n,1,1\n", [(2, "participant", "empty_cell")]),
        (b"participant,group-id,a\nx,1,1\nx,1,0\n", [(3, "participant", "duplicate_name")]),
        (b"participant,group-id,a\nx,1,9\nx,1,8\n",
         [(2, "a", "not_a_reaction"), (3, "a", "not_a_reaction"), (3, "participant", "duplicate_name")]),
        (b"who,which,a\nx,1,1\n", [(None, "participant", "unknown_column"), (None, "group-id", "unknown_column")]),
        (b"participant,group-id\nx,1\n", [(None, None, "no_statements")]),
        (b"participant,group-id,a,\nx,1,1,\n", [(1, None, "column_without_heading")]),
        (b"", [(None, None, "file_empty")]),
        (b"participant,group-id,a\nx,1\n", [(2, None, "row_length")]),
    ],
)  # fmt: skip
def test_bad_files_give_a_report_and_nothing_else(data, expected):
    assert faults(data) == expected


def test_report_is_in_words():
    [fault] = read(b"participant,group-id,a\nx,1,2\n").faults
    assert (fault.problem, fault.allowed) == (
        "“2” is no reaction.",
        "1 to agree, -1 to disagree, 0 to pass, or nothing.",
    )


def two_camps(people, statements, contested, shared):
    """A deliberation of the shape of the real ones: two groups, blanks, one split statement and one that all share."""
    lines = [",".join(["participant", "group-id", *map(str, range(statements))])]
    for person in range(people):
        group = person % 2
        cells = [_made_up_cell(person, statement) for statement in range(statements)]
        cells[contested] = "1" if group else "-1"
        cells[shared] = "1"
        lines.append(",".join([str(person), "" if person % 29 == 0 else str(group), *cells]))
    return "\n".join(lines).encode()


def _made_up_cell(person, statement):
    return ("1", "-1", "0", "", "-1")[(person // 2 + 3 * statement) % 5]


def named(name):
    return real_data.needed(f"polis/{name}.votes.csv").read_bytes()


def counted_again(data):
    """Spread and least agreement, counted with the standard library alone."""
    rows = list(csv.DictReader(data.decode().splitlines()))
    groups = sorted({row["group-id"] for row in rows} - {""})
    shares = {}
    for statement in [name for name in rows[0] if name not in ("participant", "group-id")]:
        cells = [[row[statement] for row in rows if row["group-id"] == group] for group in groups]
        if all(row.count("") < len(row) for row in cells):
            shares[statement] = [Fraction(row.count("1") + 1, len(row) - row.count("") + 2) for row in cells]
    return {name: max(of) - min(of) for name, of in shares.items()}, {name: min(of) for name, of in shares.items()}


def agrees_with_recount(data):
    tallies = tallies_of(read(data))
    spread, least = counted_again(data)
    assert dict(ranks(most_contested(tallies))) == spread
    assert dict(ranks(most_shared(tallies))) == least
    return [(ranking[0].statement, f"{float(ranking[0].share):.6f}") for ranking in (
        most_contested(tallies), most_shared(tallies))]  # fmt: skip


def test_made_up_deliberation():
    data = two_camps(people=204, statements=50, contested=8, shared=19)
    assert [statement for statement, _share in agrees_with_recount(data)] == ["8", "19"]


def test_brexit_deliberation():
    assert agrees_with_recount(named("brexit-consensus")) == [("8", "0.730602"), ("19", "0.905405")]


def test_seattle_deliberation():
    assert agrees_with_recount(named("15-per-hour-seattle")) == [("46", "0.650794"), ("1", "0.472222")]
