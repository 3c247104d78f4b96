"""Sheets of paper in every state, and the two helpers who made them."""

import datetime as dt

from assessments.models import Assessment
from stakeholders.models import Account
from tests import factories as make
from tests.assessments import paper_world as paper


def build(
    town: make.Town, cases: dict[str, Assessment], now: dt.datetime
) -> tuple[dict[str, dict[str, str]], dict[str, Account | None]]:
    """Print sheets for members of group G who do nothing else; return their codes by state, and the helpers."""
    printer, typist = paper.helper(town, "Printing Helper"), paper.helper(town, "Typing Helper")
    four, seven = cases["open"].rounds.get(), cases["open_seven"].rounds.get()
    people = town.members["G"][3:]
    sheets = {
        "printed": paper.printed(four, town.members["F"][3], printer, now=now),
        "typed": paper.printed(four, people[0], printer, now=now),
        "confirmed": paper.printed(four, town.members["F"][4], printer, now=now),
        "seven": paper.printed(seven, people[0], printer, now=now),
        "ordered": paper.printed(seven, town.members["F"][3], printer, now=now),
    }
    for state in ("typed", "confirmed"):
        paper.typed(sheets[state], typist, now=now)
    order = paper.ordered(seven, "EL DI=SU MA CI CA EM", EL="A vote that nobody trusts is no vote.\nNor a choice.")
    paper.typed(sheets["ordered"], typist, answer=order, now=now)
    receipt = paper.confirmed(town, sheets["confirmed"], now=now).receipt
    codes = {state: {"number": one.sheet.number, "code": one.code, "receipt": receipt} for state, one in sheets.items()}
    return codes, {"printing_helper": printer.account, "typing_helper": typist.account}
