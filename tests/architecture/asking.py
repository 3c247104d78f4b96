"""Asking for every address as everybody, leaving no trace."""

import copy
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.architecture.world import World

TOKEN = {"csrfmiddlewaretoken": "x"}
"""Every form of the site sends at least this."""


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass
class Browsers:
    """One browser for each person of a world. Nothing that happens in one request is left for the next."""

    world: World
    _clients: dict[str, Client] = field(default_factory=dict)

    def ask(self, who: str, method: str, url: str, **more: object) -> HttpResponse:
        """Send one request as ``who`` and take its effects back."""
        client = copy.copy(self._client(who))
        client.cookies = copy.deepcopy(client.cookies)
        with undone():
            if url.startswith("/api/"):
                return _as_a_program(client, method, url, **more)
            if method == "POST":
                return client.post(url, more.pop("data", TOKEN), **more)
            return client.generic(method, url, **more)

    def sign_in(self, people: Iterable[str]) -> None:
        """Have them signed in already, so that taking something back does not sign them out."""
        for who in people:
            self._client(who)

    def _client(self, who: str) -> Client:
        if who not in self._clients:
            self._clients[who] = self.world.client(who)
        return self._clients[who]


def _as_a_program(client: Client, method: str, url: str, **more: object) -> HttpResponse:
    """Send an object, empty unless told otherwise, with a key."""
    body = json.dumps(more.pop("data", {})).encode() if method != "GET" else b""
    headers = {"idempotency-key": "one", **more.pop("headers", {})}
    return client.generic(method, url, body, content_type="application/json", headers=headers, **more)


def outcome(response: HttpResponse) -> int | str:
    """Return the status; of a redirect, whether it leads to signing in or away."""
    if response.status_code in {301, 302}:
        path = urlsplit(response["Location"]).path
        return {"/sign-in/": "sign-in", "/sign-in/again/": "sign-in-again"}.get(path, "away")
    return response.status_code
