"""Adopting a policy version."""

import datetime as dt
from itertools import pairwise
from typing import Any

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments import policy
from assessments.models import PolicyVersion
from assessments.scoring.categories import MEAN
from assessments.scoring.errors import ScoringError
from assessments.scoring.parameters import EQ7_VOICES
from assessments.scoring.record import canonical_bytes, digest
from assessments.states import AggregatorName, SchemeName
from lastvote.access import Permission
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.texts import Text
from lastvote.transactions import locking
from stakeholders.models import Jurisdiction, Person
from stakeholders.rules import require

FEWEST_ANSWERS = 5
"""A published mean of fewer answers gives single ones away."""
HOURS = 24
SHORTEST_TO_LONGEST = range(15, 31)
"""Days of a round of talks, by Appendix G."""
CLOCK_LIMIT = 366
_OF_THE_CORE: dict[str, Promise] = {
    "threshold_order": _("Lines, months or other numbers of the policy are not in order."),
    "weights_zero": _("At least one part of each kind of risk must count."),
    "E_RANGE": _("A number of the policy is outside its range."),
}
"""Refusals of the core in words; what no form can send is told in the core's own."""


def adopt_policy(
    *,
    jurisdiction: Jurisdiction,
    body: dict[str, Any],
    reason: Text,
    effective_from: dt.date,
    proposed_by: Person,
    adopted_by: Person,
    now: dt.datetime,
) -> PolicyVersion:
    """Add the next version of the policy; nothing is ever edited.

    Refuses one person in both parts, people without the right, parameters that the core refuses, and a policy under
    which a round could give somebody's answer away or could not be held or published.
    Records ``policy.adopted``.
    """
    today = now.astimezone(jurisdiction.zone).date()
    require(proposed_by, Permission.PROPOSE_POLICY, on=today)
    require(adopted_by, Permission.CONFIRM_POLICY, on=today)
    if proposed_by == adopted_by:
        raise Refused("second_person_required", _("A second person must adopt the policy."), status=409)
    with locking():
        lock_policies(jurisdiction)
        return add_version(
            jurisdiction=jurisdiction,
            body=canonical_bytes(body).decode(),
            reason=reason,
            effective_from=effective_from,
            proposed_by=proposed_by,
            adopted_by=adopted_by,
            now=now,
        )


def lock_policies(jurisdiction: Jurisdiction) -> None:
    """Let nobody else propose or adopt until this transaction ends."""
    Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)


def add_version(
    *,
    jurisdiction: Jurisdiction,
    body: str,
    reason: Text,
    effective_from: dt.date,
    proposed_by: Person,
    adopted_by: Person,
    now: dt.datetime,
) -> PolicyVersion:
    """Write the next version down; the caller holds the lock and has asked who may."""
    check_body(body)
    last = jurisdiction.policies.aggregate(last=Max("number"))["last"] or 0
    version = PolicyVersion.objects.create(
        jurisdiction=jurisdiction,
        number=last + 1,
        body=body,
        sha256=digest(body.encode()),
        reason=reason,
        effective_from=effective_from,
        proposed_by=proposed_by,
        adopted_by=adopted_by,
        adopted_at=now,
    )
    record(
        kind="policy.adopted",
        subject="policy",
        subject_id=version.pk,
        jurisdiction_id=jurisdiction.pk,
        actor_id=adopted_by.pk,
        acting_as="chair",
        now=now,
        facts={"number": version.number, "sha256": version.sha256, "effective_from": effective_from.isoformat()},
    )
    return version


def check_body(body: str) -> None:
    """Refuse a body, as canonical JSON, that the core refuses or that no round could live with."""
    try:
        rules = policy.read_body(body)
    except ScoringError as error:
        sentence = _OF_THE_CORE.get(error.code, error.message)
        raise Refused(error.code, sentence, details=error.details) from error
    except (ArithmeticError, KeyError, TypeError, AttributeError) as error:
        raise Refused("policy_incomplete", _INCOMPLETE) from error
    if not rules.is_whole:
        raise Refused("policy_incomplete", _INCOMPLETE)
    _check_parameters(rules)
    _check_reasons(rules)
    if set(rules.aggregators) != set(SchemeName) or not set(rules.aggregators.values()) <= set(AggregatorName):
        raise Refused("unknown_aggregator", _("The policy must name a known method for each list of items."))
    _check_clock(rules.clock)
    _check_talks(rules.deliberation)


_INCOMPLETE = _("The policy leaves out a part that scores depend on.")


def _check_parameters(rules: policy.Policy) -> None:
    parameters = rules.parameters
    if min(parameters.minimum_answers, parameters.minimum_community) < FEWEST_ANSWERS:
        raise Refused("minimum_answers", _("A group needs at least 5 answers, or one of them could be worked out."))
    if parameters.category_rule != MEAN:  # the score string has no letters for it, and a record needs a string
        raise Refused("category_rule", _("Only the mean of the parts can be published."))
    if parameters.voices == EQ7_VOICES and not all(voice.within(parameters) for voice in rules.voices.values()):
        raise Refused("E_RANGE", _("The voice of a group is outside the range of the policy."))


def _check_reasons(rules: policy.Policy) -> None:
    if not all(isinstance(reason, str) and reason.strip() for reason in rules.voice_reasons.values()):
        raise Refused("voice_reason", _("The voice of each group needs a reason."))


def _check_clock(clock: policy.RoundClock) -> None:
    days = (clock.notice_days, clock.min_days, clock.max_days, clock.max_extension_days)
    if not (min(days) >= 0 and 1 <= clock.min_days <= clock.max_days and clock.closing_hour in range(HOURS)):
        raise Refused("window_length", _("The days and hours of rounds in the policy do not fit together."))


def _check_talks(clock: policy.DeliberationClock) -> None:
    """Appendix G has windows of 15 to 30 days; each part of a round of talks needs a day at least."""
    parts = (0, clock.statement_days, clock.session_days, clock.answer_days)
    added = (clock.max_extension_days, clock.max_pause_days)
    rising = all(before < after for before, after in pairwise(parts))
    if not (rising and clock.answer_days in SHORTEST_TO_LONGEST and clock.longest_days >= clock.answer_days):
        raise Refused("window_length", _("The days of a round of talks in the policy do not fit together."))
    if not all(days in range(CLOCK_LIMIT) for days in (*added, clock.longest_days)):
        raise Refused("window_length", _("The days of a round of talks in the policy do not fit together."))
