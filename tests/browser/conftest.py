"""One site for all tests of a process, and one browser for each file of them."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.checks import axe
from tests.browser.running import Site, built_world, running_site
from tests.browser.visiting import context_for

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Building the world is part of the first test; a busy machine takes a while."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not for the whole session: while it runs, Django sees its event loop and refuses other tests the database."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own  # by all processes of one run
    with running_site(built_world(shared / "browser-world"), tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="module")
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A browser whose store of style sheets and letters stays from page to page."""
    with context_for(browser, site) as shared:
        shared.add_init_script(axe.AXE_SCRIPT)  # kept by the browser: sending the rules to every page takes longer
        yield shared
