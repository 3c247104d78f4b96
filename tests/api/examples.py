"""The requests whose answers stand in the document as examples, and the small made-up town that they are sent to.

``EXAMPLES=write pytest tests/api/test_examples.py`` notes the answers anew after a change that was meant.
"""

import json
import re
from typing import Any

from assessments.models import Submission, SubmissionDetail
from deliberation.api.document import EXAMPLES, SLOTS
from deliberation.models import Statement
from stakeholders.models import Jurisdiction
from tests import factories as make
from tests import learning_world as lw
from tests.deliberation import past
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w

PAST = {"ref": "NB-2026-0002"}
TALKING = {"ref": "NB-2026-0003"}
LEANINGS = {"A": t.HARM, "C": t.HARM, "D": t.MISUSE}
ASKED: dict[str, dict[str, Any]] = {
    "cases": {"query": "stage=scored&size=1"},
    "case": {},
    "evidence": {"query": "size=1"},
    "systems": {"query": "size=1"},
    "deployers": {"query": "size=1"},
    "sources": {"query": "size=1"},
    "past_case": {"slots": PAST},
    "talks_list": {"slots": TALKING},
    "talks": {"slots": TALKING},
    "talks_reasons": {"slots": TALKING, "query": "size=1"},
    "talks_reason": {"slots": TALKING},
    "talks_replies": {"slots": TALKING},
    "assessment_talks": {"slots": TALKING},
    "assessment_talks_reasons": {"slots": TALKING, "query": "kind=burden"},
    "assessment_talks_replies": {"slots": TALKING},
    "validation": {},
}
"""What differs from asking for the first of everything."""
CASE = {
    "kind": "incident", "system": "0123456789abcdef", "title": "Letters with the wrong amount",
    "summary": "A system that writes letters put a wrong amount into 120 of them.", "affected": "Tenants",
    "happened_from": "2026-05-01",
}  # fmt: skip
SEEN = {"seen": "0123456789abcdef0123456789abcdef"}
BODIES: dict[str, dict[str, Any]] = {
    "send_answer": {"weights": {"I": "0.4", "E": "0.3", "R": "0.2", "X": "0.1"}, "reasons": {"all": "Because."}},
    "hand_in_rating": {"values": [{"item": "I", "value": "0.7", "reason": "As the report says.", "evidence": [1]}]},
    "propose_round": {"opens_at": "2026-06-20T17:00:00+01:00", "closes_at": "2026-07-10T17:00:00+01:00"},
    "add_case": CASE,
    "change_case": {"title": "Letters with wrong amounts", **SEEN},
    "add_evidence": {
        "kind": "evidence", "statement": "120 letters went out.", "as_of_words": "May 2026",
        "as_of_from": "2026-05-01", "as_of_to": "2026-05-31", "low": "120", "unit": "letters",
        "sources": ["0123456789abcdef"],
    },
    "change_evidence": {"statement": "121 letters went out.", **SEEN},
    "add_deployer": {"name": "Northbrook Water"},
    "change_deployer": {"name": "Northbrook Water Board", **SEEN},
    "add_system": {"deployer": "0123456789abcdef", "name": "Meter reader", "description": "It reads meters."},
    "change_system": {"publicly_procured": True, **SEEN},
    "add_source": {"title": "Report on the letters", "addresses": ["https://example.org/report"]},
    "change_source": {"published_on": "2026-05-01", **SEEN},
}  # fmt: skip
"""Bodies of what is written. They fit the document; that such bodies are taken is tried in ``tests/bad_input``."""
SIGNED = frozenset({*BODIES, "read_answer", "withdraw_answer"})
WITHOUT_ANSWER = frozenset(
    {
        "openapi", "training_record", "round_record", "validation", "past_case", "policy", "policy_in_force",
        "assessment_talks",
    }
)  # fmt: skip
"""Their answers are long, and what stands in them is explained elsewhere; their requests are sent all the same."""
RECEIPT = "7K2M9QTD3XK"
_HEX = re.compile(r"(?<![0-9a-zA-Z])[0-9a-f]{16,64}(?![0-9a-zA-Z])")
"""Hashes and names drawn by lot."""


def build() -> Jurisdiction:
    """Found Northbrook: a published case, a past case, a training, and an answer with a known receipt."""
    town = make.make_town(slug="northbrook", code="NB", codes=("A", "C", "D"), size=5, synthetic=True)
    world = w.published(town)
    past.rated(town, past.past_incident(town))
    lw.trained(town)
    _talk(town)
    first = Submission.objects.filter(roll_entry__round=world.weight_round).order_by("pk").first()
    SubmissionDetail.objects.filter(submission=first).update(receipt=RECEIPT)
    return town.jurisdiction


def _talk(town: make.Town) -> None:
    """A third case whose groups differ: one gives a reason, and another says that it is theirs too."""
    world, now = t.judged(LEANINGS, town=town)
    said = r.say(t.talks_of(world), town.members["C"][0], now)
    r.respond(said, town.members["A"][0], now)


def tokens(town: Jurisdiction) -> dict[str, str]:
    """Return the row that each operation with a token asks for."""
    return {
        "system": town.systems.order_by("name").first().token,
        "deployer": town.deployers.order_by("name").first().token,
        "source": town.sources.order_by("title").first().token,
        "training_record": town.computations.get().token,
        "talks_reason": Statement.objects.get().token,
    }


def address(path: str, name: str, town: Jurisdiction | None = None) -> str:
    """Return the address that an operation's example asks for; without a town, as the document shows it."""
    asked = ASKED.get(name, {})
    slots = {slot: one.example for slot, one in SLOTS.items()} | {"receipt": RECEIPT} | asked.get("slots", {})
    if town and name in (known := tokens(town)):
        slots["token"] = known[name]
    return "/api/v1" + path.format(**slots) + ("?" + asked["query"] if "query" in asked else "")


def masked(content: bytes) -> Any:
    """Return an answer with one hash for all hashes, so that it can be compared."""
    return json.loads(_HEX.sub(lambda found: ("0123456789abcdef" * 4)[: len(found[0])], content.decode()))


def play(document: dict[str, Any], town: Jurisdiction) -> dict[str, Any]:
    """Send every example and return what the file of examples should hold."""
    found = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method == "parameters":
                continue
            name = operation["operationId"]
            if name in SIGNED:
                body = {"body": BODIES[name]} if name in BODIES else {}
                found[name] = {"request": f"{method.upper()} {address(path, name)}", "signed": True, **body}
                continue
            response = w.get(address(path, name, town), at=w.CLOSED)
            answer = {} if name in WITHOUT_ANSWER else {"answer": masked(response.content)}
            found[name] = {"request": f"GET {address(path, name)}", "status": response.status_code, **answer}
    return found


def noted() -> dict[str, Any]:
    """Return what the file holds."""
    return json.loads(EXAMPLES.read_text())


def note(found: dict[str, Any]) -> None:
    """Write the file."""
    EXAMPLES.write_text(json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
