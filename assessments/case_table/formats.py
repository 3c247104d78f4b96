"""The two formats that files of cases come in: the AI Incident Database's, and our own.

The database's snapshot names neither system nor deployer and no text but a title. What is missing is said to be
missing, in the language of the file, so that whoever works on the case sees what is left to do.
"""

import datetime as dt
import re

from django.utils import translation
from django.utils.translation import gettext as _

from assessments.actions.evidence import LONGEST
from assessments.actions.parties import LONGEST_NAME
from assessments.actions.sources import LONGEST_PUBLISHER
from assessments.actions.sources import LONGEST_TITLE as LONGEST_SOURCE
from assessments.actions.written_words import LONGEST_AFFECTED, LONGEST_SUMMARY, LONGEST_TITLE
from assessments.case_table.cells import Cells
from assessments.case_table.rows import CaseRow, CitedFact
from assessments.states import IncidentKind

AIID = "aiid"
OWN = "own"
AIID_LANGUAGE = "en"
AIID_COLUMNS = ("incident_id", "date", "mit_domain", "mit_subdomain", "entity", "timing", "intent", "title")
OWN_NEEDED = ("id", "title", "summary", "affected")
OWN_COLUMNS = (
    *OWN_NEEDED, "kind", "deployer", "system", "happened_from", "happened_to", "statement", "as_of", "source_title",
    "source_publisher", "source_address",
)  # fmt: skip
LONGEST_ENTRY = 80
NUMBER = re.compile(r"[1-9][0-9]{0,8}")
DOMAIN, SUBDOMAIN = re.compile(r"[1-7]\. \S.{0,150}"), re.compile(r"[1-7]\.[1-9]\.? \S.{0,150}")


def aiid_row(cells: Cells, _language: str) -> CaseRow:
    """Read one entry of the AI Incident Database, with its place among the domains of the MIT repository."""
    entry = cells.like("incident_id", NUMBER, _("A whole number from 1 on."))
    title, day = cells.words("title", longest=LONGEST_TITLE), cells.day("date", required=True)
    tags = {
        "mit_domain": cells.like("mit_domain", DOMAIN, _("A number from 1 to 7, a point and a name.")),
        "mit_subdomain": cells.like("mit_subdomain", SUBDOMAIN, _("Two numbers with points, and a name.")),
        "entity": cells.one_of("entity", ("AI", "Human", "Other")),
        "timing": cells.one_of("timing", ("Pre-deployment", "Post-deployment", "Other")),
        "intent": cells.one_of("intent", ("Intentional", "Unintentional", "Other")),
    }
    if tags["mit_subdomain"][:1] != tags["mit_domain"][:1]:
        problem = _("This part belongs to another domain.")
        cells.fault("mit_subdomain", "unknown_value", problem, _("A part of the domain in the same row."))
    with translation.override(AIID_LANGUAGE):
        return CaseRow(
            cells.row.number, AIID, entry, IncidentKind.INCIDENT, title, _summary(entry, tags),
            _("Not said yet: the file holds a title only."), AIID_LANGUAGE, day, day,
            fact=_aiid_fact(entry, title, day), tags=tags,
        )  # fmt: skip


def _summary(entry: str, tags: dict[str, str]) -> str:
    words = _("Entry %(entry)s of the AI Incident Database, of which only the title came in. Sorted there as: %(part)s")
    return words % {"entry": entry, "part": tags["mit_subdomain"]}


def _aiid_fact(entry: str, title: str, day: dt.date | None) -> CitedFact:
    return CitedFact(
        title, day.isoformat() if day else "", day, day,
        _("AI Incident Database, incident %(entry)s") % {"entry": entry}, "Responsible AI Collaborative, CC BY-SA 4.0",
        f"https://incidentdatabase.ai/cite/{entry}/",
        _("This is only a title. Read the reports behind it before you rate."),
    )  # fmt: skip


def own_row(cells: Cells, language: str) -> CaseRow:
    """Read one row of our own format; whatever it names in words is in the language of the place."""
    first, last = cells.day("happened_from"), cells.day("happened_to")
    unreadable = any(fault.column == "happened_from" for fault in cells.faults)
    if last is not None and not unreadable and (first is None or first > last):
        problem = _("The last day lies before the first one.")
        cells.fault("happened_to", "date_order", problem, _("The first day, and then the last one."))
    deployer = cells.words("deployer", longest=LONGEST_NAME, required=False)
    system = cells.words("system", longest=LONGEST_NAME, required=False)
    if bool(deployer) != bool(system):
        problem = _("Only one of deployer and system is named.")
        cells.fault("system", "system_needs_deployer", problem, _("Both, or neither."))
    kind = cells.one_of("kind", (IncidentKind.INCIDENT.value, IncidentKind.HAZARD.value), otherwise="incident")
    return CaseRow(
        cells.row.number, OWN, cells.words("id", longest=LONGEST_ENTRY),
        IncidentKind.HAZARD if kind == IncidentKind.HAZARD.value else IncidentKind.INCIDENT,
        cells.words("title", longest=LONGEST_TITLE), cells.words("summary", longest=LONGEST_SUMMARY),
        cells.words("affected", longest=LONGEST_AFFECTED), language, first, last, deployer, system, _own_fact(cells),
    )  # fmt: skip


def _own_fact(cells: Cells) -> CitedFact | None:
    """Read the optional statement; it needs its date and its source."""
    statement = cells.words("statement", longest=LONGEST["statement"], required=False)
    needed = bool(statement)
    as_of = cells.words("as_of", longest=LONGEST["as_of_words"], required=needed)
    title = cells.words("source_title", longest=LONGEST_SOURCE, required=needed)
    publisher = cells.words("source_publisher", longest=LONGEST_PUBLISHER, required=False)
    address = cells.address("source_address")
    if not statement:
        if as_of or title or publisher or address:
            problem = _("A source or a date stands here without a statement.")
            cells.fault("statement", "empty_cell", problem, _("A statement, or none of the three."))
        return None
    first, last = cells.days("as_of") or (None, None)
    return CitedFact(statement, as_of, first, last, title, publisher, address)
