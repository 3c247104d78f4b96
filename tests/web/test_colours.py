"""Colours of the style sheet: words and marks stand out from both papers."""

import re

import pytest
from django.conf import settings

SHEET = (settings.BASE_DIR / "static" / "css" / "lastvote.css").read_text()
TOKEN = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});")


def tokens():
    """Return the colours in light and in dark mode."""
    before, dark = SHEET.split("@media screen and (prefers-color-scheme: dark)", 1)
    light = dict(TOKEN.findall(before))
    return {"light": light, "dark": light | dict(TOKEN.findall(dark.split("@layer", 1)[0]))}


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_stand_out(mode):
    colours = tokens()[mode]
    for paper in ("paper", "tint"):
        assert contrast(colours["ink"], colours[paper]) >= 7
        assert contrast(colours["ink-soft"], colours[paper]) >= 7
        assert contrast(colours["accent"], colours[paper]) >= 4.5
        assert contrast(colours["alarm"], colours[paper]) >= 4.5
        assert contrast(colours["edge"], colours[paper]) >= 3
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("slot", range(12))
def test_every_group_stands_out(mode, slot):
    colours = tokens()[mode]
    assert contrast(colours[f"g{slot}"], colours["paper"]) >= 4.5


def test_sheet_knows_no_left_and_right():
    physical = re.compile(r"(?<![-\w])(?:left|right|(?:margin|padding|border)-(?:left|right|top|bottom))\s*:")
    assert physical.findall(SHEET) == []


def test_sheet_fetches_nothing_from_elsewhere():
    addresses = re.findall(r"url\(\"?([^)\"]*)", SHEET)
    assert addresses != []
    assert [address for address in addresses if not address.startswith("../fonts/")] == []
