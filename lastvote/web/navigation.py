"""The links that every page carries, in the same order on every page."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lastvote.access import Permission

MAIN: tuple[tuple[str, Promise], ...] = (
    ("cases", _("Cases")),
    ("lines", _("Lines in force")),
    ("how_it_works", _("How it works")),
    ("glossary", _("Words we use")),
)
DESK: tuple[str, Promise] = ("desk", _("Desk"))
AT_DESK = frozenset({Permission.READ_DESK, Permission.RATE})
"""Whoever may do one of these has work at the desk."""
FOOT: tuple[tuple[str, Promise], ...] = (
    ("accessibility", _("Accessibility")),
    ("privacy", _("Privacy")),
    ("contact", _("Contact")),
    ("api_reference", _("For programs")),
)


@dataclass(frozen=True)
class Link:
    """A link, and whether it leads to the page one is on ("page") or to its section ("true")."""

    url: str
    words: str | Promise
    current: str


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return what the page's head and foot show; a link to a page that does not exist is left out."""
    slug = _slug(request)
    main = (*MAIN, DESK) if AT_DESK & frozenset(getattr(request, "permissions", ())) else MAIN
    return {
        "main_links": _links(request, main, slug),
        "foot_links": _links(request, FOOT, slug),
        "home_url": address("home", slug),
        "help_url": address("contact", slug) or address("help", None),
        "you_url": address("you", slug),
        "needs_action": getattr(request, "needs_action", ()),
        "sign_in_url": address("sign_in", None),
        "sign_out_url": address("sign_out", None),
        "demo_url": address("demo", None) if settings.DEMO else "",
    }


def address(name: str, slug: str | None) -> str:
    """Return the page's address inside the jurisdiction, else for the whole site, else nothing."""
    for arguments in ([slug], []) if slug else ([],):
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    return ""


def _slug(request: HttpRequest) -> str | None:
    jurisdiction = getattr(request, "jurisdiction", None)
    return jurisdiction.slug if jurisdiction else None


def _links(request: HttpRequest, names: tuple[tuple[str, Promise], ...], slug: str | None) -> list[Link]:
    found = [(address(name, slug), words) for name, words in names]
    return [Link(url, words, _current(request.path, url)) for url, words in found if url]


def _current(path: str, url: str) -> str:
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""
