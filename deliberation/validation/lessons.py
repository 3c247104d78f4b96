"""What the records themselves show to have gone wrong in a test on a past case, or to be beyond what it can show."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.scoring.lines import END, START
from assessments.scoring.upkeep.past_cases import Verdict
from assessments.states import EvidenceKind
from deliberation.validation.factors import factor_rows, numbered
from deliberation.validation.past_cases import JudgedCase, JudgedScore, calls

WHEN: dict[str, Promise] = {
    START: gettext_lazy("lines at the start of the roadmap"),
    END: gettext_lazy("lines at the end of the roadmap"),
}


def lessons(case: JudgedCase) -> list[str]:
    """Return one sentence for each thing found; nothing found does not mean that nothing is wrong."""
    return [*_about_the_question(case), *(words for one in case.scores for words in _about(one)), *_about_later(case)]


def _about_the_question(case: JudgedCase) -> Iterator[str]:
    asked_on, began = case.asked_on, case.incident.happened_from
    if asked_on is None:
        yield _(
            "No cut-off day was set, so the ratings could use everything known today. This is no test of the lines."
        )
        return
    if not case.is_control and case.first_outcome is None:
        yield _("No dated outcome is on record, so nobody can say whether a step would have come in time.")
    if not case.is_control and began is not None and began <= asked_on:
        yield _(
            "What happened had begun before the day of the question. A step then could not have prevented all of it."
        )
    if len({judgement.verdict for one in case.scores for judgement in one.judgements}) > 1:
        yield _("The schemes, or the lines of both ends of the roadmap, do not agree on this case.")


def _about(one: JudgedScore) -> Iterator[str]:
    for judgement in one.judgements:
        wrong = _WRONG.get(judgement.verdict) if judgement.verdict else None
        if wrong:
            yield str(wrong) % {"scheme": _scheme(one), "level": judgement.level_name, "when": WHEN[judgement.time]}
    yield from _about_groups(one)
    yield from _about_ratings(one)


_WRONG: dict[Verdict, Promise] = {
    Verdict.MISS: gettext_lazy("%(scheme)s (%(when)s): a miss. Harm came out, and the level was only: %(level)s."),
    Verdict.FALSE_ALARM: gettext_lazy(
        "%(scheme)s (%(when)s): a false alarm. Nothing went wrong, and the level was: %(level)s."
    ),
}


def _about_groups(one: JudgedScore) -> Iterator[str]:
    """Count the groups whose own weights alone would have called people together, where others would not."""
    for judgement in one.judgements:
        own = [calls(row.level[judgement.time]) for row in one.weightings if row.group]
        if 0 < sum(own) < len(own):
            yield ngettext(
                "%(scheme)s (%(when)s): %(called)d group of %(all)d alone would have called people together.",
                "%(scheme)s (%(when)s): %(called)d groups of %(all)d alone would have called people together.",
                sum(own),
            ) % {"scheme": _scheme(one), "when": WHEN[judgement.time], "called": sum(own), "all": len(own)}


def _about_ratings(one: JudgedScore) -> Iterator[str]:
    parts = [part for row in factor_rows(one.past, one.asked_on) for part in row.parts]
    empty, late = sum(not part.evidence for part in parts), sum(bool(part.late) for part in parts)
    words = {"scheme": _scheme(one), "empty": empty, "late": late, "all": len(parts)}
    if empty:
        yield (
            ngettext(
                "%(scheme)s: %(empty)d value of %(all)d rests on no evidence. Nothing found is not no harm.",
                "%(scheme)s: %(empty)d values of %(all)d rest on no evidence. Nothing found is not no harm.",
                empty,
            )
            % words
        )
    if late:
        yield (
            ngettext(
                "%(scheme)s: %(late)d value rests on a source published later. Hindsight may colour it.",
                "%(scheme)s: %(late)d values rest on a source published later. Hindsight may colour them.",
                late,
            )
            % words
        )


def _scheme(one: JudgedScore) -> str:
    return one.score.assessment.get_scheme_display()


def _about_later(case: JudgedCase) -> Iterator[str]:
    later = [item.number for item in case.past.evidence if item.kind == EvidenceKind.LATER_EVIDENCE]
    if later:
        yield _("Later reports say more than the ratings could use: row %(numbers)s of the evidence.") % {
            "numbers": numbered(later)
        }
