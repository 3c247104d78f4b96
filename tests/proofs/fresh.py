"""Score dumped histories once more, in a process that knows the scoring core and nothing else.

``python -m tests.proofs.fresh <dump.json> <number>``: reads what each round consisted of, in an order shuffled by
``number``, starts from what people typed, and prints as JSON which seeds gave other bytes.
"""

import json
import random
import sys
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from assessments.scoring import (
    SCHEMES,
    EvaluatorRating,
    GroupInput,
    GroupSums,
    Parameters,
    Scheme,
    ScoringInput,
    VoiceInput,
    score,
)
from assessments.scoring.elicitation import points_from_ratios

NOT_NEEDED = ("django", "celery", "lastvote", "stakeholders", "assessments.models")


def scoring_input(history: dict[str, Any]) -> ScoringInput:
    """Build the input of one scoring from a dump."""
    scheme = SCHEMES[history["scheme"]]
    answers = [(code, _points(raw)) for code, raw in history["answers"]]
    groups = sorted(history["groups"], key=lambda group: group["order"])
    return ScoringInput(
        scheme=scheme,
        aggregator=history["aggregator"],
        ratings=tuple(
            EvaluatorRating(evaluator=str(number), values=tuple(tuple(map(Decimal, row)) for row in values))
            for number, values in enumerate(history["ratings"])
        ),
        groups=tuple(_group(group, answers, scheme) for group in groups),
        parameters=Parameters.from_json(history["parameters"]),
        month=history["month"],
    )


def _points(raw: Iterable[str | None]) -> tuple[int, ...]:
    return points_from_ratios([None if value is None else Decimal(value) for value in raw])


def _group(group: dict[str, Any], answers: list[tuple[str, tuple[int, ...]]], scheme: Scheme) -> GroupInput:
    return GroupInput(
        code=group["code"],
        is_affected=group["is_affected"],
        is_civil_society=group["is_civil_society"],
        min_size=group["min_size"],
        sums=GroupSums.of((points for code, points in answers if code == group["code"]), scheme.size),
        adopted=None,
        roll_size=group["roll_size"],
        voice=VoiceInput(**{name: Decimal(value) for name, value in group["voice"].items()}),
    )


def differing(histories: list[dict[str, Any]], number: int) -> list[int]:
    """Return the seeds whose bytes come out different."""
    order = random.Random(number)
    found = []
    for history in histories:
        for name in ("answers", "ratings", "groups"):
            order.shuffle(history[name])
        if score(scoring_input(history)).binding_bytes.decode() != history["binding"]:
            found.append(history["seed"])
    return found


if __name__ == "__main__":
    dumped = json.loads(Path(sys.argv[1]).read_text())
    report = {
        "histories": len(dumped),
        "differing": differing(dumped, int(sys.argv[2])),
        "loaded": [name for name in NOT_NEEDED if name in sys.modules],
    }
    print(json.dumps(report))
