"""The learned score beside the published one: worked out from published numbers alone, experimental, and said so."""

import json
from decimal import Decimal

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.learning_reads import newest_training
from assessments.models import ComputationRun
from assessments.scoring.arithmetic import POINTS, text
from assessments.scoring.learning.learned_form import learned_form
from assessments.scoring.learning.polynomial import Coefficients
from assessments.scoring.learning.variants import AS_PRINTED, DEFAULT
from assessments.scoring.learning.weighted import PRINTED, REPLACE, RESCALE, weighted_scores
from deliberation.results import PublishedScore, item_name
from deliberation.working.steps import Link, Step, Table, Words, table
from stakeholders.models import Jurisdiction


def learned_steps(jurisdiction: Jurisdiction, score: PublishedScore) -> list[Step]:
    """Return the step about the learned score, if a training on cases rated like this one is published."""
    run = newest_training(jurisdiction, score.assessment.scheme)
    return [] if run is None else [_step(jurisdiction, score, run)]


def _step(jurisdiction: Jurisdiction, score: PublishedScore, run: ComputationRun) -> Step:
    fits = json.loads(run.result)["fits"]
    default, printed = (Coefficients.from_json(fits[name]["coefficients"]) for name in (DEFAULT.name, AS_PRINTED.name))
    return Step(
        "learned",
        _("What the learned score says"),
        _("D9, D10, D15; equation (4)"),
        (
            _("Experimental: not used for any decision."),
            _("It was trained on %(history)s. Each item adds to z what training says of its rating, times its weight.")
            % {"history": run.history},
        ),
        (_effects(score, default), _scores(score, default, printed)),
        link=Link(reverse("learning_record", args=[jurisdiction.slug, run.token]), _("Record of the training")),
    )


def _effects(score: PublishedScore, coefficients: Coefficients) -> Table:
    codes, points = score.binding["codes"], tuple(score.binding["pooled"])
    form = learned_form(_ratings(score), coefficients)
    rows: list[tuple[Words, ...]] = [(_("Where every rating is 0 (b)"), "", "", text(form.a0))]
    rows += [
        (item_name(score.assessment, code), text(Decimal(weight) / POINTS), text(a), text(a * weight / POINTS))
        for code, weight, a in zip(codes, points, form.a, strict=True)
    ]
    z = form.inner(points)
    rows.append((_("z, and the score 1 / (1 + e to the power of -z)"), "", text(z), text(form.outer(z))))
    head = (_("Item"), _("Weight"), _("Effect a"), _("Part of z"))
    return table(_("By default (D14), weighted as people weigh"), head, rows)


def _scores(score: PublishedScore, default: Coefficients, printed: Coefficients) -> Table:
    rows: list[tuple[Words, ...]] = [
        (
            _("As printed, equations (4) and (5), whatever people weigh"),
            _of(score, printed, PRINTED),
        ),
        (_("By default, but without what people weigh"), _of(score, default, PRINTED)),
        (_("Weights in the place of w"), _of(score, default, REPLACE)),
        (_("Weights on the ratings"), _of(score, default, RESCALE)),
    ]
    return table(_("Other readings of equation (4)"), (_("Reading"), _("Score")), rows)


def _of(score: PublishedScore, coefficients: Coefficients, way: str) -> str:
    shares = np.array([score.binding["pooled"]]) / POINTS
    ratings = np.array([float(value) for value in _ratings(score)])
    return text(Decimal(float(weighted_scores(shares, ratings, coefficients, way)[0])))


def _ratings(score: PublishedScore) -> tuple[Decimal, ...]:
    return tuple(Decimal(score.binding["ratings"][code]) for code in score.binding["codes"])
