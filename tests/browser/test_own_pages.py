"""Every page on which people answer or say who they are, in every state."""

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.catalogue.entry import Entry
from tests.browser.catalogue.paper import PAPER
from tests.browser.catalogue.second_rounds import SECOND_ROUNDS
from tests.browser.catalogue.signing_in import SIGNING_IN
from tests.browser.catalogue.weigh import WEIGH
from tests.browser.looking import problems_of
from tests.browser.running import Site
from tests.browser.visiting import opened

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("entry", [*WEIGH, *SECOND_ROUNDS, *SIGNING_IN, *PAPER], ids=lambda entry: entry.name)
def test_page(entry: Entry, context: BrowserContext, site: Site):
    with opened(context, site, entry) as page:
        assert problems_of(page, entry, site) == []
