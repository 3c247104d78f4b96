"""What is killed starts again, what is only told to end does not, and nothing is left behind."""

import os
import sys
import time
from pathlib import Path

import pytest

from tests.jobs.live import Process, wait_until
from tests.torture.supervisor import Supervisor, children_of

PARENT = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).wait()"


def runs(pid):
    """Whether a process is there and not only waiting to be forgotten."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def supervisor():
    supervisor = Supervisor()
    yield supervisor
    supervisor.end()


@pytest.fixture
def parent(supervisor):
    one = supervisor.run("parent", lambda: Process([sys.executable, "-c", PARENT]))
    wait_until(lambda: children_of(one.process.pid), 20)
    return one


def test_a_group_that_is_killed_starts_again_with_another_id(supervisor, parent):
    first, (child,) = parent.process.pid, children_of(parent.process.pid)
    parent.kill()
    wait_until(lambda: parent.process.pid != first and children_of(parent.process.pid), 20)
    assert (runs(first), runs(child), runs(parent.process.pid)) == (False, False, True)
    assert dict(supervisor.starts) == {"parent": 1}


def test_one_child_is_killed_and_where_there_is_none_nothing_is(supervisor, parent):
    (child,) = children_of(parent.process.pid)
    assert parent.kill_a_child(max) is True
    wait_until(lambda: not runs(child), 20)
    childless = supervisor.run("childless", lambda: Process([sys.executable, "-c", "import time; time.sleep(60)"]))
    assert childless.kill_a_child(max) is False
    assert runs(childless.process.pid)


def test_children_that_left_the_group_are_killed_with_the_first(supervisor):
    leaving = PARENT.replace("time.sleep(60)'])", "time.sleep(60)'], start_new_session=True)")
    one = supervisor.run("leaving", lambda: Process([sys.executable, "-c", leaving]))
    wait_until(lambda: children_of(one.process.pid), 20)
    (child,) = children_of(one.process.pid)
    wait_until(lambda: os.getpgid(child) == child, 20)
    one.kill_with_children()
    wait_until(lambda: not runs(child), 20)


def test_nothing_runs_after_the_end_and_nothing_starts_again(supervisor, parent):
    pid, (child,) = parent.process.pid, children_of(parent.process.pid)
    supervisor.end()
    time.sleep(0.5)
    assert (runs(pid), runs(child), parent.process.pid, dict(supervisor.starts)) == (False, False, pid, {})
