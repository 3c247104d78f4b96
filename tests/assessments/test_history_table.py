"""Files of past incidents: complete tables, or a report of every row that is wrong."""

import csv
import datetime as dt
import gzip
from decimal import Decimal as D
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.history_table import cells, sheet
from assessments.history_table.faults import Report
from assessments.history_table.mapping import ColumnMapping
from assessments.history_table.sheet import Sheet, read_sheet
from assessments.history_table.table import HistoryCase, HistoryTable, read_history
from tests import real_data

PLAIN = ColumnMapping(names=("case",), factors={"I": "impact", "E": "reach"}, label="severity")
FULL = ColumnMapping(
    names=("case",),
    factors={"I": "impact", "E": "reach"},
    label="severity",
    scales={"impact": D(5), "severity": D(10)},
    raters="raters",
    day="day",
)
SMALL = "case,impact,reach,severity\nfirst,0.5,0.25,1\nsecond,0,1,0.1\n"


def file(*lines):
    return ("case,impact,reach,severity\n" + "\n".join(lines) + "\n").encode()


def found(data, mapping=PLAIN):
    report = read_history(data, mapping)
    assert isinstance(report, Report)
    return [(fault.row, fault.column, fault.code) for fault in report.faults]


def values(data, mapping=PLAIN):
    table = read_history(data, mapping)
    assert isinstance(table, HistoryTable), table
    return [(case.name, case.values, case.label) for case in table.cases]


def test_complete_table():
    assert read_history(SMALL.encode(), PLAIN) == HistoryTable(
        factors=("I", "E"),
        cases=(
            HistoryCase(2, "first", (D("0.5"), D("0.25")), D(1), None, None),
            HistoryCase(3, "second", (D(0), D(1)), D("0.1"), None, None),
        ),
    )


def test_scales_raters_and_days():
    data = b"case,impact,reach,severity,raters,day\na,2.5,1,7.5,2,2018-03-17\nb,5,0,0,,\n"
    table = read_history(data, FULL)
    assert table.cases == (
        HistoryCase(2, "a", (D("0.5"), D(1)), D("0.75"), 2, dt.date(2018, 3, 17)),
        HistoryCase(3, "b", (D(1), D(0)), D(0), None, None),
    )


@pytest.mark.parametrize(
    "written",
    [
        SMALL.encode("utf-8-sig"),
        SMALL.replace("\n", "\r\n").encode(),
        SMALL.replace("\n", "\r").encode(),
        SMALL.replace(",", ";").encode(),
        SMALL.replace(",", "\t").encode(),
        SMALL.replace(",", ";").replace(".", ",").encode(),
        SMALL.replace(",", "\t").replace(".", ",").encode("utf-8-sig"),
        SMALL.replace(",", " , ").encode(),
        SMALL.replace("first", '"first"').encode(),
        SMALL.rstrip("\n").encode(),
    ],
)
def test_ways_in_which_programs_write_the_same_table(written):
    assert values(written) == values(SMALL.encode())


def test_blank_lines_keep_their_numbers():
    table = read_history(b"\n\ncase,impact,reach,severity\n\na,0,0,0\n,,,\n\nb,1,1,1\n\n", PLAIN)
    assert [(case.row, case.name) for case in table.cases] == [(5, "a"), (8, "b")]


@pytest.mark.parametrize("typed", ["0.5", ".5", "0.50", "+0.5", "5e-1", "5E-1", "0.5000000000000000000000000"])
def test_ways_to_write_a_half(typed):
    assert str(values(file(f"a,{typed},0,0"))[0][1][0]) == "0.5"


def test_minus_nought_is_nought():
    assert str(values(file("a,-0.0,0,0"))[0][1][0]) == "0"


def test_quotient_is_rounded_once_half_up():
    mapping = ColumnMapping(("case",), {"I": "impact", "E": "reach"}, "severity", {"impact": D(3), "reach": D(8)})
    assert values(file("a,2,0.00000000040,0"), mapping)[0][1] == (D("0.6666666667"), D("0.0000000001"))


