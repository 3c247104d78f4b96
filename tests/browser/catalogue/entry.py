"""One page in one state."""

from dataclasses import dataclass

from tests.browser.steps import Step


@dataclass(frozen=True)
class Entry:
    """Where a page is, who looks at it, what they did there before, and what it then answers.

    ``wrong`` pages show an error summary.
    """

    name: str
    route: str
    path: str
    who: str = "visitor"
    status: int = 200
    steps: tuple[Step, ...] = ()
    wrong: bool = False
    switches: tuple[str, ...] = ()
    says: str = ""
    """Words that must be on the page."""
    kept: tuple[tuple[str, str], ...] = ()
    """Fields, and what was typed into them and must still be there."""
