"""Every table of open data. Names and order of columns stay; a new column goes to the end."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.models import EvidenceItem
from assessments.scoring.arithmetic import text
from assessments.states import (
    AggregatorName,
    EvidenceKind,
    IncidentKind,
    RoundState,
    SchemeName,
    Visibility,
)
from deliberation.governing import RULES, Governing
from deliberation.open_data.columns import (
    ADDRESS,
    BOTH,
    CODE,
    DAY,
    MOMENT,
    NUMBER,
    POINTS,
    SHARE,
    WHOLE,
    WORDS,
    YES_NO,
    Column,
    Table,
)
from deliberation.results import GroupResult
from deliberation.states import CaseStage
from deliberation.words import LEVEL_NAMES, POSITION_SOURCES, TIME_NAMES, WEIGHTS_SOURCES
from lastvote.texts import words_of

SECRET_STATES = {RoundState.DRAFT, RoundState.VOID}
LEVELS = tuple(LEVEL_NAMES)
FACTORS = _("Code of the item, in brackets under “Words we use”")


def _open(row: EvidenceItem, value: Any) -> Any:
    """Return a value of a row of evidence that everybody may read."""
    return value if row.visibility == Visibility.PUBLIC else None


def _counted(row: GroupResult) -> int | None:
    return row.answers if row.present else None


def counts_columns(of: Callable[[Any], Governing | None]) -> tuple[Column, Column]:
    """Return the last columns beside every published score: which score counts, and by which rule."""
    return (
        Column(
            "counts", _("Score that counts: the published one, or the protective one; empty if there is none"), SHARE,
            lambda row: None if (found := of(row)) is None else text(found.score), empty=True,
        ),
        Column(
            "counts_because", _("Why that score counts: it was published, or the protective default holds (D27)"),
            CODE, lambda row: None if (found := of(row)) is None else found.rule, allowed=RULES, empty=True,
        ),
    )  # fmt: skip


CASES = Table(
    "case",
    _("Cases"),
    (
        Column("reference", _("Reference of the case. It never changes."), CODE, lambda row: row.reference),
        Column(
            "kind", _("What sort of case it is"), CODE, lambda row: row.incident.kind,
            allowed=tuple(IncidentKind.values),
        ),
        Column("language", _("Language of the three texts that follow"), CODE, lambda row: row.language),
        Column("title", _("Title"), WORDS, lambda row: row.words("title")),
        Column("summary", _("What happened"), WORDS, lambda row: row.words("summary")),
        Column("affected", _("Who it affects"), WORDS, lambda row: row.words("affected")),
        Column("system", _("Name of the AI system"), WORDS, lambda row: row.incident.system.name),
        Column("deployer", _("Who puts the system to use"), WORDS, lambda row: row.incident.system.deployer.name),
        Column(
            "happened_from", _("First day on which it happened"), DAY,
            lambda row: row.incident.happened_from, empty=True,
        ),
        Column(
            "happened_to", _("Last day on which it happened"), DAY, lambda row: row.incident.happened_to, empty=True,
        ),
        Column(
            "retrospective", _("Whether it is a test on a past case"), YES_NO, lambda row: row.incident.retrospective,
            allowed=BOTH,
        ),
        Column("stage", _("How far the case has come"), CODE, lambda row: row.stage, allowed=tuple(CaseStage.values)),
        Column(
            "closes_at", _("When the open round closes; empty if none is open"), MOMENT,
            lambda row: row.closes_at, empty=True,
        ),
        Column(
            "score", _("Newest published score, 4 decimals; empty if there is none"), SHARE,
            lambda row: row.score, empty=True,
        ),
        Column(
            "score_source", _("Whose weights made the score: people's answers, or equal weights"), CODE,
            lambda row: row.score_source, allowed=tuple(WEIGHTS_SOURCES), empty=True,
        ),
        Column(
            "provisional", _("Whether too few groups were counted, or affected communities were not"), YES_NO,
            lambda row: row.provisional, allowed=BOTH, empty=True,
        ),
        Column("page", _("Page of the case"), ADDRESS, lambda row: row.page),
        *counts_columns(lambda row: row.counts),
    ),
)  # fmt: skip

ROUNDS = Table(
    "rounds",
    _("Rounds"),
    (
        Column("assessment", _("Number of the assessment it is on"), WHOLE, lambda row: row.assessment.number),
        Column("round", _("Number of the round"), WHOLE, lambda row: row.number),
        Column(
            "scheme", _("What people weigh: four things, or seven kinds of risk"), CODE,
            lambda row: row.assessment.scheme, allowed=tuple(SchemeName.values),
        ),
        Column(
            "state", _("Where the round is"), CODE, lambda row: row.state,
            allowed=tuple(state.value for state in RoundState if state not in SECRET_STATES),
        ),
        Column("opens_at", _("When it opens or opened"), MOMENT, lambda row: row.opens_at),
        Column("closes_at", _("When it closes or closed"), MOMENT, lambda row: row.closed_at or row.closes_at),
    ),
    keys=2,
)  # fmt: skip

EVIDENCE = Table(
    "evidence",
    _("Evidence"),
    (
        Column("number", _("Number of the evidence in this case"), WHOLE, lambda row: row.number),
        Column("version", _("Version; a change makes a new one"), WHOLE, lambda row: row.version),
        Column("kind", _("What the row is for"), CODE, lambda row: row.kind, allowed=tuple(EvidenceKind.values)),
        Column("visibility", _("Who may read it"), CODE, lambda row: row.visibility, allowed=tuple(Visibility.values)),
        Column("withheld_because", _("Why it is withheld; empty if public"), WORDS, lambda row: row.visibility_reason),
        Column("as_of", _("The time it speaks of, in words"), WORDS, lambda row: row.as_of_words),
        Column("as_of_from", _("First day of that time"), DAY, lambda row: row.as_of_from, empty=True),
        Column("as_of_to", _("Last day of that time"), DAY, lambda row: row.as_of_to, empty=True),
        Column(
            "statement", _("What it says; empty if withheld"), WORDS, lambda row: _open(row, row.statement), empty=True,
        ),
        Column("language", _("Language of the statement"), CODE, lambda row: row.language),
        Column(
            "low", _("Lowest figure; empty if withheld or none"), NUMBER, lambda row: _open(row, row.low), empty=True,
        ),
        Column(
            "high", _("Highest figure; empty if withheld or none"), NUMBER,
            lambda row: _open(row, row.high), empty=True,
        ),
        Column("unit", _("What the figures count"), WORDS, lambda row: _open(row, row.unit), empty=True),
        Column(
            "caveat", _("What to be careful about; empty if withheld"), WORDS,
            lambda row: _open(row, row.caveat), empty=True,
        ),
        Column(
            "sources", _("Titles of the sources, one a line; empty if withheld"), WORDS,
            lambda row: _open(row, "\n".join(source.title for source in row.sources.all())), empty=True,
        ),
    ),
)  # fmt: skip

MERGED = Table(
    "merged",
    _("Cases that were merged into this one"),
    (
        Column("reference", _("Reference of the case. It never changes."), CODE, lambda row: row.incident.reference),
        Column("language", _("Language of the title"), CODE, lambda row: row.incident.title["source"]),
        Column("title", _("Title"), WORDS, lambda row: words_of(row.incident.title, row.incident.title["source"])),
        Column("merged_at", _("When it was merged into this case"), MOMENT, lambda row: row.merged_at),
        Column("reason", _("Why it was merged into this case"), WORDS, lambda row: row.reason),
    ),
)  # fmt: skip

MERGED_EVIDENCE = Table(
    "merged_evidence",
    _("Evidence of cases that were merged into this one"),
    (
        Column("reference", _("Reference of the case that it came with"), CODE, lambda row: row.incident.reference),
        *EVIDENCE.columns,
    ),
    keys=2,
)  # fmt: skip


RESULT = Table(
    "result",
    _("The score"),
    (
        Column("reference", _("Reference of the case. It never changes."), CODE, lambda row: row.reference),
        Column("assessment", _("Number of the assessment"), WHOLE, lambda row: row.assessment.number),
        Column(
            "scheme", _("What people weigh: four things, or seven kinds of risk"), CODE,
            lambda row: row.assessment.scheme, allowed=tuple(SchemeName.values),
        ),
        Column(
            "aggregator", _("How weights and ratings become a score"), CODE, lambda row: row.binding["aggregator"],
            allowed=tuple(AggregatorName.values),
        ),
        Column("eta", _("Number of the policy that the tempered method uses"), SHARE, lambda row: row.eta),
        Column("unrounded", _("Score before it was rounded"), SHARE, lambda row: row.binding["unrounded"]),
        Column("score", _("Published score, rounded half up to 4 decimals"), SHARE, lambda row: row.binding["score"]),
        Column(
            "score_source", _("Whose weights made the score: people's answers, or equal weights"), CODE,
            lambda row: row.binding["weights_source"], allowed=tuple(WEIGHTS_SOURCES),
        ),
        Column(
            "provisional", _("Whether too few groups were counted, or affected communities were not"), YES_NO,
            lambda row: row.provisional, allowed=BOTH,
        ),
        Column("interval_low", _("Lowest score of the range in which it may lie"), SHARE, lambda row: row.interval[0]),
        Column("interval_high", _("Highest score of that range"), SHARE, lambda row: row.interval[1]),
        Column("engine", _("Version of the calculation"), CODE, lambda row: row.binding["engine"]),
        Column("score_string", _("The whole calculation, for the score command"), CODE, lambda row: row.string),
        *counts_columns(lambda row: row.counts),
    ),
)  # fmt: skip

ITEMS = Table(
    "items",
    _("What is weighed"),
    (
        Column("item", FACTORS, CODE, lambda row: row["code"]),
        Column("rating", _("What the evidence says: 0 lowest, 1 worst"), SHARE, lambda row: row["rating"]),
        Column("weight", _("Weight of all groups together"), SHARE, lambda row: row["weight"]),
        Column("effect", _("What the weight is multiplied by, rounded to 4 decimals"), NUMBER, lambda row: row["a"]),
        Column("part", _("Weight times effect, before rounding"), NUMBER, lambda row: row["unrounded"]),
    ),
)  # fmt: skip

GROUPS = Table(
    "groups",
    _("Groups"),
    (
        Column("group", _("Code of the group"), CODE, lambda row: row.group.code),
        Column("language", _("Language of the name that follows"), CODE, lambda row: row.group.name["source"]),
        Column("name", _("Name of the group"), WORDS, lambda row: row.group.name["texts"][row.group.name["source"]]),
        Column("counted", _("Whether the group was counted"), YES_NO, lambda row: row.present, allowed=BOTH),
        Column(
            "how", _("How its position was made; empty if not counted"), CODE,
            lambda row: row.how if row.present else None, allowed=tuple(POSITION_SOURCES), empty=True,
        ),
        Column("answers", _("How many answered; empty if too few to be counted"), WHOLE, _counted, empty=True),
        Column("roll", _("How many could answer"), WHOLE, lambda row: row.roll, empty=True),
        Column("voice", _("How much the group counts"), POINTS, lambda row: row.voice),
        Column(
            "score", _("Score with this group's weights alone; empty if not counted"), SHARE,
            lambda row: row.score, empty=True,
        ),
    ),
)  # fmt: skip


POSITIONS = Table(
    "positions",
    _("What each group said"),
    (
        Column("group", _("Code of the group"), CODE, lambda row: row[0]),
        Column("item", FACTORS, CODE, lambda row: row[1]),
        Column("points", _("What the group gives to the item"), POINTS, lambda row: row[2]),
    ),
    keys=2,
)  # fmt: skip

LINES = Table(
    "levels",
    _("Levels and lines"),
    (
        Column(
            "time", _("Whose lines: of the month, or of the roadmap's start or end"), CODE, lambda row: row["label"],
            allowed=tuple(TIME_NAMES),
        ),
        Column("line_low", _("Low line at that time"), SHARE, lambda row: row["lines"]["L"]),
        Column("line_moderate", _("Moderate line at that time"), SHARE, lambda row: row["lines"]["M"]),
        Column("line_high", _("High line at that time"), SHARE, lambda row: row["lines"]["H"]),
        Column("level", _("Level that the score reaches"), CODE, lambda row: row["level"], allowed=LEVELS),
    ),
)  # fmt: skip

FACTS = Table(
    "facts",
    _("One fact a row"),
    (
        Column("reference", _("Reference of the case. It never changes."), CODE, lambda row: row[0]),
        Column("table", _("Name of the table"), CODE, lambda row: row[1]),
        Column("row", _("What names the row there: its first cells, with a stroke between"), CODE, lambda row: row[2]),
        Column("column", _("Name of the column there"), CODE, lambda row: row[3]),
        Column("value", _("What stands there"), WORDS, lambda row: row[4]),
    ),
    keys=4,
)  # fmt: skip
