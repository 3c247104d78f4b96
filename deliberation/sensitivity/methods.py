"""The methods side by side, and when each of them applies. Only the policy's own decides."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deliberation.sensitivity.outcomes import outcome_heads, outcomes
from deliberation.sensitivity.section import Section
from deliberation.sensitivity.subject import Subject
from deliberation.words import METHODS
from deliberation.working.steps import Words, table

APPLIES: dict[str, Promise] = {
    "linear": gettext_lazy("When dangers simply add up, and a low one makes good for a high one."),
    "multiplicative": gettext_lazy("When dangers strengthen each other. One item rated 100 makes the score 100."),
    "tempered": gettext_lazy("When dangers strengthen each other, but no item may decide alone."),
}


def methods_section(subject: Subject) -> Section:
    """Set the adding-up method beside the compounding ones, under the same weights."""
    aggregator = subject.score.binding["aggregator"]
    words: list[Words] = [
        _("The policy chose the method before anybody answered: %(method)s.") % {"method": METHODS[aggregator]},
        _("The others stand beside it, so that nobody has to take that choice on trust."),
    ]
    if any(
        rating == 1 and weight for rating, weight in zip(subject.run.ratings.values, subject.run.pooled, strict=True)
    ):
        words.append(_("One item is rated as high as can be, so the compounding method always gives 100."))
    heads = outcome_heads(subject)
    rows: list[tuple[Words, ...]] = [
        (name, subject.shown(score), *outcomes(subject, score), APPLIES[code])
        for code, name in METHODS.items()
        for score in [Decimal(subject.score.binding["beside"][code])]
    ]
    head = (_("Method"), _("Score"), *heads, _("When it applies"))
    found = table(_("The same weights under each method"), head, rows, words_in=tuple(range(2, 3 + len(heads))))
    return Section("methods", _("If parts were put together in another way"), _("D6, D7, D8; equations (2), (3)"),
                   tuple(words), tables=(found,))  # fmt: skip
