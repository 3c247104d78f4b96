"""Bringing in the demo's labelled past cases, by the action that the form uses too.

Nothing is trained at loading: a training takes a few seconds, and starting one is what the page is there to show.
"""

import datetime as dt

from assessments.actions.histories import Origin
from assessments.actions.uploads import import_table
from assessments.history_table.faults import Report
from assessments.history_table.mapping import ColumnMapping
from assessments.history_table.table import read_history
from assessments.models import LabelledHistory
from assessments.scoring.schemes import CLASSIC
from deliberation.demo import files
from deliberation.demo.towns import at, holder
from lastvote.access import Role
from lastvote.texts import text
from stakeholders.models import Jurisdiction

IMPORTED_ON = dt.date(2025, 11, 17)
MAPPING = ColumnMapping(
    names=("case",), factors={code: code for code in CLASSIC.factors}, label="label", raters="raters"
)
ORIGIN = Origin(
    name=text("Forty made-up incidents"),
    source=text("Written for this demonstration. No such incident happened, and nobody labelled them."),
    licence=text("As the program"),
    synthetic=True,
)


def import_once(jurisdiction: Jurisdiction) -> LabelledHistory:
    """Return the demo's history; the same cases are never brought in twice."""
    table = read_history(files.history(), MAPPING)
    if isinstance(table, Report):
        raise TypeError(f"The demo's past cases have faults: {table.faults[0]}")
    return import_table(
        jurisdiction=jurisdiction,
        table=table,
        mapping=MAPPING,
        origin=ORIGIN,
        by=holder(jurisdiction, Role.SECRETARIAT),
        now=at(IMPORTED_ON, 10, jurisdiction),
    )
