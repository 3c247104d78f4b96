"""Which column of a file means what."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.history_table.faults import Fault

FEWEST_FACTORS = 2
LARGEST_SCALE = Decimal(10**9)
ONE = Decimal(1)


@dataclass(frozen=True)
class ColumnMapping:
    """Which column of a file means what.

    names : columns that together name a case; several are joined with a comma
    factors : column of each factor, in the order in which the history keeps them
    label : column of the judged severity
    scales : by column, the number that means "the worst there is"; 1 where nothing is said
    raters : column with the number of people who gave the label
    day : column with the day of the case
    """

    names: tuple[str, ...]
    factors: Mapping[str, str]
    label: str
    scales: Mapping[str, Decimal] = field(default_factory=dict)
    raters: str | None = None
    day: str | None = None

    def columns(self) -> list[str]:
        """Every column that is used."""
        optional = [column for column in (self.raters, self.day) if column is not None]
        return [*self.names, *self.factors.values(), self.label, *optional]

    def scale_of(self, column: str) -> Decimal:
        """The number by which a column is divided."""
        return self.scales.get(column, ONE)


def faults_of(mapping: ColumnMapping, heading: tuple[str, ...]) -> Iterator[Fault]:
    """Find what is wrong with a mapping before any row is read."""
    if not mapping.names:
        yield Fault(None, None, "no_name_column", _("No column names the cases."), _("At least one such column."))
    if len(mapping.factors) < FEWEST_FACTORS:
        count = len(mapping.factors)
        problem = ngettext("%(found)s factor is mapped.", "%(found)s factors are mapped.", count) % {"found": count}
        allowed = _("At least %(fewest)s factors.") % {"fewest": FEWEST_FACTORS}
        yield Fault(None, None, "too_few_factors", problem, allowed)
    yield from (
        _unknown(column, heading) for column in dict.fromkeys(mapping.columns()) if not column or column not in heading
    )
    yield from (_used_twice(column) for column, count in Counter(mapping.columns()).items() if count > 1)
    yield from (_bad_scale(column) for column in mapping.scales if not _is_scale(mapping.scales[column]))
    yield from (_idle_scale(column) for column in mapping.scales if not _has_scale(mapping, column))


def _unknown(column: str, heading: tuple[str, ...]) -> Fault:
    named = ", ".join(name for name in heading if name)
    problem = _("The file has no column “%(column)s”.") % {"column": column}
    return Fault(None, column, "unknown_column", problem, _("One of: %(columns)s") % {"columns": named})


def _used_twice(column: str) -> Fault:
    return Fault(None, column, "column_used_twice", _("This column is used twice."), _("Each column for one purpose."))


def _is_scale(scale: Decimal) -> bool:
    return scale.is_finite() and 0 < scale <= LARGEST_SCALE


def _bad_scale(column: str) -> Fault:
    allowed = _("A number above 0 and at most %(most)s.") % {"most": LARGEST_SCALE}
    return Fault(None, column, "scale_out_of_range", _("Nothing can be divided by this scale."), allowed)


def _has_scale(mapping: ColumnMapping, column: str) -> bool:
    return column == mapping.label or column in mapping.factors.values()


def _idle_scale(column: str) -> Fault:
    problem = _("This column has a scale but is neither a factor nor the label.")
    return Fault(None, column, "scale_without_use", problem, _("Scales for factors and the label only."))
