"""Tables of what would change a score. Names and order of columns stay; a new column goes to the end."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.scoring.change import Change
from deliberation.open_data.columns import BOTH, CODE, NUMBER, POINTS, SHARE, WHOLE, YES_NO, Column, Table
from deliberation.open_data.tables import FACTORS, counts_columns
from deliberation.sensitivity.left_out import KINDS
from deliberation.sensitivity.verdict import Answer
from deliberation.words import LINE_NAMES, METHODS

BY_RULES = ("default", *METHODS, "median", "trimmed_mean", "upper_quartile", "rms")


def _points(change: Change | None) -> int | None:
    return None if change is None else change.points


def _number(row: Mapping[str, Any], name: str) -> Decimal | None:
    return Decimal(row[name]) if name in row else None


def _meets(name: str, line: str) -> Column:
    meaning = _("Weight at which the score meets the line; empty if never")
    return Column(f"meets_{name}", meaning, SHARE, lambda row: row.meets(line))


VERDICT = Table(
    "verdict",
    _("Whether it matters whose weights are used"),
    (
        Column("answer", _("Whether the difference matters"), CODE, lambda row: row["answer"], allowed=tuple(Answer)),
        Column("score", _("Published score, rounded half up to 4 decimals"), SHARE, lambda row: row["score"]),
        Column("any_low", _("Lowest score that any voices could give"), SHARE, lambda row: row["any"][0]),
        Column("any_high", _("Highest score that any voices could give"), SHARE, lambda row: row["any"][1]),
        Column("capped_low", _("Lowest score with voices within the bound"), SHARE, lambda row: row["capped"][0]),
        Column("capped_high", _("Highest score with voices within the bound"), SHARE, lambda row: row["capped"][1]),
        Column("rated_low", _("Score with every rating at its lowest"), SHARE, lambda row: row["rated"][0]),
        Column("rated_high", _("Score with every rating at its highest"), SHARE, lambda row: row["rated"][1]),
        Column("index", _("Index of difference between groups; empty before any are counted"), SHARE,
               lambda row: row["index"]),
        Column("conflict", _("Whether the groups differ enough to talk it through"), YES_NO,
               lambda row: row["conflict"], allowed=BOTH),
        *counts_columns(lambda row: row["counts"]),
    ),
)  # fmt: skip

LEAST = Table(
    "least",
    _("The least that would bring the score to each line"),
    (
        Column("line", _("Which line"), CODE, lambda row: row.code, allowed=tuple(LINE_NAMES)),
        Column("at", _("Where the line stands"), SHARE, lambda row: row.line),
        Column("weight", _("Least weight to move; empty if no weights reach it"), POINTS,
               lambda row: _points(row.weight)),
        Column("into", _("Item that takes it"), CODE, lambda row: row.into),
        Column("voice", _("Least voice to move; empty if no voices reach it"), POINTS, lambda row: _points(row.voice)),
        Column("possible", _("Share of all possible weightings that score the line or more"), SHARE,
               lambda row: row.possible),
        Column("near", _("The same among weightings near the published one"), SHARE, lambda row: row.near),
    ),
)  # fmt: skip

ALONE = Table(
    "alone",
    _("Score while one weight changes"),
    (
        Column("item", FACTORS, CODE, lambda row: row.code),
        Column("weight", _("Weight of all groups together"), SHARE, lambda row: row.share),
        Column("none", _("Score with none of the weight on it"), SHARE, lambda row: row.none),
        Column("all", _("Score with all of the weight on it"), SHARE, lambda row: row.everything),
        Column("step", _("Score after its weight grew by the policy's step"), SHARE, lambda row: row.stepped),
        _meets("low", "L"),
        _meets("moderate", "M"),
        _meets("high", "H"),
        _meets("measures", "measures"),
        _meets("suspension", "suspension"),
    ),
)  # fmt: skip

REACH = Table(
    "reach",
    _("What one group or one person could do"),
    (
        Column("group", _("Code of the group"), CODE, lambda row: row.code),
        Column("voice", _("How much the group counts"), POINTS, lambda row: row.voice),
        Column("without", _("Score with this group left out"), SHARE, lambda row: row.without),
        Column("apart", _("How far the group stands from the others"), SHARE, lambda row: row.apart),
        Column("whole_low", _("Lowest score if all of it answered at an extreme"), SHARE, lambda row: row.whole[0]),
        Column("whole_high", _("Highest score if all of it answered at an extreme"), SHARE, lambda row: row.whole[1]),
        Column("joined_low", _("Lowest score if one more person joined"), SHARE, lambda row: row.joined[0]),
        Column("joined_high", _("Highest score if one more person joined"), SHARE, lambda row: row.joined[1]),
        Column("changed_low", _("Lowest score if one person changed"), SHARE, lambda row: row.changed[0]),
        Column("changed_high", _("Highest score if one person changed"), SHARE, lambda row: row.changed[1]),
        Column("brought", _("Part of the score that the group brought; empty until worked out"), NUMBER,
               lambda row: row.brought),
        Column("pivot", _("Share of sets of other groups whose level it would change; empty until worked out"), SHARE,
               lambda row: row.pivot),
    ),
)  # fmt: skip

BY_METHOD = Table(
    "methods",
    _("The same weights under each method"),
    (
        Column("method", _("How weights and ratings become a score"), CODE, lambda row: row[0], allowed=tuple(METHODS)),
        Column("score", _("Score under this method"), SHARE, lambda row: row[1]),
    ),
)  # fmt: skip

RULES_OF_GROUPS = Table(
    "rules",
    _("The same groups put together by each rule; no rows until worked out"),
    (
        Column("rule", _("How the groups are put together"), CODE, lambda row: row["rule"], allowed=BY_RULES),
        Column("score", _("Score under this rule; empty where it is not defined"), SHARE,
               lambda row: _number(row, "score"), empty=True),
        Column("captured_low", _("Lowest score that one captured group could bring about"), SHARE,
               lambda row: _number(row, "low"), empty=True),
        Column("captured_high", _("Highest score that one captured group could bring about"), SHARE,
               lambda row: _number(row, "high"), empty=True),
        Column("groups_needed", _("Fewest captured groups that could set the level; empty if no number can"), WHOLE,
               lambda row: list(row["groups_needed"].values())[-1] if "groups_needed" in row else None, empty=True),
    ),
)  # fmt: skip

LEFT_OUT = Table(
    "left_out",
    _("Score without some kinds of answers; no rows until worked out"),
    (
        Column("kind", _("Which answers are left out"), CODE, lambda row: row["kind"], allowed=tuple(KINDS)),
        Column("score", _("Score without them; empty where too few people are told apart"), SHARE,
               lambda row: _number(row, "score"), empty=True),
    ),
)  # fmt: skip
