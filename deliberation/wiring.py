"""This app's background work, announced to the floor below when the site starts."""

import datetime as dt

from assessments.holding import register_parts
from assessments.own_words import register_words
from assessments.proceedings import register_merge_check, register_proceeding
from assessments.reasons_to_read import register_reasons
from assessments.states import ComputationKind
from deliberation import needs_action
from deliberation.actions import cases, computing
from deliberation.actions.erasure import erase_words
from deliberation.actions.unfinished import check_judged, check_unprotected
from deliberation.community_means import parts_told
from deliberation.computing.kinds import STEPS
from deliberation.notices import clocks, kinds, rounds, sessions, timing
from deliberation.own_words import said_in_talks
from deliberation.room.to_read import reasons_of_talks
from lastvote.jobs.outbox import register
from lastvote.jobs.sweeper import register_sweep
from stakeholders.erasure import register_eraser
from stakeholders.needs_action import register_source
from stakeholders.notices.telling import register_kinds


def connect() -> None:
    """Register handlers of owed work, sweeps, and this app's part in erasing."""
    register(cases.ADVANCE, after_close)
    register(STEPS[ComputationKind.PANEL], computing.panel_step)
    register(STEPS[ComputationKind.LOOK_OUT], computing.look_out_step)
    register_kinds(*kinds.KINDS)
    register_source(needs_action.waiting_for)
    register_reasons(reasons_of_talks)
    register_words(said_in_talks)
    register_proceeding(check_judged)
    register_merge_check(check_unprotected)
    register_parts(parts_told)
    register_sweep("cases", cases.advance_due_cases)
    register_sweep("computations", computing.begin_missing)
    register_sweep("ending_statements", rounds.tell_of_ending_statements)
    register_sweep("ended_pauses", timing.tell_of_ended_pauses)
    register_sweep("missing_minutes", sessions.tell_of_missing_minutes)
    register_sweep("clock_warnings", clocks.warn_of_clocks)
    register_eraser(erase_words)


def after_close(assessment_id: int, now: dt.datetime) -> None:
    """Judge the case by a published close, and begin what follows from it and takes long."""
    cases.advance_case(assessment_id, now)
    computing.begin_all(assessment_id, now)
