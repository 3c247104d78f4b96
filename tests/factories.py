"""A small world for tests, built through the real actions: a town, its people, a rated case, a round.

Nothing surprising: seven groups A to G (C affected communities, D civil society), the classic four factors, and
three members a group unless more are asked for.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count

from django.contrib.auth.hashers import make_password

from assessments.actions import answers, evidence, incidents, policies, publication, ratings, rounds
from assessments.actions.answers import Answer
from assessments.actions.why_changed import Change
from assessments.models import (
    AISystem,
    Assessment,
    Deployer,
    Incident,
    PolicyVersion,
    RoundProposal,
    Source,
    WeightRound,
)
from assessments.scoring.parameters import Parameters
from assessments.scoring.parameters_json import to_plain
from assessments.scoring.parameters_look_out import LookOutParameters
from assessments.scoring.schemes import SCHEMES
from assessments.states import AnswerMethod, EvidenceKind, IncidentKind, SchemeName
from lastvote.access import Role
from lastvote.texts import text
from stakeholders import actions as people
from stakeholders.models import Account, Group, Jurisdiction, Membership, Person

START = dt.date(2026, 1, 1)
NOW = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
CODES = ("A", "B", "C", "D", "E", "F", "G")
FACTOR_VALUES = {"I": "0.7", "E": "0.4", "R": "0.85", "X": "0.55"}
_keys = count(1)


@dataclass
class Town:
    """A jurisdiction with its groups, staff and members."""

    jurisdiction: Jurisdiction
    groups: dict[str, Group]
    staff: dict[Role, Person]
    evaluators: list[Person]
    members: dict[str, list[Person]]
    policy: PolicyVersion
    others: dict[str, object] = field(default_factory=dict)


def policy_body(*, voices: str = "equal", codes: tuple[str, ...] = CODES) -> dict:
    """Return a complete policy body: the paper's numbers."""
    row = {"beta": "1", "gamma": "1", "expertise": "0", "impact": "0", "reason": "as everybody else"}
    return {
        "parameters": {**Parameters().to_json(), "voices": voices},
        "voices": [{"group": code, **row} for code in codes],
        "aggregators": {"classic": "linear", "taxonomy": "linear"},
        "round_clock": {
            "notice_days": 7, "min_days": 15, "max_days": 30, "max_extension_days": 10, "closing_hour": 17,
        },
        "deliberation_clock": {
            "statement_days": 7, "session_days": 12, "answer_days": 15, "longest_days": 60, "max_extension_days": 10,
            "max_pause_days": 10,
        },
        "look_out": to_plain(LookOutParameters()),
    }  # fmt: skip


def make_town(
    *, slug: str = "testville", code: str = "TV", codes: tuple[str, ...] = CODES, size: int = 3, voices: str = "equal",
    synthetic: bool = False, min_size: int = 5,
) -> Town:  # fmt: skip
    """Found a town with staff, groups of ``size`` members each and a policy in force."""
    long_ago = NOW - 100 * DAY
    jurisdiction = people.found_jurisdiction(
        code=code, slug=slug, name=text(slug.title()), purpose=text("Weigh AI incidents together."),
        timezone="Europe/Lisbon", languages=["en"], roadmap_start=START, contact_email=f"office@{slug}.example",
        synthetic=synthetic, now=long_ago,
    )  # fmt: skip
    staff = _staff(jurisdiction, slug)
    evaluators = [_official(jurisdiction, slug, Role.EVALUATOR, staff, number) for number in (1, 2, 3)]
    groups = {
        letter: people.add_group(
            jurisdiction=jurisdiction, code=letter, position_order=place, name=text(f"Group {letter}"),
            description=text(f"People of group {letter}"), label=f"{letter}{letter.lower()}", slot=place,
            is_affected=letter == "C", is_civil_society=letter == "D", min_size=min_size, now=long_ago,
        )
        for place, letter in enumerate(codes)
    }  # fmt: skip
    members = _members(jurisdiction, groups, size)
    policy = policies.adopt_policy(
        jurisdiction=jurisdiction, body=policy_body(voices=voices, codes=codes),
        reason=text("The numbers of the paper."), effective_from=START, proposed_by=staff[Role.ADMIN],
        adopted_by=staff[Role.CHAIR], now=long_ago,
    )  # fmt: skip
    return Town(jurisdiction, groups, staff, evaluators, members, policy)


def _staff(jurisdiction: Jurisdiction, slug: str) -> dict[Role, Person]:
    """The first two founders give each other their roles; together they give everybody else's."""
    staff: dict[Role, Person] = {}
    for role in (Role.SECRETARIAT, Role.CHAIR, Role.COMMITTEE, Role.AUDITOR, Role.ADMIN, Role.DEPLOYER):
        staff[role] = _official(jurisdiction, slug, role, staff)
    return staff


def _official(jurisdiction: Jurisdiction, slug: str, role: Role, staff: dict[Role, Person], number: int = 1) -> Person:
    person = people.add_person(
        jurisdiction=jurisdiction, name=f"{role.value.title()} {number}", email=f"{role.value}{number}@{slug}.example",
        now=NOW - 100 * DAY,
    )  # fmt: skip
    founding = len(staff) < 2
    people.grant_role(
        person=person, role=role, valid_from=START, founding=founding, now=NOW - 100 * DAY,
        proposed_by=None if founding else staff[Role.SECRETARIAT], confirmed_by=None if founding else staff[Role.CHAIR],
    )  # fmt: skip
    return person


