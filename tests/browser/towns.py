"""The world that the browser visits, built through the real actions: every state that a page can show.

``build`` runs once, in the server's process. Pages of the catalogue only read it; journeys get towns of their own.
"""

import datetime as dt
import json
from decimal import Decimal
from itertools import count
from typing import Any

from bs4 import BeautifulSoup
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from assessments.actions import computations, policy_proposals, publication, rounds, training
from assessments.actions.answers import Answer, submit_answer
from assessments.models import Assessment, PolicyProposal, Submission, WeightRound
from assessments.scoring.record import canonical_bytes
from assessments.scoring.schemes import SCHEMES
from assessments.states import AnswerMethod, SchemeName
from lastvote import clock
from lastvote.access import Role
from stakeholders import actions as people
from stakeholders import sessions
from stakeholders.models import Account, Person
from stakeholders.notices.choices import off_path
from tests import casework_world
from tests import factories as make
from tests import learning_world as lw
from tests import rating_world as rw
from tests.browser import paper_towns, past_towns, rating_towns, second_towns, talks_towns

NOW = make.NOW + 2 * make.DAY
"""The open rounds have run for two days."""
PASSWORD = "four plain words together"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SEVEN = (3000, 2000, 1500, 1200, 1000, 800, 500)
MEMBERS = {
    "member": ("A", 0), "author": ("A", 1), "compared": ("B", 0), "pointed": ("B", 1), "alone": ("D", 0),
    "typing": ("E", 0), "withdrawn": ("F", 0), "unsure": ("F", 1), "leaving": ("G", 0),
    "ranked": ("G", 1), "moving": ("G", 2),
}  # fmt: skip
"""Members by what they have done in the open rounds."""
_numbers = count(1)
_towns = count(1)
_facts: dict[str, Any] = {}


def build() -> dict[str, Any]:
    """Found the towns and fill them; return where everything is: addresses by state, sessions by person, receipts."""
    talk_places, talkers = talks_towns.build()  # first: its clock runs before that of the others
    town, small = make.make_town(size=5), make.make_town(slug="smallville", code="SV", codes=("A", "C", "D"), size=5)
    cases = _early_cases(town) | _open_cases(town) | _late_cases(town) | _small_cases(small)
    _change_policy(small)
    incidents = {name: assessment.incident for name, assessment in cases.items()}
    incidents["received"] = make.make_incident(town, title="A case just received")
    make.make_town(slug="emptyville", code="EV", size=1)
    demo_email = _synthetic_town()
    rating_places, raters = rating_towns.build(NOW)
    second_places, second_people = second_towns.build(NOW)
    _plain_person(town)
    papers, helpers = paper_towns.build(town, cases, NOW)
    _facts.update(
        case={name: f"/{one.jurisdiction.slug}/cases/{one.reference}/" for name, one in incidents.items()},
        desk={name: f"/{one.jurisdiction.slug}/desk/cases/{one.reference}/rounds/" for name, one in incidents.items()},
        place={"town": "/testville/", "small": "/smallville/", "empty": "/emptyville/", "demo": "/demoville/"}
        | {"off": off_path(town.members["F"][0]), "off_too": off_path(town.members["F"][1])}
        | {"off_again": off_path(town.members["F"][2])}
        | _learning(town, small) | rating_places | second_places | talk_places | casework_world.places(town, now=NOW)
        | _try_places(cases),
        past=past_towns.build(), papers=papers,
        demo_email=demo_email, email="plain@testville.example", password=PASSWORD,
        sessions=_sessions(town, small, raters | second_people | talkers | helpers), receipts=_receipts(town, cases),
    )  # fmt: skip
    _drafts(cases)
    return _facts


def _early_cases(town: make.Town) -> dict[str, Assessment]:
    found = {
        "rating": make.make_assessment(town, incident=_incident(town, "A case being rated"), freeze=False),
        "rated": _rated(town, "A case that is rated"),
        "retro_rated": make.make_assessment(town, incident=_incident(town, "A past case, rated", retrospective=True)),
        "proposed": _rated(town, "A case with a proposed round"),
        "announced": _rated(town, "A case with an announced round"),
        "due": _rated(town, "A case whose round should be open"),
    }
    opens = NOW + 10 * make.DAY
    rounds.propose_announcement(
        assessment=found["proposed"], opens_at=opens, closes_at=opens + 20 * make.DAY,
        by=town.staff[Role.SECRETARIAT], now=NOW,
    )  # fmt: skip
    make.announce(town, found["announced"], opens_at=NOW + 5 * make.DAY)
    make.announce(town, found["due"], opens_at=NOW - dt.timedelta(hours=1))
    return found


