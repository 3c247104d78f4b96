"""All parts of the page of one score, in the order in which people ask."""

from deliberation.sensitivity.brought import brought_section
from deliberation.sensitivity.change import change_section
from deliberation.sensitivity.differing import differing_section
from deliberation.sensitivity.influence import influence_section
from deliberation.sensitivity.left_out import left_out_section
from deliberation.sensitivity.long_part import waiting_section
from deliberation.sensitivity.methods import methods_section
from deliberation.sensitivity.possible import possible_section
from deliberation.sensitivity.ratings import ratings_section
from deliberation.sensitivity.rules import rules_section
from deliberation.sensitivity.section import Section
from deliberation.sensitivity.subject import Subject
from deliberation.sensitivity.voices import voices_section
from deliberation.sensitivity.weights import weights_section


def sections_of(subject: Subject) -> list[Section]:
    """Return the parts; before anybody is counted, those about groups are left out."""
    about_groups = [voices_section(subject)] if subject.groups else []
    about_people = [differing_section(subject), influence_section(subject)] if subject.groups else []
    return [
        change_section(subject),
        *about_groups,
        weights_section(subject),
        ratings_section(subject),
        possible_section(subject),
        *about_people,
        *long_part(subject),
        methods_section(subject),
    ]


def long_part(subject: Subject) -> list[Section]:
    """Return what takes long, or how far it is; a score from before any answers has none of it."""
    if subject.worked is None:
        return []
    found = subject.worked.found
    if found is None:
        return [waiting_section(subject.worked)]
    left_out = left_out_section(subject, found["left_out"])
    if found["brought"] is None:
        return [left_out]
    return [brought_section(subject, found["brought"]), rules_section(subject, found["rules"]), left_out]
