"""Cases from a file: every new row or nothing, each once, each with its source and its events."""

import datetime as dt
import time

import pytest

from assessments.actions import case_imports
from assessments.actions.case_imports import Outcome, import_cases, keep_cases_file, plan_of
from assessments.case_table.table import MOST_CASES, CaseTable, read_cases
from assessments.history_table.faults import Report
from assessments.models import EvidenceItem, Incident, IncidentOrigin, PendingImport, Source
from lastvote.access import Role
from lastvote.audit.models import AuditEvent, EventSalt
from lastvote.audit.record import record_together, verifies
from lastvote.errors import Refused
from tests import case_files, real_data
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make.make_town(size=1)


def read(data, language="en"):
    table = read_cases(data, language=language)
    assert isinstance(table, CaseTable)
    return table


def bring_in(town, data, **more):
    by = town.staff[Role.SECRETARIAT]
    return import_cases(jurisdiction=town.jurisdiction, table=read(data), by=by, now=make.NOW, **more)


def faults(data):
    report = read_cases(data, language="en")
    assert isinstance(report, Report)
    return [(fault.row, fault.column, fault.code) for fault in report.faults]


def test_an_entry_of_the_database_becomes_a_case_with_its_source(town):
    bring_in(town, case_files.aiid_file(1))
    case = Incident.objects.get()
    assert (case.reference, case.title, case.happened_from, case.happened_to) == (
        "TV-2026-0001",
        {"source": "en", "texts": {"en": "Made-up incident 1: “naïve”, späť, 事件"}, "outdated": []},
        dt.date(2011, 2, 2),
        dt.date(2011, 2, 2),
    )
    assert (case.origin.catalogue, case.origin.entry, case.origin.tags["mit_domain"]) == (
        "aiid", "1", "2. Privacy & Security",
    )  # fmt: skip
    item = case.evidence.get()
    assert (item.statement, item.as_of_words, item.as_of_to) == (
        case.title["texts"]["en"], "2011-02-02", dt.date(2011, 2, 2),
    )  # fmt: skip
    source = item.sources.get()
    assert (source.title, source.addresses) == (
        "AI Incident Database, incident 1", ["https://incidentdatabase.ai/cite/1/"],
    )  # fmt: skip
    assert (case.system.name, case.system.deployer.name) == ("Not named yet", "Not named yet")


def test_every_case_has_its_events_and_the_file_one(town):
    bring_in(town, case_files.aiid_file(3))
    kinds = list(AuditEvent.objects.filter(at=make.NOW).order_by("id").values_list("kind", flat=True))
    assert kinds == ["deployer.added", "system.added", *["incident.created"] * 3, *["evidence.added"] * 3,
                     "incident.imported"]  # fmt: skip
    created = AuditEvent.objects.filter(kind="incident.created", at=make.NOW)
    assert [event.facts["reference"] for event in created] == ["TV-2026-0001", "TV-2026-0002", "TV-2026-0003"]
    assert all(verifies(event) for event in AuditEvent.objects.filter(at=make.NOW))
    assert EventSalt.objects.filter(event__at=make.NOW).count() == len(kinds)


@pytest.mark.django_db(transaction=True)
def test_events_are_recorded_together_only_inside_their_act():
    act = {"kind": "x", "subject": "x", "acts": [], "jurisdiction_id": 1, "actor_id": 1, "acting_as": ""}
    with pytest.raises(RuntimeError):
        record_together(**act, now=make.NOW)


def test_the_same_file_once_more_stores_nothing(town):
    bring_in(town, case_files.aiid_file(5))
    before = (Incident.objects.count(), Source.objects.count(), AuditEvent.objects.count())
    plan = bring_in(town, case_files.aiid_file(5))
    assert {one.outcome for one in plan} == {Outcome.HERE}
    assert (Incident.objects.count(), Source.objects.count(), AuditEvent.objects.count()) == before


def test_a_longer_file_adds_what_is_new_and_leaves_what_changed(town):
    bring_in(town, case_files.aiid_file(2))
    rows = case_files.aiid_rows(4)
    rows[0][-1] = "Another title"
    plan = bring_in(town, case_files.written(case_files.AIID_HEADING, rows))
    assert [(one.outcome.value, one.reference) for one in plan] == [
        ("different", "TV-2026-0001"), ("here", "TV-2026-0002"), ("new", ""), ("new", ""),
    ]  # fmt: skip
    assert Incident.objects.count() == 4
    assert Incident.objects.get(reference="TV-2026-0001").title["texts"]["en"].startswith("Made-up")


def test_another_town_brings_in_the_same_file_for_itself(town):
    other = make.make_town(slug="elsewhere", code="EW", size=1)
    for place in (town, other):
        bring_in(place, case_files.aiid_file(2))
    assert IncidentOrigin.objects.count() == 4
    assert [one.outcome for one in plan_of(other.jurisdiction, read(case_files.aiid_file(2)))] == [Outcome.HERE] * 2


def test_forty_spoilt_rows_are_all_listed_and_nothing_comes_in(town):
    rows = case_files.aiid_rows(200)
    spoil = {
        0: lambda row: row.__setitem__(0, "x"),
        1: lambda row: row.__setitem__(1, "2020-02-30"),
        2: lambda row: row.__setitem__(2, "9. Unknown"),
        3: lambda row: row.__setitem__(7, ""),
        4: lambda row: row.__setitem__(7, "a\u202eb"),
        5: lambda row: row.append("one cell too many"),
        6: lambda row: row.__setitem__(7, "a\x00b"),
        7: lambda row: row.__setitem__(7, "x" * 3_000),
    }
    for place in range(40):
        spoil[place % 8](rows[place * 5])
    found = faults(case_files.written(case_files.AIID_HEADING, rows))
    assert sorted({row for row, _column, _code in found}) == [place * 5 + 2 for place in range(40)]
    assert not Incident.objects.exists()


