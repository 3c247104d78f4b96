"""What the checks run inside a page stands in files of its own."""

from functools import cache
from pathlib import Path


@cache
def script(name: str) -> str:
    """Return the function that a file holds."""
    return (Path(__file__).parent / f"{name}.js").read_text()
