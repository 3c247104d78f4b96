"""Answers on the pages: the first one, changes, and taking them back, by the hidden key of the form."""

import random
import re
from dataclasses import replace

from tests.torture.browser import Browser, Page
from tests.torture.kinds.lane import Heard, NotReadyError, Write, heard
from tests.torture.world import Place, World

SHARE = 50
WITHDRAWALS = 0.15
"""Of those who have an answer standing, so many take it back; the others change it."""
_RECEIPT = re.compile(r"/weigh/sent/([^/]+)/$")


class Answering:
    """One person on the roll of one round."""

    def __init__(self, place: Place, port: int) -> None:
        self.name = f"answers {place.name} {place.person_id}"
        self._place = place
        self._browser = Browser(port, place.session)
        self._base = f"/{place.name}/weigh/"
        self._standing = False

    def decide(self, chance: random.Random) -> Write:
        """Answer, change the answer that stands, or take it back."""
        who = {"place": self._place.name, "person": self._place.person_id}
        if self._standing and chance.random() < WITHDRAWALS:
            return Write("withdrawal", who | {"act": "withdraw"})
        points = {code: str(chance.randint(1, 60)) for code in self._place.codes}
        return Write("change" if self._standing else "first answer", who | {"act": "answer", "points": points})

    def fill_in(self, write: Write) -> Write:
        """Go through the pages as people do, and stop before the last button."""
        if not self._browser.has_token:
            self._expect(self._browser.get(f"{self._base}points/"), 200)
        if write.payload["act"] == "answer":
            self._expect(self._browser.post(f"{self._base}points/", write.payload["points"]), 302)
            if not self._standing:
                self._expect(self._browser.post(f"{self._base}why/", {"all": ""}), 302)
        form = self._expect(self._browser.get(self._last_page(write)), 200).hidden
        return replace(write, key=form["key"], form=form)

    def send(self, write: Write) -> Heard:
        """Send what the check page showed."""
        answer = self._browser.post(self._last_page(write), write.form)
        found = _RECEIPT.search(answer.location) if answer.status == 302 else None
        return heard(answer, receipt=found[1] if found else None)

    def accepted(self, write: Write) -> None:
        """Remember whether an answer stands now."""
        self._standing = write.payload["act"] == "answer"

    def _last_page(self, write: Write) -> str:
        return f"{self._base}{'withdraw' if write.payload['act'] == 'withdraw' else 'check'}/"

    def _expect(self, page: Page, status: int) -> Page:
        if page.status != status:
            raise NotReadyError(f"{self._base}: {page.status}")
        return page


def lanes(world: World, port: int) -> list[Answering]:
    """Return everybody on a roll who uses the pages."""
    return [Answering(place, port) for place in world.places if not place.token]
