"""Two towns with everything that an address can name: cases in every state, people in every role, a file of each kind.

The guards of addresses, secrecy and texts walk through this world. Its numbers are small, its states complete.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.test import Client

from assessments.actions import publication, rounds
from assessments.actions.answers import Accepted, Answer, submit_answer
from assessments.actions.import_runs import start_import
from assessments.actions.why_changed import Change
from assessments.models import Assessment, ComputationRun, Incident, PendingImport, WeightRound
from assessments.scoring.schemes import SCHEMES
from assessments.states import AnswerMethod
from deliberation.actions.cases import advance_case
from lastvote import clock
from lastvote.access import Role, TokenScope
from stakeholders import actions as people
from stakeholders import sessions
from stakeholders.access_tokens import make_token
from stakeholders.models import AccessToken, Account, Person
from tests import factories as make
from tests import learning_world as lw
from tests.assessments.paper_world import printed
from tests.factories import Town

NOW = make.NOW + 2 * make.DAY
"""The open round has run for two days."""
STATES = ("received", "rating", "rated", "proposed", "announced", "open", "closed", "published")
GROUPS = ("A", "C", "D")
SIZE = 5
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class World:
    """The town whose pages are looked at, another one, and everybody who may look."""

    here: Town
    there: Town
    cases: dict[str, Incident]
    foreign: Incident
    rounds: dict[str, WeightRound]
    people: dict[str, Person] = field(default_factory=dict)
    accounts: dict[str, Account | None] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        """Return a browser in which ``who`` has just signed in."""
        return signed_in(self.accounts[who])


def signed_in(account: Account | None) -> Client:
    """Return a browser in which the account's owner has just signed in; nobody has without an account."""
    client = Client(raise_request_exception=True)
    if account is not None:
        client.force_login(account, backend=BACKEND)
        session = client.session
        sessions.begin(session, now=clock.now())
        session.save()
    return client


def make_world() -> World:
    """Build both towns. The clock must stand at ``NOW``."""
    here = make.make_town(slug="testville", code="TV", codes=GROUPS, size=SIZE)
    there = make.make_town(slug="otherville", code="OV", codes=GROUPS, size=SIZE)
    cases = {state: make.make_incident(here, title=f"Case that is {state}") for state in STATES}
    found = {
        "announced": make.announce(here, _rated(here, cases["announced"]), opens_at=make.NOW + 5 * make.DAY),
        "open": make.open_round(here, _rated(here, cases["open"])),
        "closed": closed_round(here, cases["closed"]),
        "published": published_round(here, cases["published"]),
    }
    make.make_assessment(here, incident=cases["rating"], freeze=False)
    _rated(here, cases["rated"])
    _propose(here, _rated(here, cases["proposed"]))
    send(found["open"], here.members["A"][1], (6101, 1907, 1013, 979), now=make.NOW + make.DAY)
    publication.count_and_publish(found["open"].assessment_id, NOW)
    foreign = make.make_incident(there, title="Foreign case")
    published_round(there, foreign)
    world = World(here, there, cases, foreign, found)
    world.people = _people(world)
    world.tokens = _tokens(here) | {"access": access_token(world.people["author"])[0].handle}
    world.tokens["sheet"] = printed(found["open"], here.members["D"][1], here.members["D"][1], now=NOW).sheet.number
    world.accounts = {"visitor": None, "account": Account.objects.create_user("nobody@elsewhere.example")}
    world.accounts |= {name: person.account for name, person in world.people.items()}
    return world


def _tokens(town: Town) -> dict[str, str]:
    """A finished training, one that runs, files and an import that wait, and a row of each list."""
    rows = {
        "trained": lw.trained(town, number=2), "started": lw.started(town, number=3), "kept": lw.kept_file(town),
        "cases": _cases_file(town), "imported": _import_run(town), "system": town.jurisdiction.systems.first(),
        "deployer": town.jurisdiction.deployers.first(), "source": town.jurisdiction.sources.first(),
    }  # fmt: skip
    return {name: row.token for name, row in rows.items()}


def access_token(
    person: Person, *, scopes: tuple[TokenScope, ...] = tuple(TokenScope), case: str = "", days: int = 30,
    name: str = "A program", now: dt.datetime = NOW,
) -> tuple[AccessToken, str]:  # fmt: skip
    """Make a token and return it with its text."""
    return make_token(person=person, name=name, scopes=frozenset(scopes), case_reference=case, days=days, now=now)


def _import_run(town: Town) -> ComputationRun:
    """Leave an import of cases waiting for a worker."""
    return start_import(upload=_cases_file(town, "imported0"), by=town.staff[Role.SECRETARIAT], now=NOW)


