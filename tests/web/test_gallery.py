"""Every component renders its examples; charts agree with their tables."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import override_settings

from lastvote.web.gallery import COMPONENTS, components

PARTS_OF_A_FRAME = {"slope_table", "site_head", "site_foot", "field_body", "patterns", "deadline", "question"}
EXAMPLES = [(one.name, title, html) for one in components() for title, html in one.rendered()]
CHARTS = [(name, title, html) for name, title, html in EXAMPLES if 'role="img"' in html]


def test_every_component_has_examples():
    templates = {path.stem for path in COMPONENTS.glob("*.html")}
    assert templates == {component.name for component in components()} | PARTS_OF_A_FRAME


@pytest.mark.parametrize(("name", "title", "html"), EXAMPLES, ids=lambda value: str(value)[:40])
def test_example_is_well_formed(name, title, html):
    page = BeautifulSoup(html, "html.parser")
    assert html.strip() != ""
    assert "style=" not in html
    assert page.find(["script", "style"]) is None
    assert page.find_all(draggable=True) == []
    assert [field["type"] for field in page.find_all("input") if field["type"] in {"range", "number"}] == []
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(("name", "title", "html"), CHARTS, ids=lambda value: str(value)[:40])
def test_chart_has_a_name_with_a_number_and_a_table_of_its_marks(name, title, html):
    page = BeautifulSoup(html, "html.parser")
    drawing = page.find("svg", role="img")
    sentence = drawing.title.text
    assert re.search(r"\d", sentence)
    assert len(sentence.split()) >= 4
    cells = {cell.text.strip() for cell in page.select("td.number")}
    plotted = {
        tag[attribute]
        for tag in drawing.find_all(True)
        for attribute in ("data-score", "data-part", "data-weight", "data-rating", "data-line")
        if tag.get(attribute)
    }
    assert plotted <= cells
    assert page.find("details").summary.text == "See as a table"
    assert page.table.caption.text.strip() != ""


@pytest.mark.parametrize(("demo", "status"), [(True, 200), (False, 404)])
def test_gallery_is_only_there_for_trying(client, demo, status):
    with override_settings(DEMO=demo, DEBUG=False, ROOT_URLCONF="tests.web.pages"):
        assert client.get("/gallery/").status_code == status
