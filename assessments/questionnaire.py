"""The way through the weight form, as data: which page comes next, what is missing, what the answers mean.

A questionnaire is a scheme, the order in which this person sees its items, and the draft typed so far.
It reads and writes no rows; every method that changes something returns a new questionnaire.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from assessments import placing
from assessments.placing import Move, Places
from assessments.scoring.arithmetic import Points, equal_points
from assessments.scoring.elicitation import points_from_rank, points_from_ratios
from assessments.scoring.errors import ScoringError
from assessments.states import AnswerMethod

SAME = "equal"
"""Chosen on the first page by people for whom everything matters the same."""
NO_LEAST = "none"
MOST_NUMBER = 100
COMPARE_NUMBERS: dict[str, int | None] = {
    "same": 100,
    "nearly": 80,
    "over_half": 60,
    "under_half": 40,
    "little": 20,
    "nothing": 0,
    "unsure": None,
}
"""What each comparison is worth next to the item that matters most. Label and number are both stored."""
A_PAGE = 3
"""Comparisons on one page: more make it several screens long on a phone."""
LEAST_FROM = 5
"""Schemes with this many items or more also ask which matters least, as a second anchor."""


class Step(StrEnum):
    """A page of the form."""

    MOST = "most"
    LEAST = "least"
    COMPARE = "compare"
    POINTS = "points"
    RANK = "rank"
    WHY = "why"
    CHECK = "check"


@dataclass(frozen=True)
class Page:
    """A step, with its number where a step has several pages."""

    step: Step
    number: int = 0


ONE_PAGE = {AnswerMethod.POINTS: Page(Step.POINTS), AnswerMethod.RANK: Page(Step.RANK)}
"""Ways of answering that ask all on one page."""


class NoteKind(StrEnum):
    """What the check page asks about before somebody sends. None of these is an error."""

    ONLY_ONE = "only_one"
    LEAST_IS_NOT_LEAST = "least_is_not_least"
    LEFT_EMPTY = "left_empty"
    ORDER_AS_SHOWN = "order_as_shown"


@dataclass(frozen=True)
class Note:
    """A question about the answers, with the items that it names."""

    kind: NoteKind
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Questionnaire:
    """What one person has typed so far, for one scheme, in the order shown to them."""

    codes: tuple[str, ...]
    order: tuple[str, ...]
    data: Mapping[str, Any]

    # --- The way through ------------------------------------------------------------------------------------

    @property
    def method(self) -> AnswerMethod:
        """How this person answers: compare, equal, points or rank."""
        by_choosing = AnswerMethod.EQUAL if self.most == SAME else AnswerMethod.COMPARE
        return next((method for method in ONE_PAGE if method == self.data.get("method")), by_choosing)

    @property
    def most(self) -> str | None:
        """The item chosen on the first page."""
        return self.data.get("most")

    @property
    def least(self) -> str | None:
        """The item chosen as the least, ``none`` for those who could not choose."""
        return self.data.get("least")

    @property
    def asks_least(self) -> bool:
        """Whether this scheme has the page about the least."""
        return len(self.codes) >= LEAST_FROM

    @property
    def compared(self) -> tuple[str, ...]:
        """The items to compare with the most, in the order asked: the least first."""
        rest = [code for code in self.order if code != self.most]
        return tuple(sorted(rest, key=lambda code: code != self.least))

    @property
    def compare_pages(self) -> tuple[tuple[str, ...], ...]:
        """The comparisons, at most three a page."""
        compared = self.compared
        return tuple(compared[start : start + A_PAGE] for start in range(0, len(compared), A_PAGE))

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page of this person's way, in order."""
        return (*self._question_pages(), Page(Step.WHY), Page(Step.CHECK))

    def _question_pages(self) -> tuple[Page, ...]:
        if self.method in ONE_PAGE:
            return (ONE_PAGE[self.method],)
        if self.method == AnswerMethod.EQUAL:
            return (Page(Step.MOST),)
        least = (Page(Step.LEAST),) if self.asks_least else ()
        compare = tuple(Page(Step.COMPARE, number) for number in range(1, len(self.compare_pages) + 1))
        return (Page(Step.MOST), *least, *compare)

    def after(self, page: Page) -> Page:
        """Return the page that follows ``page``."""
        return self.pages[self.pages.index(page) + 1]

    def before(self, page: Page) -> Page | None:
        """Return the page before ``page``; none before the first."""
        place = self.pages.index(page)
        return self.pages[place - 1] if place else None

    def first_gap(self) -> Page:
        """Return the first page that still lacks an answer, or the check page."""
        return next((page for page in self.pages if not self._is_answered(page)), Page(Step.CHECK))

    def can_reach(self, page: Page) -> bool:
        """Whether ``page`` is on this person's way and everything before it is answered."""
        if page not in self.pages:
            return False
        earlier = self.pages[: self.pages.index(page)]
        return all(self._is_answered(other) for other in earlier)

    def _is_answered(self, page: Page) -> bool:
        answered = {
            Step.MOST: self.most is not None,
            Step.LEAST: self.least is not None,
            Step.COMPARE: all(code in self._compare for code in self._on(page)),
            Step.POINTS: set(self._typed) == set(self.codes),
            Step.RANK: "places" in self.data,
            Step.WHY: self.first_points is not None,  # set when the questions are left for the check page
            Step.CHECK: False,
        }
        return answered[page.step]

    def _on(self, page: Page) -> tuple[str, ...]:
        return self.compare_pages[page.number - 1] if page.step == Step.COMPARE else ()

    # --- What was typed ---------------------------------------------------------------------------------------

    @property
    def _compare(self) -> dict[str, str]:
        return dict(self.data.get("compare", {}))

    @property
    def _typed(self) -> dict[str, dict[str, str]]:
        return dict(self.data.get("points", {}))

    @property
    def places(self) -> Places:
        """The order put so far; at first the one in which this person sees the items everywhere."""
        return placing.as_places(self.data.get("places") or placing.in_places(self.order))

    @property
    def last_move(self) -> tuple[Move, str] | None:
        """The last move in the order, so that the page can say where the item stands now."""
        kept = self.data.get("last_move")
        return (Move(kept[0]), kept[1]) if kept else None

    @property
    def first_points(self) -> Points | None:
        """The first vector with which this person reached the check page."""
        first = self.data.get("first_points")
        return tuple(first) if first else None

    @property
    def reasons(self) -> dict[str, str]:
        """Reasons given, by item; ``all`` for the one box."""
        return {code: words for code, words in self.data.get("reasons", {}).items() if words}

    def label_of(self, code: str) -> str | None:
        """The comparison chosen for an item."""
        return self._compare.get(code)

    def typed_for(self, code: str) -> str:
        """The points typed for an item, exactly as typed."""
        return self._typed.get(code, {}).get("typed", "")

    # --- Changes ----------------------------------------------------------------------------------------------

    def having(self, **changes: Any) -> "Questionnaire":
        """Return the questionnaire with some of its draft replaced."""
        return replace(self, data={**self.data, **changes})

    def with_most(self, most: str) -> "Questionnaire":
        """Choose the item that matters most. Comparisons with another one are no longer true, so they go."""
        if most == self.most:
            return self.having(method=self._stepwise(most))
        least = None if self.least == most else self.least
        return self.having(method=self._stepwise(most), most=most, least=least, compare={})

    @staticmethod
    def _stepwise(most: str) -> str:
        return AnswerMethod.EQUAL if most == SAME else AnswerMethod.COMPARE

    def with_compared(self, labels: Mapping[str, str]) -> "Questionnaire":
        """Add the comparisons of one page."""
        return self.having(compare={**self._compare, **labels})

    def with_points(self, typed: Mapping[str, Mapping[str, str]]) -> "Questionnaire":
        """Keep what was typed on the points page: the text, and the number it was read as."""
        return self.having(method=AnswerMethod.POINTS, points={code: dict(entry) for code, entry in typed.items()})

    def with_places(self, places: Places, last_move: tuple[Move, str] | None = None) -> "Questionnaire":
        """Keep an order, and the move that led to it."""
        kept = [list(place) for place in places]
        return self.having(method=AnswerMethod.RANK, places=kept, last_move=list(last_move) if last_move else None)

    def with_first_points(self) -> "Questionnaire":
        """Note the vector that is shown on the check page, unless one was noted before."""
        return self if self.first_points else self.having(first_points=list(self.points()))

    # --- What it means ----------------------------------------------------------------------------------------

    @property
    def nothing_compared(self) -> bool:
        """Whether every comparison asked so far was answered "not sure"."""
        labels = [self.label_of(code) for code in self.compared]
        return all(label == "unsure" for label in labels)

    def numbers(self) -> list[Decimal | None]:
        """Return the raw numbers in canonical order; none where somebody was not sure.

        Only for answers without a gap.
        """
        if self.method == AnswerMethod.POINTS:
            return [Decimal(self._typed[code]["number"] or "0") for code in self.codes]
        return [self._number_of(code) for code in self.codes]

    def _number_of(self, code: str) -> Decimal | None:
        if code == self.most:
            return Decimal(MOST_NUMBER)
        number = COMPARE_NUMBERS[self._compare[code]]
        return None if number is None else Decimal(number)

    def points(self) -> Points:
        """Return whole points summing to 10,000 in canonical order. Only for answers without a gap."""
        if self.method == AnswerMethod.EQUAL:
            return equal_points(len(self.codes))
        if self.method == AnswerMethod.RANK:
            return points_from_rank([placing.number_of(self.places, code) for code in self.codes])
        return points_from_ratios(self.numbers())

    def has_points(self) -> bool:
        """Whether every question is answered and the answers make sense as shares."""
        if not all(self._is_answered(page) for page in self._question_pages()):
            return False
        if self.method == AnswerMethod.COMPARE and self.nothing_compared:
            return False
        try:
            self.points()
        except ScoringError:
            return False
        return True

    def raw(self) -> dict[str, Any]:
        """Return the answers as they are stored: labels, texts and decimal strings."""
        if self.method == AnswerMethod.EQUAL:
            return {"most": SAME}
        if self.method == AnswerMethod.POINTS:
            return {"values": {code: self._typed[code] for code in self.codes}}
        if self.method == AnswerMethod.RANK:
            return {"places": [list(place) for place in self.places]}
        values = {code: {"label": self._stored_label(code), "number": self._stored_number(code)} for code in self.codes}
        return {"most": self.most, "least": self.least, "values": values}

    def _stored_label(self, code: str) -> str:
        return "most" if code == self.most else self._compare[code]

    def _stored_number(self, code: str) -> str | None:
        number = self._number_of(code)
        return None if number is None else str(number)

    def notes(self) -> list[Note]:
        """Return what the check page should ask about."""
        return [*self._only_one(), *self._least_contradicted(), *self._left_empty(), *self._order_as_shown()]

    def _only_one(self) -> list[Note]:
        points = self.points()
        whole = sum(points)
        return [Note(NoteKind.ONLY_ONE, (code,)) for code, own in zip(self.codes, points, strict=True) if own == whole]

    def _least_contradicted(self) -> list[Note]:
        if self.method != AnswerMethod.COMPARE or self.least in {None, NO_LEAST}:
            return []
        numbers = dict(zip(self.codes, self.numbers(), strict=True))
        least = numbers[str(self.least)]
        if least is None:
            return []
        below = [code for code in self.order if (number := numbers[code]) is not None and number < least]
        return [Note(NoteKind.LEAST_IS_NOT_LEAST, (str(self.least), code)) for code in below[:1]]

    def _left_empty(self) -> list[Note]:
        if self.method != AnswerMethod.POINTS:
            return []
        empty = [code for code in self.order if not self._typed[code]["number"]]
        return [Note(NoteKind.LEFT_EMPTY, (code,)) for code in empty]

    def _order_as_shown(self) -> list[Note]:
        """An order drawn by lot that nobody touched may be nobody's opinion."""
        untouched = self.method == AnswerMethod.RANK and self.places == placing.in_places(self.order)
        return [Note(NoteKind.ORDER_AS_SHOWN, ())] if untouched else []


def draft_of_answer(
    *, method: str, raw: Mapping[str, Any], first_points: Sequence[int] | None, reasons: Mapping[str, str]
) -> dict[str, Any]:
    """Return the draft from which an answer that was sent came, so that it can be changed."""
    data: dict[str, Any] = {"method": method, "reasons": dict(reasons)}
    if first_points:
        data["first_points"] = list(first_points)
    if method == AnswerMethod.POINTS:
        return data | {"points": dict(raw["values"])}
    if method == AnswerMethod.WEIGHTS:
        return data | {"method": AnswerMethod.POINTS, "points": _as_hundredths(raw["values"])}
    if method == AnswerMethod.RANK:
        return data | {"places": list(raw["places"])}
    if method == AnswerMethod.EQUAL:
        return data | {"most": SAME}
    compare = {code: value["label"] for code, value in raw["values"].items() if code != raw["most"]}
    return data | {"most": raw["most"], "least": raw["least"], "compare": compare}


def _as_hundredths(weights: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return weights of 1, as programs send them, as points of 100, which people read."""
    texts = {code: format((Decimal(value["number"]) * 100).normalize(), "f") for code, value in weights.items()}
    return {code: {"typed": text, "number": text} for code, text in texts.items()}
