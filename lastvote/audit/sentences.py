"""Events in words that people read. No names stand here: whoever shows a list adds who and when beside it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from lastvote.audit.models import AuditEvent

SENTENCES: dict[str, "Promise"] = {
    "answer.accepted": _("An answer was accepted."),
    "answer.withdrawn": _("An answer was withdrawn."),
    "assessment.opened": _("An assessment of the case was opened."),
    "calendar.adopted": _("Another calendar of public holidays was adopted."),
    "case.convened": _("The protocol convened a round of talks."),
    "case.days_credited": _("Days on which the site was not there were given back."),
    "case.days_recounted": _("The days of the talks were counted anew."),
    "case.join_proposed": _("The facilitator asked whether two statements say the same."),
    "case.joined": _("Two statements that say the same were joined."),
    "case.moved_on_noted": _("The facilitator noted that the talks have dealt with a statement."),
    "case.note_published": _("The facilitator published what is agreed and what still differs."),
    "case.opened": _("The proceeding on the case began."),
    "case.protected": _("The most protective view of the people directly affected holds."),
    "case.replied": _("Somebody replied to a statement."),
    "case.round_ended": _("A round of talks ended."),
    "case.session_minuted": _("The minutes of a session were published."),
    "case.session_planned": _("A session was planned."),
    "case.sessions_ended": _("The days for sessions ended."),
    "case.settled": _("The talks about differences ended; the committee has to decide."),
    "case.stated": _("A group said why it weighs as it does."),
    "case.statements_ended": _("The days for statements ended."),
    "case.talks_extended": _("A round of talks was given more time."),
    "case.talks_paused": _("A round of talks stands still for some days."),
    "case.talks_requested": _("Somebody asked for a round of talks."),
    "community.joined": _("Somebody was added to a community."),
    "community.registered": _("A community within a group was registered."),
    "evaluator.appointed": _("An evaluator was appointed."),
    "evaluator.declined": _("An evaluator who had been proposed was not appointed."),
    "evaluator.proposed": _("Somebody proposed an evaluator."),
    "deployer.added": _("A deployer was added."),
    "deployer.changed": _("A deployer was renamed."),
    "evidence.added": _("Evidence was added."),
    "evidence.changed": _("Evidence was changed; the earlier version is kept."),
    "group.added": _("A group was added."),
    "history.imported": _("Labelled past cases were brought in."),
    "incident.changed": _("The case was described anew; the earlier version is kept."),
    "incident.created": _("The case was created."),
    "incident.merged": _("The case was merged into another one."),
    "incident.separated": _("Two cases that had been merged were separated again."),
    "incident.took_in": _("Another case was merged into this one."),
    "incident.imported": _("Cases were brought in from a file."),
    "jurisdiction.founded": _("The jurisdiction was founded."),
    "outbox.died": _("Work of the site was given up after several attempts."),
    "peak.looked_at": _("A person looked at a part that reached the High line."),
    "person.erased": _("The data of a person was erased."),
    "person.joined": _("A person joined a group."),
    "policy.adopted": _("A new policy was adopted."),
    "policy.declined": _("A proposed change of the policy was declined."),
    "policy.proposed": _("Somebody proposed to change the policy."),
    "position.adopted": _("A delegate adopted the position of a group."),
    "position.sealed": _("A delegate put down a position, which is sealed until the close."),
    "rating.signed_off": _("A supervisor signed off a rating."),
    "rating.submitted": _("An evaluator submitted ratings."),
    "ratings.frozen": _("The ratings were fixed."),
    "role.ended": _("A role ended."),
    "role.granted": _("A role was granted."),
    "round.announce_proposed": _("Somebody proposed to announce a round."),
    "round.announced": _("The round was announced."),
    "round.answers_carried": _("The answers of the round before were carried over."),
    "round.close_proposed": _("Somebody proposed to close the round early."),
    "round.closed": _("The round was closed."),
    "round.extended": _("The round was given more time."),
    "round.moved": _("The days of the round became later ones."),
    "round.opened": _("The round was opened."),
    "round.published": _("The result of the round was published."),
    "score.mismatch": _("A score came out differently when it was computed again."),
    "source.added": _("A source was added."),
    "source.changed": _("A source was corrected."),
    "system.added": _("An AI system was added."),
    "system.changed": _("An AI system was described anew."),
    "training.cancel_requested": _("Somebody asked to stop a training."),
    "training.cancelled": _("A training was stopped before its end."),
    "training.failed": _("A training could not be finished."),
    "training.finished": _("A training of the learned score was finished."),
    "training.started": _("A training of the learned score was started."),
}


def sentence(event: "AuditEvent") -> str:
    """Say in one sentence what happened. Raises ``KeyError`` for an event that nobody has put into words."""
    return str(SENTENCES[event.kind])
