"""The small size of what ``make torture`` does in full: a site is harmed in every way, and nothing may be missing."""

import subprocess
import sys

import pytest
from django.conf import settings

from tests.torture import programs
from tests.torture.comparing.outside import ROOT


def torture(*arguments):
    """Run the harness in a process of its own, with servers of its own; return its exit code and what it printed."""
    command = [sys.executable, "-m", "tests.torture", "--size", "small", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(done.stdout, done.stderr)  # the seed stands there
    return done.returncode, done.stdout


@pytest.mark.broker
@pytest.mark.postgres
@pytest.mark.timeout(900)
@pytest.mark.skipif(bool(programs.missing("servers")), reason="no programs of PostgreSQL and Redis here")
def test_nothing_is_lost_or_counted_twice_whatever_dies():
    code, verdict = torture("--setup", "servers")
    assert (code, verdict.splitlines()[-1]) == (0, "PASSED: nothing lost, nothing twice")


@pytest.mark.timeout(600)
@pytest.mark.skipif(not settings.IS_SQLITE, reason="it brings an SQLite of its own, so once is enough")
def test_nor_in_the_set_up_of_one_process():
    code, verdict = torture("--setup", "embedded")
    assert (code, verdict.splitlines()[-1]) == (0, "PASSED: nothing lost, nothing twice")
