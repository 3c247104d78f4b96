"""Whoever may change a row learns with reading it what to send as ``seen``; nobody else does."""

import json

import pytest

from assessments.models import EvidenceItem
from assessments.states import Visibility
from deliberation.api.document import whole_document
from tests.architecture.world import access_token
from tests.bad_input.program import Program, problem

CHANGES = {
    "cases/{ref}/": {"title": "A wrong letter"},
    "cases/{ref}/evidence/1/": {"unit": "people"},
    "systems/{system}/": {"name": "Letter writer"},
    "deployers/{deployer}/": {"name": "Housing"},
    "sources/{source}/": {"publisher": "The council"},
}


def address(world, path):
    named = {name: world.tokens[name] for name in ("system", "deployer", "source")}
    return f"/api/v1/testville/{path.format(ref=world.cases['received'].reference, **named)}"


def program_of(world, who):
    return Program.of(world, who, token=access_token(world.people[who])[1])


@pytest.mark.parametrize("path", CHANGES)
def test_a_row_is_read_and_changed_without_a_page(world, path):
    program, url = program_of(world, "secretariat"), address(world, path)
    seen = program.send("GET", url)["Seen"]
    changed = program.send("PATCH", url, {**CHANGES[path], "seen": seen})
    assert changed.status_code == 200, changed.content
    assert changed.json()["seen"] == program.send("GET", url)["Seen"] != seen
    others = {name: f"{words} once more" for name, words in CHANGES[path].items()}
    late = program.send("PATCH", url, {**others, "seen": seen})
    assert problem(late) == (409, "changed_meanwhile", "")


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("who", ["visitor", "member", "evaluator", "chair"])
def test_nobody_else_is_told(world, path, who):
    program = Program.of(world, who) if who == "visitor" else program_of(world, who)
    answer = program.send("GET", address(world, path))
    assert (answer.status_code, "Seen" in answer) == (200, False)


def test_a_withheld_statement_is_named_to_those_alone_who_may_change_it(world):
    EvidenceItem.objects.filter(incident=world.cases["received"]).update(
        visibility=Visibility.RESTRICTED, visibility_reason="It names a child."
    )
    url = address(world, "cases/{ref}/evidence/1/")
    assert "Seen" in program_of(world, "secretariat").send("GET", url)
    assert "Seen" not in Program.of(world, "visitor").send("GET", url)


def test_the_document_names_the_header_where_it_is_told():
    paths = json.loads(json.dumps(whole_document(), default=str))["paths"]
    reads = {path: methods["get"]["responses"] for path, methods in paths.items() if "get" in methods}
    told = {path for path, answers in reads.items() if "headers" in answers.get("200", {})}
    assert told == {path for path, methods in paths.items() if "patch" in methods}
