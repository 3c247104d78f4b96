"""Past cases for tests: what was known on a day, how it was rated, what came of it."""

import datetime as dt
from decimal import Decimal

from assessments.actions import evidence, incidents, publication, ratings
from assessments.models import AISystem, Assessment, Deployer, EvidenceItem, Incident, Source
from assessments.scoring.schemes import SCHEMES
from assessments.states import EvidenceKind, IncidentKind, SchemeName
from lastvote.access import Role
from lastvote.texts import text
from tests import factories as make
from tests.deliberation import world as w

KNOWN_ON = dt.date(2018, 3, 20)
ASKED_ON = dt.date(2018, 4, 10)
OUTCOME_ON = dt.date(2018, 7, 11)


def past_incident(
    town: make.Town,
    title: str = "Harvested profiles",
    *,
    control: bool = False,
    outcome_on: dt.date | None = OUTCOME_ON,
) -> Incident:
    """A past case with one row known on the day of the question and, unless it is a control, its outcome."""
    deployer, _made = Deployer.objects.get_or_create(jurisdiction=town.jurisdiction, name="Profiling Ltd")
    system = AISystem.objects.create(
        jurisdiction=town.jurisdiction,
        deployer=deployer,
        name=f"System of {title}",
        description=text("Profiles voters."),
    )
    incident = incidents.create_incident(
        jurisdiction=town.jurisdiction, kind=IncidentKind.CONTROL if control else IncidentKind.INCIDENT,
        system=system, title=text(title),
        summary=text("It harvested profiles."), affected=text("Voters"), happened_from=dt.date(2017, 1, 1),
        happened_to=KNOWN_ON, retrospective=True, by=town.staff[Role.SECRETARIAT], now=make.NOW - 60 * make.DAY,
    )  # fmt: skip
    add_row(town, incident, "87 million profiles were harvested.", KNOWN_ON)
    if outcome_on and not control:
        add_row(town, incident, "A regulator fined the platform.", outcome_on, kind=EvidenceKind.OUTCOME)
    return incident


def add_row(
    town: make.Town, incident: Incident, statement: str, day: dt.date | None, *,
    kind: EvidenceKind = EvidenceKind.EVIDENCE, published_on: dt.date | None = None, **more: object,
) -> EvidenceItem:  # fmt: skip
    """Add one row of evidence with a source of its own."""
    source = Source.objects.create(
        jurisdiction=town.jurisdiction, title=f"Report on {statement}", published_on=published_on or day
    )
    return evidence.add_evidence(
        incident=incident, kind=kind, statement=statement, as_of_words=str(day or "undated"), as_of_from=day,
        as_of_to=day, sources=[source], by=town.staff[Role.SECRETARIAT], now=make.NOW - 59 * make.DAY, **more,
    )  # fmt: skip


def rated(
    town: make.Town, incident: Incident, values: tuple[str, str] = ("0.6", "0.8"), *,
    scheme: SchemeName = SchemeName.CLASSIC, asked_on: dt.date | None = ASKED_ON,
    parts: dict[tuple[str, int], tuple[str, str]] | None = None,
) -> Assessment:  # fmt: skip
    """Rate a case by two evaluators, freeze and publish its first score; ``parts`` are values unlike the others."""
    by = town.staff[Role.SECRETARIAT]
    assessment = ratings.open_assessment(
        incident=incident, scheme=scheme, policy_version=town.policy, opened_on=make.NOW.date() - 20 * make.DAY,
        evidence_cutoff=asked_on, by=by, now=make.NOW - 50 * make.DAY,
    )  # fmt: skip
    item = incident.evidence.get(number=1)
    for place, evaluator in enumerate(town.evaluators[:2]):
        rows = [
            ratings.RatedValue(
                factor=factor, part=part, value=Decimal((parts or {}).get((factor, part), values)[place]),
                reason="As the row says.", evidence=[item],
            )
            for factor, part in ratings.expected_parts(SCHEMES[scheme])
        ]  # fmt: skip
        ratings.submit_rating(assessment=assessment, values=rows, by=evaluator, now=make.NOW - 40 * make.DAY)
    ratings.freeze_ratings(assessment=assessment, by=by, now=make.NOW - 30 * make.DAY)
    publication.count_and_publish(assessment.pk, make.NOW - 30 * make.DAY)
    assessment.refresh_from_db()
    return assessment


def weighed(
    town: make.Town, assessment: Assessment, *, silent: tuple[str, ...] = (), publish: bool = True,
    opens_at: dt.datetime = make.NOW,
) -> w.World:  # fmt: skip
    """Hold a round on a rated past case, published unless it is left open."""
    weight_round = w.rounds.open_round(weight_round=make.announce(town, assessment, opens_at=opens_at), now=opens_at)
    for code, people in town.members.items():
        for person in people[:2] if code in silent else people:
            make.answer(weight_round, person, w.LEANINGS[code], now=opens_at)
    if publish:
        closed_at = opens_at + (w.CLOSED - make.NOW)
        w.rounds.close_round(weight_round=weight_round, now=closed_at)
        publication.count_and_publish(assessment.pk, closed_at)
    return w.World(town, assessment, weight_round)
