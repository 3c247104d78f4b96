"""A file of past cases between choosing it and saying what its columns are.

It lies in a row for that time and not in a hidden field of the form: 2 MB would be sent three times over, and the page
of a form that comes back with errors would carry the whole file again. The row is the uploader's alone. It goes with
the import, with the next upload of the same person, and after a day in any case. Files stay below the size that the
framework keeps in memory, so none is ever written to a disk beside the database.
"""

import datetime as dt
import secrets
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.actions.histories import Origin, PastCase, import_history
from assessments.history_table.faults import Report
from assessments.history_table.mapping import ColumnMapping
from assessments.history_table.table import HistoryTable, read_history
from assessments.models import LabelledHistory, PendingImport
from assessments.scoring.record import number_text
from lastvote.access import Permission
from lastvote.errors import Refused
from lastvote.transactions import locking
from stakeholders.models import Jurisdiction, Person
from stakeholders.rules import require

MOST_BYTES = 2_000_000
TOKEN_BYTES = 16
LIFETIME = dt.timedelta(days=1)


def keep_upload(*, jurisdiction: Jurisdiction, content: bytes, by: Person, now: dt.datetime) -> PendingImport:
    """Keep a file until its columns are named, in place of any that the person left behind.

    Refuses people without the right, and files that are too large for a form. No event: nothing is decided yet.
    """
    require(by, Permission.IMPORT_HISTORY, on=now.astimezone(jurisdiction.zone).date())
    if len(content) > MOST_BYTES:
        words = _("This file is larger than 2 MB. Whoever runs the site can bring it in with a command.")
        raise Refused("file_too_large", words, fields={"file": [words]})
    with locking():
        PendingImport.objects.filter(uploaded_by=by, run=None).delete()
        return PendingImport.objects.create(
            jurisdiction=jurisdiction,
            token=secrets.token_hex(TOKEN_BYTES),
            content=content,
            uploaded_by=by,
            uploaded_at=now,
        )


def finish_upload(
    *, upload: PendingImport, mapping: ColumnMapping, origin: Origin, by: Person, now: dt.datetime
) -> LabelledHistory | Report:
    """Read a kept file and store its cases, then forget the file; a file with faults is kept and gives the report.

    Refuses what ``import_history`` refuses, and anybody but the one who uploaded the file.
    """
    if upload.uploaded_by_id != by.pk:
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)
    found = read_history(bytes(upload.content), mapping)
    if isinstance(found, Report):
        return found
    with locking():
        history = import_table(
            jurisdiction=upload.jurisdiction, table=found, mapping=mapping, origin=origin, by=by, now=now
        )
        upload.delete()
    return history


def import_table(
    *,
    jurisdiction: Jurisdiction,
    table: HistoryTable,
    mapping: ColumnMapping,
    origin: Origin,
    by: Person,
    now: dt.datetime,
) -> LabelledHistory:
    """Store the cases of a table that was read without a fault, and how its columns were read."""
    return import_history(
        jurisdiction=jurisdiction,
        origin=replace(origin, columns=columns_of(mapping)),
        factors=table.factors,
        cases=[PastCase(case.name, case.values, case.label, case.raters, case.day) for case in table.cases],
        by=by,
        now=now,
    )


def columns_of(mapping: ColumnMapping) -> dict[str, Any]:
    """Return a mapping as plain data, for whoever wants to read the same file in the same way."""
    return {
        "names": list(mapping.names),
        "factors": dict(mapping.factors),
        "label": mapping.label,
        "scales": {column: number_text(scale) for column, scale in mapping.scales.items()},
        "raters": mapping.raters,
        "day": mapping.day,
    }


def drop_stale_uploads(now: dt.datetime) -> int:
    """Delete files that were left behind."""
    deleted, _by_model = PendingImport.objects.filter(uploaded_at__lte=now - LIFETIME, run=None).delete()
    return deleted
