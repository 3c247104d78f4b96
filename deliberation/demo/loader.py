"""Loading the demo. Running it again keeps what is there and opens a new round if the last one's time is over."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction

from assessments.models import Incident
from deliberation.demo import cases, files, histories, rounds, talks, towns
from lastvote.texts import words_of
from stakeholders.models import Jurisdiction

TOWNS = ("northbrook", "southmere")
FAILURES = ("cambridge_analytica", "china_social_credit", "us_2020_moderation")
CONTROLS = ("control_library_books", "control_parking_permits", "control_polling_reminders")
IN_TALKS = ("benefit_scores", "plan_comments")
CASES = (*FAILURES, *CONTROLS, "housing_chatbot", *IN_TALKS, "southmere_parking")

Say = Callable[[str], object]


def load(*, now: dt.datetime, say: Say) -> None:
    """Load towns, people, cases and rounds, telling each step."""
    by_name = {name: _town(name, say) for name in TOWNS}
    for key in CASES:
        _case(key, by_name, now, say)
    history = histories.import_once(by_name["northbrook"])
    say(f"{history.reference}: {history.case_count} labelled past cases")


def _town(name: str, say: Say) -> Jurisdiction:
    jurisdiction = towns.found_once(name)
    groups, people = jurisdiction.groups.count(), jurisdiction.people.count()
    say(f"{words_of(jurisdiction.name)}: {groups} groups, {people} people")
    return jurisdiction


@transaction.atomic
def _opened(jurisdiction: Jurisdiction, data: dict[str, Any]) -> Incident:
    """Open a case with the round that it had in the past, both or neither."""
    incident = cases.open_case(jurisdiction, data)
    if "round" in data:
        rounds.hold_past_round(incident, data)
        talks.hold_past_talks(incident, data)
    return incident


def _case(key: str, by_name: dict[str, Jurisdiction], now: dt.datetime, say: Say) -> None:
    data = files.case(key)
    incident = cases.found_earlier(by_name[data["town"]], data) or _opened(by_name[data["town"]], data)
    say(f"{incident.reference}: {data['title']}")
    if "open_round" in data:
        weight_round, new = rounds.keep_round_open(incident, data, now)
        closes = weight_round.closes_at.astimezone(incident.jurisdiction.zone)
        answers = weight_round.roll.filter(current__submission__isnull=False).count()
        begun = "opened" if new else weight_round.get_state_display().lower()
        say(f"  round {weight_round.number} {begun}, {answers} answers, closes {closes:%-d %B %Y at %H:%M}")
    if "running" in data:
        talks.keep_running(incident, data, now)
    for line in talks.standing(incident):
        say(f"  {line}")
