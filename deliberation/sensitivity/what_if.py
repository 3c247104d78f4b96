"""Try it: what one's own points would make of a published score. Nothing is saved, nobody's answer is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments.charts.score_strip import ScoreStrip, score_strip
from assessments.charts.shares import Shares, shares
from assessments.forms.points import PointsForm
from assessments.scoring.arithmetic import Points, apportion
from assessments.scoring.lines import level_of, lines_of, powers_of
from assessments.scoring.own_effect import OwnEffect, own_effect
from assessments.scoring.schemes import SCHEMES
from assessments.wording import Item, items_of
from deliberation.case_charts import lines_of as drawn_lines
from deliberation.governing import finding_of, governing
from deliberation.results import PublishedScore
from deliberation.words import LEVEL_SENTENCES, POWERS_IF, TIME_NAMES
from deliberation.working.steps import Words
from lastvote.web.forms import PlainForm

UNPROCESSABLE = 422


@dataclass(frozen=True)
class Tried:
    """What typed points make of the case, ready to be shown."""

    sentence: str
    strip: ScoreStrip
    shares: Shares
    levels: Sequence[tuple[Words, Words]]
    powers: Words
    compounding: str
    published: str
    protective: str
    at_one: Sequence[Item]


@dataclass(frozen=True)
class WhatIf:
    """What was filled in, and what that makes of the case; nothing before anything was filled in."""

    form: PlainForm
    tried: Tried | None
    invitation: Words

    @property
    def status(self) -> int:
        """Status of the page that shows this."""
        return UNPROCESSABLE if self.form.errors else 200

    @property
    def told(self) -> str:
        """What is read out after a pause in filling in."""
        if self.tried:
            return self.tried.sentence
        return " ".join(str(error) for errors in self.form.errors.values() for error in errors)


def what_if(score: PublishedScore, typed: QueryDict) -> WhatIf:
    """Read the boxes of an address; one that names no item has none filled in."""
    items = items_of(score.assessment.scheme)
    form = PointsForm(typed if any(item.code in typed for item in items) else None, items=items)
    tried = effect_of(score, _points(form)) if form.is_valid() else None
    return WhatIf(form, tried, _("Type points and press the button. What they do to the score appears here."))


def _points(form: PointsForm) -> Points:
    """Return the shares of 10,000; an empty box counts for nothing."""
    return apportion([Fraction(form.cleaned_data[item.code]["number"] or "0") for item in form.items])


def effect_of(score: PublishedScore, points: Points) -> Tried:
    """Score the points alone."""
    items = items_of(score.assessment.scheme)
    ratings = [Decimal(score.binding["ratings"][item.code]) for item in items]
    scheme = SCHEMES[score.assessment.scheme]
    own = own_effect(scheme, score.binding["aggregator"], points, ratings, score.parameters)
    sentence = _("With these weights the case scores %(score)s out of 100.") % {"score": score.shown(own.score)}
    strip = score_strip(
        marks=[], lines=drawn_lines(score), pooled=own.score, headline=sentence, pooled_name=_("These weights alone")
    )
    return Tried(
        sentence=sentence,
        strip=strip,
        shares=shares(points, [item.name for item in items], key="tried"),
        levels=_levels(score, own),
        powers=_powers(score, own),
        compounding=score.shown(own.compounding),
        published=score.shown(score.score),
        protective=_protective(score),
        at_one=[item for item in items if item.code in own.factors_at_one],
    )


def _protective(score: PublishedScore) -> str:
    """The score that counts instead of the published one, where the case ended in the protective default."""
    finding = finding_of(score.assessment)
    return score.shown(governing(score.score, finding).score) if finding else ""


def _levels(score: PublishedScore, own: OwnEffect) -> list[tuple[Words, Words]]:
    times = lines_of(score.assessment.month, score.parameters)
    return [(TIME_NAMES[lines.label], LEVEL_SENTENCES[level_of(own.score, lines)]) for lines in times]


def _powers(score: PublishedScore, own: OwnEffect) -> Words:
    powers = powers_of(own.score, score.parameters)
    return POWERS_IF["suspension" if powers.suspension else "measures" if powers.measures else "none"]
