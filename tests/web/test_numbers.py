"""Numbers as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastvote.web.numbers import LONGEST, NumberError, read_number

ARABIC_INDIC, PERSIAN, DEVANAGARI, FULL_WIDTH = "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９"


@pytest.mark.parametrize(
    "typed",
    ["33,3", "33.3", "33.3 %", "33,3%", "%33.3", "٣٣٫٣", "٣٣٫٣٪", "۳۳٫۳", "३३.३", "３３．３",
     " 33.3 ", "\u200f٣٣٫٣\u200f",
     "+33.3", "33.30", "033.3", "33.3\u00a0%"],
)  # fmt: skip
def test_every_way_to_write_it_gives_the_same_number(typed):
    assert read_number(typed) == Decimal("33.3")


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0", "0"), (".5", "0.5"), ("5.", "5"), ("10 000", "10000"), ("1\u202f000,5", "1000.5"), ("1'000.5", "1000.5"),
     ("-1", "-1"), ("−2,5", "-2.5"), ("1,000", "1"), ("0.00000001", "0.00000001")],
)  # fmt: skip
def test_reads(typed, number):
    assert read_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "empty"), ("   ", "empty"), ("%", "empty"), ("\u200f", "empty"), ("9" * (LONGEST + 1), "too_long")]
    + [
        (typed, "not_a_number")
        for typed in ("abc", "1_0", "0x1", "1e5", "1E5", "inf", "nan", "NaN", "--1", "1-", "1 2", "1,2,3", "1.2,3", ".",
                      ",", "-", "½", "²", "Ⅷ", "五", "10 00", "5 %%", "<b>1</b>", "1;2", "\x001", "１e２")
    ],
)  # fmt: skip
def test_refuses_by_name(typed, code):
    with pytest.raises(NumberError) as refusal:
        read_number(typed)
    assert refusal.value.code == code


numbers = st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False, allow_infinity=False)


@given(numbers, st.sampled_from(["0123456789", ARABIC_INDIC, PERSIAN, DEVANAGARI, FULL_WIDTH]), st.sampled_from(".,٫"))
def test_script_and_separator_change_nothing(number, digits, separator):
    plain = f"{number:f}"
    written = "".join(digits[int(sign)] if sign.isdigit() else separator for sign in plain)
    assert read_number(f"  {written} %") == number


def outcome_of(typed):
    try:
        return read_number(typed)
    except NumberError as refusal:
        return refusal.code


@given(st.text(max_size=LONGEST + 5))
def test_any_text_is_a_finite_number_or_refused(typed):
    outcome = outcome_of(typed)
    if isinstance(outcome, Decimal):
        assert outcome.is_finite()
    else:
        assert outcome in {"empty", "too_long", "not_a_number"}
