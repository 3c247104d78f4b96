"""Tables that only the API has: the jurisdiction, its lists, its policy, and the parts of a case beyond its page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.scoring.arithmetic import text
from assessments.states import AggregatorName, ChangeReason, SchemeName
from deliberation.open_data.columns import (
    ADDRESS,
    BOTH,
    CODE,
    DAY,
    MOMENT,
    POINTS,
    SHARE,
    WHOLE,
    WORDS,
    YES_NO,
    Column,
    Table,
)
from deliberation.open_data.tables import counts_columns
from deliberation.words import LINE_NAMES, WEIGHTS_SOURCES
from stakeholders.states import PositionMode

BAND_EDGES = _("At least this many had answered when the day began: 0, 5, 10 or 20")
CASE_REFERENCES = _("References of its cases, one a line")
TOKEN = _("Its name in addresses")

PLACE = Table(
    "place",
    _("The jurisdiction"),
    (
        Column("slug", _("Its name in addresses"), CODE, lambda row: row.slug),
        Column("code", _("The first letters of its references"), CODE, lambda row: row.code),
        Column("language", _("Language of the two texts that follow"), CODE, lambda row: row.name["source"]),
        Column("name", _("Name"), WORDS, lambda row: row.name["texts"][row.name["source"]]),
        Column("purpose", _("What it does with this site"), WORDS, lambda row: _own(row.purpose, row.name["source"])),
        Column("timezone", _("Time zone in which its deadlines are told"), CODE, lambda row: row.timezone),
        Column("roadmap_start", _("First day of its roadmap"), DAY, lambda row: row.roadmap_start),
        Column("contact", _("Mail address of its office"), WORDS, lambda row: row.contact_email),
    ),
)

LANGUAGES = Table(
    "languages",
    _("Languages in which it publishes"),
    (Column("language", _("Code of the language"), CODE, lambda row: row),),
)

STAKEHOLDERS = Table(
    "stakeholders",
    _("Groups of people who answer, in their order"),
    (
        Column("group", _("Code of the group"), CODE, lambda row: row.code),
        Column("label", _("Two letters that stand for it in charts"), CODE, lambda row: row.label),
        Column("language", _("Language of the two texts that follow"), CODE, lambda row: row.name["source"]),
        Column("name", _("Name of the group"), WORDS, lambda row: row.name["texts"][row.name["source"]]),
        Column(
            "description", _("Who belongs to it"), WORDS, lambda row: _own(row.description, row.name["source"])
        ),
        Column("affected", _("Whether these are affected communities"), YES_NO, lambda row: row.is_affected,
               allowed=BOTH),
        Column("civil_society", _("Whether this is civil society"), YES_NO, lambda row: row.is_civil_society,
               allowed=BOTH),
        Column("deployer_side", _("Whether it stands on the side of deployers"), YES_NO,
               lambda row: row.is_deployer_side, allowed=BOTH),
        Column("position_mode", _("How its position is made"), CODE, lambda row: row.position_mode,
               allowed=tuple(PositionMode.values)),
        Column("answers_needed", _("Answers that it takes for the group to be counted"), WHOLE,
               lambda row: row.min_size),
    ),
)  # fmt: skip

LINKS = Table(
    "links",
    _("Addresses"),
    (
        Column("name", _("What is there"), CODE, lambda row: row[0]),
        Column("address", _("Address below this one"), ADDRESS, lambda row: row[1]),
    ),
)

SYSTEMS = Table(
    "systems",
    _("AI systems of public cases"),
    (
        Column("token", TOKEN, CODE, lambda row: row.token),
        Column("name", _("Name of the AI system"), WORDS, lambda row: row.name),
        Column("deployer", _("Who puts the system to use"), WORDS, lambda row: row.deployer.name),
        Column("deployer_token", _("Name of the deployer in addresses"), CODE, lambda row: row.deployer.token),
        Column("cases", CASE_REFERENCES, WORDS, lambda row: "\n".join(row.references)),
    ),
)

DEPLOYERS = Table(
    "deployers",
    _("Deployers of the AI systems of public cases"),
    (
        Column("token", TOKEN, CODE, lambda row: row.token),
        Column("name", _("Name"), WORDS, lambda row: row.name),
        Column("cases", CASE_REFERENCES, WORDS, lambda row: "\n".join(row.references)),
    ),
)

SOURCES = Table(
    "sources",
    _("Sources of public evidence"),
    (
        Column("token", TOKEN, CODE, lambda row: row.token),
        Column("title", _("Title"), WORDS, lambda row: row.title),
        Column("publisher", _("Publisher; empty if not known"), WORDS, lambda row: row.publisher),
        Column("published", _("When it came out, in words"), WORDS, lambda row: row.published_words),
        Column("cases", CASE_REFERENCES, WORDS, lambda row: "\n".join(row.references)),
    ),
)

ASSESSMENTS = Table(
    "assessments",
    _("Assessments, the newest first"),
    (
        Column("assessment", _("Number of the assessment"), WHOLE, lambda row: row.assessment.number),
        Column("scheme", _("What people weigh: four things, or seven kinds of risk"), CODE,
               lambda row: row.assessment.scheme, allowed=tuple(SchemeName.values)),
        Column("aggregator", _("How weights and ratings become a score"), CODE,
               lambda row: row.assessment.aggregator, allowed=tuple(AggregatorName.values)),
        Column("policy", _("Version of the policy that it is bound to"), WHOLE,
               lambda row: row.assessment.policy.number),
        Column("opened_on", _("Day on which it was opened"), DAY, lambda row: row.assessment.opened_on),
        Column("month", _("Month of the roadmap; empty for a test on a past case"), WHOLE,
               lambda row: row.assessment.month, empty=True),
        Column("retrospective", _("Whether it is a test on a past case"), YES_NO,
               lambda row: row.assessment.retrospective, allowed=BOTH),
        Column("evidence_until", _("Last day whose evidence ratings may rest on; empty if all may"), DAY,
               lambda row: row.assessment.evidence_cutoff, empty=True),
        Column("ratings_fixed_at", _("When the ratings were fixed; empty before"), MOMENT,
               lambda row: row.assessment.ratings_frozen_at, empty=True),
        Column("replaces", _("Number of the assessment that it replaces; empty if none"), WHOLE,
               lambda row: row.replaces, empty=True),
        Column("replaces_because", _("Why the case was rated again"), WORDS,
               lambda row: row.assessment.rescored_because),
        Column("score", _("Newest published score, 4 decimals; empty if there is none"), SHARE,
               lambda row: row.score, empty=True),
        Column("score_source", _("Whose weights made the score: people's answers, or equal weights"), CODE,
               lambda row: row.score_source, allowed=tuple(WEIGHTS_SOURCES), empty=True),
        Column("provisional", _("Whether too few groups were counted, or affected communities were not"), YES_NO,
               lambda row: row.provisional, allowed=BOTH, empty=True),
        *counts_columns(lambda row: row.counts),
    ),
)  # fmt: skip

COURSE = Table(
    "course",
    _("How a round went"),
    (
        Column("opened_at", _("When it opened; empty before"), MOMENT, lambda row: row.round.opened_at, empty=True),
        Column("first_closes_at", _("When it was first to close"), MOMENT, lambda row: row.round.first_closes_at),
        Column("more_time_because", _("Why it was given more time"), WORDS, lambda row: row.round.extension_reason),
        Column("closed_early_because", _("Why two people closed it early"), WORDS, lambda row: row.close_reason),
        Column("published_at", _("When its result was published; empty before"), MOMENT,
               lambda row: row.round.published_at, empty=True),
        Column("fixed_sha256", _("Hash of all that was fixed before the first answer"), CODE,
               lambda row: row.round.frozen_sha256),
        Column("record", _("Name of its record; empty before the publication"), CODE,
               lambda row: row.record and row.record.reference, empty=True),
        Column("record_sha256", _("Hash of its record; empty before the publication"), CODE,
               lambda row: row.record and row.record.sha256, empty=True),
        Column("score_string", _("The whole calculation, for the score command; empty before"), CODE,
               lambda row: row.record and row.record.score_string, empty=True),
    ),
)  # fmt: skip

VOICES = Table(
    "voices",
    _("How much each group counts if all are heard, fixed before the first answer"),
    (
        Column("group", _("Code of the group"), CODE, lambda row: row["code"]),
        Column("voice", _("How much the group counts"), POINTS, lambda row: row["voice"]),
        Column("answers_needed", _("Answers that it takes for the group to be counted"), WHOLE,
               lambda row: row["min_size"]),
    ),
)  # fmt: skip

HEARD = Table(
    "heard",
    _("Who has been heard while the round is open"),
    (
        Column("group", _("Code of the group"), CODE, lambda row: row[0]),
        Column("at_least", BAND_EDGES, WHOLE, lambda row: row[1]),
    ),
)

SINCE = Table(
    "since",
    _("What people did with their answer of the round before, once the result is published"),
    (
        Column("group", _("Code of the group"), CODE, lambda row: row.group.code),
        Column("kept", _("Kept their answer and said so"), WHOLE, lambda row: row.kept),
        Column("changed", _("Changed their answer"), WHOLE, lambda row: row.changed),
        Column("silent", _("Said nothing, so it was carried over"), WHOLE, lambda row: row.silent),
        Column("new", _("Answered for the first time"), WHOLE, lambda row: row.new),
    ),
)

CHANGED_BECAUSE = Table(
    "changed_because",
    _("Why people changed their answers, once the result is published"),
    (
        Column("group", _("Code of the group"), CODE, lambda row: row.group.code),
        Column(
            "reason", _("Why; empty for all the reasons of fewer people together"), CODE,
            lambda row: row.reason or None, allowed=tuple(ChangeReason.values), empty=True,
        ),
        Column("people", _("How many people"), WHOLE, lambda row: row.people),
    ),
    keys=2,
)  # fmt: skip

POLICIES = Table(
    "policies",
    _("Versions of the policy, the newest first"),
    (
        Column("number", _("Number of the version"), WHOLE, lambda row: row.version.number),
        Column("reference", _("Name by which score strings cite it"), CODE, lambda row: row.version.reference),
        Column("sha256", _("Hash of its exact bytes"), CODE, lambda row: row.version.sha256),
        Column("in_force", _("Whether it is in force today"), YES_NO, lambda row: row.in_force, allowed=BOTH),
        Column("effective_from", _("First day on which it is in force"), DAY, lambda row: row.version.effective_from),
        Column("adopted_at", _("When two people adopted it"), MOMENT, lambda row: row.version.adopted_at),
        Column("language", _("Language of the reason"), CODE, lambda row: row.version.reason["source"]),
        Column("reason", _("Why it is as it is"), WORDS,
               lambda row: row.version.reason["texts"][row.version.reason["source"]]),
        Column("page", _("Page of the version"), ADDRESS, lambda row: row.page),
    ),
)  # fmt: skip

DAY_OF_LINES = Table(
    "day",
    _("The day for which the lines are told"),
    (
        Column("day", _("Today, where the jurisdiction is"), DAY, lambda row: row.day),
        Column("policy", _("Number of the version in force"), WHOLE, lambda row: row.version.number),
        Column("month", _("Month of the roadmap"), WHOLE, lambda row: row.lines.month),
        Column("measures_line", _("A score above it lets a committee order extra measures"), SHARE,
               lambda row: text(row.lines.parameters.measures_line)),
        Column("suspension_line", _("A score above it lets a committee order a suspension"), SHARE,
               lambda row: text(row.lines.parameters.suspension_line)),
    ),
)  # fmt: skip

LINES_IN_FORCE = Table(
    "lines",
    _("Lines of the levels"),
    (
        Column("level", _("Level that a score reaches from this line on"), CODE, lambda row: row[0],
               allowed=tuple(name for name in LINE_NAMES if len(name) == 1)),
        Column("first", _("Line at the start of the roadmap"), SHARE, lambda row: text(row[1].first)),
        Column("today", _("Line today"), SHARE, lambda row: text(row[1].today)),
        Column("full", _("Line at the end of the roadmap"), SHARE, lambda row: text(row[1].full)),
    ),
)  # fmt: skip

TRAININGS = Table(
    "trainings",
    _("Finished trainings of the learned score, the newest first"),
    (
        Column("token", TOKEN, CODE, lambda row: row.token),
        Column("history", _("Name of the labelled past cases it learned from"), CODE,
               lambda row: row.history.reference),
        Column("cases", _("How many past cases these are"), WHOLE, lambda row: row.history.case_count),
        Column("started_at", _("When it was started"), MOMENT, lambda row: row.started_at),
        Column("sha256", _("Hash of the exact bytes of its record"), CODE, lambda row: row.result_sha256),
    ),
)  # fmt: skip


def _own(words: dict[str, Any], language: str) -> str:
    """Return a text in the language of the name beside it, else in its own."""
    return str(words["texts"].get(language, words["texts"][words["source"]]))
