"""What the document says of the addresses at which records are kept."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.states import EvidenceKind, IncidentKind, Visibility
from lastvote.rest.operations import Operation, Schema
from lastvote.rest.sections import CASES, LISTS, SCORES
from lastvote.rest.writing import BINDS, NUMBER, WORDS, closed, nullable, written

DAY: Schema = {"type": ["string", "null"], "format": "date"}
INSTANT: Schema = {"type": "string", "format": "date-time"}
TEXT: Schema = {"anyOf": [WORDS, {"type": "object", "additionalProperties": WORDS}]}
YES_NO: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer", "minimum": 1}
OF_WORDS = ("blank", "hidden_characters", "max_length", "not_a_text")
CASE: dict[str, Schema] = {
    "kind": {"enum": [kind.value for kind in IncidentKind]}, "system": WORDS, "title": TEXT, "summary": TEXT,
    "affected": TEXT, "happened_from": DAY, "happened_to": DAY,
}  # fmt: skip
EVIDENCE: dict[str, Schema] = {
    "kind": {"enum": [*EvidenceKind.values]}, "statement": WORDS, "as_of_words": WORDS, "as_of_from": DAY,
    "as_of_to": DAY, "low": nullable(NUMBER), "high": nullable(NUMBER), "unit": WORDS, "figure_of": WORDS,
    "bears_on": WORDS, "caveat": WORDS, "visibility": {"enum": [*Visibility.values]}, "visibility_reason": WORDS,
    "sources": {"type": "array", "items": WORDS},
}  # fmt: skip
NOT_NEEDED = (
    "as_of_from", "as_of_to", "low", "high", "unit", "figure_of", "bears_on", "caveat", "visibility",
    "visibility_reason",
)  # fmt: skip
DEPLOYER: dict[str, Schema] = {"name": WORDS}
SYSTEM: dict[str, Schema] = {
    "deployer": WORDS, "name": WORDS, "description": TEXT, "covered_by_mandate": YES_NO, "publicly_procured": YES_NO,
}  # fmt: skip
SOURCE: dict[str, Schema] = {
    "title": WORDS, "publisher": WORDS, "published_words": WORDS, "published_on": DAY,
    "addresses": {"type": "array", "items": {"type": "string", "format": "uri"}},
}  # fmt: skip
LINKS: Schema = closed({"self": WORDS})
CASE_CODES = (*OF_WORDS, "date_order", "invalid_date", "out_of_range", "unknown_language", "unknown_option",
              "unknown_system", "control_not_past")  # fmt: skip
EVIDENCE_CODES = (
    *OF_WORDS, "ascii_digits", "date_order", "decimal_comma", "figure_range", "interval_order", "invalid_date",
    "list_expected", "not_a_number", "out_of_range", "reason_required", "source_required", "unknown_option",
    "unknown_source",
)  # fmt: skip
SYSTEM_CODES = (*OF_WORDS, "not_a_boolean", "unknown_deployer", "unknown_language")
SOURCE_CODES = (*OF_WORDS, "address_not_allowed", "invalid_date", "list_expected", "out_of_range",
                "too_many_addresses")  # fmt: skip


def pair(
    name: str,
    section: Promise,
    summaries: tuple[Promise, Promise],
    fields: Mapping[str, Schema],
    shown: Mapping[str, Schema],
    *,
    optional: tuple[str, ...] = (),
    codes: tuple[str, ...],
    conflicts: tuple[str, ...] = (),
) -> tuple[dict[str, Operation], dict[str, Operation]]:
    """Describe adding a row, and changing one."""
    row: dict[str, Any] = {**shown, "seen": WORDS}
    told = _("Needs an access token for keeping records, or a session, of somebody in the secretariat.")
    adding = written(
        f"add_{name}", section, summaries[0], told, body=closed(fields, optional=optional),
        answers={201: closed({**row, "links": LINKS})}, codes={400: codes, **({409: conflicts} if conflicts else {})},
    )  # fmt: skip
    changing = written(
        f"change_{name}", section, summaries[1],
        _("Names only what it changes, and in “seen” the version that its writer saw. Somebody faster means 409."),
        body=closed({**fields, "seen": WORDS}, optional=tuple(fields)), answers={200: closed(row)},
        codes={400: codes, 409: ("changed_meanwhile", *conflicts)}, keyed=False,
    )  # fmt: skip
    return {"POST": adding}, {"PATCH": changing}


ADD_CASE, CHANGE_CASE = pair(
    "case", CASES, (_("Record a case"), _("Describe a case anew")), CASE, {"reference": WORDS, "version": WHOLE},
    optional=("happened_from", "happened_to"), codes=CASE_CODES,
)  # fmt: skip
ADD_EVIDENCE, CHANGE_EVIDENCE = pair(
    "evidence", CASES, (_("Add evidence"), _("Say a row of evidence anew")), EVIDENCE,
    {"number": WHOLE, "version": WHOLE}, optional=NOT_NEEDED, codes=EVIDENCE_CODES,
)  # fmt: skip
ADD_DEPLOYER, CHANGE_DEPLOYER = pair(
    "deployer", LISTS, (_("Add a deployer"), _("Rename a deployer")), DEPLOYER, {"token": WORDS}, codes=OF_WORDS,
    conflicts=("name_taken",),
)  # fmt: skip
ADD_SYSTEM, CHANGE_SYSTEM = pair(
    "system", LISTS, (_("Add an AI system"), _("Describe an AI system anew")), SYSTEM, {"token": WORDS},
    optional=("covered_by_mandate", "publicly_procured"), codes=SYSTEM_CODES, conflicts=("name_taken",),
)  # fmt: skip
ADD_SOURCE, CHANGE_SOURCE = pair(
    "source", LISTS, (_("Add a source"), _("Correct a source")), SOURCE, {"token": WORDS},
    optional=("publisher", "published_words", "published_on", "addresses"), codes=SOURCE_CODES,
    conflicts=("source_fixed",),
)  # fmt: skip
PROPOSE_ROUND = {
    "POST": written(
        "propose_round", SCORES, _("Propose a round"),
        _("The chair announces it by confirming. This binds others: a session with a fresh proof, never a token."),
        body=closed({"opens_at": INSTANT, "closes_at": INSTANT}),
        answers={
            201: closed({"state": {"const": "proposed"}, "digest": WORDS, "opens_at": INSTANT, "closes_at": INSTANT})
        },
        codes={
            400: ("invalid_date", "notice_too_short", "out_of_range", "timezone_required", "window_length"),
            **BINDS, 409: ("already_published", "ratings_not_frozen", "round_running"),
        },
    )
}  # fmt: skip
