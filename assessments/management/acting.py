"""In whose name a command acts. The command line has no sign-in, so the person is named; roles count as on the site."""

from django.core.management.base import CommandError

from stakeholders.models import Jurisdiction, Person


def acting_person(jurisdiction: Jurisdiction, email: str) -> Person:
    """Return the person of the jurisdiction with this address."""
    found = Person.objects.filter(jurisdiction=jurisdiction, account__email__iexact=email).first()
    if found is None:
        raise CommandError(f"Nobody of {jurisdiction} has the address {email}.")
    return found
