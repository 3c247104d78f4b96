"""Two pages have two titles. Test processes tell each other by files which page has which."""

import hashlib
from pathlib import Path

from playwright.sync_api import Page

SAME_PAGE = {
    "assessment_working": "working",
    "assessment_round": "round",
    "assessment_sensitivity": "sensitivity",
    "assessment_talks": "talks",
    "assessment_talks_late_words": "talks_late_words",
    "assessment_talks_reason_new": "talks_reason_new",
    "desk_talks_newest": "desk_talks",
    "desk_talks_newest_reasons": "desk_talks_reasons",
}
"""Two addresses of one page, or one that leads to another."""


def title(page: Page, route: str, folder: Path) -> list[str]:
    """Claim the title for a route; it is taken if another route has it."""
    words = page.title().removeprefix("Error: ")
    name = SAME_PAGE.get(route, route)
    claim = folder / f"title-{hashlib.sha256(words.encode()).hexdigest()[:16]}"
    try:
        with claim.open("x") as file:
            file.write(name)
    except FileExistsError:
        owner = claim.read_text()
        return [] if owner in {"", name} else [f"the title '{words}' belongs to {owner} too"]
    return [] if words else ["no title"]