def _open_cases(town: make.Town) -> dict[str, Assessment]:
    found = {
        "open": _rated(town, "A case open for answers"),
        "open_seven": _rated(town, "Seven kinds of risk, open", scheme=SchemeName.TAXONOMY),
        "at_one": _rated(town, "A case rated as high as can be", values={"I": "1"}),
    }
    for assessment in found.values():
        make.open_round(town, assessment)
    return found


def _late_cases(town: make.Town) -> dict[str, Assessment]:
    retro = _incident(town, "A past case, weighed", retrospective=True)
    return {
        "published": _held(town, "A case with a published score"),
        "published_seven": _held(town, "Seven kinds of risk, published", scheme=SchemeName.TAXONOMY),
        "retrospective": _held(town, "", incident=retro),
    }


def _small_cases(town: make.Town) -> dict[str, Assessment]:
    found = {
        "closing": _rated(town, "A case about to close early"),
        "closed": _held(town, "A case being counted", publish=False),
        "absent": _held(town, "A case that one group left alone", silent=("A",)),
        "provisional": _held(town, "A case without affected communities", silent=("C",)),
    }
    _answer_all(town, make.open_round(town, found["closing"]), make.NOW + make.DAY)
    rounds.propose_early_close(
        weight_round=found["closing"].rounds.get(), reason="Everybody has answered.",
        by=town.staff[Role.SECRETARIAT], now=NOW,
    )  # fmt: skip
    return found


def _change_policy(town: make.Town) -> None:
    """One change adopted, another waiting."""
    first = _propose_policy(town, quorum=2, now=make.NOW)
    policy_proposals.adopt_proposal(proposal=first, seen=first.digest, by=town.staff[Role.CHAIR], now=make.NOW)
    _propose_policy(town, high={"s_initial": "0.85", "s_full": "0.75", "alpha_initial": "0.01", "alpha_full": "0.05"},
                    now=NOW)  # fmt: skip


def _propose_policy(town: make.Town, *, now: dt.datetime, **changes: Any) -> PolicyProposal:
    base = town.jurisdiction.policies.latest("number")
    data = json.loads(base.body)
    body = canonical_bytes({**data, "parameters": {**data["parameters"], **changes}}).decode()
    return policy_proposals.propose_policy(
        base=base, body=body, reason=make.text("The first year taught us this."),
        effective_from=dt.date(2026, 8, 1), by=town.staff[Role.ADMIN], now=now,
    )  # fmt: skip


def _learning(town: make.Town, small: make.Town) -> dict[str, str]:
    """A finished training, one that runs, one that failed, and a file that waits for its columns."""
    done, running, failed = lw.trained(town, number=2), lw.started(town, number=3), lw.started(small, number=3)
    training.fail(failed, computations.GIVEN_UP, NOW)
    return {
        "record": f"/testville/learning/{done.token}/",
        "running": f"/testville/desk/learning/trainings/{running.token}/",
        "failed": f"/smallville/desk/learning/trainings/{failed.token}/",
        "columns": f"/testville/desk/learning/import/{lw.kept_file(town, now=NOW).token}/",
    }


def _try_places(cases: dict[str, Assessment]) -> dict[str, str]:
    """The sandbox with points typed for four things and for seven."""
    four, seven = (cases[name].incident.reference for name in ("published", "open_seven"))
    return {
        "try_four": f"/testville/try/?case={four}&I=40&E=10&R=30&X=",
        "try_order": f"/testville/try/?case={four}&way=order",
        "try_choosing": f"/testville/try/?case={four}&way=choosing",
        "try_choosing_seven": f"/testville/try/?case={seven}&way=choosing&most=EL",
        "try_seven": f"/testville/try/?case={seven}&DI=3&SU=2&EL=2&MA=1&CI=1&CA=1&EM=0",
    }


def _incident(town: make.Town, title: str, **wanted: Any) -> Any:
    return make.make_incident(town, title=title, **wanted)


def _rated(town: make.Town, title: str, **wanted: Any) -> Assessment:
    return make.make_assessment(town, incident=_incident(town, title), **wanted)


def _held(
    town: make.Town, title: str, *, publish: bool = True, silent: tuple[str, ...] = (), incident: Any = None,
    scheme: SchemeName = SchemeName.CLASSIC,
) -> Assessment:  # fmt: skip
    """A round that was answered and closed, and published unless it is left to be counted."""
    assessment = make.make_assessment(town, incident=incident or _incident(town, title), scheme=scheme)
    opens = make.NOW - 20 * make.DAY
    weight_round = rounds.open_round(weight_round=make.announce(town, assessment, opens_at=opens, days=15), now=opens)
    _answer_all(town, weight_round, opens + make.DAY, silent=silent)
    rounds.close_round(weight_round=weight_round, now=opens + 16 * make.DAY)
    if publish:
        publication.count_and_publish(assessment.pk, NOW)
    return assessment


