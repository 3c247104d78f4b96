"""What keeps a case where it is: a proceeding on it that is not over. The app above leads it and says so."""

import datetime as dt
from collections.abc import Callable

from assessments.models import Assessment

Check = Callable[[Assessment, dt.datetime], None]
_checks: list[Check] = []


def register_proceeding(check: Check) -> None:
    """Let an app refuse that anything takes the place of an assessment, while its proceeding goes on."""
    if check not in _checks:
        _checks.append(check)


def check_nothing_goes_on(assessment: Assessment, now: dt.datetime) -> None:
    """Refuse while a proceeding on the assessment is not over; ask with its row locked."""
    for check in _checks:
        check(assessment, now)
