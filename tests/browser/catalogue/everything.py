"""The whole catalogue."""

from tests.browser.catalogue.casework import CASEWORK
from tests.browser.catalogue.desk import DESK
from tests.browser.catalogue.entry import Entry
from tests.browser.catalogue.learning import LEARNING
from tests.browser.catalogue.paper import PAPER
from tests.browser.catalogue.past_cases import PAST_CASES
from tests.browser.catalogue.public import PUBLIC
from tests.browser.catalogue.rating import RATING
from tests.browser.catalogue.second_rounds import SECOND_ROUNDS
from tests.browser.catalogue.signing_in import SIGNING_IN
from tests.browser.catalogue.talks import TALKS
from tests.browser.catalogue.weigh import WEIGH

CATALOGUE: tuple[Entry, ...] = (
    *PUBLIC, *PAST_CASES, *WEIGH, *SIGNING_IN, *DESK, *CASEWORK, *LEARNING, *RATING, *SECOND_ROUNDS, *TALKS, *PAPER,
)  # fmt: skip
