"""Changing a policy takes two people: the first proposes the whole next version, the second adopts or declines it."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.actions.policies import add_version, check_body, lock_policies
from assessments.frozen import content_digest
from assessments.models import PolicyProposal, PolicyVersion
from assessments.policy_reads import newest_policy, waiting_policy
from assessments.scoring.record import digest
from lastvote.access import Permission
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.texts import Text
from lastvote.transactions import locking
from stakeholders.models import Jurisdiction, Person
from stakeholders.rules import require

FURTHEST = dt.timedelta(days=366)
"""A policy does not start further ahead than this; a slip in the year is noticed."""


def propose_policy(
    *, base: PolicyVersion, body: str, reason: Text, effective_from: dt.date, by: Person, now: dt.datetime
) -> PolicyProposal:
    """Propose the next version on top of ``base``; a second person adopts it by confirming the same content.

    Sending the same again changes nothing and gives the proposal that waits. Refuses what ``check_change`` refuses, a
    missing reason, and a second proposal while one waits. Records ``policy.proposed``.
    """
    jurisdiction = base.jurisdiction
    _require(by, Permission.PROPOSE_POLICY, jurisdiction, now)
    _require_words(reason["texts"][reason["source"]], "reason", _("Say why the policy should change."))
    with locking():
        lock_policies(jurisdiction)
        check_change(base=base, body=body, effective_from=effective_from, now=now)
        content = content_of(base, body, reason, effective_from)
        standing = waiting_policy(jurisdiction, now)
        if standing is not None:
            return _same_again(standing, content, by)
        proposal = PolicyProposal.objects.create(
            jurisdiction=jurisdiction,
            base=base,
            body=body,
            digest=content,
            reason=reason,
            effective_from=effective_from,
            proposed_by=by,
            proposed_at=now,
        )
        _record("policy.proposed", proposal, by=by, acting_as="admin", now=now)
    return proposal


def check_change(*, base: PolicyVersion, body: str, effective_from: dt.date, now: dt.datetime) -> None:
    """Refuse a change that rests on an old version, changes nothing, starts on a wrong day or cannot be lived with."""
    if newest_policy(base.jurisdiction) != base:
        raise Refused("policy_outdated", _OUTDATED, status=409)
    if body == base.body:
        raise Refused("nothing_changed", _("Nothing is changed yet. Change at least one number, method or reason."))
    check_body(body)
    _check_day(base, effective_from, now)


def adopt_proposal(*, proposal: PolicyProposal, seen: str, by: Person, now: dt.datetime) -> PolicyVersion:
    """Adopt exactly what was shown, by its digest ``seen``: the next version of the policy comes into being.

    Confirming again changes nothing and gives the version. Refuses the proposer, other content, a decided proposal, one
    that rests on an old version, and one whose day has come. Records ``policy.adopted``.
    """
    _require(by, Permission.CONFIRM_POLICY, proposal.jurisdiction, now)
    with locking():
        fresh = _locked(proposal)
        if fresh.version is not None and fresh.decided_by_id == by.pk:
            return fresh.version
        _check_decider(fresh, seen, by)
        check_change(base=fresh.base, body=fresh.body, effective_from=fresh.effective_from, now=now)
        version = add_version(
            jurisdiction=fresh.jurisdiction,
            body=fresh.body,
            reason=fresh.reason,
            effective_from=fresh.effective_from,
            proposed_by=fresh.proposed_by,
            adopted_by=by,
            now=now,
        )
        fresh.version, fresh.decided_by, fresh.decided_at = version, by, now
        fresh.save(update_fields=["version", "decided_by", "decided_at"])
    return version


def decline_proposal(
    *, proposal: PolicyProposal, seen: str, reason: str, by: Person, now: dt.datetime
) -> PolicyProposal:
    """Decline what was shown, with a reason; the policy stays as it is. Records ``policy.declined``."""
    _require(by, Permission.CONFIRM_POLICY, proposal.jurisdiction, now)
    _require_words(reason, "declined_because", _("Say why the proposal is declined."))
    with locking():
        fresh = _locked(proposal)
        if fresh.declined_because and fresh.decided_by_id == by.pk:
            return fresh
        _check_decider(fresh, seen, by)
        fresh.declined_because, fresh.decided_by, fresh.decided_at = reason.strip(), by, now
        fresh.save(update_fields=["declined_because", "decided_by", "decided_at"])
        _record("policy.declined", fresh, by=by, acting_as="chair", now=now)
    return fresh


def content_of(base: PolicyVersion, body: str, reason: Text, effective_from: dt.date) -> str:
    """Return the hash of what both people must mean."""
    content = {
        "jurisdiction": base.jurisdiction.code,
        "base": base.sha256,
        "base_number": base.number,
        "body": digest(body.encode()),
        "reason": reason,
        "effective_from": effective_from.isoformat(),
    }
    return content_digest(content)


_OUTDATED = _("Another version of the policy was adopted meanwhile. Start again from that one.")
_TOO_EARLY = _("A policy starts tomorrow at the earliest.")
_TOO_FAR = _("A policy starts within a year. Look at the year again.")


def _check_day(base: PolicyVersion, effective_from: dt.date, now: dt.datetime) -> None:
    """A change never reaches back, not even into today, and never overtakes the version it rests on."""
    today = now.astimezone(base.jurisdiction.zone).date()
    if effective_from <= today:
        raise Refused("starts_too_early", _TOO_EARLY, fields={"effective_from": [_TOO_EARLY]})
    if effective_from > today + FURTHEST:
        raise Refused("starts_too_late", _TOO_FAR, fields={"effective_from": [_TOO_FAR]})
    if effective_from < base.effective_from:
        sentence = _("Version %(number)s starts on %(day)s. The next one cannot start before it.") % {
            "number": base.number,
            "day": date_format(base.effective_from, "j F Y"),
        }
        raise Refused("starts_too_early", sentence, fields={"effective_from": [sentence]})


def _same_again(standing: PolicyProposal, content: str, by: Person) -> PolicyProposal:
    if (standing.digest, standing.proposed_by_id) != (content, by.pk):
        raise Refused("already_proposed", _("A change of the policy waits for the chair already."), status=409)
    return standing


def _locked(proposal: PolicyProposal) -> PolicyProposal:
    lock_policies(proposal.jurisdiction)
    rows = PolicyProposal.objects.select_related("jurisdiction", "base__jurisdiction", "proposed_by", "version")
    return rows.get(pk=proposal.pk)


def _check_decider(proposal: PolicyProposal, seen: str, by: Person) -> None:
    if proposal.decided_at is not None:
        raise Refused("already_decided", _("Somebody has decided this already."), status=409)
    if proposal.proposed_by_id == by.pk:
        raise Refused("second_person_required", _("Another person must decide what you proposed."), status=409)
    if proposal.digest != seen:
        sentence = _("What is proposed is no longer what you saw. Read it again before you decide.")
        raise Refused("content_changed", sentence, status=409)


def _require(by: Person, permission: Permission, jurisdiction: Jurisdiction, now: dt.datetime) -> None:
    require(by, permission, on=now.astimezone(jurisdiction.zone).date())
    if by.jurisdiction_id != jurisdiction.pk:
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)


def _require_words(words: str, field: str, sentence: Promise) -> None:
    if not words.strip():
        raise Refused("reason_required", sentence, fields={field: [sentence]})


def _record(kind: str, proposal: PolicyProposal, *, by: Person, acting_as: str, now: dt.datetime) -> None:
    record(
        kind=kind,
        subject="policy_proposal",
        subject_id=proposal.pk,
        jurisdiction_id=proposal.jurisdiction_id,
        actor_id=by.pk,
        acting_as=acting_as,
        now=now,
        facts={"base": proposal.base.number, "digest": proposal.digest},
    )
