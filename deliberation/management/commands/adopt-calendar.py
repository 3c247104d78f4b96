"""``manage.py adopt-calendar``: take the public holidays of a country as a place's calendar, by two people."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.management.acting import acting_person
from deliberation.actions.calendars import adopt_calendar
from lastvote import clock
from lastvote.errors import Refused
from lastvote.texts import text
from stakeholders.models import Jurisdiction


class Command(BaseCommand):
    """Terms in working days leave these days out; terms in calendar days do not end on them."""

    help = "Adopt the public holidays of a country, or of a part of it, as the calendar of a jurisdiction."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the place, the country, why, and the two people who stand behind it."""
        parser.add_argument("--jurisdiction", required=True, metavar="SLUG")
        parser.add_argument("--country", required=True, metavar="CODE", help="two letters, such as PT")
        parser.add_argument("--part", default="", metavar="CODE", help="a state or region of the country")
        parser.add_argument("--reason", required=True, help="why, for everybody to read")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the administrator who proposes it")
        parser.add_argument("--adopted-by", required=True, metavar="EMAIL", help="the chair who adopts it")

    def handle(self, **options: Any) -> None:
        """Adopt it and say how many days it has."""
        jurisdiction = Jurisdiction.objects.filter(slug=options["jurisdiction"]).first()
        if jurisdiction is None:
            raise CommandError(f"There is no jurisdiction {options['jurisdiction']}.")
        try:
            calendar = adopt_calendar(
                jurisdiction=jurisdiction,
                country=options["country"].upper(),
                part=options["part"],
                reason=text(options["reason"]),
                proposed_by=acting_person(jurisdiction, options["by"]),
                adopted_by=acting_person(jurisdiction, options["adopted_by"]),
                now=clock.now(),
            )
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused
        days = len(calendar.holidays)
        self.stdout.write(f"Calendar {calendar.number} is in force: {calendar.source}, {days} public holidays.")
