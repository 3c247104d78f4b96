"""A town whose cases are in every state of being rated."""

import datetime as dt

from assessments.actions import publication, rating_drafts, ratings
from assessments.models import Assessment, Incident
from assessments.states import SchemeName
from lastvote.access import Role
from stakeholders.models import Account
from tests import factories as make
from tests import rating_world as rw

HALF = {"typed": "0.4", "number": "0.4", "reason": "Half a thought.", "evidence": [], "none_found": True}


def build(now: dt.datetime) -> tuple[dict[str, str], dict[str, Account | None]]:
    """Found the town; return addresses by state, and who can look at them."""
    town = make.make_town(slug="ratingville", code="RV", codes=("A", "C"), size=1)
    boss, learner = rw.supervisor(town), rw.newcomer(town, "Learner")
    cases = _being_rated(town) | _with_learner(town, learner) | _fixed(town, now)
    places = {"received": _of(make.make_incident(town, title="A case just received"))}
    for name, assessment in cases.items():
        places |= {name: _of(assessment.incident), f"{name}_form": _form(assessment)}
        places[f"{name}_case"] = f"/ratingville/cases/{assessment.incident.reference}/"
    people = {
        "rating_secretariat": town.staff[Role.SECRETARIAT], "rating_chair": town.staff[Role.CHAIR],
        "rating_evaluator": town.evaluators[0], "rating_third": town.evaluators[2], "rating_supervisor": boss,
    }  # fmt: skip
    return {f"rating_{name}": path for name, path in places.items()}, {
        name: person.account for name, person in people.items()
    }


def _of(incident: Incident) -> str:
    return f"/ratingville/desk/cases/{incident.reference}/ratings/"


def _form(assessment: Assessment) -> str:
    return f"/ratingville/cases/{assessment.incident.reference}/assessments/{assessment.number}/rating/"


def _being_rated(town: make.Town) -> dict[str, Assessment]:
    found = {
        "fresh": _unrated(town, "A case nobody has rated"),
        "seven": _unrated(town, "Seven kinds of risk, nobody has rated", SchemeName.TAXONOMY),
        "apart": _unrated(town, "A case rated far apart"),
        "close": _unrated(town, "A case rated alike"),
        "proposed": _unrated(town, "A case with a proposed evaluator"),
    }
    for name, other in (("apart", "0.9"), ("close", "0.3")):
        rw.rate(found[name], town.evaluators[0], "0.2")
        rw.rate(found[name], town.evaluators[1], other)
    rw.propose(town, found["proposed"], rw.newcomer(town, "Proposed Person"), supervised=True)
    rating_drafts.save_rating_draft(
        assessment=found["close"], item="I", entries={"0": HALF}, by=town.evaluators[0], now=make.NOW
    )
    return found


def _unrated(town: make.Town, title: str, scheme: SchemeName = SchemeName.CLASSIC) -> Assessment:
    return rw.unrated(town, incident=make.make_incident(town, title=title), scheme=scheme)


def _with_learner(town: make.Town, learner: make.Person) -> dict[str, Assessment]:
    assessment = _unrated(town, "A case rated by somebody who is learning")
    rw.appoint(town, assessment, learner, supervised=True)
    rw.rate(assessment, learner)
    return {"learner": assessment}


def _fixed(town: make.Town, now: dt.datetime) -> dict[str, Assessment]:
    alarm = _unrated(town, "A part at the High line", SchemeName.TAXONOMY)
    for evaluator in town.evaluators[:2]:
        rw.rate(alarm, evaluator, "0.1", EL="0.95")
    rw.freeze(town, alarm)
    publication.count_and_publish(alarm.pk, now)
    first = make.make_assessment(town, incident=make.make_incident(town, title="A case rated again"))
    again = ratings.open_assessment(
        incident=first.incident, scheme=SchemeName.CLASSIC, policy_version=town.policy, opened_on=rw.OPENED,
        supersedes=first, rescored_because="New evidence came in.", by=town.staff[Role.SECRETARIAT], now=make.NOW,
    )  # fmt: skip
    for evaluator in town.evaluators[:2]:
        rw.rate(again, evaluator, "0.6")
    rw.freeze(town, again)
    publication.count_and_publish(again.pk, now)
    return {"alarm": alarm, "again": again}
