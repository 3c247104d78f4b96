"""What differs between two bodies of a policy, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from deliberation.policies.body import Tree, value_at
from deliberation.policies.settings import Section, Setting, Words
from deliberation.policies.values import shown


@dataclass(frozen=True)
class Change:
    """One value that is not the same any more."""

    setting: Setting
    before: Words
    after: Words


@dataclass(frozen=True)
class ChangedSection:
    """The changes of one section."""

    section: Section
    changes: tuple[Change, ...]


def changes_between(sections: Iterable[Section], before: Tree, after: Tree) -> list[ChangedSection]:
    """Return every section with a change, and its changes in the order of the settings."""
    found = [ChangedSection(section, tuple(_changes(section, before, after))) for section in sections]
    return [one for one in found if one.changes]


def _changes(section: Section, before: Tree, after: Tree) -> Iterable[Change]:
    for setting in section.settings:
        old, new = value_at(before, setting.path), value_at(after, setting.path)
        if old != new:
            yield Change(setting, shown(setting, old), shown(setting, new))
