"""One way to the broker: no request thread may publish, so nobody but the publisher calls Celery's senders."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
SENDERS = {"delay", "delay_on_commit", "apply_async", "apply_async_on_commit", "send_task"}
PUBLISHER = ROOT / "lastvote" / "jobs" / "publisher.py"


def senders_in(file):
    calls = [node.func for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
    return [call.attr for call in calls if isinstance(call, ast.Attribute) and call.attr in SENDERS]


def test_only_the_publisher_sends_tasks():
    found = {}
    for app in ("lastvote", "stakeholders", "assessments", "deliberation"):
        for file in (ROOT / app).rglob("*.py"):
            if senders_in(file):
                found[file] = senders_in(file)
    assert found == {PUBLISHER: ["send_task"]}
