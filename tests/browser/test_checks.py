"""Each check finds the fault that it is there for."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.checks import axe, charts, colours, errors, keyboard, layout, structure, targets, titles

pytestmark = pytest.mark.browser
FRAME = """<!doctype html><html lang="en"><head><title>{title}</title><style>html {{ background: #fff }}</style></head>
<body><a class="skip-link" href="#{target}">Skip</a>
<header><ul class="links"><li><a href="/help">Help</a></li></ul></header>
<main id="main" tabindex="-1"><div role="status" id="status"></div><h1>Heading</h1>{inside}</main>
<footer>Foot</footer></body></html>"""
DRAWING = """<figure><svg role="img" width="90" height="20"><title>{name}</title><rect data-part="{part}"/></svg>
<table><tr><th>Harm</th><td>17.5</td></tr></table></figure>"""
A_FORM = """<div class="error-summary" tabindex="-1" {focus}><ul><li><a href="#{target}">{told}</a></li></ul></div>
<label for="a">A</label><p class="wrong" id="e">{beside}</p>
<input id="a" name="a" value="kept" aria-describedby="e" {invalid}>"""


@pytest.fixture
def show(browser: Browser):
    """Show a page with something inside."""
    page = browser.new_page(viewport={"width": 320, "height": 640})

    def showing(inside: str = "", *, title: str = "A title", target: str = "main") -> Page:
        page.set_content(FRAME.format(title=title, target=target, inside=inside))
        return page

    yield showing
    page.close()


def test_nothing_is_found_where_nothing_is_wrong(show):
    page = show('<p>Words</p><p><button type="button" class="x">Press this one</button></p>')
    page.add_style_tag(content="button { min-height: 44px; outline-offset: 2px } :focus { outline: 3px solid #000 }")
    axe.load(page)
    found = axe.violations(page) + keyboard.walk(page) + layout.reflow(page) + layout.collisions(page)
    found += charts.charts(page) + colours.forced_colours(page) + keyboard.skip(page)
    found += [one for one in structure.structure(page) if not one.startswith("inline style")]
    assert [one for one in found if "/help" not in one and "#main" not in one] == []


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<h1>Another</h1>", "2 of h1"),
        ('<p style="color: red">Red</p>', "inline style or script"),
        ('<p onclick="x()">Press</p>', "inline handler"),
        ('<input type="number" aria-label="n">', "slider, spinner or dragging"),
        ('<textarea maxlength="9" aria-label="n"></textarea>', "a limit that the browser enforces"),
        ('<a href="/" target="_blank">Away</a>', "a link that opens a window"),
        ('<button tabindex="3">Press</button>', "a positive tabindex"),
        ('<i id="main"></i>', "id twice"),
        ('<span class="group"><svg></svg></span>', "a group told by colour alone"),
    ],
)
def test_structure(show, inside, words):
    assert [one for one in structure.structure(show(inside)) if one.startswith(words)] != []


def test_axe(show):
    page = show('<img src="/x.png"><p style="color: #ccc">Faint words that nobody can read</p>')
    axe.load(page)
    assert {"axe image-alt", "axe color-contrast"} <= {one.split(":")[0] for one in axe.violations(page)}
    assert [one.split(":")[0] for one in axe.rules(page, "color-contrast")] == ["axe color-contrast"]


def test_reflow(show):
    wide = '<div style="width: 500px">Wide</div>'
    assert layout.reflow(show(wide))[0] == "the page is 508px wide"
    named = f'<div class="table-scroll" tabindex="0" aria-label="Wide" style="overflow-x: auto">{wide}</div>'
    assert layout.reflow(show(named)) == []
    assert len(layout.reflow(show(named.replace("aria-label", "title")))) == 1


def test_collisions(show):
    over = '<p style="margin: 0">First words</p><p style="margin: -1.1em 0 0">Second words</p>'
    assert layout.collisions(show(over)) == ['"First words" is printed over "Second words"']
    cut = '<div style="height: 1em; overflow: hidden"><p>One</p><p>Two</p></div>'
    assert [one.split(":")[0] for one in layout.collisions(show(cut))][:1] == ["cut off"]
    fits = '<p style="height: 24px; overflow: hidden; margin: 0">One line that just fits</p>'
    assert layout.collisions(show(fits)) == []
    assert layout.collisions(show(fits), layout.DOUBLE) != []


def test_targets(show):
    small = [one.split(" ", 1)[1].split(":")[0] for one in targets.small_targets(show("<button>x</button>"))]
    assert small.count("is under 44") == 1
    alone = targets.small_targets(show('<ul><li><a href="/a">i</a></li></ul>'))
    assert [one for one in alone if '/a"' in one] != []
    inside = targets.small_targets(show('<p>A sentence with <a href="/a">a link</a> inside.</p>'))
    assert [one for one in inside if '/a"' in one] == []


def test_keyboard(show):
    hidden = (
        '<style>.c { position: fixed; inset: 0; background: #fff }</style><a href="/a">Under</a><div class="c"></div>'
    )
    assert [one for one in keyboard.walk(show(hidden)) if one.startswith("hidden when focused")] != []
    ringless = "<style>:focus { outline: none }</style><a href='/a'>Link</a>"
    assert [one for one in keyboard.walk(show(ringless)) if one.startswith("no focus ring")] != []
    faint = "<style>:focus { outline: 3px solid #eee }</style><a href='/a'>Link</a>"
    assert [one for one in keyboard.walk(show(faint)) if one.startswith("faint focus ring")] != []
    assert keyboard.skip(show(target="nowhere")) == ["the skip link leads to ''"]


@pytest.mark.parametrize(
    ("name", "part", "words"),
    [
        ("Harm adds 17.5 of 62.5", "17.5", []),
        ("Harm adds most of all", "17.5", ['a drawing called "Harm adds most of all"']),
        ("Harm adds 17.5 of 62.5", "18", ['not in the table: {"part":"18"}']),
    ],
)
def test_charts(show, name, part, words):
    assert charts.charts(show(DRAWING.format(name=name, part=part))) == words


def test_forced_colours(show):
    shape = '<svg width="9" height="9"><path fill="Canvas" d="M0 0h9v9z"/></svg>'
    same = f'<span class="group" style="forced-color-adjust: none">{shape}A</span>'
    assert len(colours.forced_colours(show(same))) == 1


def a_form(**wanted: str) -> str:
    usual = {
        "focus": "autofocus",
        "target": "a",
        "told": "Type A",
        "beside": "Type A",
        "invalid": 'aria-invalid="true"',
    }
    return A_FORM.format(**usual | wanted)


@pytest.mark.parametrize(
    ("wanted", "title", "words"),
    [
        ({}, "Error: A title", []),
        ({}, "A title", ["the title is A title"]),
        ({"beside": "Type it"}, "Error: A title", ["only beside the field: Type it"]),
        ({"invalid": ""}, "Error: A title", ["not marked as wrong: #a"]),
        ({"target": "b"}, "Error: A title", ["a link to nothing: #b", "the link to b moves the focus to ''"]),
    ],
)
def test_error_summary(show, wanted, title, words):
    page = show(a_form(**wanted), title=title)
    page.locator(".error-summary").focus()
    assert errors.error_summary(page) == words


def test_an_error_summary_without_the_focus(show):
    page = show(a_form(focus=""), title="Error: A title")
    assert [one.split(" on ")[0] for one in errors.error_summary(page)] == ["the focus is"]


def test_values_that_were_lost(show):
    assert errors.kept(show(a_form()), (("a", "typed"),)) == ["a now says 'kept'"]


def test_titles(show, tmp_path):
    page = show(title="Error: Cases")
    assert [titles.title(page, route, tmp_path) for route in ("cases", "cases", "case")] == [
        [], [], ["the title 'Cases' belongs to cases too"],
    ]  # fmt: skip


def test_shares_that_are_told_otherwise(show):
    bar = '<div class="shares"><svg><rect data-share="40%"/></svg><ul><li><strong>{}</strong></li></ul></div>'
    found = [charts.charts(show(bar.format(told))) for told in ("40%", "41%")]
    assert found == [[], ["shares drawn as 40% and told as 41%"]]
