"""Plain names of the three parts of each kind of risk, by the paper's own names (equations (14) to (20))."""

from django.utils.functional import Promise

from assessments.parts import PARTS

PART_NAMES: dict[str, Promise] = {code: part.name for code, part in PARTS.items()}
