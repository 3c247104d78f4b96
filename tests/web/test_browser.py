"""The parts of our pages in a real browser: rules of accessibility, narrow screens, large letters, focus, weight."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ["/gallery/", "/sample/", "/northbrook/cases/?desk", "/help/"]
LARGE_LETTERS = "html { font-size: 200% !important }"
WIDE_SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    " p { margin-block-end: 2em !important }"
)
OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true })"
WIDTH = "document.documentElement.scrollWidth"
SMALL_CONTROLS = """
() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button, .choice label')]
  .filter(one => one.checkVisibility() && !['radio', 'checkbox'].includes(one.type))
  .filter(one => one.getBoundingClientRect().height < 44)
  .map(one => one.outerHTML)
"""
SMALL_TARGETS = """
() => [...document.querySelectorAll('a, button, summary, input:not([type=hidden])')]
  .filter(one => one.checkVisibility() && !one.classList.contains('skip-link'))
  .filter(one => { const box = one.getBoundingClientRect(); return box.height < 23.5 || box.width < 23.5 })
  .map(one => one.outerHTML)
"""
FOCUSED_IS_SEEN = """
() => {
  const one = document.activeElement, box = one.getBoundingClientRect()
  const x = box.left + Math.min(box.width / 2, innerWidth - box.left - 1), y = box.top + box.height / 2
  const top = document.elementFromPoint(x, y)
  return one.contains(top) || top.contains(one) || one.labels?.[0]?.contains(top)
}
"""


def findings(page):
    return Axe().run(page, options={"runOnly": TAGS}).response


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
@pytest.mark.parametrize("path", PAGES)
def test_breaks_no_rule_and_needs_no_sideways_scrolling(opened, path, width, scheme):
    page = opened(path, width, color_scheme=scheme)
    page.evaluate(OPEN_ALL)
    found = findings(page)
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]] == []
    checked = {rule["id"] for kind in ("passes", "violations", "incomplete", "inapplicable") for rule in found[kind]}
    assert "target-size" in checked
    assert page.evaluate(WIDTH) <= width
    assert page.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_form_with_errors_breaks_no_rule(opened, scheme):
    page = opened("/sample/", 320, color_scheme=scheme)
    page.get_by_role("button", name="Send").click()
    assert page.title() == "Error: Sample – lastvote"
    assert [rule["id"] for rule in findings(page)["violations"]] == []


def test_error_summary_has_the_focus_and_leads_to_each_field(opened):
    page = opened("/sample/", java_script_enabled=True)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".error-summary")).to_be_focused()
    for link in page.locator(".error-summary a").all():
        link.click()
        assert page.evaluate("'#' + document.activeElement.id") == link.get_attribute("href")


@pytest.mark.parametrize("path", ["/gallery/", "/sample/"])
@pytest.mark.parametrize("style", [LARGE_LETTERS, WIDE_SPACING], ids=["large letters", "wide spacing"])
@pytest.mark.parametrize("width", [320, 1280])
def test_enlarged_text_stays_inside(opened, path, style, width):
    page = opened(path, width, bypass_csp=True)
    page.evaluate(OPEN_ALL)
    page.add_style_tag(content=style)
    assert page.evaluate(WIDTH) <= width


@pytest.mark.parametrize("path", PAGES)
def test_controls_and_targets_are_large_enough(opened, path):
    page = opened(path, 320)
    assert page.evaluate(SMALL_CONTROLS) == []
    assert page.evaluate(SMALL_TARGETS) == []


def test_focus_is_never_hidden(opened):
    page = opened("/sample/", reduced_motion="reduce")
    seen = []
    for _press in range(14):
        page.keyboard.press("Tab")
        seen.append((page.evaluate("document.activeElement.outerHTML.slice(0, 60)"), page.evaluate(FOCUSED_IS_SEEN)))
    assert [one for one, visible in seen if not visible] == []


def test_skip_link_moves_on_to_the_main_part(opened):
    page = opened("/northbrook/cases/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_pages_of_a_form_load_two_fonts(opened):
    """What a whole page of the form weighs, its journey measures."""
    page = opened("/sample/", 390)
    page.wait_for_load_state("networkidle")
    loaded = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert len([name for name in loaded if name.endswith(".woff2")]) == 2


def test_printing_opens_every_table(opened):
    page = opened("/gallery/")
    page.emulate_media(media="print")
    tables = page.locator("figure details table")
    assert tables.count() > 0
    assert tables.evaluate_all("all => all.filter(one => !one.checkVisibility()).length") == 0
    page.emulate_media(media="screen")
    assert tables.evaluate_all("all => all.filter(one => one.checkVisibility()).length") == 0


def test_printing_leaves_out_what_paper_cannot_do(opened):
    page = opened("/northbrook/cases/", color_scheme="dark")
    page.emulate_media(media="print")
    assert page.get_by_text("Lines in force").count() == 1
    assert page.get_by_text("Lines in force").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_moves_for_those_who_ask_for_rest(opened, scheme):
    page = opened("/gallery/", color_scheme=scheme, reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = (
        "[...document.querySelectorAll('*')].filter(one => getComputedStyle(one).transitionDuration !== '0s').length"
    )
    assert page.evaluate(moving) == 0


def test_groups_are_told_apart_in_forced_colours(opened):
    page = opened("/gallery/", forced_colors="active")
    assert [rule["id"] for rule in findings(page)["violations"]] == []
    labels = page.locator("[data-example=group] abbr").all_inner_texts()
    paths = page.locator("[data-example=group] path").evaluate_all("all => all.map(one => one.getAttribute('d'))")
    assert len(set(labels)) == len(set(paths)) == 12
