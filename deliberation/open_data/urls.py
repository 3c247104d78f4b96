"""Addresses of open data inside a jurisdiction: the twins of its pages, and their dictionary."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from deliberation.views import reference, twins

CASE = "cases/<slug:ref>/"


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
]