def test_several_columns_make_a_name():
    mapping = ColumnMapping(("country", "year"), {"I": "x", "E": "y"}, "z")
    data = b"country,year,x,y,z\nMexico,2000,0,0,0\nMexico,2001,0,0,0\n"
    assert [case[0] for case in values(data, mapping)] == ["Mexico, 2000", "Mexico, 2001"]


def test_formulas_are_only_text():
    names = ["=1+1", "@SUM(A1)", "+cmd", "-2"]
    assert [case[0] for case in values(file(*(f"{name},0,0,0" for name in names)))] == names


def test_names_are_compared_as_people_see_them():
    assert found(file("café,0,0,0", "cafe\u0301,0,0,0")) == [(3, "case", "duplicate_name")]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("a,1.01,0,0", (2, "impact", "outside_the_scale")),
        ("a,-0.01,0,0", (2, "impact", "outside_the_scale")),
        ("a,1e99,0,0", (2, "impact", "outside_the_scale")),
        ("a,0,1.0000000000000002,0", (2, "reach", "just_above_the_scale")),
        ("a,0,1.000000001,0", (2, "reach", "just_above_the_scale")),
        ("a,0,1.0000000011,0", (2, "reach", "outside_the_scale")),
        ("a,0,0,", (2, "severity", "empty_cell")),
        (",0,0,0", (2, "case", "empty_cell")),
        ("a,nan,0,0", (2, "impact", "not_a_number")),
        ("a,inf,0,0", (2, "impact", "not_a_number")),
        ("a,NA,0,0", (2, "impact", "not_a_number")),
        ("a,50%,0,0", (2, "impact", "not_a_number")),
        ("a,1_0,0,0", (2, "impact", "not_a_number")),
        ("a,0x1,0,0", (2, "impact", "not_a_number")),
        ("a,=1,0,0", (2, "impact", "not_a_number")),
        ("a,.,0,0", (2, "impact", "not_a_number")),
        ('a,"0,5",0,0', (2, "impact", "not_a_number")),  # where commas part the cells, it is no decimal sign
        ("a,0." + "1" * 39 + ",0,0", (2, "impact", "not_a_number")),
        ("a,0,0", (2, None, "row_length")),
        ("a,0,0,0,0", (2, None, "row_length")),
        ('"a,0,0,0', (2, None, "broken_quotes")),
        ('"a"b,0,0,0', (2, None, "broken_quotes")),
        ('"a\nb",0,0,0', (2, None, "control_character")),
        ("a\0b,0,0,0", (2, None, "control_character")),
        ("x" * 201 + ",0,0,0", (2, "case", "name_too_long")),
        ("x" * 2001 + ",0,0,0", (2, None, "cell_too_long")),
        ("x" * 200_000 + ",0,0,0", (2, None, "cell_too_long")),
    ],
)
def test_one_bad_row(line, fault):
    assert found(file(line)) == [fault]


def test_decimal_commas_and_points_are_never_thousands():
    data = b"case;impact;reach;severity\na;1.000,5;0;0\n"
    assert found(data) == [(2, "impact", "not_a_number")]


@pytest.mark.parametrize(
    ("raters", "day", "faulty"),
    [
        ("0", "", [(2, "raters", "not_a_count")]),
        ("1001", "", [(2, "raters", "not_a_count")]),
        ("2.5", "", [(2, "raters", "not_a_count")]),
        ("-1", "", [(2, "raters", "not_a_count")]),
        ("1", "17.03.2018", [(2, "day", "not_a_day")]),
        ("1", "20180317", [(2, "day", "not_a_day")]),
        ("1", "2018-02-30", [(2, "day", "not_a_day")]),
        ("two", "now", [(2, "raters", "not_a_count"), (2, "day", "not_a_day")]),
    ],
)
def test_bad_raters_and_days(raters, day, faulty):
    data = f"case,impact,reach,severity,raters,day\na,0,0,0,{raters},{day}\n".encode()
    assert found(data, FULL) == faulty


def test_every_bad_cell_of_every_row_is_told_in_order():
    data = file("a,2,x,0", "b,0,0,0", "b,0,,9", "a,0,0,0")
    assert found(data) == [
        (2, "impact", "outside_the_scale"),
        (2, "reach", "not_a_number"),
        (4, "reach", "empty_cell"),
        (4, "severity", "outside_the_scale"),
        (4, "case", "duplicate_name"),
        (5, "case", "duplicate_name"),
    ]


