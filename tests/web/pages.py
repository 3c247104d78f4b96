"""Small pages that exist in the tests only: one form, one refusal, one fault."""

from types import SimpleNamespace

from django import forms
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from lastvote.access import Permission
from lastvote.errors import Refused
from lastvote.texts import text
from lastvote.web.forms import PlainForm, TwoLines


class SampleForm(PlainForm):
    """One of each kind of field."""

    most = forms.ChoiceField(
        label="Which one?",
        help_text="Pick one.",
        widget=forms.RadioSelect,
        choices=[("harm", TwoLines("Harm done", "from few to many")), ("reach", "Reach")],
        error_messages={"required": "Choose one"},
    )
    points = forms.IntegerField(label="Points", error_messages={"required": "Enter points"})
    why = forms.CharField(label="Why", max_length=10, widget=forms.Textarea, required=False)

    def clean(self) -> None:
        if self.data.get("why") == "general":
            raise forms.ValidationError("The whole form is wrong")


PAGE = """{% extends "base.html" %}{% block title %}Sample{% endblock %}
{% block content %}{% include "components/error_summary.html" with form=form only %}<h1>Sample</h1>
<form method="post" novalidate>{% csrf_token %}{% for field in form %}{{ field.as_field_group }}{% endfor %}
<button class="button" type="submit">Send</button></form>{% endblock %}"""


def sample(request: HttpRequest) -> HttpResponse:
    form = SampleForm(request.POST or None)
    page = engines["django"].from_string(PAGE).render({"form": form}, request)
    return HttpResponse(page, status=422 if form.errors else 200)


def refuse(request: HttpRequest, status: int) -> HttpResponse:
    details = {"retry_after": 7} if status == 429 else {}
    raise Refused("too_late", _("The round has closed."), status=status, details=details)


def fault(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret words")


def odd(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("cut off")


def show(request: HttpRequest) -> HttpResponse:
    return render(request, "404.html")


def place(request: HttpRequest, slug: str) -> HttpResponse:
    """A page inside a made-up jurisdiction."""
    request.jurisdiction = SimpleNamespace(slug=slug, name=text("Northbrook"), synthetic=slug == "northbrook")
    request.permissions = frozenset({Permission.READ_DESK}) if "desk" in request.GET else frozenset()
    return HttpResponse(engines["django"].from_string(PLACE).render({}, request))


PLACE = """{% extends "base.html" %}{% block title %}Place{% endblock %}
{% block before_main %}{% include "components/back_link.html" with url="/" only %}{% endblock %}
{% block content %}<h1>Place</h1>{% endblock %}"""
PLACES = ("home", "cases", "lines", "how_it_works", "glossary", "desk", "you", "accessibility", "privacy", "contact")

urlpatterns = [
    path("sample/", sample),
    path("refuse/<int:status>/", refuse),
    path("fault/", fault),
    path("odd/", odd),
    path("show/", show),
    path("", include("lastvote.web.urls")),
    *(path(f"<slug:slug>/{name}/", place, name=name) for name in PLACES),
    *(path(f"{name}/", show, name=name) for name in ("sign_in", "sign_out", "demo")),
]
