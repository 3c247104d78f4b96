"""Answers through the API: people whose program sends, changes and takes back, under a key of its own for each act."""

import http.client
import json
import random
import secrets
from dataclasses import replace

from tests.torture.browser import PATIENCE, NoAnswerError
from tests.torture.kinds.answers import WITHDRAWALS
from tests.torture.kinds.lane import Heard, Write
from tests.torture.world import Place, World

SHARE = 30


class Program:
    """One person's program, with a token of theirs."""

    def __init__(self, place: Place, port: int) -> None:
        self.name = f"program {place.name} {place.person_id}"
        self._place = place
        self._port = port
        town, case = place.name.split("/", 1)
        self._path = f"/api/v1/{town}/{case}/answer/"
        self._standing = False

    def decide(self, chance: random.Random) -> Write:
        """Answer, change the answer that stands, or take it back."""
        who = {"place": self._place.name, "person": self._place.person_id, "by": "program"}
        if self._standing and chance.random() < WITHDRAWALS:
            return Write("withdrawal (API)", who | {"act": "withdraw"})
        points = {code: str(chance.randint(1, 60)) for code in self._place.codes}
        kind = "change (API)" if self._standing else "first answer (API)"
        return Write(kind, who | {"act": "answer", "points": points})

    def fill_in(self, write: Write) -> Write:
        """Choose the key that every attempt will carry."""
        return replace(write, key=secrets.token_urlsafe(18))

    def send(self, write: Write) -> Heard:
        """Send the request; what a program hears is JSON."""
        if write.payload["act"] == "withdraw":
            return self._request("DELETE", write.key, None)
        points = {code: int(points) for code, points in write.payload["points"].items()}
        return self._request("POST", write.key, json.dumps({"points": points}))

    def accepted(self, write: Write) -> None:
        """Remember whether an answer stands now."""
        self._standing = write.payload["act"] == "answer"

    def _request(self, method: str, key: str, body: str | None) -> Heard:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        headers = {"Authorization": f"Bearer {self._place.token}", "Idempotency-Key": key}
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            connection.request(method, self._path, body, headers)
            response = connection.getresponse()
            return _heard(response.status, response.read())
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswerError(type(error).__name__) from error
        finally:
            connection.close()


def _heard(status: int, body: bytes) -> Heard:
    if status in (200, 201):
        return Heard(str(status), "accepted", json.loads(body)["receipt"])
    certain = status < 500 and status != 429
    return Heard(str(status), "refused" if certain else "")


def lanes(world: World, port: int) -> list[Program]:
    """Return everybody on a roll who has a token."""
    return [Program(place, port) for place in world.places if place.token]
