"""Pages that explain: how it works, the words, privacy, accessibility, contact."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import policy
from assessments.policy_reads import policy_in_force
from assessments.wording import CLASSIC_ITEMS, TAXONOMY_ITEMS, Item
from deliberation.glossary import PAPER_FACTORS, PARTS
from lastvote import clock
from stakeholders.reads import groups_of
from stakeholders.scope import ScopedRequest, in_jurisdiction


@require_safe
@in_jurisdiction
def how_it_works(request: ScopedRequest) -> HttpResponse:
    """Explain the way from evidence to score, and what a reader of the paper will ask."""
    today = clock.local_date(clock.now(), request.jurisdiction.zone)
    version = policy_in_force(request.jurisdiction, today)
    rules = policy.read(version) if version else None
    return render(request, "deliberation/how_it_works.html", {"rules": rules, "version": version})


@require_safe
@in_jurisdiction
def glossary(request: ScopedRequest) -> HttpResponse:
    """Say what each word means here, with the paper's term beside it."""
    context = {
        "parts": PARTS,
        "classic": _with_paper(CLASSIC_ITEMS),
        "taxonomy": _with_paper(TAXONOMY_ITEMS),
        "groups": groups_of(request.jurisdiction),
    }
    return render(request, "deliberation/glossary.html", context)


def _with_paper(items: tuple[Item, ...]) -> list[tuple[Item, object]]:
    return [(item, PAPER_FACTORS[item.code]) for item in items]


@require_safe
@in_jurisdiction
def contact(request: ScopedRequest) -> HttpResponse:
    """Say who to write to."""
    return render(request, "deliberation/contact.html")


@require_safe
@in_jurisdiction
def privacy(request: ScopedRequest) -> HttpResponse:
    """Say what is stored about people and who sees it."""
    return render(request, "deliberation/privacy.html")


@require_safe
@in_jurisdiction
def accessibility(request: ScopedRequest) -> HttpResponse:
    """Say what works, what was checked, and what to do when something does not."""
    return render(request, "deliberation/accessibility.html")
