"""Files by which a score string is checked."""

import hashlib
import json

import pytest

from assessments.models import RoundRecord
from tests import factories as make
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db


def sha256(response) -> str:
    return hashlib.sha256(response.content).hexdigest()


def test_record_is_served_byte_for_byte_under_its_hash():
    world = w.published()
    record = RoundRecord.objects.get()
    answer = w.get(world.case_url + "rounds/1/record.json", at=w.CLOSED)
    assert (answer["Content-Type"], answer["ETag"]) == ("application/json", f'"{record.sha256}"')
    assert answer.content.decode() == record.body
    assert sha256(answer) == record.sha256
    assert record.reference.endswith(f"~{sha256(answer)[:16]}")
    again = w.visitor().get(world.case_url + "rounds/1/record.json", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert w.get(world.case_url + "assessments/1/rounds/1/record.json").content == answer.content


def test_record_does_not_exist_before_the_round_is_published():
    world = w.closed()
    assert w.get(world.case_url + "rounds/1/record.json", at=w.CLOSED).status_code == 404
    assert w.get(world.case_url + "rounds/2/record.json", at=w.CLOSED).status_code == 404


def test_evidence_and_policy_files_are_those_that_the_string_cites():
    world = w.published()
    cited = dict(part.split(":", 1) for part in RoundRecord.objects.get().score_string.split("/")[1:])
    evidence = w.get(world.case_url + "evidence.json")
    policy = w.get("/testville/lines/policy-1.json")
    assert cited["EV"].endswith(f"~{sha256(evidence)[:16]}")
    assert cited["PO"].endswith(f"~{sha256(policy)[:16]}")
    assert json.loads(policy.content)["parameters"]["measures_line"] == "0.6"


def test_evidence_file_waits_for_the_freeze():
    world = w.rated(make.make_town(size=1), freeze=False)
    assert w.get(world.case_url + "evidence.json").status_code == 404


def test_files_of_another_town_do_not_exist_here():
    world = w.rated(make.make_town(size=1))
    make.make_town(slug="elsewhere", code="EW", size=1)
    url = world.case_url.replace("/testville/", "/elsewhere/")
    assert w.get(url + "evidence.json").status_code == 404
    assert w.get("/elsewhere/lines/policy-2.json").status_code == 404
    assert w.visitor().post(world.case_url + "evidence.json").status_code == 405
