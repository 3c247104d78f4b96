"""The rules of axe-core that stand for WCAG 2.2 AA and for good practice."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
KINDS = ("passes", "violations", "incomplete", "inapplicable")


def load(page: Page) -> None:
    """Bring the rules into the page, once for all runs."""
    page.evaluate(AXE_SCRIPT)


def violations(page: Page) -> list[str]:
    """Run every rule; also make sure that the one on the size of targets was among them."""
    found = _run(page, {"type": "tag", "values": list(TAGS)})
    return found["told"] + ([] if "target-size" in found["ran"] else ["axe did not run target-size"])


def rules(page: Page, *names: str) -> list[str]:
    """Run some rules again, after something changed that they depend on."""
    return _run(page, {"type": "rule", "values": list(names)})["told"]


def _run(page: Page, only: dict[str, Any]) -> dict[str, Any]:
    return page.evaluate(
        """async ([only, kinds]) => {
            const found = await axe.run({runOnly: only, resultTypes: ["violations"]});
            const tell = (rule) => rule.nodes.map((node) => `axe ${rule.id}: ${node.html.slice(0, 160)}`);
            const told = found.violations.flatMap(tell);
            return {told, ran: kinds.flatMap((kind) => found[kind].map((rule) => rule.id))};
        }""",
        [only, list(KINDS)],
    )
