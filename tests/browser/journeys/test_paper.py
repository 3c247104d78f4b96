"""A sheet of paper fits on paper: one page to hand in, one to keep."""

import re

import pytest
from playwright.sync_api import Browser

from tests.browser.running import Site
from tests.browser.steps import MAIN_BUTTON
from tests.browser.visiting import context_for

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("case", ["open", "open_seven"])
def test_a_sheet_takes_two_pages_of_a4_and_prints_nothing_else(case, browser: Browser, site: Site):
    with context_for(browser, site, site.facts["sessions"]["leaving"]) as context:
        page = context.new_page()
        page.goto(f"{site.facts['case'][case]}weigh/paper/")
        page.locator(MAIN_BUTTON).click()
        page.get_by_text("Keep this part").wait_for()
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        page.emulate_media(media="print")
        shown = page.locator("header, footer, h1").filter(visible=True).count()
    assert (len(re.findall(rb"/Type\s*/Page\b", printed)), shown) == (2, 0)
