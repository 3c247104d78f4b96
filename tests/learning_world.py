"""Synthetic labelled histories: of the shape of the real ones, small enough to train on in a test."""

import datetime as dt
from decimal import Decimal

from assessments.actions.histories import Origin, PastCase, import_history
from assessments.actions.training import start_training, training_step
from assessments.actions.uploads import keep_upload
from assessments.models import ComputationRun, LabelledHistory, PendingImport
from assessments.scoring.schemes import CLASSIC
from lastvote.access import Role
from lastvote.texts import text
from tests import factories as make

FACTORS = CLASSIC.factors
STEPS = (37, 61, 83, 29)
"""Each factor walks through 0 to 1 with its own stride, so no two move together."""


def past_cases(number: int = 12, *, raters: int | None = 2) -> list[PastCase]:
    """Return cases whose label rises with every factor, most with the first."""
    return [_past_case(place, raters) for place in range(number)]


def _past_case(place: int, raters: int | None) -> PastCase:
    values = tuple(Decimal((place * step + 11) % 101) / 100 for step in STEPS)
    label = sum((weight * value for weight, value in zip((4, 1, 3, 2), values, strict=True)), Decimal(0)) / 10
    return PastCase(f"Past case {place + 1}", values, round(label, 3), raters, dt.date(2020, 1, 1) + place * make.DAY)


def origin(name: str = "Synthetic incidents") -> Origin:
    """Say that the cases are made up."""
    return Origin(text(name), text("Written for a test."), text("CC0"), synthetic=True, columns={"label": "label"})


def imported(town: make.Town, *, number: int = 12, name: str = "Synthetic incidents") -> LabelledHistory:
    """Import a synthetic history as the secretariat does."""
    return import_history(
        jurisdiction=town.jurisdiction, origin=origin(name), factors=FACTORS, cases=past_cases(number),
        by=town.staff[Role.SECRETARIAT], now=make.NOW,
    )  # fmt: skip


def started(town: make.Town, *, number: int = 3, now: dt.datetime = make.NOW) -> ComputationRun:
    """Start a training on a synthetic history."""
    return start_training(history=imported(town, number=number), by=town.staff[Role.SECRETARIAT], now=now)


def trained(town: make.Town, *, number: int = 3, now: dt.datetime = make.NOW) -> ComputationRun:
    """Train on a synthetic history to the end, as the worker does."""
    run = started(town, number=number, now=now)
    while run.unfinished:
        training_step(run.pk, now)
        run.refresh_from_db()
    return run


def kept_file(town: make.Town, *, now: dt.datetime = make.NOW) -> PendingImport:
    """Leave a file waiting for its columns to be named."""
    content = b"CASE,I,E,R,X,LABEL\nA1,0.1,0.2,0.3,0.4,0.5\nA2,0.5,0.4,0.3,0.2,0.1\n"
    by = town.staff[Role.SECRETARIAT]
    return keep_upload(jurisdiction=town.jurisdiction, content=content, by=by, now=now)
