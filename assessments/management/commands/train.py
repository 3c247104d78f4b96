"""``manage.py train --history NB-HIS-1``: train the learned score on a labelled history, in this process."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.actions.training import start_training, training_step
from assessments.learning_reads import histories_of
from assessments.management.acting import acting_person
from assessments.models import ComputationRun, LabelledHistory
from assessments.states import ComputationState
from lastvote import clock
from lastvote.errors import Refused
from stakeholders.models import Jurisdiction


class Command(BaseCommand):
    """Exit 0 with a record; 1 when the training was refused, failed or was cancelled."""

    help = "Train the learned score on a labelled history; a training that runs already is taken up where it is."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which history, and who does it."""
        parser.add_argument("--history", required=True, metavar="REF", help="reference such as NB-HIS-1")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="whoever of the secretariat does this")
        parser.add_argument("--json", action="store_true", help="print the record instead of progress")

    def handle(self, *, history: str, by: str, json: bool, **_options: Any) -> None:
        """Do step after step, saying how far it is."""
        found = _history(history)
        try:
            run = start_training(history=found, by=acting_person(found.jurisdiction, by), now=clock.now())
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused
        while run.unfinished:
            training_step(run.pk, clock.now())
            run = ComputationRun.objects.get(pk=run.pk)
            if not json:
                self.stdout.write(f"{run.steps_done} of {run.steps_total}")
        self._tell(run, as_json=json)

    def _tell(self, run: ComputationRun, *, as_json: bool) -> None:
        if run.state != ComputationState.DONE:
            self.stderr.write(
                f"The training ended without a record: {run.get_state_display()} {run.error_code}".strip()
            )
            sys.exit(1)
        self.stdout.write(run.result if as_json else f"Record {run.token}, SHA-256 {run.result_sha256}")


def _history(reference: str) -> LabelledHistory:
    code, _mark, number = reference.rpartition("-HIS-")
    jurisdiction = Jurisdiction.objects.filter(code=code).first()
    found = histories_of(jurisdiction).filter(number=number).first() if jurisdiction and number.isdecimal() else None
    if found is None:
        raise CommandError(f"There is no history {reference}.")
    return found