def test_report_stops_at_two_hundred_and_says_so():
    report = read_history(file(*(f"{row},2,0,0" for row in range(201))), PLAIN)
    assert (len(report.faults), report.is_cut) == (200, True)
    whole = read_history(file(*(f"{row},2,0,0" for row in range(200))), PLAIN)
    assert (len(whole.faults), whole.is_cut) == (200, False)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", (None, None, "file_empty")),
        (b" \r\n ", (None, None, "file_empty")),
        ("\ufeff".encode(), (None, None, "file_empty")),
        (b",,,\n", (None, None, "file_empty")),
        (b"case,impact,reach,severity\n\n", (None, None, "no_rows")),
        ("case,impact,reach,severity\né,0,0,0\n".encode("latin-1"), (2, None, "not_utf8")),
        (SMALL.encode("utf-16"), (None, None, "not_utf8")),
        (b"case,impact,impact,severity\na,0,0,0\n", (1, "impact", "duplicate_heading")),
        (SMALL.replace(",", "|").encode(), (1, None, "one_column")),
        (("x," * 500 + "y\n" + "0," * 500 + "0\n").encode(), (1, None, "too_many_columns")),
        (("x" * 200_000 + ",y\n0,0\n").encode(), (1, None, "cell_too_long")),
    ],
)
def test_bad_file(data, fault):
    assert found(data) == [fault]


def test_caps_are_exact(monkeypatch):
    monkeypatch.setattr(sheet, "MOST_ROWS", 2)
    assert isinstance(read_sheet(SMALL.encode()), Sheet)
    assert [fault.code for fault in read_sheet((SMALL + "third,0,0,0\n").encode()).faults] == ["too_many_rows"]
    monkeypatch.setattr(sheet, "MOST_BYTES", len(SMALL))
    assert isinstance(read_sheet(SMALL.encode()), Sheet)
    assert [fault.code for fault in read_sheet((SMALL + "\n").encode()).faults] == ["file_too_large"]


@pytest.mark.parametrize(
    ("mapping", "faulty"),
    [
        (ColumnMapping((), {"I": "impact", "E": "reach"}, "severity"), [(None, None, "no_name_column")]),
        (ColumnMapping(("case",), {"I": "impact"}, "severity"), [(None, None, "too_few_factors")]),
        (ColumnMapping(("case",), {"I": "impact", "E": "gone"}, "severity"), [(None, "gone", "unknown_column")]),
        (ColumnMapping(("",), {"I": "impact", "E": "reach"}, "severity"), [(None, "", "unknown_column")]),
        (ColumnMapping(("case",), {"I": "impact", "E": "impact"}, "reach"), [(None, "impact", "column_used_twice")]),
        (
            ColumnMapping(("case",), {"I": "impact", "E": "reach"}, "severity", {"impact": D(0)}),
            [(None, "impact", "scale_out_of_range")],
        ),
        (
            ColumnMapping(("case",), {"I": "impact", "E": "reach"}, "severity", {"impact": D("Infinity")}),
            [(None, "impact", "scale_out_of_range")],
        ),
        (
            ColumnMapping(("case",), {"I": "impact", "E": "reach"}, "severity", {"case": D(2)}),
            [(None, "case", "scale_without_use")],
        ),
    ],
)
def test_bad_mapping(mapping, faulty):
    assert found(SMALL.encode(), mapping) == faulty


def test_column_without_heading_may_be_there_but_not_be_used():
    assert values(b",case,impact,reach,severity\n1,a,0,0,0\n") == [("a", (D(0), D(0)), D(0))]


def test_report_says_what_is_wrong_and_what_is_allowed():
    [fault] = read_history(file("a,0,1.0000000000000002,0"), PLAIN).faults
    assert fault.problem == "“1.0000000000000002” is a hair too large. A program's rounding does that."
    assert fault.allowed == "At most 1. Round the column to 9 decimals and try again."


@pytest.mark.parametrize(("line", "problem"), [("a", "This row has 1 cell."), ("a,0", "This row has 2 cells.")])
def test_short_row_is_told_in_good_grammar(line, problem):
    [fault] = read_history(file(line), PLAIN).faults
    assert fault.problem == problem


