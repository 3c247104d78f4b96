"""Every number of one version, ready for the page."""

from collections.abc import Iterable
from dataclasses import dataclass

from deliberation.policies.body import Tree, value_at
from deliberation.policies.settings import Section, Setting, Words
from deliberation.policies.values import shown


@dataclass(frozen=True)
class ValueRow:
    """One number with its value in words."""

    setting: Setting
    value: Words


@dataclass(frozen=True)
class SectionTable:
    """The numbers of one section; the voices of groups have a table of their own."""

    section: Section
    rows: tuple[ValueRow, ...]


def tables_of(sections: Iterable[Section], tree: Tree) -> list[SectionTable]:
    """Return every section with its numbers."""
    return [
        SectionTable(
            section,
            tuple(
                ValueRow(one, shown(one, value_at(tree, one.path)))
                for one in section.settings
                if one.path[0] != "voices"
            ),
        )
        for section in sections
    ]