def _answer_all(
    town: make.Town, weight_round: WeightRound, now: dt.datetime, *, silent: tuple[str, ...] = ()
) -> None:  # fmt: skip
    """Everybody answers, but of a silent group only two people. Each group leans its own way."""
    for place, (code, members) in enumerate(town.members.items()):
        for number, person in enumerate(members[:2] if code in silent else members):
            answer(weight_round, person, points_of(weight_round, place, number), now)


def answer(weight_round: WeightRound, person: Person, points: tuple[int, ...], now: dt.datetime) -> Any:
    """Send points as the form of points does, so that they can be changed there."""
    codes = SCHEMES[weight_round.assessment.scheme].factors
    typed = {code: format(Decimal(value) / 100, "f") for code, value in zip(codes, points, strict=True)}
    return submit_answer(
        weight_round=weight_round, by=person, key=f"key-{next(_numbers)}", now=now,
        answer=Answer(
            points=points, method=AnswerMethod.POINTS,
            raw={"values": {code: {"typed": value, "number": value} for code, value in typed.items()}},
        ),
    )  # fmt: skip


def points_of(weight_round: WeightRound, place: int, number: int) -> tuple[int, ...]:
    """Return different points for everybody."""
    if weight_round.assessment.scheme == SchemeName.TAXONOMY:
        turned = SEVEN[place % 7 :] + SEVEN[: place % 7]
        return (turned[0] + 10 * number, turned[1] - 10 * number, *turned[2:])
    first, second, third = 4500 - 450 * place + 31 * number, 800 + 500 * place, 2500 - 17 * number
    return first, second, third, 10_000 - first - second - third


def _synthetic_town() -> str:
    """Found a town of made-up people, with an open round; return the address of one of them."""
    town = make.make_town(slug="demoville", code="DV", size=2, synthetic=True)
    Person.objects.filter(jurisdiction=town.jurisdiction).update(synthetic=True)
    make.open_round(town, _rated(town, "A made-up case"))
    return town.members["C"][0].account.email


def _plain_person(town: make.Town) -> None:
    """Add somebody with a password and no part."""
    person = people.add_person(
        jurisdiction=town.jurisdiction, name="Plain Person", email="plain@testville.example", now=NOW
    )
    set_password(person.account)


def set_password(account: Account) -> None:
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])


def _sessions(town: make.Town, small: make.Town, raters: dict[str, Account | None]) -> dict[str, str]:
    """Sign everybody in who looks at a page; the stale ones proved who they are too long ago."""
    plain = Account.objects.get(email="plain@testville.example")
    signed_in = {role.value: person.account for role, person in town.staff.items()}
    signed_in |= {
        "evaluator": town.evaluators[0].account, "plain": plain,
        "nobody": Account.objects.create_user("nobody@elsewhere.example"),
        "small_secretariat": small.staff[Role.SECRETARIAT].account, "small_chair": small.staff[Role.CHAIR].account,
        "small_admin": small.staff[Role.ADMIN].account,
        "small_member": small.members["A"][0].account,
    }  # fmt: skip
    signed_in |= {name: town.members[group][place].account for name, (group, place) in MEMBERS.items()}
    signed_in |= raters
    found = {name: session_of(account) for name, account in signed_in.items()}
    an_hour = dt.timedelta(hours=1)
    found["stale"] = session_of(town.staff[Role.SECRETARIAT].account, age=an_hour)
    return found | {"stale_password": session_of(plain, age=an_hour)}


def session_of(account: Account, *, age: dt.timedelta = dt.timedelta(0)) -> str:
    """Sign an account in and return the key of its session."""
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(account.pk), BACKEND
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    sessions.begin(store, now=clock.now() - age, demo=False)
    if not age:
        store[sessions.PROVED_AT] = (clock.now() + 10 * make.DAY).timestamp()  # fresh for as long as the tests take
    store.create()
    return str(store.session_key)


def _receipts(town: make.Town, cases: dict[str, Assessment]) -> dict[str, str]:
    """Answer as some; one answer each for the open round and the published one is known by its receipt."""
    weight_round = cases["open"].rounds.get()
    authors = [town.members[group][place] for group, place in (MEMBERS["author"], MEMBERS["withdrawn"])]
    authors += town.members["C"]
    sent = [answer(weight_round, person, (4000, 3000, 2000, 1000), NOW - make.DAY) for person in authors]
    published = Submission.objects.get(
        roll_entry__round__assessment=cases["published"], roll_entry__person=town.members["A"][0]
    )
    return {"open": sent[0].receipt, "published": published.detail.receipt}


