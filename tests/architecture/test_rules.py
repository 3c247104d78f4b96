"""Rules of the code that no linter knows: long functions, paired columns, definitions, permissions, imports."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.db import models

from lastvote.access import Permission

ROOT = Path(__file__).resolve().parents[2]
APPS = ("lastvote", "stakeholders", "assessments", "deliberation")
LONGEST = 50
LONG_FOR_A_REASON: dict[str, str] = {}
"""Functions above the limit, as ``path::name``, each with its reason."""


def sources(*, tests=False):
    for app in (*APPS, "tests") if tests else APPS:
        for file in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file, ast.parse(file.read_text())


def functions():
    for file, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                yield f"{file.relative_to(ROOT).as_posix()}::{node.name}", node.end_lineno - node.lineno + 1


def test_functions_are_short():
    long = {name for name, lines in functions() if lines > LONGEST}
    assert long == set(LONG_FOR_A_REASON)


def test_nine_functions_in_ten_have_less_than_thirty_lines_and_half_less_than_ten():
    lengths = sorted(lines for _name, lines in functions())
    assert lengths[len(lengths) // 2] <= 10
    assert lengths[len(lengths) * 9 // 10] <= 30


def test_no_file_is_named_after_nothing_nor_are_tests():
    names = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert [file for file, _tree in sources(tests=True) if file.name in names] == []


def definitions(text):
    """Return the numbers of the definitions named in a text; "D5 to D7" and "D5-D7" name three."""
    found = {int(number) for number in re.findall(r"\bD(\d{1,2})\b", text)}
    for first, last in re.findall(r"\bD(\d{1,2})(?:\s+to\s+|[-–])D(\d{1,2})\b", text):
        found |= set(range(int(first), int(last) + 1))
    return found


def test_every_definition_of_the_scoring_core_is_explained():
    code = "\n".join(file.read_text() for file in (ROOT / "assessments" / "scoring").glob("*.py"))
    assert len(definitions(code)) > 10
    assert definitions(code) - definitions((ROOT / "docs" / "scoring.md").read_text()) == set()


def test_every_equation_of_the_scoring_core_is_explained():
    number = re.compile(r"eqs?\. \((\d+[A-Za-z]?)\)")
    code = "\n".join(file.read_text() for file in (ROOT / "assessments" / "scoring").glob("*.py"))
    documented = set(re.findall(r"\((\d+[A-Za-z]?)\)", (ROOT / "docs" / "scoring.md").read_text()))
    assert set(number.findall(code)) - documented == set()


def test_every_permission_is_asked_for_somewhere():
    asked = set()
    for file, tree in sources():
        if file.name == "access.py":
            continue
        names = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))
        asked |= {node.attr for node in names if isinstance(node.value, ast.Name) and node.value.id == "Permission"}
    silent = {permission for permission in Permission if permission.name not in asked}
    assert silent == set()


def test_who_and_when_are_both_there_or_both_missing():
    """A column that says by whom an act was done stands with the one that says when, and the database ties them."""
    loose = []
    for model in apps.get_models():
        names = {field.name: field for field in model._meta.get_fields() if isinstance(field, models.Field)}
        for name, field in names.items():
            when = names.get(f"{name.removesuffix('_by')}_at") if name.endswith("_by") else None
            if when is not None and (field.null or when.null) and not tied(model, name, when.name):
                loose.append(f"{model.__name__}.{name}")
    assert loose == []


def tied(model, *columns):
    checks = [repr(one.condition) for one in model._meta.constraints if isinstance(one, models.CheckConstraint)]
    return any(all(f"{column}__isnull" in check for column in columns) for check in checks)


def test_some_acts_are_tied_to_who_did_them():
    assert tied(apps.get_model("assessments.RoundProposal"), "confirmed_by", "confirmed_at")


def test_imports_keep_their_direction():
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert done.returncode == 0, done.stdout


def test_settings_are_read_in_one_place():
    """Only the settings and the typed readers look at the environment of the process."""
    reading = {
        file.relative_to(ROOT).as_posix()
        for file, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"} and isinstance(node.value, ast.Name)
    }
    assert reading <= {"lastvote/env.py", "lastvote/settings.py", "lastvote/celery.py", "lastvote/wsgi.py"}


def test_nothing_is_fetched_from_addresses_that_people_give():
    """The site asks no other site for anything, so no client for that is imported."""
    clients = {
        "requests",
        "httpx",
        "urllib3",
        "http.client",
        "urllib.request",
        "aiohttp",
        "socket",
        "ftplib",
        "smtplib",
    }
    importing = {}
    for file, tree in sources():
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            if clients & set(names):
                importing[file.relative_to(ROOT).as_posix()] = sorted(clients & set(names))
    assert importing == {"lastvote/jobs/heartbeats.py": ["socket"], "lastvote/jobs/server.py": ["socket"]}


def test_templates_trust_no_text():
    """``safe``, ``autoescape off`` and ``mark_safe`` would let what people write become markup."""
    trusting = [
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "templates").rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape off|\|safeseq", file.read_text())
    ]
    code = [file.relative_to(ROOT).as_posix() for file, _tree in sources() if "mark_safe" in file.read_text()]
    assert (trusting, code) == ([], [])


def refusal_codes():
    """Every code that somebody can be refused with, and where."""
    for file, tree in sources():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"Refused", "Fault"} and call.args:
                code = call.args[0]
                if isinstance(code, ast.Constant):
                    yield code.value, file.relative_to(ROOT).as_posix()


def test_every_refusal_is_provoked_by_a_test():
    tests = "".join(file.read_text() for file in (ROOT / "tests").rglob("*.py"))
    assert [found for found in refusal_codes() if f'"{found[0]}"' not in tests] == []
