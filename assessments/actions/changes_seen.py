"""Two people who change the same thing: the second is told, and nothing of the first is lost unseen."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lastvote.errors import Refused


def fingerprint(facts: Mapping[str, Any]) -> str:
    """Return a short name of what somebody saw; a form carries it until it is sent."""
    told = json.dumps(facts, default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def check_seen(seen: str, facts: Mapping[str, Any]) -> None:
    """Refuse a change of something that has changed since the person saw it."""
    if seen != fingerprint(facts):
        raise Refused(
            "changed_meanwhile",
            _("Somebody changed this while you were writing. Compare both versions and send yours again."),
            status=409,
        )
