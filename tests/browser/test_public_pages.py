"""Every page that anybody can read, and every page of the desk, in every state."""

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.catalogue.casework import CASEWORK
from tests.browser.catalogue.desk import DESK
from tests.browser.catalogue.entry import Entry
from tests.browser.catalogue.learning import LEARNING
from tests.browser.catalogue.past_cases import PAST_CASES
from tests.browser.catalogue.public import PUBLIC
from tests.browser.catalogue.rating import RATING
from tests.browser.catalogue.talks import TALKS
from tests.browser.looking import problems_of
from tests.browser.running import Site
from tests.browser.visiting import opened

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "entry", [*PUBLIC, *PAST_CASES, *DESK, *CASEWORK, *LEARNING, *RATING, *TALKS], ids=lambda entry: entry.name
)
def test_page(entry: Entry, context: BrowserContext, site: Site):
    with opened(context, site, entry) as page:
        assert problems_of(page, entry, site) == []
