"""People with a browser, for tests of the weight form."""

from bs4 import BeautifulSoup
from django.test import Client

from assessments.models import WeightRound
from stakeholders.models import Person

FOUR = {"I": "most", "E": "little", "R": "nearly", "X": "over_half"}  # the worked example: 100/20/80/60


class Weigher:
    """One person in front of the form of one round."""

    def __init__(self, weight_round: WeightRound, person: Person) -> None:
        self.round = weight_round
        self.person = person
        self.client = Client()
        self.client.force_login(person.account, backend="allauth.account.auth_backends.AuthenticationBackend")
        incident = weight_round.assessment.incident
        self.place = f"/{incident.jurisdiction.slug}/"
        self.base = f"{self.place}cases/{incident.reference}/weigh/"

    def get(self, step=""):
        return self.client.get(self.base + step)

    def post(self, step, **data):
        return self.client.post(self.base + step, data)

    def compare_all(self, labels, pages):
        """Post every comparison page with the labels of the items that it asks about."""
        for number in range(1, pages + 1):
            asked = radios(self.get(f"compare/{number}/"))
            response = self.post(f"compare/{number}/", **{code: labels[code] for code in asked})
        return response

    def answer_four(self, labels=None):
        """Go through the form of four items up to the check page."""
        labels = labels or FOUR
        most = next(code for code, label in labels.items() if label == "most")
        self.post("most/", most=most)
        self.compare_all(labels, 1)
        return self.post("why/", all="")

    def send(self):
        """Send what the check page shows."""
        return self.post("check/", **hidden(self.get("check/")))


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def radios(response):
    """Names of the sets of radios, in the order of the page."""
    return list(dict.fromkeys(field["name"] for field in soup(response).select("main input[type=radio]")))


def hidden(response):
    """The hidden fields of the form that the check or withdrawal page sends."""
    return {field["name"]: field["value"] for field in soup(response).select("main input[type=hidden]")}


def summary(response):
    """The error summary as (target, sentence)."""
    return [(link["href"], link.get_text(strip=True)) for link in soup(response).select(".error-summary a")]


def title(response):
    return " ".join(soup(response).title.get_text().split())
