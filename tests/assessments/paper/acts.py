"""What happened to a sheet of paper, for tests of the acts."""

import pytest

from assessments.actions import sheets
from assessments.models import PaperSheet
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from tests import factories as make

AFTER = make.NOW + 22 * make.DAY
LATE = make.NOW + 21 * make.DAY


def refusal(act, *arguments, **named):
    with pytest.raises(Refused) as refused:
        act(*arguments, **named)
    return refused.value.code, refused.value.status


def state_of(one):
    return PaperSheet.objects.get(pk=one.sheet.pk).state


def kinds():
    return list(AuditEvent.objects.filter(kind__startswith="paper.").order_by("pk").values_list("kind", flat=True))


def discard(one, by, typing=1):
    return sheets.discard_typed(sheet=one.sheet, typing=typing, by=by, now=make.NOW)
