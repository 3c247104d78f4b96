"""The room in which groups say why they differ, in every state, and a case that ended in the protective default."""

from tests.browser.catalogue.entry import Entry
from tests.browser.steps import fill, press, send, unfold

OPEN = (unfold,)
ROOM, QUIET, ENDED = "{place.spoken_room}", "{place.quiet_room}", "{place.protected_room}"
DESK = "{place.talks_desk}"
REASON, NEW = "{place.reason}", f"{ROOM}reasons/new/"
TYPED = {"words": "We lose the flat.", "would_change": "A refund."}
CHOSEN = {"item": "I", "difference": "burden", "signed": "group", "key": "again"}

TALKS: tuple[Entry, ...] = (
    Entry("talks, case", "case", "{place.spoken}", steps=OPEN),
    Entry("talks, case protected", "case", "{place.protected}", steps=OPEN, says="Both outcomes, side by side"),
    Entry("talks, much said", "talks", ROOM, steps=OPEN),
    Entry("talks, second page", "talks", f"{ROOM}?page=2"),
    Entry("talks, filtered", "talks", f"{ROOM}?item=I&group=C&kind=burden"),
    Entry("talks, nothing found", "talks", f"{ROOM}?group=E", says="No reason fits this"),
    Entry("talks, as member", "talks", ROOM, who="talker", says="Give a reason"),
    Entry("talks, as somebody else", "talks", ROOM, who="reader", says="You are not on the list of this round"),
    Entry("talks, nobody has spoken", "talks", QUIET, says="No reasons yet"),
    Entry("talks, ended", "talks", ENDED, steps=OPEN, says="No group gave a reason in this round"),
    Entry("talks of a named assessment", "assessment_talks", "{place.spoken}assessments/1/talks/1/"),
    Entry("talks, unknown", "talks", "{place.spoken}talks/9/", status=404),
    Entry("reason", "talks_reason", REASON, says="We read the report in another way."),
    Entry("reason, as member", "talks_reason", REASON, who="talker", says="Answer this reason"),
    Entry(
        "reason, reply lacks a kind", "talks_reason", REASON, who="talker", status=422, wrong=True,
        steps=(send(REASON, words="I think so."),), kept=(("words", "I think so."),),
    ),
    Entry(
        "reason, adopted by its author", "talks_reason", REASON, who="speaker", status=409, wrong=True,
        steps=(send(REASON, kind="adopt", key="own"),),
    ),
    Entry("give a reason", "talks_reason_new", NEW, who="talker"),
    Entry(
        "give a reason, nothing chosen", "talks_reason_new", NEW, who="talker", status=422,
        wrong=True, steps=(send(NEW, **TYPED),), kept=tuple(TYPED.items()),
    ),
    Entry(
        "give a reason, given already", "talks_reason_new", f"{NEW}?item=I", who="speaker", status=409,
        wrong=True, steps=(send(NEW, **TYPED, **CHOSEN),), kept=tuple(TYPED.items()),
    ),
    Entry("talks at the desk", "desk_talks", DESK, who="talk_secretary"),
    Entry("talks at the desk, as facilitator", "desk_talks", DESK, who="talk_leader"),
    Entry("plan a session", "desk_talks_session", f"{DESK}session/", who="talk_secretary"),
    Entry(
        "plan a session, nothing said", "desk_talks_session", f"{DESK}session/", who="talk_secretary", status=422,
        wrong=True, steps=(press("Continue"),),
    ),
    Entry("more time for talks", "desk_talks_more_days", f"{DESK}more-days/", who="talk_secretary"),
    Entry("minutes of a session", "desk_talks_minutes", f"{DESK}minutes/", who="talk_leader"),
    Entry("note on the talks", "desk_talks_note", f"{DESK}note/", who="talk_leader"),
    Entry(
        "note on the talks, check", "desk_talks_note", f"{DESK}note/", who="talk_leader",
        steps=(fill(agreed="Agreed on much."), press("Continue")), says="Agreed on much.",
    ),
    Entry("give a reason, too late", "talks_reason_new", f"{ENDED}reasons/new/", who="talker", status=409),
)  # fmt: skip