@pytest.mark.parametrize("line", ["a,2,0,0", "a,x,0,0", "a,0,1.0000000000000002,0", "a,0,0", '"a,0,0,0', ",0,0,0"])
def test_every_sentence_of_a_report_is_translated(monkeypatch, line):
    for module in (cells, sheet):
        monkeypatch.setattr(module, "_", lambda words: f"⟦{words}⟧")
    monkeypatch.setattr(sheet, "ngettext", lambda _one, many, _count: f"⟦{many}⟧")
    [fault] = read_history(file(line), PLAIN).faults
    assert fault.problem.startswith("⟦")
    assert fault.allowed.startswith("⟦")


SIGNS = st.sampled_from(
    ["case", "impact", "reach", "severity", ",", ";", "\t", "\n", "\r", '"', "0.5", "1", "2", "=", "\0"]
)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.binary(max_size=60), st.lists(SIGNS, max_size=40).map(lambda parts: "".join(parts).encode())))
def test_any_bytes_give_a_table_or_a_report_and_never_an_error(data):
    for written in (data, SMALL.encode() + data):
        outcome = read_history(written, PLAIN)
        if isinstance(outcome, Report):
            assert outcome.faults
        else:
            assert all(0 <= value <= 1 for case in outcome.cases for value in (*case.values, case.label))


CVSS_FACTORS = ("AV", "AC", "PR", "UI", "S", "C", "I", "A")
CVSS = ColumnMapping(("report",), {name: name for name in CVSS_FACTORS}, "base_score", {"base_score": D(10)})
VDEM_FACTORS = ("v2x_elecoff", "v2xel_frefair", "v2x_frassoc_thick", "v2x_suffr", "v2x_freexp_altinf")
VDEM = ColumnMapping(
    ("country_text_id", "year"), {name: name for name in VDEM_FACTORS}, "v2x_polyarchy", day=None, raters=None
)
MADE_UP_CVSS = (
    b"report,version,AV,AC,PR,UI,S,C,I,A,base_score,severity,vector\n"
    b"MADE-UP-0001,3.1,1.0,1.0,0.5,0.0,1.0,1.0,1.0,1.0,9.0,CRITICAL,CVSS:3.1/AV:N\n"
    b"MADE-UP-0002,3.0,1.0,1.0,0.5,1.0,0.0,1.0,0.5,1.0,8.3,HIGH,CVSS:3.0/AV:N\n"
)
MADE_UP_VDEM = (
    b"country_name,country_text_id,year,v2x_elecoff,v2xel_frefair,v2x_frassoc_thick,v2x_suffr,v2x_freexp_altinf,"
    b"v2x_polyarchy\nRuritania,RUR,2000,1.0,0.819,0.798,1.0,0.779,0.671\nRuritania,RUR,2001,1.0,0.826,0.816,1.0,0.779,0.682\n"
)


def agrees_with_the_file(data, mapping, scale):
    """Compare a table with the file read by nothing but the standard library."""
    table = read_history(data, mapping)
    rows = list(csv.DictReader(StringIO(data.decode())))
    assert [case.row for case in table.cases] == list(range(2, len(rows) + 2))
    assert [case.name for case in table.cases] == [", ".join(row[name] for name in mapping.names) for row in rows]
    assert [case.values for case in table.cases] == [
        tuple(D(row[column]) for column in mapping.factors.values()) for row in rows
    ]
    assert [case.label * scale for case in table.cases] == [D(row[mapping.label]) for row in rows]
    return len(rows)


def test_published_vulnerabilities_twin():
    assert agrees_with_the_file(MADE_UP_CVSS, CVSS, 10) == 2


def test_published_vulnerabilities():
    assert agrees_with_the_file(real_data.needed("avid_cvss3_a.csv").read_bytes(), CVSS, 10) == 499


def test_country_years_twin():
    assert agrees_with_the_file(MADE_UP_VDEM, VDEM, 1) == 2


def test_country_years():
    assert (
        agrees_with_the_file(gzip.decompress(real_data.needed("vdem_2000_2011.csv.gz").read_bytes()), VDEM, 1) == 2126
    )
