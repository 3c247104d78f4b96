"""Rows 17 to 19, 26 to 31, 47 to 49, 58 and 59 for programs that keep records, rate and propose rounds."""

import json

import pytest

from assessments.models import (
    AISystem,
    Deployer,
    EvidenceItem,
    Incident,
    IncidentVersion,
    Rating,
    RoundProposal,
    Source,
)
from tests.architecture.world import NOW, access_token
from tests.bad_input.program import Program, problem
from tests.bad_input.test_texts import SCRIPTS
from tests.factories import DAY

MODELS = (AISystem, Deployer, EvidenceItem, Incident, IncidentVersion, Source, Rating, RoundProposal)


@pytest.fixture
def program(world):
    _token, secret = access_token(world.people["secretariat"])
    return Program.of(world, "secretariat", state="rated", token=secret)


@pytest.fixture
def case(world):
    return {
        "kind": "incident", "system": world.tokens["system"], "title": "A wrong letter", "summary": "It went out.",
        "affected": "Tenants", "happened_from": "2026-05-01", "happened_to": None,
    }  # fmt: skip


def rows():
    return [model.objects.count() for model in MODELS]


def refused(program, method, url, data, **more):
    before = rows()
    told = problem(program.send(method, url, data, **more))
    assert rows() == before
    return told


def new_case(program, data, **more):
    return program.send("POST", f"{program.place}cases/", data, **more)


def test_a_case_is_recorded_once_and_changed_by_whoever_saw_it(program, case, world):
    same = {"idempotency-key": "k"}
    made, again = new_case(program, case, **same), new_case(program, case, **same)
    assert (made.status_code, again.json()) == (201, made.json())
    reference, seen = made.json()["reference"], made.json()["seen"]
    assert made["Location"] == f"{program.place}cases/{reference}/"
    incident = Incident.objects.get(reference=reference)
    assert (incident.title["texts"], incident.happened_from.isoformat()) == ({"en": "A wrong letter"}, "2026-05-01")
    assert problem(new_case(program, case | {"title": "Other"}, **same)) == (422, "key_reused", "")
    changed = program.send("PATCH", made["Location"], {"title": "Two wrong letters", "seen": seen})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    incident.refresh_from_db()
    assert (incident.title["texts"]["en"], incident.summary["texts"]["en"]) == ("Two wrong letters", "It went out.")
    late = program.send("PATCH", made["Location"], {"summary": "Other words", "seen": seen})
    assert problem(late) == (409, "changed_meanwhile", "")
    assert late.json()["details"] == {"seen": changed.json()["seen"]}
    then = program.send("PATCH", made["Location"], {"summary": "Other words", "seen": late.json()["details"]["seen"]})
    assert then.json()["version"] == 3


@pytest.mark.parametrize(
    ("field", "value", "code", "place"),
    [
        ("title", "", "blank", "/title"), ("title", "   ", "blank", "/title"), ("title", "\u200b", "blank", "/title"),
        ("title", None, "blank", "/title"), ("title", {}, "blank", "/title/en"),
        ("title", {"en": " "}, "blank", "/title/en"), ("title", {"xx": "x"}, "unknown_language", "/title/xx"),
        ("title", 7, "not_a_text", "/title"), ("title", ["x"], "not_a_text", "/title"),
        ("title", "x" * 10_001, "max_length", "/title"), ("summary", "x" * 5_001, "max_length", "/summary"),
        ("title", "be\x00fore", "null_characters", "/title"),
        ("summary", "be\u202efore", "hidden_characters", "/summary"),
        ("affected", "be\u2066fore\u2069", "hidden_characters", "/affected"),
        ("kind", "control", "unknown_option", "/kind"), ("kind", None, "required", "/kind"),
        ("kind", ["incident"], "unknown_option", "/kind"),
        ("system", "0" * 16, "unknown_system", "/system"), ("system", None, "required", "/system"),
        ("system", 10**30, "not_a_text", "/system"),
        ("happened_from", "2025-02-30", "invalid_date", "/happened_from"),
        ("happened_from", "2025-13-01", "invalid_date", "/happened_from"),
        ("happened_from", "0000-01-01", "invalid_date", "/happened_from"),
        ("happened_from", "99999-01-01", "invalid_date", "/happened_from"),
        ("happened_from", "20250105", "invalid_date", "/happened_from"),
        ("happened_from", "٢٠٢٥-٠١-٠٥", "invalid_date", "/happened_from"),
        ("happened_from", "2025-W01-1", "invalid_date", "/happened_from"),
        ("happened_from", "2025-01-05T10:00:00Z", "invalid_date", "/happened_from"),
        ("happened_from", 20250105, "invalid_date", "/happened_from"),
        ("happened_from", "", "invalid_date", "/happened_from"),
        ("happened_from", "0001-01-01", "out_of_range", "/happened_from"),
        ("happened_to", "2026-04-30", "date_order", "/happened_to"),
        ("is_staff", True, "unknown_field", "/is_staff"), ("reference", "TV-2026-0001", "unknown_field", "/reference"),
        ("jurisdiction", 1, "unknown_field", "/jurisdiction"),
        ("retrospective", True, "unknown_field", "/retrospective"),
        ("seen", "x", "unknown_field", "/seen"),
    ],
    ids=lambda value: ascii(value)[:30],
)  # fmt: skip
def test_what_is_no_case(program, case, field, value, code, place):  # noqa: PLR0917 -- the columns of the table
    assert refused(program, "POST", f"{program.place}cases/", case | {field: value}) == (400, code, place)


