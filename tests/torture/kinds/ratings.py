"""Evaluators rate cases on their pages, and keep ratings half filled in."""

import random
import secrets
from dataclasses import replace

from tests.torture.browser import Browser, Page
from tests.torture.kinds.lane import Heard, NotReadyError, Write, heard
from tests.torture.world import Desk, World

SHARE = 20
DRAFTS = 0.5
"""So many only keep one page; the others fill in all of them and send the rating."""


class Rating:
    """One evaluator on one case."""

    def __init__(self, desk: Desk, port: int) -> None:
        self.name = f"ratings {desk.name} {desk.person_id}"
        self._desk = desk
        self._browser = Browser(port, desk.session)
        self._base = f"/{desk.name}/rating/"

    def decide(self, chance: random.Random) -> Write:
        """Rate everything, or keep one page. These forms have no key, so the reasons carry one."""
        whole = chance.random() >= DRAFTS
        codes = self._desk.codes if whole else [chance.choice(self._desk.codes)]
        values = {code: f"0.{chance.randint(0, 999):03}{chance.randint(1, 9)}" for code in codes}
        who = {"place": self._desk.name, "person": self._desk.person_id}
        kind = "rating" if whole else "draft of a rating"
        payload = who | {"act": "rating" if whole else "draft", "values": values}
        return Write(kind, payload, key=secrets.token_urlsafe(12))

    def fill_in(self, write: Write) -> Write:
        """Fill in one page in mind, or all of them on the site."""
        if not self._browser.has_token:
            self._expect(self._browser.get(f"{self._base}{self._desk.codes[0]}/"), 200)
        if write.payload["act"] == "draft":
            return write
        for code in self._desk.codes:
            self._expect(self._keep(write, code), 302)
        return replace(write, form=self._expect(self._browser.get(f"{self._base}check/"), 200).hidden)

    def _keep(self, write: Write, code: str) -> Page:
        fields = {"value_0": write.payload["values"][code], "reason_0": f"Note {write.key}", "evidence_0": "1"}
        return self._browser.post(f"{self._base}{code}/", fields)

    def send(self, write: Write) -> Heard:
        """Send the rating, or keep the one page."""
        if write.payload["act"] == "rating":
            answer = self._browser.post(f"{self._base}check/", write.form)
            done = answer.status == 302 and answer.location == self._base
        else:
            answer = self._keep(write, next(iter(write.payload["values"])))
            done = answer.status == 302 and answer.location.startswith(self._base)
        return heard(answer, receipt="" if done else None)

    def accepted(self, write: Write) -> None:
        """Nothing to remember: the next rating is a new version whatever stands."""

    def _expect(self, page: Page, status: int) -> Page:
        if page.status != status:
            raise NotReadyError(f"{self._base}: {page.status}")
        return page


def lanes(world: World, port: int) -> list[Rating]:
    """Return every evaluator on every case that is being rated."""
    return [Rating(desk, port) for desk in world.desks]
