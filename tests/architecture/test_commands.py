"""The two small programs behind ``make``: the one that finds a Python, and the one that runs the tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import run

ROOT = Path(__file__).resolve().parents[2]


def find_python(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "scripts/find-python.sh"],
        cwd=ROOT,
        env={"PATH": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def pretend_python(folder: Path, name: str, *, refuses: str) -> None:
    """Put a Python into ``folder`` that fails for every program naming ``refuses``."""
    program = folder / name
    program.write_text(f'#!/bin/sh\ncase "$2" in *{refuses}*) exit 1;; esac\nexec {sys.executable} "$@"\n')
    program.chmod(0o755)


def test_a_python_with_venv_is_found(tmp_path):
    pretend_python(tmp_path, "python3", refuses="nothing-at-all")
    assert find_python(tmp_path).stdout.strip() == sys.executable


def test_a_python_without_venv_is_told_what_to_install(tmp_path):
    pretend_python(tmp_path, "python3", refuses="ensurepip")
    found = find_python(tmp_path)
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.splitlines()[1].strip() == "sudo apt-get install python3-venv"


def test_an_old_python_is_told_what_to_install(tmp_path):
    pretend_python(tmp_path, "python3", refuses="version_info")
    found = find_python(tmp_path)
    assert found.returncode == 1
    assert found.stderr.splitlines()[1].strip() == "sudo apt-get install python3 python3-venv"


def test_the_python_asked_for_is_tried_first(tmp_path):
    pretend_python(tmp_path, "python3", refuses="ensurepip")
    assert find_python(tmp_path, PYTHON=sys.executable).stdout.strip() == sys.executable


def test_what_is_missing_leaves_its_tests_out():
    found = run.Findings(postgres=None, redis=None, chromium="/usr/bin/chromium")
    assert found.left_out == ["broker"]
    assert len(found.missing) == 2


def test_nothing_answers_where_no_server_is():
    assert run.answering("postgres://postgres@127.0.0.1:1/lastvote") is False


def test_strict_refuses_to_run_without_a_server(monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setitem(os.environ, "TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:1/lastvote")
    assert run.main(["--strict"]) == 1
    assert capsys.readouterr().err.startswith("Not found: PostgreSQL")
