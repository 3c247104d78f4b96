"""Reading the pages around a sheet of paper, for tests."""

import re

from django.urls import reverse

from assessments import paper_codes
from tests.architecture.world import signed_in
from tests.assessments.weighers import soup

POINTS = {"way": "points", "points_I": "53,21", "points_E": "21.79", "points_R": "16.13", "points_X": "8.87"}
CHOICE = {"way": "choosing", "most": "R", "compare_I": "nearly", "compare_E": "little", "compare_X": "unsure"}
ORDER = {"way": "order", "place_I": "2", "place_E": "2", "place_R": "1", "place_X": "4"}
SECRETS = re.compile(r"53[.,]21|21[.,]79|16[.,]13|(?<!\d)8[.,]87|5321|2179|1613")


def browser(person):
    return signed_in(person.account)


def address(weight_round, name, *more):
    incident = weight_round.assessment.incident
    return reverse(name, args=[incident.jurisdiction.slug, incident.reference, *more])


def sheet_page(weight_round, one):
    return address(weight_round, "paper_sheet", one.sheet.number)


def confirm_url(town):
    return reverse("paper_confirm", args=[town.jurisdiction.slug])


def opening(one, **more):
    return {"number": paper_codes.shown(one.sheet.number), "code": paper_codes.shown(one.code), **more}


def words(response):
    return words_of(soup(response).main)


def words_of(node):
    return " ".join(node.get_text(" ").split())
