"""What keeps a case where it is: a proceeding that is not over, or what it ended in. The app above says so."""

import datetime as dt
from collections.abc import Callable

from assessments.models import Assessment

Check = Callable[[Assessment, dt.datetime], None]
_checks: list[Check] = []
_merge_checks: list[Callable[[Assessment], None]] = []


def register_proceeding(check: Check) -> None:
    """Let an app refuse that anything takes the place of an assessment, while its proceeding goes on."""
    if check not in _checks:
        _checks.append(check)


def check_nothing_goes_on(assessment: Assessment, now: dt.datetime) -> None:
    """Refuse while a proceeding on the assessment is not over; ask with its row locked."""
    for check in _checks:
        check(assessment, now)


def register_merge_check(check: Callable[[Assessment], None]) -> None:
    """Let an app refuse that a case leads to another one, because of what was decided in it."""
    if check not in _merge_checks:
        _merge_checks.append(check)


def check_may_lead_elsewhere(assessment: Assessment) -> None:
    """Refuse to merge the case of an assessment away; ask with its row locked."""
    for check in _merge_checks:
        check(assessment)
