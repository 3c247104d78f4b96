"""How far the long part of the page is, as long as it is not there: it takes a worker, and the rest does not wait."""

from django.utils.translation import gettext as _

from deliberation.computing.reads import WorkedOut
from deliberation.sensitivity.section import Section
from deliberation.working.steps import Words


def waiting_section(worked: WorkedOut) -> Section:
    """Say how many parts are done, or that people have to look after it."""
    what = _("What each group brought, other rules, and the score without some kinds of answers take longer.")
    words: tuple[Words, ...] = (what, *_progress(worked))
    return Section("long", _("Still being worked out"), _("D28, D29"), words, again=not worked.stuck)


def _progress(worked: WorkedOut) -> tuple[Words, ...]:
    if worked.stuck:
        return (_("This part could not be worked out. The desk has been told. Nothing else on this page is missing."),)
    if worked.total is None:
        return (_("It begins within a minute."),)
    return (_("Being worked out: %(done)d of %(total)d.") % {"done": worked.done, "total": worked.total},)
