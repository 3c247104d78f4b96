"""The body of a policy as a tree of values, in which a path leads to each of them."""

import json
from copy import deepcopy
from dataclasses import asdict
from typing import Any

from assessments.models import PolicyVersion
from assessments.policy import DeliberationClock
from assessments.scoring.parameters_json import to_plain
from assessments.scoring.parameters_look_out import LookOutParameters
from assessments.scoring.record import canonical_bytes
from deliberation.policies.settings import Path

Tree = dict[str, Any]
NEWER_PARTS = {"deliberation_clock": asdict(DeliberationClock()), "look_out": to_plain(LookOutParameters())}
"""Parts of a body that the first versions lacked."""
NEUTRAL = {"beta": "1", "gamma": "1", "expertise": "0", "impact": "0"}
"""The row of a group that the table does not list."""


def tree_of(version: PolicyVersion) -> Tree:
    """Read a version's body; the voices are keyed by group."""
    return read_tree(version.body)


def read_tree(body: str) -> Tree:
    """Read a body; one from before some part came into being has the defaults of that part."""
    data: Tree = json.loads(body)
    rows = {row["group"]: {name: value for name, value in row.items() if name != "group"} for row in data["voices"]}
    return {**NEWER_PARTS, **data, "voices": rows}


def value_at(tree: Tree, path: Path) -> Any:
    """Return what stands at ``path``, or None where nothing does."""
    found: Any = tree
    for step in path:
        try:
            found = found[step]
        except (KeyError, IndexError):
            return None
    return found


def body_with(tree: Tree, values: dict[Path, Any]) -> str:
    """Return the body, as canonical JSON, of ``tree`` with some values changed."""
    changed = deepcopy(tree)
    for path, value in values.items():
        _put(changed, path, value)
    changed["voices"] = [{"group": code, **row} for code, row in changed["voices"].items()]
    return canonical_bytes(changed).decode()


def _put(tree: Tree, path: Path, value: Any) -> None:
    *way, last = path
    place: Any = tree
    for step in way:
        place = place.setdefault(step, {}) if isinstance(place, dict) else place[step]
    place[last] = value
