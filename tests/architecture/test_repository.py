"""What the repository promises about itself: its commands, its settings table, its documents, its layout."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("lastvote", "stakeholders", "assessments", "deliberation")
FOLDERS = (*APPS, "templates", "static", "tests", "docs", "scripts", "bench", ".ci")
ELSEWHERE = re.compile(r"/(?:root|work|tmp)/|/home/\w|\bpypi\.|pythonhosted\.")
"""Paths of somebody's machine and addresses of registries."""


def text_files() -> list[Path]:
    inside = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    return [path for path in (*inside, *ROOT.glob("[!.]*")) if _is_text(path)]


def _is_text(path: Path) -> bool:
    return path.is_file() and path.suffix in {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".sh", ".csv", ""}


def documents() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def read_from_environment() -> set[str]:
    calls = re.compile(r"""(?:\benv\.\w+|\bchoice)\(\s*["']([A-Z_]+)["']""")
    files = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    return {name for path in files for name in calls.findall(path.read_text())}


def test_the_settings_table_lists_exactly_what_is_read_from_the_environment():
    table = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert sorted(table) == sorted(read_from_environment())


def test_make_help_lists_every_command():
    makefile = (ROOT / "Makefile").read_text()
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    described = set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))
    assert described == phony


def test_every_command_named_in_a_document_exists():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {name for path in documents() for name in re.findall(r"`(?:make|make) ([a-z-]+)", path.read_text())}
    assert named - targets == set()


def test_every_management_command_named_in_a_document_exists():
    commands = {path.stem for app in APPS for path in (ROOT / app).rglob("management/commands/*.py")} | {"migrate"}
    named = {name for path in documents() for name in re.findall(r"manage\.py ([a-z_-]+)", path.read_text())}
    assert named - commands == set()


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(document):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_index_of_documents_is_complete():
    index = (ROOT / "docs" / "README.md").read_text()
    assert [
        path.name for path in (ROOT / "docs").glob("*.md") if path.name != "README.md" and path.name not in index
    ] == []


def decision_records() -> list[Path]:
    return sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))


def test_decision_records_have_numbers_of_their_own_and_are_indexed_in_order():
    numbers = [path.name[:4] for path in decision_records()]
    listed = re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\) \|", (ROOT / "docs" / "adr" / "README.md").read_text())
    assert sorted(set(numbers)) == numbers
    assert listed == [path.name for path in decision_records()]


def test_decision_records_are_short():
    assert [path.name for path in decision_records() if len(path.read_text().split()) > 400] == []


def test_every_dependency_says_why_it_is_there():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    pinned = [line for line in lines if re.match(r'\s+"[A-Za-z][\w.\[\],-]*(>=|<|==)', line)]
    assert len(pinned) > 20
    assert [line for line in pinned if "#" not in line] == []


def test_constraints_pin_every_dependency_and_name_no_address():
    constraints = (ROOT / "constraints.txt").read_text().lower()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    names = {re.match(r"[\w.-]+", name)[0].lower() for name in wanted} - {"lastvote"}
    assert {name for name in names if not re.search(rf"^{re.escape(name)}==", constraints, re.MULTILINE)} == set()
    assert "://" not in constraints


def test_no_file_is_named_after_nothing():
    names = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert [path for app in APPS for path in (ROOT / app).rglob("*.py") if path.name in names] == []


def test_apps_have_empty_init_files():
    assert [app for app in APPS if (ROOT / app / "__init__.py").read_text()] == []


def test_modules_stay_short():
    files = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    assert [path.name for path in files if len(path.read_text().splitlines()) > 420] == []


def test_the_project_names_nobodys_machine():
    found = {path: ELSEWHERE.findall(path.read_text(errors="ignore")) for path in text_files()}
    assert {path.relative_to(ROOT).as_posix(): words for path, words in found.items() if words} == {}


def test_the_licence_is_apache_2():
    assert "Apache License\n                           Version 2.0" in (ROOT / "LICENSE").read_text()
