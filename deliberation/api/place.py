"""The jurisdiction itself: names, groups, languages, and where everything else is."""

from typing import Any, ClassVar

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deliberation.api.public import PublicView, read
from deliberation.open_data.answers import JURISDICTION
from deliberation.open_data.schemas import answer_schema
from lastvote.rest.sections import PLACE
from stakeholders.reads import groups_of

BELOW = {
    "cases": "api_cases", "systems": "api_systems", "deployers": "api_deployers", "sources": "api_sources",
    "policies": "api_policies", "lines": "api_lines", "validation": "api_validation", "learning": "api_learning",
    "home": "home", "data": "data",
}  # fmt: skip


class Place(PublicView):
    """Say who publishes here, and link to the rest."""

    operations: ClassVar = read(
        "jurisdiction", PLACE, _("Read the jurisdiction"),
        _("Its names, its groups, its languages, and the addresses of everything below."), answer_schema(JURISDICTION),
    )  # fmt: skip

    def found(self, **_slots: Any) -> bytes:
        town = self.jurisdiction
        links = [
            (name, f"{settings.BASE_URL.rstrip('/')}{reverse(route, args=[town.slug])}")
            for name, route in BELOW.items()
        ]
        contents = {
            "place": [town], "languages": town.languages, "stakeholders": list(groups_of(town)), "links": links,
        }  # fmt: skip
        return JURISDICTION.json(town, contents)
