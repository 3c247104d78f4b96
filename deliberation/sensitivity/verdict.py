"""Whether it matters whose weights are used: exactly one of three answers."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.scoring.arithmetic import POINTS, half_up
from assessments.scoring.disagreement import is_fundamental
from deliberation.sensitivity.subject import Subject


class Answer(StrEnum):
    """The three answers."""

    DOES_NOT_MATTER = "does_not_matter"
    MATTERS = "matters"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class Verdict:
    """The answer in words, and what it rests on."""

    answer: Answer
    sentence: str | Promise
    why: str | Promise


SENTENCES: dict[Answer, Promise] = {
    Answer.DOES_NOT_MATTER: _("The difference does not matter."),
    Answer.MATTERS: _("The difference matters."),
    Answer.CANNOT_TELL: _("We cannot tell yet whether the difference matters."),
}
DIFFERENT = _("Under some groups' weights the level or the powers are different.")
ALL_THE_SAME = _("Under every group's weights the level and the powers are the same.")
FIXED = _("No weights at all lead to another level or to other powers. The ratings alone decide them.")
MISSING = _("Not every group is counted. A missing one could lead to another level or to other powers.")
NOBODY = _("No answers are counted yet. Some weights lead to other levels or powers than others.")


def verdict_of(subject: Subject) -> Verdict:
    """Judge the counted groups; where one is missing, also every weighting that it could have had."""
    if subject.score.differs:
        return _verdict(Answer.MATTERS, DIFFERENT)
    if not _some_weights_differ(subject):
        return _verdict(Answer.DOES_NOT_MATTER, FIXED)
    if not subject.groups:
        return _verdict(Answer.CANNOT_TELL, NOBODY)
    if len(subject.groups) < len(subject.score.groups):
        return _verdict(Answer.CANNOT_TELL, MISSING)
    return _verdict(Answer.DOES_NOT_MATTER, ALL_THE_SAME)


def _verdict(answer: Answer, why: Promise) -> Verdict:
    return Verdict(answer, SENTENCES[answer], why)


def _some_weights_differ(subject: Subject) -> bool:
    """Every score lies between those of all the weight on one item."""
    size = len(subject.run.pooled)
    alone = [tuple(POINTS if i == place else 0 for i in range(size)) for place in range(size)]
    scores = [half_up(subject.run.form.score(points)) for points in alone]
    return any(is_fundamental(scores, lines, subject.run.inputs.parameters) for lines in subject.run.lines)
