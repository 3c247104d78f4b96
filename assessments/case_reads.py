"""Named queries about files of cases that wait to be brought in."""

from assessments.models import PendingImport
from stakeholders.models import Jurisdiction, Person


def waiting_cases_file(jurisdiction: Jurisdiction, token: str, person: Person) -> PendingImport | None:
    """Return a kept file to the one who uploaded it, and to nobody else."""
    return PendingImport.objects.filter(jurisdiction=jurisdiction, token=token, uploaded_by=person).first()