def test_row_28_half_a_character(program, case):
    body = json.dumps(case).replace("A wrong letter", "A \\ud800 letter")
    assert refused(program, "POST", f"{program.place}cases/", None, body=body) == (400, "surrogate", "/title")


def test_row_27_a_megabyte(program, case):
    sent = case | {"summary": "x" * 1_000_000}
    assert refused(program, "POST", f"{program.place}cases/", sent) == (413, "body_too_large", "")


def test_row_30_markup_is_kept_as_it_is_and_does_nothing(program, case):
    made = new_case(program, case | {"title": SCRIPTS, "summary": SCRIPTS})
    assert made.status_code == 201
    page = program.client.get(f"/testville/cases/{made.json()['reference']}/").content.decode()
    assert [sign for sign in ("<script>alert", "<img src=x", "<div hx-get", 'href="javascript:') if sign in page] == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_change_must_say_what_was_seen_and_may_be_nothing(program):
    assert refused(program, "PATCH", program.case, {"title": "x"}) == (400, "required", "/seen")
    assert refused(program, "PATCH", program.case, {"title": "x", "seen": "x"}) == (409, "changed_meanwhile", "")
    assert program.send("PATCH", program.case, {"seen": "x"}).status_code == 200


def test_rows_58_and_63_cases_and_rows_that_are_not_there(program, world):
    for url in (
        f"{program.place}cases/{world.foreign.reference}/", f"{program.place}cases/x/", f"{program.case}evidence/2/",
        f"{program.case}evidence/{10**30}/", f"{program.case}evidence/1.0/", f"{program.place}sources/{'0' * 16}/",
    ):  # fmt: skip
        assert refused(program, "PATCH", url, {"seen": "x"}) == (404, "not_found", "")


def test_members_keep_no_records(world, case):
    _token, secret = access_token(world.people["member"])
    for program in (Program.of(world, "member"), Program.of(world, "member", token=secret)):
        assert refused(program, "POST", f"{program.place}cases/", case) == (403, "not_allowed", "")
        assert refused(program, "PATCH", program.case, {"seen": "x"}) == (403, "not_allowed", "")


# --- Evidence and what it rests on ------------------------------------------------------------------------------


def said(world, **more):
    return {
        "kind": "evidence", "statement": "120 letters went out.", "as_of_words": "May 2026",
        "as_of_from": "2026-05-01", "as_of_to": "2026-05-31", "low": "120", "unit": "letters",
        "sources": [world.tokens["source"]],
    } | more  # fmt: skip


def test_evidence_is_added_and_said_anew(program, world):
    made = program.send("POST", f"{program.case}evidence/", said(world))
    assert made.status_code == 201
    item = EvidenceItem.objects.latest("pk")
    assert (str(item.low.normalize()), item.high, item.unit) == ("1.2E+2", item.low, "letters")
    changed = program.send("PATCH", made["Location"], {"statement": "121.", "seen": made.json()["seen"]})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    newest = EvidenceItem.objects.latest("pk")
    assert (newest.statement, newest.unit, newest.sources.count()) == ("121.", "letters", 1)


