"""Pages of the form leave nothing behind on the way, and are light."""

import pytest
from playwright.sync_api import Browser

from tests.browser.running import Site
from tests.browser.visiting import context_for

pytestmark = pytest.mark.browser
PAGES = ("", "most/", "points/", "compare/1/", "why/", "check/")
HEAVIEST = 60_000
"""Bytes that a first visit may cost."""


@pytest.mark.parametrize("page_name", PAGES)
@pytest.mark.parametrize("case", ["open", "open_seven"])
def test_pages_of_the_form_are_kept_nowhere_and_weigh_little(page_name, case, browser: Browser, site: Site):
    with context_for(browser, site, site.facts["sessions"]["compared"]) as context:
        page = context.new_page()
        bytes_of: dict[str, int] = {}
        devtools = context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.on(
            "Network.loadingFinished", lambda event: bytes_of.update({event["requestId"]: event["encodedDataLength"]})
        )
        answer = page.goto(f"{site.facts['case'][case]}weigh/{page_name}", wait_until="networkidle")
        assert answer.status == 200
        assert answer.headers["cache-control"] == "no-store, private" or "no-store" in answer.headers["cache-control"]
        assert answer.headers["referrer-policy"] == "same-origin"
        assert sum(bytes_of.values()) <= HEAVIEST
