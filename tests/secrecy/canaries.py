"""A world in which every secret is a word, or a number, that stands nowhere else."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assessments.actions import answers, publication, rating_drafts, ratings, sheets
from assessments.actions.evidence import add_evidence
from assessments.models import Assessment, PaperSheet, Source
from assessments.scoring.schemes import SCHEMES
from assessments.states import EvidenceKind, SchemeName, Visibility
from lastvote.access import Role
from stakeholders.models import Account, Membership, Person
from tests import factories as make
from tests.architecture.world import NOW, World, send
from tests.assessments.paper_world import ON_PAPER

POINTS = re.compile(rb"(?<![0-9A-Za-z])(?=(?:0?[.,])?0?([1-9]?\d)[.,]?(\d\d)(?![0-9A-Za-z]))")
"""Whatever may be points. All are found in one reading of a page: one reading for each number took minutes."""
WORD = re.compile(rb"(?<![a-z0-9])zq[a-z]+zq\d*(?![a-z])", re.IGNORECASE)
"""What every canary word looks like; inside the letters drawn for a form's token it may come up by chance."""
UNFIXED = {"I": "0.1379", "E": "0.2468", "R": "0.3571", "X": "0.4682"}
"""Ratings of a case that are not fixed yet."""
HALF_RATED = "0.5793"
"""A rating that another evaluator has filled in and not sent."""


@dataclass
class Canaries:
    """What must not be found, by the name of whoever may read it; ``""`` stands for nobody."""

    words: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, tuple[int, ...]] = field(default_factory=dict)


def put_canaries(world: World) -> Canaries:
    """Fill every secret field of the world. The drafter has begun to answer, the author and others have sent."""
    world.people["drafter"] = world.here.members["A"][2]
    world.accounts["drafter"] = world.people["drafter"].account
    found = Canaries()
    _rename(world, found)
    _answers(world, found)
    _draft(world, found)
    _unfixed_ratings(world, found)
    _withheld_evidence(world, found)
    _on_paper(world, found)
    return found


def _rename(world: World, found: Canaries) -> None:
    for person in Person.objects.filter(jurisdiction=world.here.jurisdiction):
        owner = next((who for who, one in world.people.items() if one.pk == person.pk), "")
        Person.objects.filter(pk=person.pk).update(name=f"Zqnamezq{person.pk}")
        Account.objects.filter(pk=person.account_id).update(email=f"zqmailzq{person.pk}@testville.example")
        found.words |= {f"zqnamezq{person.pk}": f"name of {owner}", f"zqmailzq{person.pk}": owner}
    for membership in Membership.objects.filter(group__jurisdiction=world.here.jurisdiction):
        Membership.objects.filter(pk=membership.pk).update(mandate=f"zqmandatezq{membership.pk}")
        found.words[f"zqmandatezq{membership.pk}"] = ""
    for who, person in world.people.items():
        person.refresh_from_db()
        world.accounts[who] = person.account


def _answers(world: World, found: Canaries) -> None:
    """The author changes their answer; six more people send one; everything is counted as it arrives."""
    weight_round = world.rounds["open"]
    others = [*world.here.members["C"], world.here.members["D"][0]]
    senders = {"author": world.people["author"], **{f"other {place}": one for place, one in enumerate(others)}}
    for place, (who, person) in enumerate(senders.items()):
        points = rare_points(place)
        reasons = {"all": f"Because zqreasonzq{person.pk}", "I": f"Zqfactorzq{person.pk}"}
        send(weight_round, person, points, now=NOW - dt.timedelta(hours=1), reasons=reasons)
        found.words |= {f"zqreasonzq{person.pk}": who, f"zqfactorzq{person.pk}": who}
        found.numbers[who] = points
    found.numbers["author before"] = (6101, 1907, 1013, 979)
    publication.count_and_publish(weight_round.assessment_id, NOW)


def _draft(world: World, found: Canaries) -> None:
    person = world.people["drafter"]
    typed = {code: {"typed": number, "number": number} for code, number in zip("IERX", DRAFTED, strict=True)}
    data = {"method": "points", "points": typed, "reasons": {"all": f"zqdraftzq{person.pk}"}}
    answers.save_draft(weight_round=world.rounds["open"], by=person, data=data, now=NOW)
    found.words[f"zqdraftzq{person.pk}"] = "drafter"
    found.numbers["drafter"] = tuple(int(Decimal(number) * 100) for number in DRAFTED)


