"""What a round fixes before its first answer, as canonical JSON, so that nobody can tune it afterwards."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.crypto import salted_hmac

from assessments import policy, snapshot
from assessments.models import WeightRound
from assessments.scoring.record import canonical_bytes, digest
from assessments.scoring.voices import published_voices
from assessments.wording import WORDING_VERSION
from stakeholders.models import Group, Membership

ROLL_PURPOSE = "assessments.frozen.roll"


def frozen_header(
    weight_round: WeightRound, members: list[Membership], earlier: Sequence[WeightRound], opened_at: dt.datetime
) -> dict[str, Any]:
    """Return everything fixed at opening: policy, aggregator, voices over all groups, group modes, roll, clock.

    A round after ``earlier`` published ones names their records: with them it is compared before a mean moves.
    """
    assessment = weight_round.assessment
    rules = policy.read(assessment.policy)
    groups = snapshot.group_inputs(assessment, rules, None)
    voices = published_voices(groups, rules.parameters)
    return {
        "assessment": assessment.number,
        "incident": assessment.incident.reference,
        "jurisdiction": assessment.incident.jurisdiction.code,
        "round": weight_round.number,
        "scheme": assessment.scheme,
        "aggregator": assessment.aggregator,
        "month": assessment.month,
        "wording": WORDING_VERSION,
        "policy": assessment.policy.reference,
        "policy_sha256": assessment.policy.sha256,
        "groups": [
            {"code": group.code, "min_size": group.min_size, "voice": voice, "mode": modes}
            for group, voice, modes in zip(groups, voices, _modes(weight_round), strict=True)
        ],
        "roll": {"places": _places(members), "sha256": roll_digest(members)},
        "opens_at": weight_round.opens_at.isoformat(),
        "opened_at": opened_at.isoformat(),
        "closes_at": weight_round.closes_at.isoformat(),
        **_what_came_before(weight_round, earlier),
    }


def _what_came_before(weight_round: WeightRound, earlier: Sequence[WeightRound]) -> dict[str, Any]:
    if not earlier:
        return {}
    carried = weight_round.carried_from
    return {"after": [row.record.reference for row in earlier], "carried_from": carried.number if carried else None}


def announcement(weight_round: WeightRound) -> dict[str, Any]:
    """Return what the two people who announce a round agree on; times in UTC, as they come back from the database."""
    assessment = weight_round.assessment
    return {
        "assessment": assessment.pk,
        "round": weight_round.number,
        "policy_sha256": assessment.policy.sha256,
        "aggregator": assessment.aggregator,
        "opens_at": weight_round.opens_at.astimezone(dt.UTC).isoformat(),
        "closes_at": weight_round.closes_at.astimezone(dt.UTC).isoformat(),
    }


def content_digest(content: dict[str, Any]) -> str:
    """Return the hash by which two people know that they mean the same."""
    return digest(canonical_bytes(content))


def roll_digest(members: list[Membership]) -> str:
    """Return a hash of who is on the roll for which group, which says nothing to somebody without the key."""
    rows = sorted(
        salted_hmac(ROLL_PURPOSE, f"{row.group_id}:{row.person_id}", algorithm="sha256").hexdigest() for row in members
    )
    return digest(canonical_bytes(rows))


def _places(members: list[Membership]) -> dict[str, int]:
    places: dict[str, int] = {}
    for row in members:
        places[row.group.code] = places.get(row.group.code, 0) + 1
    return places


def _modes(weight_round: WeightRound) -> list[str]:
    jurisdiction = weight_round.assessment.incident.jurisdiction
    return list(Group.objects.filter(jurisdiction=jurisdiction).values_list("position_mode", flat=True))
