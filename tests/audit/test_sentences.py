"""Whatever the code records can be said in words."""

import ast
import re
from pathlib import Path

import pytest

from lastvote.audit.models import AuditEvent
from lastvote.audit.sentences import SENTENCES, sentence

ROOT = Path(__file__).parents[2]
SUBJECTS = {kind.partition(".")[0] for kind in SENTENCES}
KIND = re.compile(r"^[a-z]+\.[a-z]+(_[a-z]+)*(ed|ended|died|mismatch)$")


def recorded_kinds():
    """Return every string in the code that looks like the kind of an event."""
    kinds = set()
    for app in ("lastvote", "stakeholders", "assessments", "deliberation"):
        for file in (ROOT / app).rglob("*.py"):
            if file.name == "sentences.py" or "migrations" in file.parts:
                continue
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and KIND.match(node.value):
                    kinds.add(node.value)
    return {kind for kind in kinds if kind.partition(".")[0] in SUBJECTS}


def test_every_recorded_kind_has_a_sentence():
    assert recorded_kinds() - set(SENTENCES) == set()


def test_the_search_for_kinds_finds_some():
    assert {"outbox.died", "jurisdiction.founded"} - recorded_kinds() == set()


def test_an_event_is_said_in_words():
    assert sentence(AuditEvent(kind="round.opened")) == "The round was opened."


def test_an_unknown_kind_is_not_passed_over():
    with pytest.raises(KeyError):
        sentence(AuditEvent(kind="round.juggled"))


@pytest.mark.parametrize("words", SENTENCES.values())
def test_sentences_are_short_and_whole(words):
    assert str(words)[0].isupper()
    assert str(words)[-1] == "."
    assert len(str(words).split()) <= 20