def rare_points(place: int) -> tuple[int, ...]:
    """Return points for the n-th answer that look like no year and no published number."""
    first, second, third = 4609 + 41 * place, 1873 + 13 * place, 1573 + 17 * place
    return first, second, third, 10_000 - first - second - third


DRAFTED = ("57.31", "19.43", "13.87", "9.39")


def _unfixed_ratings(world: World, found: Canaries) -> None:
    """One evaluator has rated a case; nobody else learns what before all ratings are fixed."""
    incident = world.cases["received"]
    town = world.here
    assessment = ratings.open_assessment(
        incident=incident, scheme=SchemeName.CLASSIC, policy_version=town.policy, opened_on=dt.date(2026, 5, 10),
        by=town.staff[Role.SECRETARIAT], now=NOW,
    )  # fmt: skip
    known = [incident.evidence.get()]
    values = [
        ratings.RatedValue(
            factor=factor,
            part=part,
            value=Decimal(UNFIXED[factor]),
            reason="Zqratingzq",
            evidence=known,
        )
        for factor, part in ratings.expected_parts(SCHEMES[SchemeName.CLASSIC])
    ]
    ratings.submit_rating(assessment=assessment, values=values, by=town.evaluators[0], now=NOW)
    found.words["zqratingzq"] = "evaluator"
    found.numbers["evaluator"] = tuple(int(Decimal(value) * 10_000) for value in UNFIXED.values())
    _half_filled_rating(world, assessment, found)


def _half_filled_rating(world: World, assessment: Assessment, found: Canaries) -> None:
    """The supervisor has filled in one value, which is for them alone."""
    entry = {"typed": HALF_RATED, "number": HALF_RATED, "reason": "Zqhalfzq", "evidence": [1], "none_found": False}
    rating_drafts.save_rating_draft(
        assessment=assessment, item="I", entries={"0": entry}, by=world.people["supervisor"], now=NOW
    )
    found.words["zqhalfzq"] = "supervisor"
    found.numbers["supervisor"] = (int(Decimal(HALF_RATED) * 10_000),)


def _on_paper(world: World, found: Canaries) -> None:
    """A helper has typed the sheet of a member, who has not confirmed it yet: no page shows it to anybody."""
    sheet = PaperSheet.objects.get()
    answer = replace(ON_PAPER, reasons={"all": "Because zqpaperzq", "I": "Zqpaperfactorzq"})
    sheets.type_sheet(sheet=sheet, by=world.people["helper"], answer=answer, key="zq", now=NOW)
    found.words |= {"zqpaperzq": "", "zqpaperfactorzq": ""}
    found.numbers["nobody, on paper"] = ON_PAPER.points


def _withheld_evidence(world: World, found: Canaries) -> None:
    source = Source.objects.create(jurisdiction=world.here.jurisdiction, title="Files", published_words="2026")
    for state in ("rating", "open"):
        add_evidence(
            incident=world.cases[state], kind=EvidenceKind.EVIDENCE, statement="Zqwithheldzq", as_of_words="2026-04-01",
            as_of_from=dt.date(2026, 4, 1), as_of_to=dt.date(2026, 4, 1), sources=[source], caveat="Zqcaveatzq",
            by=world.here.staff[Role.SECRETARIAT], now=make.NOW - 45 * make.DAY, visibility=Visibility.RESTRICTED,
            visibility_reason="It names a witness.",
        )  # fmt: skip
    found.words |= {"zqwithheldzq": "", "zqcaveatzq": ""}


def words_in(content: bytes) -> set[str]:
    """Return the canary words in some bytes."""
    return {word.decode().lower() for word in WORD.findall(content)}


def numbers_in(content: bytes, numbers: Iterable[int]) -> set[int]:
    """Return which of some points stand in the bytes: as 6101, 61.01, 61,01 or 0.6101."""
    return {100 * int(whole) + int(part) for whole, part in POINTS.findall(content)} & set(numbers)