def _drafts(cases: dict[str, Assessment]) -> None:
    """Fill in forms half way, the way people do."""
    for who in ("compared", "unsure"):
        for name in ("open", "open_seven"):
            _compare(cases[name], who)
    points = {"I": "40", "E": "20", "R": "", "X": "27"}
    _post(cases["open"], "pointed", "points/", points)
    _post(cases["open"], "pointed", "why/", {"all": "Because of my neighbours."})
    _post(cases["open"], "alone", "points/", {"I": "5", "E": "", "R": "", "X": ""})
    _post(cases["open"], "alone", "why/", {"all": ""})
    _post(cases["at_one"], "pointed", "points/", points)
    _post(cases["at_one"], "pointed", "why/", {"all": ""})
    _post(cases["open"], "ranked", "rank/", {"places": "R I=X E"})
    _post(cases["open"], "ranked", "why/", {"all": ""})
    _post(cases["open_seven"], "ranked", "rank/", {"places": "EL=MA DI SU=CI=CA EM", "do": "up:SU"})
    _rank_as_shown(cases["open_seven"], "moving")
    _facts["withdrawn"] = _post(cases["open"], "withdrawn", "withdraw/", {"key": "taken-back"})["Location"]


def _compare(assessment: Assessment, who: str) -> None:
    """Answer every comparison; the one who is unsure says so once."""
    codes = list(SCHEMES[assessment.scheme].factors)
    most, least, *rest = codes
    _post(assessment, who, "most/", {"most": most})
    if len(codes) > 4:
        _post(assessment, who, "least/", {"least": least})
    labels = dict.fromkeys([least, *rest], "over_half") | {least: "same"}
    if who == "unsure":
        labels[rest[0]] = "unsure"
    for number in range(1, 3):
        _post(assessment, who, f"compare/{number}/", labels)
    _post(assessment, who, "why/", {"all": ""})


def _rank_as_shown(assessment: Assessment, who: str) -> None:
    """Take the order as it was drawn by lot."""
    page = BeautifulSoup(_client(who).get(_weigh(assessment) + "rank/").content, "html.parser")
    _post(assessment, who, "rank/", {"places": str(page.select_one("main input[name=places]")["value"])})
    _post(assessment, who, "why/", {"all": ""})


def _post(assessment: Assessment, who: str, step: str, data: dict[str, str]) -> Any:
    return _client(who).post(_weigh(assessment) + step, data)


def _client(who: str) -> Client:
    client = Client(headers={"host": "localhost"})
    client.cookies["session"] = _facts["sessions"][who]
    return client


def _weigh(assessment: Assessment) -> str:
    incident = assessment.incident
    return f"/{incident.jurisdiction.slug}/cases/{incident.reference}/weigh/"


def journey_town(
    *, scheme: str = "classic", size: int = 5, state: str = "open", answered: bool = False
) -> dict[str, Any]:
    """Found a town for one journey and return where it is and the sessions of its people."""
    number = next(_towns)
    slug = f"journey-{number}"
    town = make.make_town(slug=slug, code=f"J{number}", size=size)
    assessment = _rated(town, "Housing chatbot", scheme=SchemeName(scheme))
    if state == "open":
        weight_round = make.open_round(town, assessment)
        if answered:
            _answer_all(town, weight_round, make.NOW + make.DAY)
    for person in (town.members["A"][0], town.members["C"][0]):
        set_password(person.account)
    return {
        "place": f"/{slug}/",
        "case": f"/{slug}/cases/{assessment.incident.reference}/",
        "desk": f"/{slug}/desk/cases/{assessment.incident.reference}/rounds/",
        "email": town.members["A"][0].account.email,
        "password": PASSWORD,
        "now": NOW.isoformat(),
        "sessions": {
            "member": session_of(town.members["A"][0].account),
            "secretariat": session_of(town.staff[Role.SECRETARIAT].account),
            "chair": session_of(town.staff[Role.CHAIR].account),
        },
    }


def bare_town() -> dict[str, Any]:
    """Found a town without a case; three of its people answer for no group and hold no role."""
    slug = f"journey-{next(_towns)}"
    town = make.make_town(slug=slug, code=slug.upper().replace("OURNEY-", ""), codes=("A", "C", "D"), size=5)
    emails = {role.value: town.staff[role].account.email for role in (Role.SECRETARIAT, Role.CHAIR)}
    for name in ("Ada", "Bela", "Cem"):
        emails[name] = rw.newcomer(town, name).account.email
    members = [person.account.email for people in town.members.values() for person in people]
    return {"slug": slug, "place": f"/{slug}/", "emails": emails, "members": members, "now": NOW.isoformat()}
