"""The small size of what ``make torture`` does in full: a site is harmed in every way, and nothing may be missing."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.torture import programs
from tests.torture.comparing.outside import ROOT

LEFT_OUT = bool(programs.missing("servers")) and os.environ.get("REQUIRE_ALL") != "1"


def torture(*arguments):
    """Run the harness in a process of its own, with servers of its own; return its exit code and what it printed."""
    command = [sys.executable, "-m", "tests.torture", "--size", "small", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            said, _nothing = process.communicate()
        finally:  # told to end in time, it ends what it has started
            process.terminate()
    print(said)  # the seed stands there
    return process.returncode, said


@pytest.mark.broker
@pytest.mark.postgres
@pytest.mark.timeout(900)
@pytest.mark.skipif(LEFT_OUT, reason="no programs of PostgreSQL and Redis here")
def test_nothing_is_lost_or_counted_twice_whatever_dies():
    code, verdict = torture("--setup", "servers")
    assert (code, verdict.splitlines()[-1]) == (0, "PASSED: nothing lost, nothing twice")


@pytest.mark.timeout(600)
@pytest.mark.skipif(not settings.IS_SQLITE, reason="it brings an SQLite of its own, so once is enough")
def test_nor_in_the_set_up_of_one_process():
    code, verdict = torture("--setup", "embedded")
    assert (code, verdict.splitlines()[-1]) == (0, "PASSED: nothing lost, nothing twice")
