"""The document: nothing of the API is missing in it, and the page made from it shows all of it."""

import hashlib
import json

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from deliberation.api.document import api_addresses, whole_document
from deliberation.api.meanings import MEANINGS
from deliberation.open_data.answers import ANSWERS
from lastvote.rest.canonical import plain
from stakeholders.api.place import PlaceView
from tests import factories as make
from tests.architecture.routes import routes
from tests.deliberation import world as w

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def document():
    return plain(whole_document())


def operations(document):
    for path, methods in document["paths"].items():
        for method in METHODS & set(methods):
            yield path, method, methods[method]


def test_every_route_and_every_method_stands_in_the_document(document):
    served = {
        (address.path, method.lower())
        for address in api_addresses()
        for method in (address.view.needs if issubclass(address.view, PlaceView) else ("GET",))
    }
    assert {(path, method) for path, method, _operation in operations(document)} == served
    assert len(document["paths"]) == len([route for route in routes() if route.is_for_programs])


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does(document):
    names = [operation["operationId"] for _path, _method, operation in operations(document)]
    assert len(names) == len(set(names))
    silent = [
        operation["operationId"]
        for _path, _method, operation in operations(document)
        if not (operation["summary"] and operation["description"] and operation["tags"])
    ]
    assert silent == []


def test_the_document_names_this_server_and_no_other(document):
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": "http://localhost:8000/api/v1"}]


def test_every_slot_of_an_address_is_described(document):
    for path, methods in document["paths"].items():
        named = [parameter["name"] for parameter in methods["parameters"]]
        assert [f"{{{name}}}" in path for name in named] == [True] * path.count("{")


def test_every_table_of_an_answer_is_described_once(document):
    tables = [table for answer in ANSWERS for table in answer.tables]
    assert {table.name for table in tables} | {"problem"} == set(document["components"]["schemas"])
    assert len({table.name for table in tables}) == len({id(table) for table in tables})


@pytest.mark.django_db
def test_the_document_is_served_as_it_is_and_in_the_readers_language(document):
    answer = w.get("/api/v1/openapi.json")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert json.loads(answer.content) == document
    refused = w.get("/api/v1/openapi.json?version=3.0")
    assert (refused.status_code, json.loads(refused.content)["code"]) == (400, "unknown_filter")


@pytest.mark.django_db
def test_the_page_shows_every_operation_with_its_parameters_and_example(document):
    make.make_town(size=1)
    page = w.soup(w.get("/testville/api/"))
    for path, method, operation in operations(document):
        heading = page.find(id=operation["operationId"])
        assert heading.get_text() == operation["summary"]
        shown = heading.find_next("code").get_text()
        assert shown == f"{method.upper()} /api/v1{path.replace('{slug}', 'testville')}"
    requests = [code.get_text() for code in page.select("pre > code") if code.get_text().startswith("curl")]
    assert len(requests) == len(list(operations(document)))
    assert [one for one in requests if "northbrook" in one or "http://localhost:8000/api/v1/" not in one] == []
    codes = {code.get_text() for code in page.select("#problems ~ table code")}
    assert {"unknown_filter", "not_found", "timezone_required", "method_not_allowed"} <= codes


@pytest.mark.django_db
def test_every_link_inside_the_page_leads_somewhere():
    make.make_town(size=1)
    page = w.soup(w.get("/testville/api/"))
    targets = {link["href"][1:] for link in page.select("main a[href^='#']")}
    names = [tag["id"] for tag in page.select("[id]")]
    assert (targets - set(names), len(names)) == (set(), len(set(names)))


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["data/", "contact/", ""])
def test_other_pages_lead_to_it(page):
    make.make_town(size=1)
    links = [link["href"] for link in w.soup(w.get(f"/testville/{page}")).select("a")]
    assert "/testville/api/" in links


@pytest.mark.django_db
def test_the_type_of_every_problem_leads_to_what_its_code_means(document):
    make.make_town(size=1)
    refused = json.loads(w.get("/api/v1/openapi.json?version=3.0").content)
    address, _hash, code = refused["type"].partition("#")
    assert (address, code) == (f"http://localhost:8000{reverse('api_problems')}", refused["code"])
    page = w.soup(w.get("/help/problems/"))
    told = {row["id"]: row.select("td")[-1].get_text(strip=True) for row in page.select("tbody tr")}
    assert told == {code: str(sentence) for code, sentence in MEANINGS.items()}
    named = {code for _path, _method, one in operations(document) for code in codes_in(one)}
    assert (named - set(told), refused["code"] in told) == (set(), True)
    links = [link["href"] for link in w.soup(w.get("/testville/api/")).select("#problems ~ table a")]
    assert {link.partition("#")[2] for link in links} == set(told)


def codes_in(operation):
    """Return every code that an operation can be refused with."""
    for response in operation["responses"].values():
        schema = response.get("content", {}).get("application/problem+json", {}).get("schema")
        yield from schema["allOf"][1]["properties"]["code"]["enum"] if schema else ()


@pytest.mark.django_db
def test_the_document_and_its_page_are_worked_out_once_and_named_by_their_content(monkeypatch):
    make.make_town(size=1)
    first = w.get("/api/v1/openapi.json")
    page = w.get("/testville/api/").content

    def again():
        raise AssertionError

    monkeypatch.setattr("deliberation.api.document.whole_document", again)
    monkeypatch.setattr("deliberation.api.reference.whole_document", again)
    second = w.get("/api/v1/openapi.json")
    assert (second.content, second["ETag"]) == (first.content, first["ETag"])
    assert first["ETag"] == f'"{hashlib.sha256(first.content).hexdigest()}"'
    known = Client().get("/api/v1/openapi.json", headers={"if-none-match": first["ETag"]})
    assert (known.status_code, known.content, w.get("/testville/api/").content) == (304, b"", page)


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/api/v1/openapi.json", "/testville/api/"])
@pytest.mark.parametrize("most", [2, 0])
def test_the_document_and_its_page_are_counted_as_reads(settings, page, most):
    make.make_town(size=1)
    settings.API_READS_PER_MINUTE = most
    cache.clear()
    answers = [w.get(page) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429 if most else 200]
    assert ("Retry-After" in answers[-1]) == bool(most)
