"""Helpers in a town, and sheets of paper in every state, for tests."""

from itertools import count

from assessments import placing
from assessments.actions import sheet_confirming, sheets
from assessments.actions.answers import Answer
from assessments.models import PaperSheet, RollEntry, WeightRound
from assessments.questionnaire import Questionnaire
from assessments.scoring.schemes import SCHEMES
from assessments.states import AnswerMethod
from lastvote.access import Role
from stakeholders import actions as people
from stakeholders.models import Person
from tests import factories as make
from tests.factories import Town

ON_PAPER = Answer(
    points=(5321, 2179, 1613, 887), method=AnswerMethod.POINTS, order_shown=["I", "E", "R", "X"], wording_version="1",
    raw={"values": {
        code: {"typed": number, "number": number}
        for code, number in zip("IERX", ("53.21", "21.79", "16.13", "8.87"), strict=True)
    }},
)  # fmt: skip
_numbers = count(1)


def ordered(weight_round: WeightRound, order: str, **reasons: str) -> Answer:
    """Return an order as on a sheet, like ``I R=X E``, and the reasons written beside it."""
    codes = SCHEMES[weight_round.assessment.scheme].factors
    said = Questionnaire(codes=codes, order=codes, data={}).with_places(placing.read(order, codes))
    return Answer(
        points=said.points(), method=said.method, raw=said.raw(), order_shown=list(codes), reasons=reasons,
        wording_version="1",
    )  # fmt: skip


def helper(town: Town, name: str = "") -> Person:
    """Appoint somebody who helps on paper and has no other part."""
    number = next(_numbers)
    person = people.add_person(
        jurisdiction=town.jurisdiction, name=name or f"Helper {number}",
        email=f"helping{number}@{town.jurisdiction.slug}.example", now=make.NOW,
    )  # fmt: skip
    people.grant_role(
        person=person, role=Role.HELPER, valid_from=make.START, proposed_by=town.staff[Role.SECRETARIAT],
        confirmed_by=town.staff[Role.CHAIR], now=make.NOW,
    )  # fmt: skip
    return person


def place_of(weight_round: WeightRound, person: Person) -> RollEntry:
    """Return a person's place on the roll."""
    return RollEntry.objects.select_related("round__assessment", "group", "person").get(
        round=weight_round, person=person
    )


def printed(weight_round, person, by, *, now=make.NOW, key="") -> sheets.Printed:
    """Print a sheet for a person."""
    return sheets.print_sheet(
        entry=place_of(weight_round, person), by=by, key=key or f"print {next(_numbers)}", now=now
    )


def typed(one: sheets.Printed, by, *, answer=ON_PAPER, now=make.NOW, key="") -> PaperSheet:
    """Type a printed sheet."""
    return sheets.type_sheet(sheet=one.sheet, by=by, answer=answer, key=key or f"type {next(_numbers)}", now=now)


def confirmed(town, one: sheets.Printed, *, typing=1, now=make.NOW):
    """Say yes to a typed sheet."""
    return sheet_confirming.confirm_sheet(**codes_of(town, one), typing=typing, now=now)


def codes_of(town, one: sheets.Printed) -> dict[str, object]:
    """Return what opens a sheet."""
    return {"jurisdiction": town.jurisdiction, "number": one.sheet.number, "code": one.code}
