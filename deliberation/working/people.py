"""The steps about people: what each group said, and how much each group counts."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.scoring.inputs import GroupInput
from assessments.scoring.parameters import EQ7_VOICES, Parameters
from assessments.scoring.voices import eq7_weights, utilities
from deliberation.results import GroupResult, PublishedScore, item_name
from deliberation.words import POSITION_SOURCES
from deliberation.working.steps import Step, Table, Words, table

SHOWN_PLACES = Decimal("0.000001")


def positions_step(score: PublishedScore) -> Step:
    """Each group's position in whole points."""
    least = score.parameters.minimum_answers
    words = (
        _("Each answer is whole points that add up to 10,000. A group's position is the mean of its answers."),
        _("The mean is turned into whole points again: the largest remainders get the points left over."),
        ngettext(
            "A group needs at least %(least)d answer to be counted, or a position that its delegate adopted.",
            "A group needs at least %(least)d answers to be counted, or a position that its delegate adopted.",
            least,
        )
        % {"least": least},
        *_standing(score),
    )
    return Step("positions", _("What each group said"), _("D2, D3; equation (1)"), words, (_position_table(score),))


def _standing(score: PublishedScore) -> list[str]:
    """Say which groups' earlier positions stand; nothing where all are new."""
    held = [str(row.group) for row in score.groups if row.how == "held"]
    if not held:
        return []
    return [
        _("Too few answers changed since the round before, so the earlier position stands: %(groups)s.")
        % {"groups": ", ".join(held)},
        _("Its answers are counted as they were published then. A mean that hardly moves would tell single answers."),
    ]


def _position_table(score: PublishedScore) -> Table:
    codes = score.binding["codes"]
    head = (_("Group"), *(item_name(score.assessment, code) for code in codes), _("Answers"))
    none = ["–"] * len(codes)
    rows = [
        (str(row.group), *(map(str, row.position) if row.position else none), _answers(row)) for row in score.groups
    ]
    return table(_("Positions in points of 10,000"), head, rows)


def _answers(row: GroupResult) -> str:
    return str(row.answers) if row.present or row.nobody else _("fewer than %(least)d") % {"least": row.group.min_size}


def voices_step(score: PublishedScore, groups: Sequence[GroupInput]) -> Step:
    """How the policy makes voices, and the points they come to."""
    parameters = score.parameters
    if parameters.voices != EQ7_VOICES:
        same = _("Under this policy every counted group has the same voice. The points add up to 10,000.")
        return Step("voices", _("How much each group counts"), _("D11"), (same,), (_voice_table(score),))
    words = (
        _("The policy gives each group numbers for expertise and impact, with reasons."),
        _("Utility u is alpha × record fit, plus beta × expertise, plus gamma × impact."),
        _("A utility far below the highest is raised, so that no voice exceeds %(rho)s times another.")
        % {"rho": parameters.rho},
        _("A voice is e to the power of u, divided by the sum over the counted groups, in points of 10,000."),
    )
    tables = (_utility_table(score, groups, parameters), _voice_table(score))
    return Step("voices", _("How much each group counts"), _("D11; equations (7a), (7b)"), words, tables)


def _utility_table(score: PublishedScore, groups: Sequence[GroupInput], parameters: Parameters) -> Table:
    names = {row.group.code: str(row.group) for row in score.groups}
    head = (
        _("Group"), _("Record fit"), _("beta"), _("Expertise"), _("gamma"), _("Impact"), _("Utility u"),
        _("e to the power of u, next to the highest"),
    )  # fmt: skip
    rows = [
        (names[one.code], *_inputs_of(one), f"{u.quantize(SHOWN_PLACES).normalize():f}", f"{weight:.6f}")
        for one, u, weight in zip(groups, utilities(groups, parameters), eq7_weights(groups, parameters), strict=True)
    ]
    return table(_("Utilities (alpha is %(alpha)s)") % {"alpha": parameters.alpha}, head, rows)


def _inputs_of(one: GroupInput) -> tuple[str, ...]:
    voice = one.voice
    values = (voice.record_fit, voice.beta, voice.expertise, voice.gamma, voice.impact)
    return tuple(f"{value:f}" for value in values)


def _voice_table(score: PublishedScore) -> Table:
    rows: list[tuple[Words, ...]] = [
        (str(row.group), str(row.voice), POSITION_SOURCES[row.how]) for row in score.groups
    ]
    rows.append((_("Sum"), str(sum(row.voice for row in score.groups)), ""))
    return table(_("Voices in points of 10,000"), (_("Group"), _("Voice"), _("Position")), rows, words_in=(2,))
