"""Addresses of open data inside a jurisdiction: the twins of its pages, and their dictionary."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from deliberation.views import reference, talks_files, twins

CASE = "cases/<slug:ref>/"
TALKS = "talks/<int:number>/"
TALKS_OF_ASSESSMENT = f"{CASE}assessments/<int:assessment>/{TALKS}"


def _files(page: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    """Return the addresses of a page's two files."""
    return [path(f"{page}.{kind}", view, {"kind": kind}, name=f"{name}_{kind}") for kind in twins.TYPES]


urlpatterns = [
    path("data/", twins.data, name="data"),
    path("api/", reference.api_reference, name="api_reference"),
    *_files("cases", twins.cases_file, "cases"),
    *_files(f"{CASE}case", twins.case_file, "case"),
    *_files(f"{CASE}score/working", twins.working_file, "working"),
    *_files(f"{CASE}assessments/<int:assessment>/score/working", twins.working_file, "assessment_working"),
    *_files(f"{CASE}score/sensitivity", twins.sensitivity_file, "sensitivity"),
    *_files(f"{CASE}assessments/<int:assessment>/score/sensitivity", twins.sensitivity_file, "assessment_sensitivity"),
    *_files(f"{CASE}{TALKS}talks", talks_files.talks_file, "talks"),
    *_files(f"{CASE}{TALKS}reasons", talks_files.reasons_file, "talks_reasons"),
    *_files(f"{CASE}{TALKS}reasons/<slug:token>/reason", talks_files.reason_file, "talks_reason"),
    *_files(f"{TALKS_OF_ASSESSMENT}talks", talks_files.talks_file, "assessment_talks"),
    *_files(f"{TALKS_OF_ASSESSMENT}reasons", talks_files.reasons_file, "assessment_talks_reasons"),
]
