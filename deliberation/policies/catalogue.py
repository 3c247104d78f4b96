"""Every number of a policy in words, in the order in which people look for them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.scoring.categories import MEAN, RMS
from assessments.scoring.parameters import EQ7_VOICES, EQUAL_VOICES
from assessments.states import AggregatorName
from deliberation.policies.settings import Kind, Path, Section, Setting, Words

HIGHEST = Decimal(1000)
LARGEST = Decimal(10**6)
LEAST = Decimal("0.0001")
Between = tuple[int, int]
MONTHS, DAYS, ANSWERS, CASES = _("months"), _("days"), _("answers"), _("cases")

VOICE_MODES: Mapping[str, Words] = {
    EQUAL_VOICES: _("Every group counts the same"),
    EQ7_VOICES: _("Equation 7, with the table below"),
}
CATEGORY_RULES: Mapping[str, Words] = {MEAN: _("Mean of the parts"), RMS: _("Root mean square of the parts")}
METHODS: Mapping[str, Words] = {one.value: one.label for one in AggregatorName}


def _parameter(where: str, name: Promise, kind: Kind, source: Words, **more: Any) -> Setting:
    path = tuple(int(step) if step.isdecimal() else step for step in where.split("."))
    return Setting(("parameters", *path), name, kind, source, **more)


def _score(where: str, name: Promise, source: Words) -> Setting:
    return _parameter(where, name, Kind.OUT_OF_100, source, unit=_("out of 100"))


def _chance(where: str, name: Promise, source: Words, **more: Any) -> Setting:
    return _parameter(where, name, Kind.PERCENT, source, unit=_("per cent"), **more)


def _number(where: str, name: Promise, source: Words, **more: Any) -> Setting:
    return _parameter(where, name, Kind.NUMBER, source, **more)


def _whole(where: str, name: Promise, source: Words, unit: Words = "", between: Between = (1, 1000)) -> Setting:
    return _parameter(where, name, Kind.WHOLE, source, unit=unit, low=Decimal(between[0]), high=Decimal(between[1]))


def _clock(name: str, words: Promise, unit: Words, between: Between) -> Setting:
    low, high = map(Decimal, between)
    return Setting(("round_clock", name), words, Kind.WHOLE, _("Appendix G"), unit=unit, low=low, high=high)


def _talks(name: str, words: Promise, unit: Words, between: Between) -> Setting:
    low, high = map(Decimal, between)
    return Setting(("deliberation_clock", name), words, Kind.WHOLE, _("Appendix E"), unit=unit, low=low, high=high)


def _look_out(name: str, words: Promise, kind: Kind, **more: Any) -> Setting:
    return Setting(("look_out", name), words, kind, _("Our decision; D28"), **more)


LINES = (
    _score("low.s_initial", _("Low line at the start"), "A.6.2; D16"),
    _score("low.s_full", _("Low line at the end"), "A.6.2; D16"),
    _chance("low.alpha_initial", _("How sure we must be for Low, at the start"), "A.6.2; D21"),
    _chance("low.alpha_full", _("How sure we must be for Low, at the end"), "A.6.2; D21"),
    _score("moderate.s_initial", _("Moderate line at the start"), "A.6.2; D16"),
    _score("moderate.s_full", _("Moderate line at the end"), "A.6.2; D16"),
    _chance("moderate.alpha_initial", _("How sure we must be for Moderate, at the start"), "A.6.2; D21"),
    _chance("moderate.alpha_full", _("How sure we must be for Moderate, at the end"), "A.6.2; D21"),
    _score("high.s_initial", _("High line at the start"), "A.6.2; D16"),
    _score("high.s_full", _("High line at the end"), "A.6.2; D16"),
    _chance("high.alpha_initial", _("How sure we must be for High, at the start"), "A.6.2; D21"),
    _chance("high.alpha_full", _("How sure we must be for High, at the end"), "A.6.2; D21"),
    _score("measures_line", _("Line for extra measures"), _("Appendix G; D19")),
    _score("suspension_line", _("Line for a possible suspension"), _("Appendix G; D19")),
    _whole("roadmap_months", _("Length of the roadmap"), "5.3; D16", MONTHS),
    _whole(
        "mandate_month",
        _("Month in which the second phase begins: duties become binding"),
        "5.2; D19",
        MONTHS,
        (0, 1000),
    ),
    _whole(
        "coverage_month", _("Month in which the third phase begins: more systems are covered"), "5.3", MONTHS, (0, 1000)
    ),
)

VOICES = (
    _parameter(
        "voices", _("How much each group counts"), Kind.CHOICE, _("Equation 7b; D11"), choices=VOICE_MODES
    ),
    _number("rho", _("Most that one group can count against another (rho)"), "D11", unit=_("times"),
            low=Decimal(1), high=LARGEST),
    _number("alpha", _("Weight of the record on past cases (alpha)"), _("Equation 7a; D11"), high=LARGEST),
    _number("beta_range.0", _("Least weight of expertise (beta)"), _("Equation 7a"), high=LARGEST),
    _number("beta_range.1", _("Greatest weight of expertise (beta)"), _("Equation 7a"), high=LARGEST),
    _number("gamma_range.0", _("Least weight of impact (gamma)"), _("Equation 7a"), high=LARGEST),
    _number("gamma_range.1", _("Greatest weight of impact (gamma)"), _("Equation 7a"), high=LARGEST),
)  # fmt: skip

METHOD = (
    Setting(("aggregators", "classic"), _("Method for four factors"), Kind.CHOICE, "A.1; D6, D8", choices=METHODS),
    Setting(("aggregators", "taxonomy"), _("Method for seven kinds of risk"), Kind.CHOICE, "A.1; D6, D8",
            choices=METHODS),
    _number("eta", _("How far the compounding method is tempered (eta)"), "D8", low=LEAST, high=Decimal("0.9999")),
    _number("sigma0", _("Spread expected between two ratings of one thing (sigma)"), "D21"),
    _whole("nu0", _("How many ratings that expectation is worth (nu)"), "D21"),
    _parameter("category_rule", _("How the parts make one kind of risk"), Kind.CHOICE, _("Equations 14 to 20; D5"),
               choices=CATEGORY_RULES, fixed=True),
)  # fmt: skip

ROUNDS = (
    _clock("notice_days", _("Days between announcing a round and opening it"), DAYS, (0, 366)),
    _clock("min_days", _("Shortest round"), DAYS, (1, 366)),
    _clock("max_days", _("Longest round"), DAYS, (1, 366)),
    _clock("max_extension_days", _("Most time that can be added to a round"), DAYS, (0, 366)),
    _clock("closing_hour", _("Hour at which rounds open and close"), _("o'clock, local time"), (0, 23)),
    _whole("minimum_answers", _("Answers from which the position of a group counts"), "D3", ANSWERS, (5, 1000)),
    _whole(
        "minimum_community",
        _("Members from which a community inside a group is looked at"),
        "D27",
        _("members"),
        (5, 1000),
    ),
    _whole("quorum", _("Groups needed for a result that is more than provisional"), "D12", _("groups")),
    _number("index_line", _("Index above which groups differ"), _("Appendix E; D23")),
    _number("lone_line", _("Distance at which one group stands alone"), "D23"),
    _number("divided_line", _("Spread above which a group is divided within"), "D3"),
    _number("wide_line", _("Spread above which groups differ widely on one item"), "D23"),
    _whole("max_rounds", _("Most rounds of talks"), "D26", _("rounds"), (0, 1000)),
    _talks("statement_days", _("Day of a round of talks on which statements end"), DAYS, (1, 30)),
    _talks("session_days", _("Day of a round of talks on which sessions end"), DAYS, (1, 30)),
    _talks("answer_days", _("Day of a round of talks on which answers end"), DAYS, (15, 30)),
    _talks("longest_days", _("Days after the first round of talks in which others may begin"), DAYS, (15, 365)),
    _talks("max_extension_days", _("Most time that can be added to a round of talks"), DAYS, (0, 365)),
    _talks("max_pause_days", _("Most days on which a round of talks can stand still"), DAYS, (0, 365)),
)

LEARNING = (
    _number("learning.delta", _("Error up to which the fit counts squares (delta)"), _("Equation 6; D13"), low=LEAST),
    _number("learning.printed_lambda", _("Pull towards nothing in the printed fit (lambda)"), _("Equation 5; D13"),
            low=Decimal("0.000001"), places=6),
    _parameter("learning.lambda_path", _("Pulls that the default fit chooses from, falling"), Kind.NUMBERS, "D14",
               low=Decimal("0.000001"), places=6),
    _parameter("learning.zero_risk_score", _("Most that no risk at all can score"), Kind.OUT_OF_100, "D14",
               unit=_("out of 100"), low=LEAST, high=Decimal("0.5")),
    _whole("learning.cases_per_number", _("Past cases needed for each number that is learned"), "D15", CASES, (1, 100)),
    _number("learning.standard_errors", _("Lead over the plain score before the learned one may be used"), "D15",
            unit=_("standard errors"), high=Decimal(10)),
    _whole("learning.raters_per_label", _("People who judge each past case without seeing each other"), "D15",
           _("people"), (1, 100)),
    _whole("learning.reliability_bins", _("Rows of the table that shows how reliable it is"), "D15", _("rows"),
           (2, 100)),
)  # fmt: skip

EXPLORING = (
    _number("exploring.weight_step", _("How far one share is moved when we try"), "D24", low=LEAST),
    _number("exploring.kappa", _("How close tried shares stay to the real ones (kappa)"), "D24", low=Decimal(1),
            high=LARGEST),
    _whole("exploring.draws", _("Times that chance is tried"), "D24", _("draws"), (100, 100_000)),
    _whole("exploring.seed", _("Number that chance starts from"), "D24", "",
           (0, 999_999_999)),
    _number("exploring.median_line", _("Distance of mean and middle above which answers look coordinated"), "D28"),
)  # fmt: skip

LOOK_OUT = (
    _look_out("alike_within", _("Step to which alike answers must be the same"), Kind.NUMBER, low=Decimal("0.01")),
    _look_out("chance", _("False alarms that a comparison with chance may give"), Kind.PERCENT, unit=_("per cent"),
              low=Decimal("0.001"), high=Decimal("0.2")),
    _look_out("late_hours", _("Time before the close in which answers are late"), Kind.WHOLE, unit=_("hours"),
              low=Decimal(1), high=Decimal(720)),
    _look_out("late_line", _("Distance above which late answers moved a group far"), Kind.NUMBER),
    _look_out("one_group_line", _("Share of the moves of a score above which one group made most"), Kind.NUMBER),
    _look_out("fewest_people", _("New people who could change the level, below which they are too few"), Kind.WHOLE,
              unit=_("people"), low=Decimal(1), high=Decimal(1000)),
)  # fmt: skip

RECALIBRATION = (
    _whole("recalibration.miss_cost", _("What a missed case costs"), _("Section 6; D31")),
    _whole("recalibration.false_alarm_cost", _("What a false alarm costs"), _("Section 6; D31")),
    _parameter("recalibration.step", _("Most that a line moves in a year"), Kind.OUT_OF_100, _("Section 6; D31"),
               unit=_("out of 100"), low=LEAST),
    _parameter("recalibration.gap", _("Least distance between two lines"), Kind.OUT_OF_100, _("Section 6; D31"),
               unit=_("out of 100"), low=LEAST, high=Decimal("0.3")),
    _whole("recalibration.minimum_needed", _("Reviewed cases needed in which acting was right"), "D31", CASES),
    _whole("recalibration.minimum_not_needed", _("Reviewed cases needed in which nothing had to be done"), "D31",
           CASES),
    _chance("recalibration.audit_share", _("Cases below the lines that are drawn for review"), "D31", low=LEAST),
    _whole("monitoring.baseline_values", _("Earlier values needed before an indicator can alarm"), "D32",
           _("values"), (2, 1000)),
    _number("monitoring.slack", _("Change of an indicator that counts as nothing"), "D32",
            unit=_("standard deviations"), high=Decimal(100)),
    _number("monitoring.alarm", _("Sum of changes at which somebody has to look"), "D32",
            unit=_("standard deviations"), low=LEAST, high=HIGHEST),
)  # fmt: skip

PLAIN_SECTIONS = (
    Section("lines", _("Lines and phases"), _("Where something must or may happen, and when lines move."), LINES),
    Section("voices", _("Voices of the groups"), _("How much each group counts when positions are put together."),
            VOICES),
    Section("methods", _("Methods"), _("How ratings and weights become a score."), METHOD),
    Section("rounds", _("Groups and rounds"), _("How long rounds last, and when a result holds."), ROUNDS),
    Section("learning", _("Learning from past cases"), _("How a score is learned, and when it may be used."), LEARNING),
    Section("exploring", _("Trying things out"), _("Figures that are shown and decide nothing."), EXPLORING),
    Section("look_out", _("Looking out for manipulation"),
            _("From when on the report for the committee asks people to look. It removes nobody."), LOOK_OUT),
    Section("recalibration", _("Yearly review"), _("How lines are reviewed, and what is watched over time."),
            RECALIBRATION),
)  # fmt: skip

RISING: tuple[tuple[Path, ...], ...] = (
    tuple(("parameters", level, "s_initial") for level in ("low", "moderate", "high")),
    tuple(("parameters", level, "s_full") for level in ("low", "moderate", "high")),
    (("parameters", "measures_line"), ("parameters", "suspension_line")),
    tuple(("deliberation_clock", name) for name in ("statement_days", "session_days", "answer_days")),
)
"""Rows of numbers in which each is above the one before it."""
ASCENDING: tuple[tuple[Path, ...], ...] = (
    (("parameters", "beta_range", 0), ("parameters", "beta_range", 1)),
    (("parameters", "gamma_range", 0), ("parameters", "gamma_range", 1)),
    (("parameters", "mandate_month"), ("parameters", "coverage_month")),
    (("round_clock", "min_days"), ("round_clock", "max_days")),
)
"""Rows in which none is below the one before it."""
