"""Opening a page of the catalogue as the person it is meant for."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.catalogue.entry import Entry
from tests.browser.running import Site

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


@contextmanager
def context_for(browser: Browser, site: Site, session: str = "", **options: object) -> Iterator[BrowserContext]:
    """A clean browser, signed in by ``session`` if there is one."""
    context = browser.new_context(base_url=site.url, viewport=WIDE, reduced_motion="reduce", **options)
    context.set_default_timeout(30_000)
    _sign_in(context, site, session)
    try:
        yield context
    finally:
        context.close()


@contextmanager
def opened(context: BrowserContext, site: Site, entry: Entry) -> Iterator[Page]:
    """The page of an entry in its state. The context may be an old one, whose cookies go."""
    context.clear_cookies()
    _sign_in(context, site, site.facts["sessions"].get(entry.who, ""), entry.switches)
    page = context.new_page()
    statuses: list[int] = []
    page.on("response", lambda answer: _note(statuses, answer))
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None)
    page.goto(filled(entry.path, site))
    for step in entry.steps:
        step(page, site.facts)
    page.wait_for_load_state("load")
    assert statuses[-1] == entry.status, f"{entry.name}: {page.url} answered {statuses[-1]}"
    try:
        yield page
        assert refused == []
    finally:
        page.close()


def _sign_in(context: BrowserContext, site: Site, session: str, switches: tuple[str, ...] = ()) -> None:
    cookies = {"session": session} if session else {}
    cookies |= {f"switch-{switch}": "on" for switch in switches}
    context.add_cookies([{"name": name, "value": value, "url": site.url} for name, value in cookies.items()])


def _note(statuses: list[int], answer: object) -> None:
    if answer.request.is_navigation_request() and answer.status not in {301, 302, 303}:
        statuses.append(answer.status)


def filled(path: str, site: Site) -> str:
    """Fill the slots of a path, like {case.open}, from the facts of the world."""

    def value(slot: re.Match[str]) -> str:
        found: object = site.facts
        for name in slot[1].split("."):
            found = found[name]
        return str(found)

    return re.sub(r"\{([\w.]+)\}", value, path)
