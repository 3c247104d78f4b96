"""The room in which groups say why they differ, in every state, and a case that ended in the protective default."""

from tests.browser.catalogue.entry import Entry
from tests.browser.steps import fill, press, send, tick, unfold

OPEN = (unfold,)
ROOM, QUIET, ENDED = "{place.spoken_room}", "{place.quiet_room}", "{place.protected_room}"
MEETING, ASK, BACK = "{place.meeting_room}", "{place.askable}talks/ask/", "{place.talks}desk/days-given-back/"
DESK, MEETING_DESK = "{place.talks_desk}", "{place.meeting_desk}"
CHANGE = f"{DESK}sessions/1/change/"
REASON, NEW = "{place.reason}", f"{ROOM}reasons/new/"
NAMED = "{place.meeting}assessments/1/talks/1/"
TYPED = {"words": "We lose the flat.", "would_change": "A refund."}
LOOK = "{place.flagged_report}1/1/look/"
CHOSEN = {"item": "I", "difference": "burden", "signed": "group", "key": "again"}

TALKS: tuple[Entry, ...] = (
    Entry("talks, case", "case", "{place.spoken}", steps=OPEN),
    Entry("talks, case protected", "case", "{place.protected}", steps=OPEN, says="Both outcomes, side by side"),
    Entry(
        "what would change, protected", "sensitivity", "{place.protected}score/", steps=OPEN, says="Rules side by side"
    ),
    Entry("what would change, half done", "sensitivity", "{place.spoken}score/", steps=OPEN, says="Being worked out"),
    Entry("what would change, failed", "sensitivity", "{place.quiet}score/", steps=OPEN, says="The desk has been told"),
    Entry("working, protected", "working", "{place.protected}score/working/", steps=OPEN, says="by the weights of"),
    Entry("round, protected", "round", "{place.protected}rounds/2/", steps=OPEN, says="by the weights of"),
    Entry("cases, protected", "cases", "{place.talks}cases/", says="most protective view (D27)"),
    Entry("home, protected", "home", "{place.talks}", says="The most protective view counts (D27)"),
    Entry("desk, protected", "desk", "{place.talks_queue}", who="talk_secretary", says="most protective view (D27)"),
    Entry("record, protected", "desk_case", "{place.protected_record}", who="talk_secretary", says="by the weights of"),
    Entry("desk rounds, protected", "desk_round", "{place.protected_rounds}", who="reader", says="by the weights of"),
    Entry("report on manipulation", "desk_manipulation", "{place.protected_report}", who="reader", steps=OPEN,
          says="What hangs on one group"),
    Entry("report, half done", "desk_manipulation", "{place.spoken_report}", who="reader", says="Being worked out"),
    Entry("report, failed", "desk_manipulation", "{place.quiet_report}", who="reader", says="could not be worked out"),
    Entry("report, nothing published", "desk_manipulation", "{place.unweighed_report}", who="reader",
          says="No round of this case is published yet"),
    Entry("report, not for the secretariat", "desk_manipulation", "{place.protected_report}", who="talk_secretary",
          status=403),
    Entry("report, asks to look", "desk_manipulation", "{place.flagged_report}", who="reader", steps=OPEN,
          says="Nobody has looked yet."),
    Entry("report, looked at", "desk_manipulation", "{place.looked_report}", who="looker", says="honestly differs"),
    Entry("look at a report", "desk_manipulation_look", LOOK, who="reader"),
    Entry("look at a report, no words", "desk_manipulation_look", LOOK, who="reader", status=422, wrong=True,
          steps=(press("Put this beside the report"),)),
    Entry("look at a report, again", "desk_manipulation_look", "{place.looked_report}1/1/look/", who="looker",
          status=409, wrong=True, kept=(("conclusion", "Again."),),
          steps=(fill(conclusion="Again."), press("Put this beside the report"))),
    Entry("look at a report, nothing there", "desk_manipulation_look", "{place.protected_report}1/1/look/",
          who="reader", says="does not ask people to look"),
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
    Entry("newest talks at the desk", "desk_talks_newest", "{place.spoken_old_desk}", who="talk_secretary"),
    Entry(
        "newest reasons at the desk", "desk_talks_newest_reasons", "{place.spoken_old_desk}reasons/", who="talk_leader"
    ),
    Entry("plan a session", "desk_talks_session", f"{DESK}session/", who="talk_secretary"),
    Entry(
        "plan a session, nothing said", "desk_talks_session", f"{DESK}session/", who="talk_secretary", status=422,
        wrong=True, steps=(press("Continue"),),
    ),
    Entry("change a session", "desk_talks_session_change", CHANGE, who="talk_leader", says="address to join from home"),
    Entry(
        "change a session, no place", "desk_talks_session_change", CHANGE, who="talk_leader", status=422, wrong=True,
        steps=(fill(place=""), press("Continue")),
    ),
    Entry(
        "change a session, check", "desk_talks_session_change", CHANGE, who="talk_secretary",
        steps=(fill(place="Library", access="A ramp."), press("Continue")), says="A ramp.",
    ),
    Entry(
        "change a session, changed meanwhile", "desk_talks_session_change", CHANGE, who="talk_secretary", status=409,
        wrong=True, says="Both versions",
        steps=(send(CHANGE, place="Library", day="30 June 2026", hour="18:00", seen="what stood there before"),),
    ),
    Entry("more time for talks", "desk_talks_more_days", f"{DESK}more-days/", who="talk_secretary"),
    Entry("minutes of a session", "desk_talks_minutes", f"{DESK}sessions/1/minutes/", who="talk_leader"),
    Entry("note on the talks", "desk_talks_note", f"{DESK}note/", who="talk_leader"),
    Entry(
        "note on the talks, check", "desk_talks_note", f"{DESK}note/", who="talk_leader",
        steps=(fill(agreed="Agreed on much."), press("Continue")), says="Agreed on much.",
    ),
    Entry(
        "more time for talks, check", "desk_talks_more_days", f"{DESK}more-days/", who="talk_secretary",
        steps=(fill(days="3", reason="Holidays."), press("Continue"), unfold), says="How this date was worked out",
    ),
    Entry("pause talks", "desk_talks_pause", f"{DESK}pause/", who="talk_secretary", says="10 days are left"),
    Entry(
        "pause talks, nothing said", "desk_talks_pause", f"{DESK}pause/", who="talk_secretary", status=422, wrong=True,
        steps=(press("Continue"),),
    ),
    Entry(
        "pause talks, check", "desk_talks_pause", f"{DESK}pause/", who="talk_secretary",
        steps=(tick("reason", "court"), fill(explanation="A court asked.", last_day="3 June 2026"), press("Continue"),
               unfold), says="How this date was worked out",
    ),
    Entry(
        "let talks go on", "desk_talks_pause_end", f"{DESK}pause/end/", who="talk_secretary", says="Today still counts"
    ),
    Entry(
        "let talks go on, nothing said", "desk_talks_pause_end", f"{DESK}pause/end/", who="talk_secretary", status=422,
        wrong=True, steps=(press("Continue"),),
    ),
    Entry(
        "let talks go on that do not stand still", "desk_talks_pause_end", f"{DESK}pause/end/", who="talk_secretary",
        status=409, wrong=True, steps=(fill(reason="It is over."), press("Continue")),
        kept=(("reason", "It is over."),),
    ),
    Entry("days given back", "desk_outages", BACK, who="talk_secretary", says="None so far."),
    Entry(
        "days given back, nothing said", "desk_outages", BACK, who="talk_secretary", status=422, wrong=True,
        steps=(press("Continue"),),
    ),
    Entry(
        "days given back, check", "desk_outages", BACK, who="talk_secretary",
        steps=(fill(first_day="31 May 2026", last_day="1 June 2026", explanation="It was down."), press("Continue"),
               unfold), says="gets 2 days back",
    ),
    Entry("reasons at the desk", "desk_talks_reasons", f"{DESK}reasons/", who="talk_leader"),
    Entry("reasons at the desk, second page", "desk_talks_reasons", f"{DESK}reasons/?page=2", who="talk_leader"),
    Entry("reasons at the desk, late ones", "desk_talks_reasons", f"{MEETING_DESK}reasons/", who="talk_leader"),
    Entry("ask about joining", "desk_talks_join", "{place.asked_desk}join/", who="talk_leader"),
    Entry(
        "ask about joining, nothing chosen", "desk_talks_join", "{place.asked_desk}join/", who="talk_leader",
        status=422, wrong=True, steps=(press("Continue"),),
    ),
    Entry(
        "mark as dealt with", "desk_talks_dealt_with", "{place.reason_desk}dealt-with/", who="talk_leader",
        says="Have the talks dealt with this?",
    ),
    Entry("accept words late", "desk_talks_late", "{place.late_desk}", who="talk_leader", says="Accept these words"),
    Entry(
        "join one's reason", "talks_reason_join", "{place.asked_reason}join/", who="asked",
        says="Leave both as they are",
    ),
    Entry(
        "join one's reason, joined otherwise", "talks_reason_join", "{place.overtaken_reason}join/", who="overtaken",
        says="these two can no longer be joined",
    ),
    Entry(
        "join one's reason, too late", "talks_reason_join", "{place.overtaken_reason}join/", who="overtaken",
        status=409, wrong=True, steps=(send("{place.overtaken_reason}join/", answer="join"),),
    ),
    Entry("join one's reason, not asked", "talks_reason_join", f"{REASON}join/", who="speaker", status=409),
    Entry("one's late words", "talks_late_words", f"{MEETING}reasons/late/", who="too_late", says="Ask to accept"),
    Entry("one's late words, none", "talks_late_words", f"{MEETING}reasons/late/", who="changer"),
    Entry(
        "late words in a named assessment", "assessment_talks_late_words", f"{NAMED}reasons/late/", who="too_late",
        says="Ask to accept",
    ),
    Entry(
        "give a reason in a named assessment", "assessment_talks_reason_new", f"{NAMED}reasons/new/", who="too_late",
        status=409, says="See your saved words",
    ),
    Entry(
        "give a reason, kept though late", "talks_reason_new", f"{MEETING}reasons/new/", who="too_late", status=409,
        says="See your saved words",
    ),
    Entry("talks, people answer again", "talks", MEETING, who="changer", says="Keep my answers"),
    Entry(
        "weigh check, changed", "weigh_check", "{place.meeting}weigh/check/", who="changer",
        says="Why did you change?",
    ),
    Entry(
        "weigh check, changed and not said why", "weigh_check", "{place.meeting}weigh/check/", who="changer",
        status=422, wrong=True, steps=(press(),),
    ),
    Entry("ask for talks", "talks_ask", ASK, says="4 more people have to ask"),
    Entry("ask for talks, as member", "talks_ask", ASK, who="talker", says="You ask for:"),
    Entry("ask for talks, check", "talks_ask", ASK, who="talker", steps=(press("Continue"),), says="Check:"),
    Entry("ask for talks, not now", "talks_ask", "{place.spoken}talks/ask/", status=409, says="running already"),
    Entry("talks, case with a group that may ask", "case", "{place.askable}", says="A group can ask"),
    Entry("give a reason, too late", "talks_reason_new", f"{ENDED}reasons/new/", who="talker", status=409),
)  # fmt: skip
