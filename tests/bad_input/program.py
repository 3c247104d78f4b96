"""A program that acts for one person, with a session that has just begun or with an access token."""

import json
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.test import Client

from tests.architecture.world import World, signed_in

JSON = "application/json"


@dataclass
class Program:
    """Somebody's program in front of one case."""

    client: Client
    case: str
    place: str
    headers: dict[str, str] = field(default_factory=dict)
    sent: int = 0

    @classmethod
    def of(cls, world: World, who: str, state: str = "open", *, token: str = "") -> "Program":
        """Let a program act for ``who``; with a token it has no session."""
        place = f"/api/v1/{world.here.jurisdiction.slug}/"
        client = signed_in(None if token else world.accounts[who])
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return cls(client, f"{place}cases/{world.cases[state].reference}/", place, headers)

    def send(self, method: str, url: str, data: object = None, *, body: bytes | str | None = None, **headers: str):
        """Send an object as JSON, or a body as it is, each time with a new key."""
        self.sent += 1
        told = {"idempotency-key": f"key {self.sent}", **self.headers, **headers}
        told = {name: value for name, value in told.items() if value is not None}
        return self.client.generic(
            method, url, body if body is not None else _written(data), content_type=JSON, headers=told
        )

    def answer(self, data: object = None, **more: object) -> HttpResponse:
        """Send an answer on the case."""
        return self.send("POST", f"{self.case}answer/", data, **more)


def _written(data: object) -> bytes:
    return b"" if data is None else json.dumps(data).encode()


def problem(response: HttpResponse) -> tuple[int, str, str]:
    """Return status, code and pointer of a problem."""
    assert response["Content-Type"] == "application/problem+json", response.content
    told = response.json()
    assert told["detail"]
    return response.status_code, told["code"], told.get("field", "")
