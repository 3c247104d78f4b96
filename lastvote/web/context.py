"""What every template can see."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from lastvote.web.navigation import navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """Add the site's mode, its links and, where the view has set them, the jurisdiction and the signed-in person."""
    return {
        "demo_mode": settings.DEMO,
        "jurisdiction": getattr(request, "jurisdiction", None),
        "person": getattr(request, "person", None),
        **navigation(request),
    }
