"""Random requests against the API, generated from its own document: a visitor, a member and the secretariat.

No fault, no status and no kind of content that the document does not name, every answer as its schema says. Half of the
requests are right as far as the document can tell, half are wrong on purpose; some of them ask for what really is
there. Chains follow the links of the document from lists to what they list.

    python -m tests.api.fuzz --count 20000 --seed 7
"""

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

COUNT = 2_000
CHAINED = 10
"""One request in so many is part of a chain."""
STEPS = 5
READERS = ("visitor", "author", "secretariat")
CHECKS = [
    checks.not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    negative_data_rejection,
]  # fmt: skip
QUIET = {
    "database": None, "deadline": None, "phases": (Phase.generate,), "suppress_health_check": list(HealthCheck),
    "report_multiple_bugs": False,
}  # fmt: skip


@dataclass
class Fuzzed:
    """What was asked and answered."""

    seed: int
    statuses: Counter[int] = field(default_factory=Counter)
    operations: Counter[str] = field(default_factory=Counter)

    @property
    def requests(self) -> int:
        return self.statuses.total()


def schema_of(document: dict[str, Any]) -> Any:
    """Load the document in front of the real application."""
    from django.core.wsgi import get_wsgi_application

    schema = schemathesis.openapi.from_dict(document)
    schema.app = get_wsgi_application()
    return schema


def fuzz(document: dict[str, Any], world: Any, *, count: int, seed: int) -> Fuzzed:
    """Send ``count`` requests; the first answer that breaks the contract is raised."""
    with _one_connection():
        return _fuzz(schema_of(document), world, count, seed)


@contextmanager
def _one_connection() -> Iterator[None]:
    """Keep the database of the tests open between requests, as Django's own test client does."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def _fuzz(schema: Any, world: Any, count: int, seed: int) -> Fuzzed:
    operations = [result.ok() for result in schema.get_all_operations()]
    found = Fuzzed(seed)
    headers = {who: _headers(world, who) for who in READERS}
    known = _known(world)
    single = count - count // CHAINED
    each = -(-single // (len(operations) * len(READERS)))
    for place, operation in enumerate(operations):
        for number, who in enumerate(READERS):
            _one_by_one(operation, known, headers[who], found, count=each, seed=seed + 100 * place + number)
    _in_chains(schema, world, headers, found, count=count // CHAINED, seed=seed)
    richest = max(operations, key=lambda operation: len(operation.query))
    while found.requests < count:
        seed += 1
        _one_by_one(richest, known, headers["visitor"], found, count=count - found.requests, seed=seed)
    return found


def _one_by_one(
    operation: Any, known: dict[str, list[Any]], headers: dict[str, str], found: Fuzzed, *, count: int, seed: int
) -> None:
    modes = st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
    strategies = {mode: operation.as_strategy(mode) for mode in GenerationMode}

    @hypothesis.seed(seed)
    @settings(max_examples=count, **QUIET)
    @given(st.data())
    def ask(data: Any) -> None:
        case = data.draw(strategies[data.draw(modes)])
        _point_at_what_is_there(case, known, data)
        response = case.call(headers=headers)
        found.statuses[response.status_code] += 1
        found.operations[operation.definition.raw["operationId"]] += 1
        case.validate_response(response, checks=CHECKS)

    ask()


def _point_at_what_is_there(case: Any, known: dict[str, list[Any]], data: Any) -> None:
    """Three times in four fill the slots with something that exists; behind random names is only ever a 404."""
    for name in case.path_parameters or {}:
        if name in known and data.draw(st.sampled_from([True, True, True, False])):
            case.path_parameters[name] = data.draw(st.sampled_from(known[name]))


def _known(world: Any) -> dict[str, list[Any]]:
    talking, reason = _talking(world)
    return {
        "slug": [world.here.jurisdiction.slug],
        "ref": [*(case.reference for case in world.cases.values()), *[talking] * len(world.cases)],
        "assessment": [1],
        "number": [1],
        "token": [*(world.tokens[name] for name in ("system", "deployer", "source", "trained")), reason],
    }


def _talking(world: Any) -> tuple[str, str]:
    """Bring a case with a reason and a reply into talks, asked for as often as all others; return both names."""
    from tests.deliberation import room_world as r
    from tests.deliberation import talks_world as t

    members = world.here.members
    found, now = t.judged({"A": t.HARM, "C": t.HARM, "D": t.MISUSE}, town=world.here)
    said = r.say(t.talks_of(found), members["C"][-1], now)
    r.respond(said, members["A"][-1], now)
    return found.assessment.incident.reference, said.token


def _headers(world: Any, who: str) -> dict[str, str]:
    """Return what a program sends for somebody: an access token that may do all they may. A visitor sends nothing."""
    from lastvote import clock
    from lastvote.access import TokenScope
    from stakeholders.access_tokens import make_token

    if who == "visitor":
        return {}
    _token, secret = make_token(
        person=world.people[who], name="Random requests", scopes=frozenset(TokenScope), case_reference="", days=30,
        now=clock.now(),
    )  # fmt: skip
    return {"Authorization": f"Bearer {secret}"}


def _in_chains(
    schema: Any, world: Any, headers: dict[str, dict[str, str]], found: Fuzzed, *, count: int, seed: int
) -> None:
    """Follow links, from lists to what they list, as one person after the other."""
    slug, turns = world.here.jurisdiction.slug, cycle(headers.values())

    class Chains(schema.as_state_machine()):
        def setup(self) -> None:
            self.headers = next(turns)

        def before_call(self, case: Any) -> None:
            case.path_parameters["slug"] = slug

        def get_call_kwargs(self, _case: Any) -> dict[str, Any]:
            return {"headers": self.headers}

        def after_call(self, response: Any, _case: Any) -> None:
            found.statuses[response.status_code] += 1
            found.operations["chained"] += 1

        def validate_response(self, response: Any, case: Any, **_more: Any) -> None:
            case.validate_response(response, checks=CHECKS)

    random.seed(seed)
    chosen = settings(max_examples=-(-count // STEPS), stateful_step_count=STEPS, derandomize=True, **QUIET)
    Chains.run(settings=chosen)


def main() -> int:
    """Play against a database of its own and print what came of it."""
    parser = argparse.ArgumentParser(description="Send random requests to the API.")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(2), "big"))
    asked = parser.parse_args()
    print(f"seed                {asked.seed}")
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    return _play(asked.count, asked.seed)


def _play(count: int, seed: int) -> int:
    import time_machine
    from django.db import connection, transaction
    from django.test.utils import setup_test_environment

    from deliberation.api.document import whole_document
    from lastvote.rest.canonical import plain
    from tests.architecture.world import NOW, make_world

    setup_test_environment()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    started = time.process_time()
    try:
        with time_machine.travel(NOW, tick=False), transaction.atomic():
            found = fuzz(plain(whole_document()), make_world(), count=count, seed=seed)
            transaction.set_rollback(True)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    print(f"database            {connection.vendor}")
    print(f"requests            {found.requests}, {found.operations['chained']} of them in chains")
    print(f"statuses            {dict(sorted(found.statuses.items()))}")
    print(f"seconds of computer {time.process_time() - started:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
