"""What measuring boxes tells: nothing scrolls sideways, nothing is cut off or printed over something else."""

from playwright.sync_api import Page

from tests.browser.checks.scripts import script

NARROW = 320
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""
DOUBLE = "html { font-size: 200% !important; }"


def reflow(page: Page) -> list[str]:
    """Look at a narrow page: only named regions that take the focus may scroll sideways."""
    return page.evaluate(script("scrolling"), NARROW)


def collisions(page: Page, extra_style: str = "") -> list[str]:
    """Return what is cut off, and words that are printed over other words."""
    return page.evaluate(script("colliding"), extra_style)