def test_the_whole_database_comes_in_well_within_a_minute(town):
    started, told = time.monotonic(), []
    bring_in(town, case_files.aiid_file(869), tell=lambda done, total: told.append((done, total)))
    assert Incident.objects.count() == 869
    assert (told[0], told[-1], len(told)) == ((100, 869), (869, 869), 9)
    assert time.monotonic() - started < 60


def test_the_real_database_comes_in_whole_and_once(town):
    data = real_data.needed("aiid_mit_domains.csv").read_bytes()
    assert len(bring_in(town, data)) == 869
    assert {one.outcome for one in bring_in(town, data)} == {Outcome.HERE}
    assert (Incident.objects.count(), EvidenceItem.objects.count()) == (869, 869)


def test_our_own_format_names_system_and_evidence(town):
    bring_in(town, case_files.own_file())
    case = Incident.objects.get()
    assert (case.system.name, case.system.deployer.name, case.origin.entry) == ("Plate reader", "Parking Office", "A-1")
    item = case.evidence.get()
    assert (item.as_of_words, item.as_of_from, item.as_of_to) == (
        "2026-03", dt.date(2026, 3, 1), dt.date(2026, 3, 31),
    )  # fmt: skip
    assert item.sources.get().addresses == ["https://parking.example/report"]


def test_our_own_format_needs_four_columns_and_no_more(town):
    bring_in(town, b"id;title;summary;affected\n1;One;It failed.;Tenants\n")
    case = Incident.objects.get()
    assert (case.kind, case.happened_from, case.evidence.count()) == ("incident", None, 0)


@pytest.mark.parametrize(("place", "cell", "found"), [
    (0, "", ("id", "empty_cell")),
    (1, "\u200b", ("title", "empty_cell")),
    (1, "x" * 201, ("title", "max_length")),
    (4, "variant", ("kind", "unknown_value")),
    (5, "", ("system", "system_needs_deployer")),
    (7, "1 March", ("happened_from", "not_a_day")),
    (7, "2026-13-01", ("happened_from", "not_a_day")),
    (7, "2026-03", ("happened_from", "not_a_day")),
    (7, "0001-01-01", ("happened_from", "out_of_range")),
    (8, "2026-02-01", ("happened_to", "date_order")),
    (9, "", ("statement", "empty_cell")),
    (10, "", ("as_of", "empty_cell")),
    (11, "", ("source_title", "empty_cell")),
    (13, "http://parking.example/", ("source_address", "address_not_allowed")),
])  # fmt: skip
def test_every_cell_that_cannot_be_used_is_named(place, cell, found):
    row = list(case_files.OWN_ROW)
    row[place] = cell
    assert faults(case_files.own_file(tuple(row))) == [(2, *found)]


def test_columns_that_are_missing_or_unknown_are_named():
    assert faults(b"id,title,summary,colour\n1,One,Two,red\n") == [
        (1, "affected", "missing_column"), (1, "colour", "unknown_column"),
    ]  # fmt: skip
    assert faults(b"incident_id,title\n1,One\n")[0] == (1, "date", "missing_column")


def test_a_number_twice_in_a_file_is_a_fault():
    assert faults(case_files.own_file(case_files.OWN_ROW, case_files.OWN_ROW)) == [(3, None, "duplicate_entry")]


def test_a_part_of_another_domain_is_a_fault():
    rows = case_files.aiid_rows(1)
    rows[0][3] = "7.3. Lack of capability or robustness"
    assert faults(case_files.written(case_files.AIID_HEADING, rows)) == [(2, "mit_subdomain", "unknown_value")]


def test_a_file_that_is_too_long_is_cut_by_its_owner(monkeypatch):
    monkeypatch.setattr("assessments.case_table.table.MOST_CASES", 2)
    assert MOST_CASES == 5_000
    assert faults(case_files.aiid_file(3)) == [(None, None, "too_many_rows")]


def test_a_failure_halfway_leaves_nothing(town, monkeypatch):
    calls = []

    def fail_second(*arguments):
        calls.append(arguments)
        if len(calls) == 2:
            raise RuntimeError
        return real(*arguments)

    real = case_imports._store_facts
    monkeypatch.setattr(case_imports, "_store_facts", fail_second)
    with pytest.raises(RuntimeError):
        bring_in(town, case_files.aiid_file(150))
    assert (Incident.objects.count(), Source.objects.count()) == (0, 0)


def test_only_the_secretariat_of_the_place_brings_cases_in(town):
    other = make.make_town(slug="elsewhere", code="EW", size=1)
    for by in (town.staff[Role.CHAIR], other.staff[Role.SECRETARIAT]):
        with pytest.raises(Refused) as refused:
            import_cases(jurisdiction=town.jurisdiction, table=read(case_files.aiid_file(1)), by=by, now=make.NOW)
        assert (refused.value.status, Incident.objects.count()) == (403, 0)


def test_too_large_a_file_is_refused(town, monkeypatch):
    monkeypatch.setattr(case_imports, "MOST_BYTES", 10)
    with pytest.raises(Refused) as refused:
        keep_cases_file(
            jurisdiction=town.jurisdiction, content=b"x" * 11, by=town.staff[Role.SECRETARIAT], now=make.NOW
        )
    assert (refused.value.code, PendingImport.objects.count()) == ("file_too_large", 0)
