"""The catalogue leaves no page out, and no two pages are told apart by nothing."""

from django.urls import URLPattern, URLResolver

from lastvote.urls import urlpatterns
from tests.browser.catalogue.everything import CATALOGUE

TWINS = (
    "cases", "case", "working", "assessment_working", "sensitivity", "assessment_sensitivity", "talks", "talks_reasons",
    "talks_reason", "assessment_talks", "assessment_talks_reasons",
)  # fmt: skip
FILES = {
    "healthz", "round_record", "evidence_file", "policy_file", "assessment_round_record", "assessment_evidence_file",
    "learning_record_file", "protection_file", "assessment_protection_file",
    *(f"{page}_{kind}" for page in TWINS for kind in ("csv", "json")),
}  # fmt: skip
"""Addresses that answer with a file."""
FOR_PROGRAMS = "api_"
"""How the names of addresses begin that answer with JSON; two of them are pages about the others."""
ABOUT_PROGRAMS = {"api_reference", "api_problems"}
TAKING_A_FORM = {"you_token_revoke"}
"""Addresses that only take what a page sends, and lead back to it."""


def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    """Return the names of all routes."""
    found: set[str] = set()
    for one in patterns:
        found |= names(one.url_patterns) if isinstance(one, URLResolver) else {one.name or str(one.pattern)}
    return found


def test_every_page_is_in_the_catalogue():
    pages = {
        name for name in names(urlpatterns) - FILES - TAKING_A_FORM if not name.startswith(FOR_PROGRAMS)
    } | ABOUT_PROGRAMS
    assert {entry.route for entry in CATALOGUE if entry.route} == pages


def test_entries_have_names_of_their_own():
    listed = [entry.name for entry in CATALOGUE]
    assert sorted(set(listed)) == sorted(listed)


def test_what_says_error_answers_with_an_error():
    assert [entry.name for entry in CATALOGUE if entry.wrong and entry.status not in {409, 422}] == []
