"""Trying weights: live with scripts, by the button without them or with the one script blocked."""

import pytest
from playwright.sync_api import Browser

from tests.browser.running import Site
from tests.browser.visiting import context_for

pytestmark = pytest.mark.browser
OUTPUT = "#what-if-output"
COUNT = """
    window.told = 0;
    new MutationObserver(() => { window.told += document.getElementById("status").textContent !== ""; })
        .observe(document.getElementById("status"), { childList: true, characterData: true, subtree: true });
"""


def addresses(site: Site) -> list[str]:
    """The two pages on which weights can be tried, with boxes filled in."""
    return [site.facts["place"]["try_four"], f"{site.facts['case']['published']}score/?I=40&E=10&R=30&X=20"]


@pytest.mark.parametrize("place", [0, 1], ids=["sandbox", "what would change"])
def test_one_pause_is_told_once_and_back_brings_what_was_typed(browser: Browser, site: Site, place: int):
    with context_for(browser, site) as context:
        page = context.new_page()
        page.goto(addresses(site)[place])
        assert page.locator("[role=status]").count() == 1
        page.evaluate(COUNT)
        page.locator("#id_R").fill("")
        page.locator("#id_R").press_sequentially("77", delay=60)
        page.wait_for_url("**R=77**")
        page.wait_for_function("window.told > 0")
        page.wait_for_timeout(1000)
        assert page.evaluate("[document.activeElement.id, window.told]") == ["id_R", 1]
        said = page.locator(f"{OUTPUT} .chart-headline").inner_text()
        with page.expect_navigation():
            page.get_by_role("link", name="Help").first.click()
        assert page.locator("#id_R").count() == 0
        page.go_back()
        assert page.locator("#id_R").input_value() == "77"
        assert page.locator(f"{OUTPUT} .chart-headline").inner_text() == said


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


def test_comparisons_are_followed_and_what_is_left_is_told_in_one_sentence(browser: Browser, site: Site):
    with context_for(browser, site) as context:
        page = context.new_page()
        page.goto(f"{site.facts['place']['try_choosing']}&most=I")
        for name, left in (("E", "2 comparisons are left."), ("R", "1 comparison is left.")):
            page.locator(f"[name={name}][value=nearly]").check()
            page.wait_for_function("said => document.getElementById('status').textContent === said", arg=left)
        page.locator("[name=X][value=same]").check()
        page.wait_for_url("**X=same**")
        page.locator(OUTPUT).get_by_text("With these weights the case scores").first.wait_for()
        assert page.evaluate("document.activeElement.name") == "X"


@pytest.mark.parametrize("scripts", [True, False])
def test_an_order_is_moved_by_buttons_that_keep_the_focus(browser: Browser, site: Site, scripts: bool):
    with context_for(browser, site, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(site.facts["place"]["try_order"])
        for _press in range(2):
            with page.expect_navigation():
                page.get_by_role("button", name="Move up Reach").press("Enter")
        assert page.locator(".ranking strong").all_inner_texts() == ["Harm done", "Reach", "Ease of misuse", "Spread"]
        assert page.locator("button:focus").get_attribute("id") == "up-X"
        assert page.locator(OUTPUT).get_by_text("With these weights the case scores").count() >= 1
        with page.expect_navigation():
            page.go_back()
        assert page.locator(".ranking strong").all_inner_texts()[2] == "Reach"


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
