"""What a change of the policy would do to the lines, drawn before and after."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments import policy
from assessments.charts.lines_over_time import LinesOverTime, lines_over_time
from assessments.models import PolicyVersion
from assessments.scoring.lines import lines_in_month, whole_months
from assessments.scoring.parameters import Parameters
from lastvote.web.scores import out_of_100


@dataclass(frozen=True)
class LinesEffect:
    """The drawing of the lines as they are, and as they would be."""

    before: LinesOverTime
    after: LinesOverTime


def lines_effect(base: PolicyVersion, body: str, *, day: dt.date, today: dt.date) -> LinesEffect | None:
    """Return both drawings, with the lines of the change's first ``day`` in words; none if no line moves."""
    old, new = policy.read(base).parameters, policy.read_body(body).parameters
    if (old.levels, old.roadmap_months) == (new.levels, new.roadmap_months):
        return None
    start = base.jurisdiction.roadmap_start
    before = _("As they are: %(L)s for Low, %(M)s for Moderate and %(H)s for High on %(day)s.")
    after = _("With the change: %(L)s for Low, %(M)s for Moderate and %(H)s for High on %(day)s.")
    return LinesEffect(
        *(
            lines_over_time(parameters=one, start=start, today=today, headline=words % _told(one, start, day))
            for one, words in ((old, before), (new, after))
        )
    )


def _told(parameters: Parameters, start: dt.date, day: dt.date) -> dict[str, str]:
    lines = lines_in_month(max(whole_months(start, day), 0), parameters)
    return {"day": date_format(day, "j F Y"), **{level: out_of_100(line) for level, line in lines.s.items()}}
