"""The portable score string, version 1.0: what it may say, and its one canonical spelling."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assessments.scoring.arithmetic import POINTS, Points, check_decimal, check_whole, equal_points, text
from assessments.scoring.errors import ScoringError
from assessments.scoring.record import number_text
from assessments.scoring.schemes import CLASSIC, TAXONOMY, Scheme

PREFIX = "ISS:1.0"
LONGEST = 512
LINEAR, MULTIPLICATIVE, TEMPERED, LEARNED = "L", "M", "T", ""
SCHEME_OF = {"C4": CLASSIC, "T7": TAXONOMY, "P7": TAXONOMY}
METHODS = ("C4L", "C4M", "C4T", "T7L", "T7M", "T7T", "P7")
NORMALISERS = ("L2", "WM")
SOURCES = ("EQ", "RO", "AC", "MD", "G1", "G2", "G3", "G4", "G5", "G6", "G7")
LEVELS = ("N", "L", "M", "H")
LAST_MONTH = 9999
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*~[0-9a-f]{16}")
DISTRIBUTION = re.compile(r"[HC]-[A-Za-z0-9._-]+~[0-9a-f]{16}")
LOCAL_KEY = re.compile(r"x_[a-z0-9-]+(\.[a-z0-9-]+)+_[A-Z][A-Z0-9]*")


@dataclass(frozen=True)
class ScoreString:
    """One score with all that it follows from; checks itself, so a built string obeys the same rules as a read one.

    Parameters
    ----------
    method : `M`, one of METHODS
    factors : (F,) ratings in [0, 1] with at most 4 decimals, in scheme order
    weights : (F,) points that sum to 10,000; None for P7 only
    source : `WS`, whose weights
    stated : leading score of the checked form, or None
    eta : `ET`; normaliser : `NK`; theta : `TH`; record, evidence, policy : `RD`, `EV`, `PO`
    month : `TM`; distribution : `FS`; level : `LV`; retrospective : `RT:Y`
    local : local factors (key, value), carried and not counted

    Raises
    ------
    ScoringError with a code that starts with `string_`; `E_TYPE`, `E_RANGE`, `max_decimal_places` for a wrong number
    """

    method: str
    factors: tuple[Decimal, ...]
    source: str
    weights: Points | None = None
    stated: Decimal | None = None
    eta: Decimal | None = None
    normaliser: str | None = None
    theta: str | None = None
    record: str | None = None
    evidence: str | None = None
    policy: str | None = None
    month: int | None = None
    distribution: str | None = None
    level: str | None = None
    retrospective: bool = False
    local: tuple[tuple[str, Decimal], ...] = ()

    def __post_init__(self) -> None:
        # sorted here, because the order of local factors carries no meaning
        object.__setattr__(self, "local", tuple(sorted(self.local)))
        self._check_method()
        self._check_numbers()
        self._check_weights()
        self._check_source()
        self._check_references()
        self._check_time()
        if len(self.canonical()) > LONGEST:
            raise ScoringError("string_length", f"The string is longer than {LONGEST} characters.", longest=LONGEST)

    @property
    def scheme(self) -> Scheme:
        """Factors that the method counts."""
        return SCHEME_OF[self.method[:2]]

    @property
    def aggregator(self) -> str:
        """L, M or T; empty for the learned score."""
        return self.method[2:]

    @property
    def is_learned(self) -> bool:
        """P7: the score follows from a file that the string only names."""
        return self.aggregator == LEARNED

    def canonical(self) -> str:
        """Write the string in its one canonical order and spelling."""
        lead = [] if self.stated is None else [text(self.stated)]
        return "/".join([*lead, PREFIX, *(f"{key}:{value}" for key, value in self.fields())])

    def fields(self) -> Iterator[tuple[str, str]]:
        """Keys and values in canonical order, absent ones left out."""
        yield "M", self.method
        yield from _given(ET=_number(self.eta))
        yield from zip(self.scheme.factors, map(number_text, self.factors), strict=True)
        yield from _given(NK=self.normaliser)
        for code, points in zip(self.scheme.factors, self.weights or (), strict=False):
            yield f"W{code}", number_text(Decimal(points) / POINTS)
        yield from _given(TH=self.theta, WS=self.source, RD=self.record, EV=self.evidence, PO=self.policy)
        yield from _given(TM=None if self.month is None else str(self.month))
        yield from _given(FS=self.distribution, LV=self.level, RT="Y" if self.retrospective else None)
        yield from ((key, number_text(value)) for key, value in self.local)

    def _check_method(self) -> None:
        if self.method not in METHODS:
            raise ScoringError("string_value", f"M:{self.method} is not a method.", key="M")
        if len(self.factors) != self.scheme.size:
            raise ScoringError("string_missing", f"{self.method} needs {self.scheme.size} factors.", key="M")
        self._need("ET", self.eta, wanted=self.aggregator == TEMPERED)
        self._need("NK", self.normaliser, wanted=self.scheme is TAXONOMY)
        self._need("TH", self.theta, wanted=self.is_learned)
        if self.eta is not None and not 0 < self.eta < 1:
            raise ScoringError("string_value", "ET must be between 0 and 1, both left out.", key="ET")
        if self.normaliser not in (None, *NORMALISERS):
            raise ScoringError("string_value", f"NK:{self.normaliser} is not a normaliser.", key="NK")

    def _check_numbers(self) -> None:
        check_whole(0 if self.month is None else self.month, "TM")
        if (self.month or 0) > LAST_MONTH:
            raise ScoringError("string_value", f"TM must be {LAST_MONTH} or less.", key="TM")
        named = {"score": self.stated, "ET": self.eta, **dict(zip(self.scheme.factors, self.factors, strict=True))}
        for key, value in (*named.items(), *self.local):
            if value is not None:
                check_decimal(value, key)

    def _check_weights(self) -> None:
        self._need("W" + self.scheme.factors[0], self.weights, wanted=not self.is_learned)
        if self.weights is None:
            return
        if len(self.weights) != self.scheme.size or min(self.weights) < 0:
            raise ScoringError("string_missing", f"{self.method} needs {self.scheme.size} weights.", key="M")
        if sum(self.weights) != POINTS:
            total = text(Decimal(sum(self.weights)) / POINTS)
            raise ScoringError("string_weights_sum", f"The weights add up to {total}, must be 1.", total=total)

    def _check_source(self) -> None:
        if self.source not in SOURCES:
            raise ScoringError("string_value", f"WS:{self.source} is not a source of weights.", key="WS")
        self._need("RD", self.record, wanted=self.source != "EQ")
        if self.source == "EQ" and self.weights not in (None, equal_points(self.scheme.size)):
            raise ScoringError("string_equal_split", "WS:EQ needs the equal split of weights.", key="WS")

    def _check_references(self) -> None:
        for key, value in {"TH": self.theta, "RD": self.record, "EV": self.evidence, "PO": self.policy}.items():
            _check_spelling(REFERENCE, key, value)
        _check_spelling(DISTRIBUTION, "FS", self.distribution)
        for key, _ in self.local:
            if not LOCAL_KEY.fullmatch(key):
                raise ScoringError("string_key_unknown", f"{key} is not the key of a local factor.", key=key)

    def _check_time(self) -> None:
        if self.retrospective and self.month is not None:
            raise ScoringError("string_refused", "RT:Y and TM exclude each other.", key="RT")
        if self.level is not None and self.level not in LEVELS:
            raise ScoringError("string_value", f"LV:{self.level} is not a level.", key="LV")
        if self.level is not None and self.month is None:
            raise ScoringError("string_missing", "LV needs TM, for lines change with the month.", key="TM")

    def _need(self, key: str, value: object, *, wanted: bool) -> None:
        if wanted and value is None:
            raise ScoringError(
                "string_missing", f"{key} is missing: {self.method} with WS:{self.source} needs it.", key=key
            )
        if not wanted and value is not None:
            raise ScoringError("string_refused", f"{key} does not go with {self.method} and WS:{self.source}.", key=key)


def _check_spelling(pattern: re.Pattern[str], key: str, value: str | None) -> None:
    if value is not None and not pattern.fullmatch(value):
        raise ScoringError("string_reference", f"{key}:{value} is not an id with ~ and 16 hex digits.", key=key)


def _given(**values: str | None) -> Iterator[tuple[str, str]]:
    return ((key, value) for key, value in values.items() if value is not None)


def _number(value: Decimal | None) -> str | None:
    return None if value is None else number_text(value)
