"""The twelve shapes that tell groups apart without colour. A group's slot is its place in this list."""

SIZE = 20
"""Every shape is drawn in a square of this side."""

SHAPES: tuple[tuple[str, str], ...] = (
    ("circle", "M10 1.5a8.5 8.5 0 1 1 0 17a8.5 8.5 0 1 1 0-17z"),
    ("square", "M2.5 2.5h15v15h-15z"),
    ("triangle", "M10 1.5L19 18H1z"),
    ("diamond", "M10 0.5L19.5 10L10 19.5L0.5 10z"),
    ("triangle pointing down", "M1 2H19L10 18.5z"),
    ("cross", "M7 1.5h6V7h5.5v6H13v5.5H7V13H1.5V7H7z"),
    ("hexagon", "M5.5 2h9L19.3 10L14.5 18h-9L0.7 10z"),
    ("star", "M10 0.5L12.6 6.9L19.5 7.4L14.2 11.8L15.9 18.6L10 14.9L4.1 18.6L5.8 11.8L0.5 7.4L7.4 6.9z"),
    ("half circle", "M1 14.5a9 9 0 0 1 18 0z"),
    ("upright bar", "M6 1h8v18H6z"),
    ("slanted cross", "M4.7 1L10 6.3L15.3 1L19 4.7L13.7 10L19 15.3L15.3 19L10 13.7L4.7 19L1 15.3L6.3 10L1 4.7z"),
    ("ring", "M10 1a9 9 0 1 1 0 18a9 9 0 1 1 0-18zM10 6.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7z"),
)


def shape_path(slot: int) -> str:
    """Return the outline of the slot's shape, in a square of side ``SIZE``."""
    return SHAPES[slot % len(SHAPES)][1]
