"""A pytest plugin that prints what ``tests/run.py`` has to say, just above pytest's own last line."""

import json
import os

from _pytest.terminal import TerminalReporter


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print the notes, where there are any."""
    notes = json.loads(os.environ.get("TEST_NOTES", "[]"))
    if notes:
        terminalreporter.section("what ran")
        for note in notes:
            terminalreporter.write_line(note)
