"""Canonical bytes, digests, references; and one whole result pinned byte by byte."""

import json
import os
import subprocess
import sys
from decimal import Decimal as D
from pathlib import Path

import pytest

from assessments.scoring.engine import score
from assessments.scoring.record import canonical_bytes, digest, number_text, plain, reference
from tests.scoring.cases import taxonomy_input

GOLDEN = Path(__file__).with_name("golden_binding.json")
GOLDEN_INPUTS_DIGEST = "ddfce9c44f9509c69528d13161af741ed3541db7b836967cb73fd11d47a9ec6d"
ROOT = Path(__file__).parents[2]


def test_canonical_bytes_sort_keys_and_keep_decimals_as_text():
    assert canonical_bytes({"b": D("0.50"), "a": (1, None, True)}) == b'{"a":[1,null,true],"b":"0.5"}'


def test_canonical_bytes_compose_letters():
    assert canonical_bytes({"e\u0301": "e\u0301"}) == '{"é":"é"}'.encode()


def test_floats_are_refused():
    with pytest.raises(TypeError):
        plain({"score": 0.5})


@pytest.mark.parametrize(
    ("value", "text"), [("0.5000", "0.5"), ("-0", "0"), ("1E+2", "100"), ("0.0000", "0"), ("2.0", "2")]
)
def test_numbers_have_one_spelling(value, text):
    assert number_text(D(value)) == text


def test_reference_is_short_and_checkable():
    assert digest(b"{}") == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert reference("WR-2026-014", b"{}") == "WR-2026-014~44136fa355b3678a"


def test_golden_bytes_of_one_whole_scoring():
    """Any change of a number raises FORMULA_VERSION, with an ADR; this file changes with it."""
    result = score(taxonomy_input())
    assert result.binding == json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert result.binding_bytes == canonical_bytes(json.loads(GOLDEN.read_text(encoding="utf-8")))
    assert result.inputs_digest == GOLDEN_INPUTS_DIGEST


def test_another_process_with_another_hash_seed_gives_the_same_bytes():
    program = (
        "import sys; sys.path.insert(0, '.');"
        "from assessments.scoring.engine import score; from assessments.scoring.record import digest;"
        "from tests.scoring.cases import taxonomy_input;"
        "result = score(taxonomy_input()); print(digest(result.binding_bytes), result.inputs_digest)"
    )
    result = score(taxonomy_input())
    expected = f"{digest(result.binding_bytes)} {result.inputs_digest}\n"
    for seed in ("1", "4242"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        ran = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert ran.stdout == expected
