"""The tests on past cases in every state."""

from tests.browser.catalogue.entry import Entry
from tests.browser.steps import fill, press, unfold

OPEN = (unfold,)
STATES = ("weighed", "kinds", "control", "undated")

PAST_CASES: tuple[Entry, ...] = (
    Entry("past cases", "validation", "/pastville/validation/"),
    Entry("past cases, failures only", "validation", "/failville/validation/", says="We tested only known failures"),
    Entry("past cases, none can be told", "validation", "{place.town}validation/"),
    Entry("past cases, none", "validation", "{place.empty}validation/", says="No past cases tested yet"),
    *(Entry(f"past case {state}", "past_case", f"{{past.{state}}}", steps=OPEN) for state in STATES),
    Entry("past case, by a day", "past_case", "{past.weighed}?known_by=2018-03-20", steps=OPEN),
    Entry("past case, before everything", "past_case", "{past.weighed}?known_by=1+January+2017", steps=OPEN),
    Entry(
        "past case, no day", "past_case", "{past.weighed}", status=422, wrong=True,
        steps=(fill(known_by="long ago"), press("Show")), kept=(("known_by", "long ago"),),
    ),
    Entry("past case, unknown", "past_case", "/pastville/validation/PV-1999-0001/", status=404),
    Entry("other rules", "alternatives", "/pastville/validation/alternatives/", steps=OPEN),
    Entry("other rules, nothing to compare", "alternatives", "{place.empty}validation/alternatives/"),
)  # fmt: skip
