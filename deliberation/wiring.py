"""This app's background work, announced to the floor below when the site starts."""

from deliberation.actions import cases
from deliberation.actions.erasure import erase_words
from lastvote.jobs.outbox import register
from lastvote.jobs.sweeper import register_sweep
from stakeholders.erasure import register_eraser


def connect() -> None:
    """Register handlers of owed work, sweeps, and this app's part in erasing."""
    register(cases.ADVANCE, cases.advance_case)
    register_sweep("cases", cases.advance_due_cases)
    register_eraser(erase_words)
