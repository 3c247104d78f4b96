"""What past cases show: the framework tried on them, and what was learned from labelled ones."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from assessments.learning_reads import training_record_or_404, training_records
from assessments.reads import incident_or_404
from assessments.scoring.record import canonical_bytes
from deliberation.api.public import PublicView, first, read, read_list
from deliberation.api.records import PAST_CASES, TRAINING_RECORD
from deliberation.open_data.answers import TRAINING_LIST
from deliberation.validation.past_cases import past_cases
from deliberation.validation.report import report
from lastvote.rest.sections import LESSONS


class Validation(PublicView):
    """Serve every past case, judged, and what they add up to."""

    operations: ClassVar = read(
        "validation", LESSONS, _("Read the tests on past cases"),
        _("Each past case with a published score under every weighting, hits with lead time, and false alarms."),
        PAST_CASES,
    )  # fmt: skip

    def found(self, **_slots: Any) -> bytes:
        return canonical_bytes(report(self.jurisdiction, past_cases(self.jurisdiction)))


class PastCase(PublicView):
    """Serve one past case in the same form."""

    operations: ClassVar = read(
        "past_case", LESSONS, _("Read the test on one past case"), _("The same for one case."), PAST_CASES
    )

    def found(self, *, ref: str) -> bytes:
        judged = past_cases(self.jurisdiction, incident_or_404(self.jurisdiction, ref).reference)
        if not judged.cases:
            raise Http404
        return canonical_bytes(report(self.jurisdiction, judged))


class Learning(PublicView):
    """List the finished trainings of the learned score."""

    operations: ClassVar = read_list(
        "trainings", LESSONS, _("List learned scores"), _("Every finished training. None of them decides anything."),
        TRAINING_LIST, leads={"training_record": {"token": first("trainings", "token")}},
    )  # fmt: skip

    def found(self, **_slots: Any) -> bytes:
        return self.listed(TRAINING_LIST, training_records(self.jurisdiction))


class LearningRecord(PublicView):
    """Serve the exact bytes of one training's record."""

    operations: ClassVar = read(
        "training_record", LESSONS, _("Read the record of a training"),
        _("Its data, its fits, and how well it predicts cases that were left out."), TRAINING_RECORD,
    )  # fmt: skip

    def found(self, *, token: str) -> bytes:
        return training_record_or_404(self.jurisdiction, token).result.encode()
