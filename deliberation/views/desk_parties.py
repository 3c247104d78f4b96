"""The secretariat's lists: who uses which AI system, and the publications that evidence rests on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from assessments.actions import parties, sources
from assessments.actions.changes_seen import fingerprint
from assessments.actions.sources import SourceFacts
from assessments.models import AISystem, Deployer, Source
from deliberation.casework.conflict import conflict_of
from deliberation.casework.forms import (
    DeployerForm,
    RecordForm,
    SourceForm,
    SystemForm,
    shown_source,
    shown_system,
)
from deliberation.casework.lists import deployers_with, sources_with
from deliberation.casework.pages import form_page, refuse, told_what_was_changed, writer
from deliberation.forms import CaseFilterForm
from deliberation.listing import page_links
from deliberation.views.desk import require_desk, rights_of
from deliberation.views.desk_acts import UNPROCESSABLE, posted
from deliberation.views.desk_cases import PAGE_SIZE
from lastvote import clock
from lastvote.access import Permission
from lastvote.errors import Refused
from stakeholders.scope import ScopedRequest, in_jurisdiction, signed_in_person


@dataclass(frozen=True)
class Record:
    """One page of a form: what stands there now, and the act that stores what was typed."""

    form: Any
    title: str | Promise
    back: str
    act: Callable[[], object]
    subject: str = ""
    row: Any = None
    shown: Mapping[str, Any] | None = None


@in_jurisdiction
@signed_in_person
@require_safe
def systems(request: ScopedRequest) -> HttpResponse:
    """List deployers with their systems; ``?q=`` keeps those that hold every word."""
    require_desk(request)
    words = CaseFilterForm(request.GET).wanted().words
    page = Paginator(deployers_with(request.jurisdiction, words), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "words": words,
        "page": page,
        "pages": page_links(request.GET, page),
        "can_write": Permission.MANAGE_INCIDENTS in rights_of(request),
    }
    return render(request, "deliberation/desk/cases/systems.html", context)


@in_jurisdiction
@signed_in_person
@require_safe
def source_list(request: ScopedRequest) -> HttpResponse:
    """List publications, the newest first; ``?q=`` keeps those that hold every word."""
    require_desk(request)
    words = CaseFilterForm(request.GET).wanted().words
    page = Paginator(sources_with(request.jurisdiction, words), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "words": words,
        "page": page,
        "pages": page_links(request.GET, page),
        "can_write": Permission.MANAGE_INCIDENTS in rights_of(request),
    }
    return render(request, "deliberation/desk/cases/sources.html", context)


@in_jurisdiction
@signed_in_person
@form_page
def deployer_new(request: ScopedRequest) -> HttpResponse:
    """Add whoever uses systems."""
    by, form = writer(request), DeployerForm(posted(request))

    def act() -> Deployer:
        name = form.cleaned_data["name"]
        return parties.add_deployer(jurisdiction=request.jurisdiction, name=name, by=by, now=clock.now())

    return _page(request, Record(form, gettext_lazy("Add a deployer"), "desk_systems", act))


@in_jurisdiction
@signed_in_person
@form_page
def deployer_edit(request: ScopedRequest, token: str) -> HttpResponse:
    """Rename a deployer."""
    by = writer(request)
    deployer = _row(request.jurisdiction.deployers.filter(token=token).first())
    shown = parties.deployer_facts(deployer)
    form = DeployerForm(posted(request), initial={**shown, "seen": fingerprint(shown)})

    def act() -> Deployer:
        typed = form.cleaned_data
        return parties.change_deployer(
            deployer=deployer, name=typed["name"], seen=typed["seen"], by=by, now=clock.now()
        )

    title = gettext_lazy("Rename a deployer")
    return _page(request, Record(form, title, "desk_systems", act, "deployer", deployer, shown))


@in_jurisdiction
@signed_in_person
@form_page
def system_new(request: ScopedRequest) -> HttpResponse:
    """Add an AI system."""
    by, form = writer(request), SystemForm(posted(request), place=request.jurisdiction)

    def act() -> AISystem:
        return parties.add_system(**form.facts(), by=by, now=clock.now())

    return _page(request, Record(form, gettext_lazy("Add an AI system"), "desk_systems", act))


@in_jurisdiction
@signed_in_person
@form_page
def system_edit(request: ScopedRequest, token: str) -> HttpResponse:
    """Describe an AI system anew."""
    by = writer(request)
    system = _row(request.jurisdiction.systems.select_related("deployer").filter(token=token).first())
    shown = shown_system(system, request.jurisdiction.languages or ["en"])
    initial = {**shown, "seen": fingerprint(parties.system_facts(system))}
    form = SystemForm(posted(request), place=request.jurisdiction, system=system, initial=initial)

    def act() -> AISystem:
        facts, seen = form.facts(), form.cleaned_data["seen"]
        return parties.change_system(system=system, facts=facts, seen=seen, by=by, now=clock.now())

    title = gettext_lazy("Describe an AI system anew")
    return _page(request, Record(form, title, "desk_systems", act, "system", system, shown))


@in_jurisdiction
@signed_in_person
@form_page
def source_new(request: ScopedRequest) -> HttpResponse:
    """Add a publication."""
    by, form = writer(request), SourceForm(posted(request))

    def act() -> Source:
        return sources.add_source(jurisdiction=request.jurisdiction, facts=form.facts(), by=by, now=clock.now())

    return _page(request, Record(form, gettext_lazy("Add a source"), "desk_sources", act))


@in_jurisdiction
@signed_in_person
@form_page
def source_edit(request: ScopedRequest, token: str) -> HttpResponse:
    """Correct a publication."""
    by = writer(request)
    source = _row(request.jurisdiction.sources.filter(token=token).first())
    shown = shown_source(source)
    initial = {**shown, "seen": fingerprint(SourceFacts.of(source).columns())}
    form = SourceForm(posted(request), initial=initial)

    def act() -> Source:
        return sources.change_source(
            source=source, facts=form.facts(), seen=form.cleaned_data["seen"], by=by, now=clock.now()
        )

    title = gettext_lazy("Correct a source")
    return _page(request, Record(form, title, "desk_sources", act, "source", source, shown))


def _row(found: Any) -> Any:
    """Return the row; one of another place does not exist here."""
    if found is None:
        raise Http404
    return found


def _page(request: ScopedRequest, record: Record) -> HttpResponse:
    """Show the form, store what it says, or show it again with what is wrong."""
    form: RecordForm = record.form
    page, context = "deliberation/desk/cases/record.html", {"form": form, "title": record.title, "back": record.back}
    if request.method != "POST":
        return render(request, page, context)
    if not form.is_valid():
        return render(request, page, context, status=UNPROCESSABLE)
    try:
        record.act()
    except Refused as refused:
        clash = refused.code == "changed_meanwhile" and record.row is not None
        conflict = conflict_of(form, record.shown or {}, record.subject, record.row.pk) if clash else None
        status = refuse(form, refused, seen=str(form.initial.get("seen", "")))
        return render(request, page, {**context, "conflict": conflict}, status=status)
    told_what_was_changed(request, form)
    messages.success(request, _("Saved."))
    return redirect(record.back, request.jurisdiction.slug)
