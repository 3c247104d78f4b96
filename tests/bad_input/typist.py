"""Somebody who types things into the pages of one case."""

from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from assessments.models import Draft
from stakeholders.models import Person
from tests.architecture.asking import TOKEN
from tests.architecture.world import World


@dataclass
class Typist:
    """A signed-in person and the addresses of one case's forms."""

    client: Client
    person: Person
    case: str
    desk: str

    @classmethod
    def of(cls, world: World, who: str, state: str = "open") -> "Typist":
        """Sit ``who`` down in front of a case."""
        slug, ref = world.here.jurisdiction.slug, world.cases[state].reference
        return cls(
            client=world.client(who),
            person=world.people[who],
            case=f"/{slug}/cases/{ref}/",
            desk=f"/{slug}/desk/cases/{ref}/rounds/",
        )

    def post(self, url: str, data: dict[str, object] | None = None, **more: object) -> HttpResponse:
        """Send a form."""
        return self.client.post(url, TOKEN | (data or {}), **more)

    def weigh(self, step: str, data: dict[str, object] | None = None) -> HttpResponse:
        """Send one page of the weight form."""
        return self.post(f"{self.case}weigh/{step}/", data)

    def draft(self) -> dict:
        """Return what was kept of this person's form."""
        row = Draft.objects.filter(roll_entry__person=self.person).first()
        return row.data if row else {}


def errors(response: HttpResponse) -> list[str]:
    """Return the sentences of the error summary."""
    page = BeautifulSoup(response.content, "html.parser")
    return [" ".join(line.get_text().split()) for line in page.select(".error-summary li")]


def heading(response: HttpResponse) -> str:
    """Return the words of the page's heading."""
    return " ".join(BeautifulSoup(response.content, "html.parser").h1.get_text().split())


def boxes(response: HttpResponse) -> dict[str, str]:
    """Return what the page's text boxes hold."""
    page = BeautifulSoup(response.content, "html.parser")
    found = {box["name"]: box.get("value", "") for box in page.select("main input[type=text]")}
    return found | {box["name"]: box.get_text().strip("\n") for box in page.select("main textarea")}
