"""What a program sends instead of the questions: ``points`` on any scale, or exact ``weights``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.scoring.arithmetic import Points
from assessments.scoring.elicitation import points_from_ratios, points_from_weights
from assessments.scoring.errors import ScoringError
from assessments.scoring.record import number_text
from assessments.states import AnswerMethod
from lastvote.errors import Refused
from lastvote.rest.body import each
from lastvote.rest.numbers import decimal_from
from lastvote.rest.problems import Fault, Unusable, pointer

POINTS, WEIGHTS = "points", "weights"
SENTENCES: dict[str, Promise] = {
    "min_value": gettext_lazy("This must be %(minimum)s or more."),
    "max_value": gettext_lazy("This must be %(maximum)s or less."),
    "max_decimal_places": gettext_lazy("This may have at most %(places)s decimals."),
}
"""What is wrong with one number. The rest is said below, where the fix is known too."""


@dataclass(frozen=True)
class Shares:
    """Whole points, and what was sent, as it is stored."""

    points: Points
    method: AnswerMethod
    raw: dict[str, Any]


def shares_from(body: Mapping[str, Any], codes: Sequence[str]) -> Shares:
    """Read exactly one of ``points`` and ``weights``.

    Refuses ``required``, ``points_or_weights`` for both, ``weights_count``, ``unknown_category``, ``weights_sum``,
    ``weights_zero``, and what may be wrong with a number.
    """
    named = [name for name in (POINTS, WEIGHTS) if name in body]
    if len(named) > 1:
        raise Unusable(Fault("points_or_weights", _("Send either points or weights, not both."), "/weights"))
    name = named[0] if named else POINTS
    numbers = _numbers(body.get(name), name, codes)
    try:
        points = points_from_ratios(numbers) if name == POINTS else points_from_weights(numbers)
    except ScoringError as error:
        raise _refused(error, name, numbers, _places(body[name], codes)) from error
    texts = [number_text(number) for number in numbers]
    values = {code: {"typed": text, "number": text} for code, text in zip(codes, texts, strict=True)}
    return Shares(points, AnswerMethod(name), {"values": values})


def _numbers(sent: Any, name: str, codes: Sequence[str]) -> list[Decimal]:
    """Return the numbers in the scheme's order."""
    if sent in (None, "", [], {}):
        raise Unusable(Fault("required", _("Send a number for each of: %(codes)s.") % _listed(codes), pointer(name)))
    if isinstance(sent, dict):
        _refuse_other_categories(sent, name, codes)
        pairs: list[tuple[str | int, Any]] = [(code, sent[code]) for code in codes]
    elif isinstance(sent, list):
        _refuse_other_counts(sent, name, codes)
        pairs = list(enumerate(sent))
    else:
        sentence = _("Send a list, or an object with one number for each of: %(codes)s.")
        raise Unusable(Fault("not_a_number", sentence % _listed(codes), pointer(name)))
    return each(pairs, lambda value, place: decimal_from(value, name, place))


def _refuse_other_categories(sent: Mapping[str, Any], name: str, codes: Sequence[str]) -> None:
    unknown = _("“%(code)s” is none of the things that are weighed. They are: %(codes)s.")
    missing = _("“%(code)s” is missing. Send a number for each of: %(codes)s.")
    found = [(code, unknown, pointer(name, code)) for code in sent if code not in codes]
    found += [(code, missing, pointer(name)) for code in codes if code not in sent]
    faults = [Fault("unknown_category", told % {"code": code, **_listed(codes)}, place) for code, told, place in found]
    if faults:
        raise Unusable(*faults)


def _refuse_other_counts(sent: Sequence[Any], name: str, codes: Sequence[str]) -> None:
    if len(sent) != len(codes):
        sentence = _("%(needed)s %(what)s needed, got %(got)s. The order is: %(codes)s.")
        told = sentence % {"needed": len(codes), "what": name, "got": len(sent), **_listed(codes)}
        raise Unusable(Fault("weights_count", told, pointer(name)))


def _refused(error: ScoringError, name: str, numbers: Sequence[Decimal], places: Sequence[str | int]) -> Exception:
    if error.code in SENTENCES:
        place = places[error.details["place"]]
        return Unusable(Fault(error.code, str(SENTENCES[error.code]) % error.details, pointer(name, place)))
    if error.code == "weights_zero":
        sentence = _("At least one of them must be more than 0.")
        return Refused("weights_zero", sentence, status=400, fields={name: [sentence]})
    return _wrong_sum(error, numbers)


def _wrong_sum(error: ScoringError, numbers: Sequence[Decimal]) -> Refused:
    """Say how far the sum is off, and offer what scales by itself."""
    total = sum(numbers, Decimal(0))
    missing = 1 - total
    less = _("The weights add up to %(total)s, must be 1; %(off)s is missing. Or send points, which are scaled.")
    more = _("The weights add up to %(total)s, must be 1; %(off)s is too much. Or send points, which are scaled.")
    sentence = (less if missing > 0 else more) % {"total": f"{total:.4f}", "off": number_text(abs(missing))}
    instead = ["1"] * len(numbers) if len(set(numbers)) == 1 else [number_text(number) for number in numbers]
    details = {"total": f"{total:.4f}", "fix": {POINTS: instead}}
    return Refused(error.code, sentence, status=400, details=details, fields={WEIGHTS: [sentence]})


def _places(sent: Any, codes: Sequence[str]) -> Sequence[str | int]:
    return codes if isinstance(sent, dict) else range(len(codes))


def _listed(codes: Sequence[str]) -> dict[str, str]:
    return {"codes": ", ".join(codes)}
