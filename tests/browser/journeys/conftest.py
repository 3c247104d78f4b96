"""Towns for journeys: each journey changes its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.running import Site
from tests.browser.visiting import context_for

Visit = Callable[..., Any]


@pytest.fixture(params=[False, True], ids=["without scripts", "with scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Every journey is made twice."""
    return request.param


@pytest.fixture
def visit(browser: Browser, site: Site, scripts: bool) -> Visit:
    """Open a browser in which somebody of a town is signed in."""

    @contextmanager
    def visiting(town: dict[str, Any], who: str = "") -> Iterator[Page]:
        session = town["sessions"].get(who, "")
        with context_for(browser, site, session, java_script_enabled=scripts) as context:
            yield context.new_page()

    return visiting
