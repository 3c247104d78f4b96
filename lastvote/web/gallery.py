"""Every component with its examples. The gallery page and the component tests render the same ones.

A component is one template beside one ``.toml``: ``about``, ``parameters`` (name -> what it is) and ``examples``, each
with a ``title`` and a ``context``. A value ``{ call = "package.module.function" }`` is what that function returns.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

COMPONENTS: Path = settings.BASE_DIR / "templates" / "components"


@dataclass(frozen=True)
class Example:
    """One use of a component."""

    title: str
    context: dict[str, Any]


@dataclass(frozen=True)
class Component:
    """A template that pages include with ``only``, and what it takes."""

    name: str
    about: str
    parameters: dict[str, str]
    examples: tuple[Example, ...]

    def rendered(self) -> list[tuple[str, SafeString]]:
        """Return the title and the HTML of each example."""
        template = f"components/{self.name}.html"
        return [(example.title, render_to_string(template, example.context)) for example in self.examples]


def components() -> list[Component]:
    """Return all components by name."""
    return [_read(path) for path in sorted(COMPONENTS.glob("*.toml"))]


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the gallery to people who build or try the site, never on a site in real use."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    return render(request, "gallery.html", {"components": components()})


def _read(path: Path) -> Component:
    facts = tomllib.loads(path.read_text())
    examples = tuple(Example(one["title"], _made(one.get("context", {}))) for one in facts["examples"])
    return Component(path.stem, facts["about"], facts.get("parameters", {}), examples)


def _made(value: Any) -> Any:
    """Replace every call by what it returns."""
    if isinstance(value, dict) and set(value) == {"call"}:
        return import_string(value["call"])()
    if isinstance(value, dict):
        return {name: _made(inner) for name, inner in value.items()}
    return [_made(inner) for inner in value] if isinstance(value, list) else value
