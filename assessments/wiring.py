"""This app's background work, announced to the floor below when the site starts."""

from assessments import emails, health, needs_action, notices, reads
from assessments.actions import (
    appointments,
    erasure,
    import_runs,
    merges,
    publication,
    rescoring,
    rounds,
    sheet_ends,
    sign_offs,
    training,
    upkeep,
    uploads,
)
from lastvote.jobs.health import register_check
from lastvote.jobs.outbox import register
from lastvote.jobs.sweeper import register_sweep
from stakeholders.erasure import register_eraser
from stakeholders.needs_action import register_source
from stakeholders.notices.telling import register_kinds
from stakeholders.personas import register_starter


def connect() -> None:
    """Register handlers of owed work, sweeps, and this app's part in health, erasing and the demo."""
    register("recompute", publication.count_and_publish)
    register(training.STEP, training.training_step)
    register(import_runs.STEP, import_runs.import_step)
    register("mail.answer_accepted", emails.send_answer_accepted)
    register("mail.answer_withdrawn", emails.send_answer_withdrawn)
    register(rescoring.MAIL, emails.send_rescored)
    register(appointments.MAIL, emails.send_appointed)
    register(sign_offs.MAIL, emails.send_signed_off)
    register(merges.MAIL_TO_ANSWERED, emails.send_merged)
    register(merges.MAIL_TO_RATED, emails.send_merged_to_rater)
    register_kinds(*notices.KINDS)
    register_source(needs_action.waiting_for)
    register_sweep("open_rounds", rounds.open_due_rounds)
    register_sweep("close_rounds", rounds.close_due_rounds)
    register_sweep("publish_rounds", publication.publish_closed_rounds)
    register_sweep("last_days", notices.tell_of_last_days)
    register_sweep("missing_scores", upkeep.owe_missing_scores)
    register_sweep("stale_drafts", upkeep.drop_stale_drafts)
    register_sweep("old_sheets", sheet_ends.drop_old_sheets)
    register_sweep("training_runs", training.look_after_runs)
    register_sweep("case_imports", import_runs.look_after_imports)
    register_sweep("stale_uploads", uploads.drop_stale_uploads)
    register_check(health.check_scores)
    register_eraser(erasure.erase_answers)
    register_starter(reads.somebody_to_hear)