def _members(jurisdiction: Jurisdiction, groups: dict[str, Group], size: int) -> dict[str, list[Person]]:
    """The rows that joining leaves, written at once: towns are made in most tests."""
    names = [(letter, number) for letter in groups for number in range(size)]
    accounts = Account.objects.bulk_create(
        Account(email=f"{letter.lower()}{number}@{jurisdiction.slug}.example", password=make_password(None))
        for letter, number in names
    )
    people_ = Person.objects.bulk_create(
        Person(jurisdiction=jurisdiction, account=account, name=f"Member {letter}{number}")
        for account, (letter, number) in zip(accounts, names, strict=True)
    )
    Membership.objects.bulk_create(
        Membership(person=person, group=groups[letter], valid_from=START)
        for person, (letter, _number) in zip(people_, names, strict=True)
    )
    members: dict[str, list[Person]] = {letter: [] for letter in groups}
    for person, (letter, _number) in zip(people_, names, strict=True):
        members[letter].append(person)
    return members


def add_member(jurisdiction: Jurisdiction, group: Group, number: int) -> Person:
    """Add a person who answers for ``group``."""
    person = people.add_person(
        jurisdiction=jurisdiction, name=f"Member {group.code}{number}",
        email=f"{group.code.lower()}{number}@{jurisdiction.slug}.example", now=NOW - 90 * DAY,
    )  # fmt: skip
    people.join_group(person=person, group=group, valid_from=START, now=NOW - 90 * DAY)
    return person


def make_incident(town: Town, *, retrospective: bool = False, title: str = "Housing chatbot") -> Incident:
    """Add an incident with one row of evidence."""
    deployer, _made = Deployer.objects.get_or_create(jurisdiction=town.jurisdiction, name="City Housing Office")
    system, _made = AISystem.objects.get_or_create(
        jurisdiction=town.jurisdiction,
        deployer=deployer,
        name="Chatbot",
        defaults={"description": text("Answers tenants.")},
    )
    by = town.staff[Role.SECRETARIAT]
    incident = incidents.create_incident(
        jurisdiction=town.jurisdiction, kind=IncidentKind.INCIDENT, system=system, title=text(title),
        summary=text("It gave tenants wrong answers."), affected=text("Tenants"), happened_from=dt.date(2026, 4, 1),
        happened_to=dt.date(2026, 4, 30), retrospective=retrospective, by=by, now=NOW - 60 * DAY,
    )  # fmt: skip
    source = Source.objects.create(jurisdiction=town.jurisdiction, title="Council report", published_words="2026-05-01")
    evidence.add_evidence(
        incident=incident, kind=EvidenceKind.EVIDENCE, statement="120 tenants got wrong answers.",
        as_of_words="2026-04-30",
        as_of_from=dt.date(2026, 4, 30), as_of_to=dt.date(2026, 4, 30), sources=[source], by=by, now=NOW - 59 * DAY,
    )  # fmt: skip
    return incident


def make_assessment(
    town: Town, *, incident: Incident | None = None, scheme: SchemeName = SchemeName.CLASSIC, freeze: bool = True,
    values: dict[str, str] | None = None, opened_on: dt.date = dt.date(2026, 5, 10),
) -> Assessment:  # fmt: skip
    """Open an assessment, rated alike by two evaluators and frozen."""
    incident = incident or make_incident(town)
    by = town.staff[Role.SECRETARIAT]
    assessment = ratings.open_assessment(
        incident=incident, scheme=scheme, policy_version=town.policy, opened_on=opened_on, by=by, now=NOW - 50 * DAY
    )
    wanted = values or FACTOR_VALUES
    item = incident.evidence.get()
    rows = [
        ratings.RatedValue(
            factor=factor, part=part, value=Decimal(wanted.get(factor, "0.5")), reason="As the report says.",
            evidence=[item],
        )
        for factor, part in ratings.expected_parts(SCHEMES[scheme])
    ]  # fmt: skip
    for evaluator in town.evaluators[:2]:
        ratings.submit_rating(assessment=assessment, values=rows, by=evaluator, now=NOW - 40 * DAY)
    if freeze:
        ratings.freeze_ratings(assessment=assessment, by=by, now=NOW - 30 * DAY)
        publication.count_and_publish(assessment.pk, NOW - 30 * DAY)
    assessment.refresh_from_db()
    return assessment


def announce(town: Town, assessment: Assessment, *, days: int = 21, opens_at: dt.datetime = NOW) -> WeightRound:
    """Announce a round that opens at ``opens_at``, by two people."""
    before = opens_at - 8 * DAY
    proposal: RoundProposal = rounds.propose_announcement(
        assessment=assessment,
        opens_at=opens_at,
        closes_at=opens_at + days * DAY,
        by=town.staff[Role.SECRETARIAT],
        now=before,
    )
    return rounds.confirm_proposal(proposal=proposal, by=town.staff[Role.CHAIR], now=before)


def open_round(town: Town, assessment: Assessment | None = None, *, days: int = 21) -> WeightRound:
    """Announce and open a round at ``NOW``."""
    return rounds.open_round(weight_round=announce(town, assessment or make_assessment(town), days=days), now=NOW)


def open_town() -> tuple[Town, WeightRound]:
    """Found the smallest town and open a round in it."""
    town = make_town(size=1)
    return town, open_round(town)


def answer(
    weight_round: WeightRound,
    person: Person,
    points: tuple[int, ...],
    *,
    key: str = "",
    now: dt.datetime = NOW,
    because: str = "other",
) -> answers.Accepted:
    """Send points as ``person``, with a reason in case they change an answer of the round before."""
    codes = SCHEMES[weight_round.assessment.scheme].factors
    typed = {code: {"typed": str(value), "number": str(value)} for code, value in zip(codes, points, strict=True)}
    return answers.submit_answer(
        weight_round=weight_round, by=person, key=key or f"key-{next(_keys)}", now=now,
        answer=Answer(points=points, method=AnswerMethod.POINTS, raw={"values": typed}, change=Change(because)),
    )  # fmt: skip
