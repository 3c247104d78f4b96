"""Tables of a round of talks. Names and order of columns stay; a new column goes to the end."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from deliberation.open_data.columns import ADDRESS, BOTH, CODE, DAY, MOMENT, SHARE, WHOLE, WORDS, YES_NO, Column, Table
from deliberation.open_data.tables import FACTORS
from deliberation.states import PUBLIC_CLOCKS, ClockKind, Convened, DeliberationState, PauseReason
from deliberation.terms import Why

GROUP = _("Code of the group")
PART = _("Part of the round")
SESSION = _("Number of the session in the round")
PARTS = tuple(kind.value for kind in ClockKind if kind in PUBLIC_CLOCKS)
PERCENT = _("Share of the weight in whole percent, as the page shows it")

TALKS = Table(
    "talks",
    _("Rounds of talks"),
    (
        Column("assessment", _("Number of the assessment it is on"), WHOLE, lambda row: row.case.assessment.number),
        Column("talks", _("Number of the round of talks"), WHOLE, lambda row: row.number),
        Column("state", _("Where the talks are"), CODE, lambda row: row.state,
               allowed=tuple(DeliberationState.values)),
        Column("because", _("Why there are talks"), CODE, lambda row: row.because, allowed=tuple(Convened.values)),
        Column("round_before", _("Number of the round of answers that showed the difference"), WHOLE,
               lambda row: row.basis.number),
        Column("round_after", _("Number of the round in which people answer again"), WHOLE,
               lambda row: row.follow_up.number),
        Column("agreed", _("The facilitator's note: what is agreed"), WORDS, lambda row: row.agreed),
        Column("narrowed", _("The same: what is nearer to each other"), WORDS, lambda row: row.narrowed),
        Column("still_differ", _("The same: what still differs"), WORDS, lambda row: row.still_differ),
        Column("besides", _("The same: anything else"), WORDS, lambda row: row.close_note),
        Column("noted_at", _("When the note was written; empty before"), MOMENT, lambda row: row.close_note_at,
               empty=True),
        Column("page", _("Page of the talks"), ADDRESS, lambda row: row.page),
    ),
    keys=2,
)  # fmt: skip


def _check(name: str, meaning: Any) -> Column:
    return Column(name, meaning, YES_NO, lambda row: getattr(row, name), allowed=BOTH)


CHECKS = Table(
    "checks",
    _("The two checks on a published round of answers, before the talks and after them"),
    (
        Column("round", _("Number of the round of answers"), WHOLE, lambda row: row.round),
        Column("index", _("Index of difference between groups; empty before any are counted"), SHARE,
               lambda row: row.index, empty=True),
        _check("differ", _("First check: whether the groups differ enough to talk it through")),
        _check("matters", _("Second check: whether the difference leads to different levels or powers")),
        _check("levels", _("Whether it changes the level")),
        _check("measures", _("Whether it changes whether extra measures apply")),
        _check("suspension", _("Whether it changes whether a suspension is possible")),
    ),
)  # fmt: skip

DIFFERENCES = Table(
    "differences",
    _("How far the groups differ on each item, by the round before the talks"),
    (
        Column("item", FACTORS, CODE, lambda row: row.item),
        Column("spread", _("How far the groups' shares lie apart; empty below two groups"), SHARE,
               lambda row: row.spread, empty=True),
        _check("on_agenda", _("Whether the talks are about it")),
        Column("reasons", _("Reasons about it whose words were not erased"), WHOLE, lambda row: row.reasons),
    ),
)  # fmt: skip

PARTS_OF_TALKS = Table(
    "parts",
    _("Parts of a round of talks, and when each ends"),
    (
        Column("part", PART, CODE, lambda row: row.kind, allowed=PARTS),
        Column("ends_at", _("When it ends or ended, with all time that was given"), MOMENT, lambda row: row.due_at),
        Column("more_time_because", _("Why it was given more time; empty if it was not"), WORDS,
               lambda row: row.extension_reason),
    ),
)  # fmt: skip

PAUSES = Table(
    "pauses",
    _("Days on which the talks stood still"),
    (
        Column("part", PART, CODE, lambda row: row[0], allowed=PARTS),
        Column("first_day", _("First day"), DAY, lambda row: row[1].first_day),
        Column("last_day", _("Last day on which they really stood still"), DAY, lambda row: row[1].through),
        Column("told_last_day", _("Last day as it was told at first"), DAY, lambda row: row[1].last_day),
        Column("reason", _("Which of the listed reasons"), CODE, lambda row: row[1].reason,
               allowed=tuple(PauseReason.values)),
        Column("explanation", _("What happened"), WORDS, lambda row: row[1].explanation),
        Column("ended_because", _("Why they went on sooner; empty if they did not"), WORDS,
               lambda row: row[1].ended_because),
    ),
    keys=2,
)  # fmt: skip

DAYS = Table(
    "days",
    _("How the days of each part were counted"),
    (
        Column("part", PART, CODE, lambda row: row[0], allowed=PARTS),
        Column("day", _("The day"), DAY, lambda row: row[1]["day"]),
        Column("number", _("Its number; empty if it does not count"), WHOLE, lambda row: row[1]["number"], empty=True),
        Column("why", _("Why it counts or does not"), CODE, lambda row: row[1]["why"],
               allowed=tuple(why.value for why in Why)),
        Column("name", _("Name of the holiday, or reason of the pause; else empty"), WORDS,
               lambda row: row[1]["name"]),
    ),
    keys=2,
)  # fmt: skip

EQUITY = Table(
    "equity",
    _("Who was heard in the talks, by group"),
    (
        Column("group", GROUP, CODE, lambda row: row.group.code),
        Column("people", _("People on the list"), WHOLE, lambda row: row.people),
        Column("reasons", _("Reasons that they gave"), WHOLE, lambda row: row.reasons),
        Column("replies", _("Replies that they gave"), WHOLE, lambda row: row.replies),
        Column("came", _("How many came to sessions, all sessions together"), WHOLE, lambda row: row.came),
        Column("minutes", _("Minutes that they spoke in sessions"), WHOLE, lambda row: row.minutes),
        _check("silent", _("Whether nobody of the group gave a reason")),
    ),
)

SESSIONS = Table(
    "sessions",
    _("Sessions"),
    (
        Column("session", SESSION, WHOLE, lambda row: row.number),
        Column("starts_at", _("When it begins or began"), MOMENT, lambda row: row.starts_at),
        Column("place", _("Where"), WORDS, lambda row: row.place),
        Column("led_by", _("Who leads it"), WORDS, lambda row: row.facilitator.name),
        Column("minutes", _("What was said; empty before the minutes are published"), WORDS, lambda row: row.minutes),
        Column("minuted", _("Whether its minutes are published"), YES_NO, lambda row: row.minuted_at is not None,
               allowed=BOTH),
        Column("access", _("What is there so that everybody can take part"), WORDS, lambda row: row.access),
    ),
)  # fmt: skip

ATTENDANCE = Table(
    "attendance",
    _("Who was at a session, once its minutes are published"),
    (
        Column("session", SESSION, WHOLE, lambda row: row.session.number),
        Column("group", GROUP, CODE, lambda row: row.group.code),
        Column("people", _("People who came"), WHOLE, lambda row: row.people),
        Column("minutes_spoken", _("Minutes that they spoke"), WHOLE, lambda row: row.minutes_spoken),
        Column("needed", _("What they needed to take part; empty if nothing was named"), WORDS,
               lambda row: row.access_needs),
        Column("was_there", _("Whether it was there; empty if nothing was named"), YES_NO,
               lambda row: row.access_met if row.access_needs else None, allowed=BOTH, empty=True),
    ),
    keys=2,
)  # fmt: skip

MOVED_SCORES = Table(
    "moved_scores",
    _("Score with each group's weights alone, in the round before and in this one"),
    (
        Column("group", GROUP, CODE, lambda row: row[0]),
        Column("before", _("Score before"), SHARE, lambda row: row[1]),
        Column("after", _("Score after"), SHARE, lambda row: row[2]),
    ),
)

MOVED_SHARES = Table(
    "moved_shares",
    _("What each group gave to each item, in the round before and in this one"),
    (
        Column("group", GROUP, CODE, lambda row: row[0]),
        Column("item", FACTORS, CODE, lambda row: row[1]),
        Column("before", PERCENT, WHOLE, lambda row: row[2]),
        Column("after", PERCENT, WHOLE, lambda row: row[3]),
    ),
    keys=2,
)
