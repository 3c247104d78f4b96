"""Pages on which members answer, and where they find their answers again."""

from tests.browser.catalogue.entry import Entry
from tests.browser.steps import fill, press, press_key, send, tick, unfold

W4, W7 = "{case.open}weigh/", "{case.open_seven}weigh/"
LONG = "A reason that is far too long. " * 60

WEIGH: tuple[Entry, ...] = (
    Entry("weigh", "weigh", W4, who="member"),
    Entry("weigh, kept", "weigh", W4, who="compared", says="We kept what you had filled in."),
    Entry("weigh, sent already", "weigh", W4, who="author", says="You have already sent answers."),
    Entry("weigh, not on the list", "weigh", W4, who="evaluator", status=403),
    Entry("weigh, nobody here", "weigh", W4, who="nobody", status=403),
    Entry("weigh, closed", "weigh", "{case.closed}weigh/", who="small_member", status=409),
    Entry("weigh, no round", "weigh", "{case.rated}weigh/", who="member", status=404),
    Entry("most of four", "weigh_most", f"{W4}most/", who="member"),
    Entry("most of seven", "weigh_most", f"{W7}most/", who="member"),
    Entry("most, chosen before", "weigh_most", f"{W4}most/", who="compared"),
    Entry("most, unanswered", "weigh_most", f"{W4}most/", who="member", status=422, wrong=True, steps=(press(),)),
    Entry("least", "weigh_least", f"{W7}least/", who="compared"),
    Entry(
        "least, unanswered", "weigh_least", f"{W7}least/", who="compared", status=422, wrong=True,
        steps=(send(f"{W7}least/"),),
    ),
    Entry("compare of four", "weigh_compare", f"{W4}compare/1/", who="compared"),
    Entry("compare of seven", "weigh_compare", f"{W7}compare/1/", who="compared"),
    Entry("compare of seven, second", "weigh_compare", f"{W7}compare/2/", who="compared"),
    Entry(
        "compare, unanswered", "weigh_compare", f"{W4}compare/1/", who="compared", status=422, wrong=True,
        steps=(send(f"{W4}compare/1/"),),
    ),
    Entry(
        "compare, all unsure", "weigh_compare", f"{W4}compare/1/", who="compared", status=422, wrong=True,
        steps=(send(f"{W4}compare/1/", I="unsure", E="unsure", R="unsure", X="unsure"),),
    ),
    Entry("why", "weigh_why", f"{W4}why/", who="compared"),
    Entry("why of seven, unfolded", "weigh_why", f"{W7}why/", who="compared", steps=(unfold,)),
    Entry(
        "why, too long", "weigh_why", f"{W4}why/", who="compared", status=422, wrong=True,
        steps=(unfold, fill(all=LONG, R=LONG), press()), kept=(("all", LONG), ("R", LONG)),
    ),
    Entry("points", "weigh_points", f"{W4}points/", who="member"),
    Entry("points of seven", "weigh_points", f"{W7}points/", who="member"),
    Entry("points, kept", "weigh_points", f"{W4}points/", who="pointed"),
    Entry(
        "points, no numbers", "weigh_points", f"{W4}points/", who="typing", status=422, wrong=True,
        steps=(fill(I="abc", E="-1", R="1e3", X="7"), press()),
        kept=(("I", "abc"), ("E", "-1"), ("R", "1e3"), ("X", "7")),
    ),
    Entry(
        "points, all empty", "weigh_points", f"{W4}points/", who="typing", status=422, wrong=True,
        steps=(fill(I="", E="", R="", X=""), press()),
    ),
    Entry("rank", "weigh_rank", f"{W4}rank/", who="member"),
    Entry("rank of seven", "weigh_rank", f"{W7}rank/", who="member"),
    Entry(
        "rank, moved", "weigh_rank", f"{W4}rank/", who="moving", steps=(press_key("down-I"),),
        says="Harm done is now",
    ),
    Entry(
        "rank of seven, places shared", "weigh_rank", f"{W7}rank/", who="ranked", says="Shares its place",
    ),
    Entry(
        "rank, no order", "weigh_rank", f"{W4}rank/", who="ranked", status=422, wrong=True,
        steps=(send(f"{W4}rank/", places="I I"),),
    ),
    Entry("check, in order", "weigh_check", f"{W4}check/", who="ranked", steps=(unfold,), says="a fixed share"),
    Entry("check, order as drawn", "weigh_check", f"{W7}check/", who="moving", steps=(unfold,), says="drawn by lot"),
    Entry("check", "weigh_check", f"{W4}check/", who="compared", steps=(unfold,)),
    Entry("check of seven", "weigh_check", f"{W7}check/", who="compared", steps=(unfold,)),
    Entry("check, unsure", "weigh_check", f"{W4}check/", who="unsure", steps=(unfold,)),
    Entry("check, points with one empty", "weigh_check", f"{W4}check/", who="pointed", steps=(unfold,)),
    Entry("check, one item alone", "weigh_check", f"{W4}check/", who="alone", steps=(unfold,)),
    Entry("check, rated as high as can be", "weigh_check", "{case.at_one}weigh/check/", who="pointed", steps=(unfold,)),
    Entry("check, without the effect", "weigh_check", f"{W4}check/", who="compared", switches=("preview-off",)),
    Entry(
        "check, shown before", "weigh_check", f"{W4}check/", who="compared", status=422,
        steps=(send(f"{W4}check/", key="k", shown="something else"),),
    ),
    Entry("sent", "weigh_sent", f"{W4}sent/{{receipts.open}}/", who="author"),
    Entry("sent, withdrawn", "weigh_sent", "{withdrawn}", who="withdrawn"),
    Entry("sent, somebody else's", "weigh_sent", f"{W4}sent/{{receipts.open}}/", who="member", status=404),
    Entry("change", "weigh_change", f"{W4}change/", who="author"),
    Entry("withdraw", "weigh_withdraw", f"{W4}withdraw/", who="author"),
    Entry(
        "closed while typing", "weigh_why", "{place.small}you/", who="small_member", status=409,
        steps=(send("{case.closed}weigh/why/", all="What I had typed when it closed."),),
        says="What I had typed when it closed.",
    ),
    Entry("you", "you", "{place.town}you/", who="author"),
    Entry("you, with drafts", "you", "{place.town}you/", who="compared"),
    Entry("you, withdrawn", "you", "{place.town}you/", who="withdrawn"),
    Entry("you, published", "you", "{place.small}you/", who="small_member"),
    Entry("you, after talks", "you", "{place.talks}you/", who="mover", says="Your group's position moved:"),
    Entry("you, with what one said", "you", "{place.talks}you/", who="speaker", says="What you said in talks"),
    Entry("you, no part", "you", "{place.town}you/", who="plain"),
    Entry("you, nobody here", "you", "{place.town}you/", who="nobody", status=403),
    Entry("tokens, none", "you_tokens", "{place.town}you/tokens/", who="author"),
    Entry(
        "tokens, one made", "you_tokens", "{place.town}you/tokens/", who="author", says="It is shown this once",
        steps=(fill(name="My laptop"), tick("scopes", "answer"), press()),
    ),
    Entry(
        "tokens, nothing chosen", "you_tokens", "{place.town}you/tokens/", who="author", status=422, wrong=True,
        steps=(fill(name="My laptop"), press()), kept=(("name", "My laptop"),),
    ),
    Entry("receipt, found", "receipt", "{place.town}receipt/", steps=(fill(reference="{receipts[open]}"), press())),
    Entry(
        "receipt, published", "receipt", "{place.town}receipt/",
        steps=(fill(reference="{receipts[published]}"), press()),
    ),
    Entry(
        "receipt, unknown", "receipt", "{place.town}receipt/", status=422, wrong=True,
        steps=(fill(reference="LV-7K2M-9QTD-3XW"), press()), kept=(("reference", "LV-7K2M-9QTD-3XW"),),
    ),
)  # fmt: skip
