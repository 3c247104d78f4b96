"""Trying weights: live with scripts, by the button without them or with the one script blocked."""

import pytest
from playwright.sync_api import Browser

from tests.browser.running import Site
from tests.browser.visiting import context_for

pytestmark = pytest.mark.browser
OUTPUT = "#what-if-output"


def test_output_follows_while_one_types_and_the_focus_stays(browser: Browser, site: Site):
    with context_for(browser, site) as context:
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda line: refused.append(line.text) if "Content Security" in line.text else None)
        page.goto(site.facts["place"]["try_four"])
        assert page.locator("#status[role=status]").text_content() == ""
        page.locator("#id_I").press_sequentially("9")
        page.wait_for_url("**I=940&**")
        page.wait_for_function("document.getElementById('status').textContent !== ''")
        told = page.locator("#status").text_content()
        assert told.startswith("With these weights the case scores")
        assert page.locator(f"{OUTPUT} .chart-headline").inner_text() == told
        assert page.evaluate("document.activeElement.id") == "id_I"
        assert page.locator("[role=status]").count() == 1
        page.reload()
        assert page.locator("#id_I").input_value() == "940"
        assert refused == []


@pytest.mark.parametrize("scripts", [True, False])
def test_the_button_does_the_same_without_the_script(browser: Browser, site: Site, scripts: bool):
    with context_for(browser, site, java_script_enabled=scripts) as context:
        context.route("**/htmx-*.js", lambda route: route.abort())
        page = context.new_page()
        page.goto(site.facts["place"]["try_four"])
        page.fill("#id_I", "90")
        with page.expect_navigation():
            page.get_by_role("button", name="Work it out").click()
        assert "I=90" in page.url
        assert page.locator(OUTPUT).get_by_text("With these weights the case scores").count() >= 1