@pytest.mark.parametrize(
    ("more", "code", "place"),
    [
        ({"statement": " "}, "blank", "/statement"), ({"kind": "x"}, "unknown_option", "/kind"),
        ({"low": "1,5"}, "decimal_comma", "/low"), ({"low": True}, "not_a_number", "/low"),
        ({"low": "NaN"}, "not_finite", "/low"), ({"low": "0.12345"}, "figure_range", "/low"),
        ({"low": 2, "high": 1}, "interval_order", "/low"), ({"sources": []}, "source_required", "/sources"),
        ({"sources": "x"}, "list_expected", "/sources"), ({"sources": ["0" * 16]}, "unknown_source", "/sources/0"),
        ({"visibility": "restricted"}, "reason_required", "/visibility_reason"),
        ({"as_of_from": "2026-02-30"}, "invalid_date", "/as_of_from"),
        ({"as_of_from": "0001-01-01"}, "out_of_range", "/as_of_from"),
        ({"as_of_to": "9999-12-31"}, "out_of_range", "/as_of_to"), ({"number": 7}, "unknown_field", "/number"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_evidence(program, world, more, code, place):
    assert refused(program, "POST", f"{program.case}evidence/", said(world, **more)) == (400, code, place)


def test_deployers_systems_and_sources_are_kept(program):
    place = program.place
    deployer = program.send("POST", f"{place}deployers/", {"name": "A water board"})
    token, seen = deployer.json()["token"], deployer.json()["seen"]
    renamed = program.send("PATCH", f"{place}deployers/{token}/", {"name": "The water board", "seen": seen})
    assert (deployer.status_code, renamed.status_code, Deployer.objects.get(token=token).name) == (
        201, 200, "The water board",
    )  # fmt: skip
    system = program.send(
        "POST", f"{place}systems/", {"deployer": token, "name": "Meter reader", "description": {"en": "It reads."}}
    )
    assert AISystem.objects.get(token=system.json()["token"]).publicly_procured is False
    changed = program.send("PATCH", system["Location"], {"publicly_procured": True, "seen": system.json()["seen"]})
    assert (changed.status_code, AISystem.objects.get(token=system.json()["token"]).publicly_procured) == (200, True)
    source = program.send(
        "POST", f"{place}sources/", {"title": "A report", "addresses": ["https://example.org/report"]}
    )
    corrected = program.send("PATCH", source["Location"], {"published_on": "2026-05-01", "seen": source.json()["seen"]})
    stored = Source.objects.get(token=source.json()["token"])
    assert (corrected.status_code, stored.addresses, str(stored.published_on)) == (
        200, ["https://example.org/report"], "2026-05-01",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("url", "data", "code", "place"),
    [
        ("deployers/", {}, "blank", "/name"),
        ("deployers/", {"name": "x", "token": "y"}, "unknown_field", "/token"),
        ("systems/", {"deployer": "0" * 16, "name": "x", "description": "y"}, "unknown_deployer", "/deployer"),
        ("sources/", {"title": "x", "addresses": ["http://127.0.0.1/"]}, "address_not_allowed", "/addresses/0"),
        (
            "sources/",
            {"title": "x", "addresses": ["https://example.org/", "a\x00b"]},
            "null_characters",
            "/addresses/1",
        ),
        ("sources/", {"title": "x", "addresses": "https://example.org"}, "list_expected", "/addresses"),
        ("sources/", {"title": "x", "published_on": "2026-1-1"}, "invalid_date", "/published_on"),
        ("sources/", {"title": "x", "published_on": "9999-12-31"}, "out_of_range", "/published_on"),
    ],
)
def test_what_cannot_be_on_a_list(program, url, data, code, place):
    assert refused(program, "POST", program.place + url, data) == (400, code, place)


def test_what_is_true_or_false(program, world):
    url = f"{program.place}systems/{world.tokens['system']}/"
    assert refused(program, "PATCH", url, {"publicly_procured": "yes", "seen": "x"}) == (
        400, "not_a_boolean", "/publicly_procured",
    )  # fmt: skip


# --- Rounds and ratings: what binds others ----------------------------------------------------------------------


@pytest.fixture
def office(world):
    return Program.of(world, "secretariat", state="rated")


def window(**more):
    return {"opens_at": "2026-06-20T17:00:00+01:00", "closes_at": "2026-07-10T17:00:00+01:00"} | more


def test_a_round_is_proposed_in_a_session_and_never_with_a_token(office, program):
    url = f"{office.case}rounds/"
    assert refused(program, "POST", url, window()) == (403, "session_needed", "")
    same = {"idempotency-key": "k"}
    made, again = (office.send("POST", url, window(), **same) for _time in range(2))
    assert (made.status_code, made.json()) == (201, again.json())
    assert (made.json()["state"], made.json()["opens_at"]) == ("proposed", "2026-06-20T16:00:00Z")
    assert problem(office.send("POST", url, window())) == (409, "round_running", "")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("2026-06-20T17:00:00", "timezone_required"), ("2025-03-30T02:30", "timezone_required"),
        ("2026-06-20", "invalid_date"), ("2026-02-30T17:00:00Z", "invalid_date"),
        ("2026-06-20T25:00:00Z", "invalid_date"),
        ("20260620T170000Z", "invalid_date"), ("٢٠٢٦-٠٦-٢٠T17:00:00Z", "invalid_date"), (1781971200, "invalid_date"),
        ("2026-06-20 17:00:00Z", "invalid_date"), ("tomorrow", "invalid_date"),
        ("2026-06-20T17:00:00+99:00", "invalid_date"),
        ("0001-01-01T00:00+14:00", "out_of_range"), ("9999-12-31T23:59-14:00", "out_of_range"),
        (None, "required"), ("", "required"),
    ],
    ids=ascii,
)  # fmt: skip
def test_rows_47_to_49_what_is_no_instant(office, sent, code):
    assert refused(office, "POST", f"{office.case}rounds/", window(opens_at=sent)) == (400, code, "/opens_at")


@pytest.mark.parametrize(
    ("more", "code", "place"),
    [
        ({"closes_at": "2026-06-19T17:00:00Z"}, "window_length", "/closes_at"),
        ({"closes_at": "2026-07-01T17:00:00Z"}, "window_length", "/closes_at"),
        ({"opens_at": "2026-06-05T17:00:00Z"}, "notice_too_short", "/opens_at"),
        ({"number": 1}, "unknown_field", "/number"),
    ],
)
def test_row_50_windows_outside_the_policy(office, more, code, place):
    assert refused(office, "POST", f"{office.case}rounds/", window(**more)) == (400, code, place)


def test_a_round_needs_a_recent_proof(office, time_machine):
    time_machine.move_to(NOW + DAY / 24)
    assert refused(office, "POST", f"{office.case}rounds/", window()) == (403, "sign_in_again", "")


@pytest.fixture
def rater(world):
    return Program.of(world, "evaluator", state="rating")


def rating(**more):
    values = [
        {"item": code, "value": "0.4", "reason": "As the report says.", "none_found": True} for code in "IERX"
    ]  # fmt: skip
    values[0] |= more
    return {"values": values}


def rate(rater):
    return f"{rater.case}assessments/1/rating/"


def test_a_rating_is_handed_in_once_by_an_evaluator(rater, world):
    before = Rating.objects.count()
    same = {"idempotency-key": "k"}
    made, again = (rater.send("POST", rate(rater), rating(), **same) for _time in range(2))
    assert (made.status_code, made.content, Rating.objects.count()) == (201, again.content, before + 1)
    assert problem(Program.of(world, "secretariat", "rating").send("POST", rate(rater), rating())) == (
        403, "not_allowed", "",
    )  # fmt: skip
    deployer = Program.of(world, "deployer", "rating")
    assert problem(deployer.send("POST", rate(rater), rating())) == (403, "not_allowed", "")


@pytest.mark.parametrize(
    ("more", "code", "place"),
    [
        ({"value": "1.2"}, "range", ""), ({"value": -1}, "range", ""), ({"value": "0.12345"}, "max_decimal_places", ""),
        ({"value": True}, "not_a_number", "/values/0/value"), ({"value": None}, "required", "/values/0/value"),
        ({"item": "Z"}, "missing_sub_risk", ""), ({"part": "1"}, "not_an_integer", "/values/0/part"),
        ({"part": 10**30}, "missing_sub_risk", ""), ({"reason": " "}, "rationale_required", ""),
        ({"none_found": False}, "evidence_required", ""),
        ({"none_found": "no"}, "not_a_boolean", "/values/0/none_found"),
        ({"evidence": [10**30]}, "evidence_not_known", "/values/0/evidence/0"),
        ({"evidence": ["1"]}, "not_an_integer", "/values/0/evidence/0"),
        ({"evidence": 1}, "list_expected", "/values/0/evidence"),
        ({"evidence": [1.0]}, "not_an_integer", "/values/0/evidence/0"),
        ({"evaluator": 1}, "unknown_field", "/values/0/evaluator"),
    ],
    ids=str,
)  # fmt: skip
def test_rows_17_19_and_58_what_is_no_rating(rater, more, code, place):
    assert refused(rater, "POST", rate(rater), rating(**more)) == (400, code, place)


def test_row_19_two_of_three(rater):
    short = {"values": rating()["values"][:3]}
    assert refused(rater, "POST", rate(rater), short) == (400, "missing_sub_risk", "")
    assert refused(rater, "POST", rate(rater), {"values": {}}) == (400, "list_expected", "/values")
    assert refused(rater, "POST", rate(rater), {"values": [1]}) == (400, "object_expected", "/values/0")


def test_row_18_nothing_at_all_is_a_rating(rater):
    nothing = {"values": [one | {"value": 0} for one in rating()["values"]]}
    assert rater.send("POST", rate(rater), nothing).status_code == 201


def test_fixed_ratings_stay(world):
    rater = Program.of(world, "evaluator", state="rated")
    assert refused(rater, "POST", rate(rater), rating()) == (409, "ratings_frozen", "")
