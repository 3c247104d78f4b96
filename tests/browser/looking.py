"""Everything that is looked at on one page: wide and narrow, light and dark, by mouse and by keyboard."""

from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.catalogue.entry import Entry
from tests.browser.catalogue.everything import CATALOGUE
from tests.browser.checks import axe, charts, colours, errors, keyboard, layout, structure, targets, titles
from tests.browser.running import Site
from tests.browser.visiting import NARROW, WIDE, filled

OK = 200
FIRST_OF_ITS_PAGE = {(entry.route, entry.status): entry.name for entry in reversed(CATALOGUE)}
"""One entry of each page is looked at in the other colours as well."""
WITHOUT_FRAME = {"fault"}
"""The page of a fault leans on nothing that could be broken too."""


def problems_of(page: Page, entry: Entry, site: Site) -> list[str]:
    """Return everything that is wrong with the page of an entry."""
    problems = _said(page, entry) + _wide(page, entry, site) + _narrow(page)
    if entry.name not in WITHOUT_FRAME:
        problems += keyboard.skip(page)
    return problems


def _said(page: Page, entry: Entry) -> list[str]:
    problems = errors.kept(page, entry.kept) + (errors.error_summary(page) if entry.wrong else [])
    if entry.says not in page.locator("main").inner_text():
        problems.append(f"does not say: {entry.says}")
    return problems


def _wide(page: Page, entry: Entry, site: Site) -> list[str]:
    page.set_viewport_size(WIDE)
    problems = [] if entry.name in WITHOUT_FRAME else structure.structure(page)
    problems += charts.charts(page) + axe.violations(page)
    for style in ("", layout.DOUBLE, layout.SPACED):
        problems += layout.collisions(page, style)
    problems += keyboard.walk(page)
    stayed = urlsplit(page.url).path == urlsplit(filled(entry.path, site)).path
    if stayed and (entry.status == OK or entry.wrong):
        problems += titles.title(page, entry.route, site.shared)
    return problems + (_other_colours(page) if entry.name in FIRST_OF_ITS_PAGE.values() else [])


def _other_colours(page: Page) -> list[str]:
    problems = colours.forced_colours(page)
    page.emulate_media(color_scheme="dark")
    problems += [f"dark: {problem}" for problem in axe.rules(page, "color-contrast")]
    page.emulate_media(color_scheme="light")
    return problems


def _narrow(page: Page) -> list[str]:
    page.set_viewport_size(NARROW)
    problems = layout.reflow(page) + layout.collisions(page) + targets.small_targets(page)
    return [f"narrow: {problem}" for problem in problems]
