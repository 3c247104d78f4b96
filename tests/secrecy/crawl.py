"""Opening every page as everybody."""

import re
from collections.abc import Iterable, Iterator

from django.http import HttpResponse
from django.urls import resolve

from deliberation.api.document import examples
from tests.architecture.asking import Browsers
from tests.architecture.routes import Route, address, routes, slots_for
from tests.architecture.world import STATES

MASKS = (
    re.compile(rb'name="csrfmiddlewaretoken" value="\w+"'),
    re.compile(rb'name="key" value="[\w-]+"'),
)
"""What differs each time a page is made: the form's protection token, and the key of a request."""


def everything(
    browsers: Browsers, people: Iterable[str], *, states: Iterable[str] = STATES
) -> Iterator[tuple[str, Route, str, HttpResponse]]:
    """Open every page in every state as everybody; pages without a case only once."""
    for who in people:
        for route in routes():
            for state in states if route.is_of_a_case else ("open",):
                url = address(route, slots_for(browsers.world, route, state=state, who=who))
                yield who, route, state, browsers.ask(who, "GET", url)


def every_write(browsers: Browsers, people: Iterable[str]) -> Iterator[tuple[str, Route, str, HttpResponse]]:
    """Write at every address of the API as everybody, with nothing and with the body of its example."""
    tokens = browsers.world.tokens
    here = {"system": tokens["system"], "deployer": tokens["deployer"], "sources": [tokens["source"]]}
    for who in people:
        for route in routes():
            if not route.is_for_programs:
                continue
            url = address(route, slots_for(browsers.world, route, who=who))
            for method, operation in resolve(url).func.cls.operations.items():
                if method == "GET":
                    continue
                example = examples()[operation.name].get("body", {})
                for body in ({}, example | {name: here[name] for name in here if name in example}):
                    yield who, route, "open", browsers.ask(who, method, url, data=body)


def told(response: HttpResponse) -> bytes:
    """Return all that an answer says: status, content, and headers but cookies and the length, which counts content."""
    heads = "\n".join(f"{name}: {value}" for name, value in response.items() if name != "Content-Length")
    return f"{response.status_code}\n{heads}\n\n".encode() + response.content


def masked(response: HttpResponse) -> bytes:
    """Return all that an answer says, without what is drawn by lot."""
    said = told(response)
    for mask in MASKS:
        said = mask.sub(b"", said)
    return said