def _cases_file(town: Town, token: str = "cases0") -> PendingImport:
    """Leave a file of cases beside any other; by the page, either would take the other's place."""
    return PendingImport.objects.create(
        jurisdiction=town.jurisdiction, token=token, content=b"id,title,summary,affected\n1,T1,S1,A1\n",
        uploaded_by=town.staff[Role.SECRETARIAT],
    )  # fmt: skip


def _rated(town: Town, incident: Incident) -> Assessment:
    return make.make_assessment(town, incident=incident)


def _propose(town: Town, assessment: Assessment) -> None:
    """Leave an announcement waiting for the chair."""
    opens = NOW + 10 * make.DAY
    rounds.propose_announcement(
        assessment=assessment, opens_at=opens, closes_at=opens + 20 * make.DAY, by=town.staff[Role.SECRETARIAT], now=NOW
    )


def closed_round(town: Town, incident: Incident) -> WeightRound:
    """A round that everybody answered and that is over but not counted."""
    opens = make.NOW - 20 * make.DAY
    announced = make.announce(town, _rated(town, incident), opens_at=opens, days=15)
    weight_round = rounds.open_round(weight_round=announced, now=opens)
    for place, person in enumerate(member for members in town.members.values() for member in members):
        send(weight_round, person, answer_number(place), now=opens + make.DAY)
    rounds.close_round(weight_round=weight_round, now=opens + 16 * make.DAY)
    weight_round.refresh_from_db()
    return weight_round


def published_round(town: Town, incident: Incident) -> WeightRound:
    """A round that was answered, closed, counted and published."""
    weight_round = closed_round(town, incident)
    publication.count_and_publish(weight_round.assessment_id, NOW)
    weight_round.refresh_from_db()
    return weight_round


def judged_round(town: Town, incident: Incident) -> WeightRound:
    """A published round by which the case was judged; its groups differ too little for talks."""
    weight_round = published_round(town, incident)
    advance_case(weight_round.assessment_id, NOW)
    return weight_round


def send(
    weight_round: WeightRound,
    person: Person,
    points: tuple[int, ...],
    *,
    now: dt.datetime,
    reasons: dict[str, str] | None = None,
) -> Accepted:
    """Send points as the points page does: what was typed, and the number it was read as."""
    codes = SCHEMES[weight_round.assessment.scheme].factors
    typed = [{"typed": f"{value / 100:.2f}", "number": f"{value / 100:.2f}"} for value in points]
    answer = Answer(
        points=points,
        method=AnswerMethod.POINTS,
        raw={"values": dict(zip(codes, typed, strict=True))},
        reasons=reasons or {},
        change=Change("other"),
    )
    key = f"key of {person.pk} at {now.isoformat()}"
    return submit_answer(weight_round=weight_round, by=person, answer=answer, key=key, now=now)


def answer_number(place: int) -> tuple[int, ...]:
    """Return different points for every place."""
    first, second, third = 4003 + 137 * place, 1811 + 29 * place, 907 + 13 * place
    return first, second, third, 10_000 - first - second - third


def _people(world: World) -> dict[str, Person]:
    town, other = world.here, world.there
    found = {role.value: person for role, person in town.staff.items()}
    found["evaluator"] = town.evaluators[0]
    for role in Role:
        if role != Role.MEMBER and role.value not in found:
            found[role.value] = _office(town, role)
    found["person"] = people.add_person(
        jurisdiction=town.jurisdiction, name="Plain Person", email="plain@testville.example", now=make.NOW
    )
    found["member"] = town.members["A"][0]
    found["author"] = town.members["A"][1]
    found["late member"] = _late_member(town)
    found["other member"] = other.members["A"][0]
    found["other secretariat"] = other.staff[Role.SECRETARIAT]
    found["other chair"] = other.staff[Role.CHAIR]
    return found


def _office(town: Town, role: Role) -> Person:
    person = people.add_person(
        jurisdiction=town.jurisdiction, name=f"{role.value.title()} 1", email=f"{role.value}@testville.example",
        now=make.NOW,
    )  # fmt: skip
    people.grant_role(
        person=person, role=role, valid_from=make.START, now=make.NOW,
        proposed_by=town.staff[Role.SECRETARIAT], confirmed_by=town.staff[Role.CHAIR],
    )  # fmt: skip
    return person


def _late_member(town: Town) -> Person:
    """Somebody who joined after the round had opened, so that the roll does not hold them."""
    person = people.add_person(
        jurisdiction=town.jurisdiction, name="Late Member", email="late@testville.example", now=make.NOW
    )
    joined = make.NOW.date() + dt.timedelta(days=1)
    people.join_group(person=person, group=town.groups["A"], valid_from=joined, now=make.NOW + make.DAY)
    return person
