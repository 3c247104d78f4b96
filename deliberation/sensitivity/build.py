"""All parts of the page of one score, in the order in which people ask."""

from deliberation.sensitivity.brought import brought_section
from deliberation.sensitivity.change import change_section
from deliberation.sensitivity.differing import differing_section
from deliberation.sensitivity.influence import influence_section
from deliberation.sensitivity.methods import methods_section
from deliberation.sensitivity.possible import possible_section
from deliberation.sensitivity.ratings import ratings_section
from deliberation.sensitivity.section import Section
from deliberation.sensitivity.subject import Subject
from deliberation.sensitivity.voices import voices_section
from deliberation.sensitivity.weights import weights_section


def sections_of(subject: Subject) -> list[Section]:
    """Return the parts; before anybody is counted, those about groups are left out."""
    about_groups = [voices_section(subject)] if subject.groups else []
    about_people = [differing_section(subject), influence_section(subject)] if subject.groups else []
    brought = brought_section(subject)
    return [
        change_section(subject),
        *about_groups,
        weights_section(subject),
        ratings_section(subject),
        possible_section(subject),
        *about_people,
        *([brought] if brought else []),
        methods_section(subject),
    ]
