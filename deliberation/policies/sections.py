"""The sections of one place's policy: those of every policy, with its own groups and the parts of each kind of risk."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.scoring.schemes import TAXONOMY
from assessments.wording import item_of
from deliberation.part_names import PART_NAMES
from deliberation.policies.body import Tree
from deliberation.policies.catalogue import HIGHEST, LARGEST, PLAIN_SECTIONS
from deliberation.policies.settings import Kind, Section, Setting
from stakeholders.models import Group


def sections_of(groups: Sequence[Group], *trees: Tree) -> tuple[Section, ...]:
    """Return every section; voices of the groups, and of those that only ``trees`` know of."""
    more = {"voices": tuple(_voices(_names(groups, trees))), "methods": tuple(_parts())}
    return tuple(replace(section, settings=section.settings + more.get(section.code, ())) for section in PLAIN_SECTIONS)


def settings_of(sections: Iterable[Section]) -> list[Setting]:
    """Return the settings of all sections."""
    return [setting for section in sections for setting in section.settings]


def _names(groups: Sequence[Group], trees: Iterable[Tree]) -> dict[str, str]:
    known = {group.code: str(group) for group in groups}
    return known | {code: code for tree in trees for code in tree["voices"] if code not in known}


def _voices(names: dict[str, str]) -> Iterator[Setting]:
    for code, group in names.items():
        words = {"group": group}
        yield _voice(code, "beta", _("%(group)s: weight of expertise (beta)") % words, LARGEST)
        yield _voice(code, "expertise", _("%(group)s: expertise") % words, Decimal(1))
        yield _voice(code, "gamma", _("%(group)s: weight of impact (gamma)") % words, LARGEST)
        yield _voice(code, "impact", _("%(group)s: impact") % words, Decimal(1))
        yield Setting(("voices", code, "reason"), _("%(group)s: reason") % words, Kind.WORDS, _("Our decision"))


def _voice(code: str, column: str, name: str, high: Decimal) -> Setting:
    return Setting(("voices", code, column), name, Kind.NUMBER, _("Equation 7a"), high=high)


def _parts() -> Iterator[Setting]:
    for place, (factor, parts) in enumerate(zip(TAXONOMY.factors, TAXONOMY.components, strict=True)):
        for part, code in enumerate(parts):
            yield Setting(
                ("parameters", "component_ratios", place, part),
                _("%(kind)s: %(part)s") % {"kind": item_of(TAXONOMY.code, factor).name, "part": PART_NAMES[code]},
                Kind.WHOLE,
                _("Equations 14 to 20; D5"),
                unit=_("parts"),
                low=Decimal(0),
                high=HIGHEST,
            )
