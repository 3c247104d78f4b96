"""Every example of the equations page runs and says what it shows."""

import doctest
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "scoring.md"


def test_examples_of_the_page():
    outcome = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert (outcome.failed, outcome.attempted > 50) == (0, True)


def test_page_names_every_code_that_the_core_can_raise():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "assessments" / "scoring").rglob("*.py"))
    raised = set(re.findall(r'ScoringError\(\s*"(\w+)"', code))
    page = PAGE.read_text(encoding="utf-8")
    assert {one for one in raised if not one.startswith("string_") and f"`{one}`" not in page} == set()
