"""Pages of a second round, and those on which a delegate adopts a position."""

from tests.browser.catalogue.entry import Entry
from tests.browser.steps import fill, press, send

AGAIN, TWICE, ADOPTING = "{place.again}", "{place.twice}", "{place.adopting}"

SECOND_ROUNDS: tuple[Entry, ...] = (
    Entry(
        "position, filled in before", "position", f"{AGAIN}position/", who="delegate",
        kept=(("I", "40"), ("reason", "We met twice and agreed on this.")),
    ),
    Entry(
        "position, wrong", "position", f"{AGAIN}position/", who="delegate", status=422, wrong=True,
        steps=(fill(I="lots", reason=""), press()), kept=(("I", "lots"),),
    ),
    Entry("position, to be checked", "position", f"{AGAIN}position/", who="delegate", steps=(press(),)),
    Entry(
        "position, check without its key", "position", f"{AGAIN}position/", who="delegate", status=422,
        steps=(send(f"{AGAIN}position/", do="adopt", I="1", reason="Because."),),
    ),
    Entry("position, closed", "position", f"{TWICE}position/", who="delegate", status=409),
    Entry("position, not a delegate", "position", f"{AGAIN}position/", who="carried", status=404),
    Entry(
        "position, adopted", "position_adopted", f"{ADOPTING}position/adopted/", who="delegate", says="only you see it",
    ),
    Entry("case, of a delegate", "case", ADOPTING, who="delegate", says="Adopt a position"),
    Entry("round, with what stands", "round", f"{TWICE}rounds/2/", says="the earlier position stands"),
    Entry("working, with what stands", "working", f"{TWICE}score/working/", says="the earlier position stands"),
    Entry("weigh, again", "weigh", f"{AGAIN}weigh/", who="carried", says="Keep my answers"),
    Entry("keep, opened", "weigh_keep", f"{AGAIN}weigh/keep/", who="carried", says="Keep my answers"),
    Entry("you, carried over", "you", "{place.second}you/", who="carried", says="Carried over"),
)  # fmt: skip
