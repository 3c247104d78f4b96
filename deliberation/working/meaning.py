"""The last steps: what the score means against the lines, how sure it is, how far the groups differ."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from deliberation.results import PublishedScore, item_name, powers_sentence
from deliberation.words import LEVEL_NAMES, LINE_NAMES, METHODS, OUTCOMES, TIME_NAMES
from deliberation.working.steps import Link, Step, Table, Words, table

Json = dict[str, Any]
LEVELS = ("L", "M", "H")


def lines_step(score: PublishedScore) -> Step:
    """The lines in force and the level reached."""
    words: list[Words] = []
    if score.assessment.retrospective:
        words.append(_("This case is older than the roadmap, so it has no month. Both ends of the roadmap are shown."))
    else:
        words.append(
            _("The assessment opened in month %(month)d of %(months)d of the roadmap.")
            % {"month": score.assessment.month, "months": score.parameters.roadmap_months}
        )
    words += [
        _("t is the share of the roadmap that has passed, and phi is 3 × t² - 2 × t³."),
        _("Each line is (1 - phi) × its first value + phi × its full value, rounded to 4 decimals."),
        _("The level is the highest line that the score reaches. Being at the line is reaching it."),
    ]
    tables = tuple(_line_table(score, time) for time in score.binding["times"])
    return Step("lines", _("The lines and the level"), _("D16, D18; equations (8a), (8b), (10)"), tuple(words), tables)


def _line_table(score: PublishedScore, time: Json) -> Table:
    caption = _("%(when)s: t is %(t)s, phi is %(phi)s, the level is %(level)s") % {
        "when": TIME_NAMES[time["label"]],
        "t": time["t"],
        "phi": time["phi"],
        "level": LEVEL_NAMES[time["level"]],
    }
    rows: list[tuple[Words, ...]] = [
        (LINE_NAMES[level], time["lines"][level], time["alphas"][level], _reached(score, time["lines"][level]))
        for level in LEVELS
    ]
    return table(caption, (_("Line"), _("Score"), _("How sure (alpha)"), _("Reached?")), rows, words_in=(3,))


def _reached(score: PublishedScore, line: str) -> str:
    return _("yes") if score.binding["score"] >= line else _("no")  # both have 4 decimals, so text compares as numbers


def powers_step(score: PublishedScore) -> Step:
    """What the score lets a committee order."""
    words = (
        _("Powers need a score above the line. Being at the line is not enough."),
        powers_sentence(score),
        _("A score opens a door. People decide whether to go through it."),
    )
    lines = ((LINE_NAMES["measures"], score.parameters.measures_line),
             (LINE_NAMES["suspension"], score.parameters.suspension_line))  # fmt: skip
    rows: list[tuple[Words, ...]] = [
        (name, f"{line:.4f}", _("yes") if score.score > line else _("no")) for name, line in lines
    ]
    head = (_("Line"), _("Score"), _("Score above it?"))
    return Step("powers", _("What a committee may order"), _("D19; appendix G"), words,
                (table(_("Lines of powers"), head, rows, words_in=(2,)),))  # fmt: skip


def certainty_step(score: PublishedScore) -> Step:
    """The interval and the chance of being over each line."""
    statistics, (low, high) = score.result.statistics, score.result.statistics["interval"]
    words = (
        _("Evidence and answers are never complete. The standard deviation of the score is %(sd)s.")
        % {"sd": statistics["sd"]},
        _("Score plus or minus 1.96 times that gives the range %(low)s to %(high)s.") % {"low": low, "high": high},
        _("P is the chance that the score is really at or over a line. From alpha on, the line is possibly crossed."),
        _("An alert calls for more evidence and a talk. It gives no power."),
    )
    tables = tuple(
        _chance_table(time, found) for time, found in zip(score.binding["times"], statistics["times"], strict=True)
    )
    return Step("certainty", _("How sure we are"), _("D21; equation (9), read for this case"), words, tables)


def _chance_table(time: Json, found: Json) -> Table:
    caption = _("%(when)s: the alert is %(alert)s") % {
        "when": TIME_NAMES[time["label"]],
        "alert": LEVEL_NAMES[found["alert"]],
    }
    rows = [(LINE_NAMES[level], found["P"][level], time["alphas"][level]) for level in LEVELS]
    return table(caption, (_("Line"), _("Chance P"), _("How sure (alpha)")), rows)


def disagreement_step(score: PublishedScore) -> Step:
    """How far the groups differ, each with the same voice, and what that calls for."""
    found, parameters = score.binding["disagreement"], score.parameters
    words: list[Words] = [
        _("Here every counted group has the same voice, or a quiet group could never raise an alarm."),
        _("The index goes from 0 (all agree) to 1 (as far apart as can be). It is %(index)s; the limit is %(limit)s.")
        % {"index": found["index"], "limit": parameters.index_line},
        _("A group stands alone when more than %(limit)s of its weight lies elsewhere than the others'.")
        % {"limit": parameters.lone_line},
        _("The difference matters: two groups' own scores lead to different levels or powers.")
        if found["fundamental"]
        else _("The difference does not matter: every group's own score leads to the same level and powers."),
        OUTCOMES[found["outcome"]],
    ]
    rows = [(str(row.group), str(row.score), found["lone"].get(row.group.code, "")) for row in score.counted]
    tables = (
        table(_("Each group on its own"), (_("Group"), _("Score under its weights"), _("Apart from the others")), rows),
    )
    return Step("difference", _("How far the groups differ"), _("D23, D25, D26; appendix E"), tuple(words), tables)


def least_change_step(score: PublishedScore) -> Step:
    """The smallest shift of weight that would bring the score to a line."""
    words = (_("This is the smallest shift of points between items that would bring the score to the next line."),)
    tables = tuple(_change_table(score, time["label"]) for time in score.binding["times"])
    incident = score.assessment.incident
    where = [incident.jurisdiction.slug, incident.reference, score.assessment.number]
    link = Link(reverse("assessment_sensitivity", args=where), _("What would change this score"))
    return Step("change", _("What would change the level"), _("D25; appendix E"), words, tables, link=link)


def _change_table(score: PublishedScore, label: str) -> Table:
    changes = score.binding["least_change"][label]
    rows = [
        (direction, LINE_NAMES[change["line"]], change["at"], _move(score, change))
        for direction, change in ((_("Up"), changes["up"]), (_("Down"), changes["down"]))
        if change
    ]
    return table(TIME_NAMES[label], (_("Direction"), _("To"), _("At"), _("Shift")), rows, words_in=(1, 3))


def _move(score: PublishedScore, change: Json) -> str:
    if change["points"] is None:
        return _("no weights reach this line")
    givers = ", ".join(item_name(score.assessment, one["code"]) for one in change["from"])
    if not givers:
        return _("none needed")
    return _("%(points)d points of 10,000 into %(into)s, out of %(givers)s") % {
        "points": change["points"],
        "into": item_name(score.assessment, change["into"]),
        "givers": givers,
    }


def beside_step(score: PublishedScore) -> Step:
    """What other methods and the equations as printed would say. None of it decides."""
    beside = score.binding["beside"]
    rows: list[tuple[Words, ...]] = [(METHODS[name], beside[name]) for name in METHODS]
    rows.append((_("Every group the same voice"), beside["equal_voices"]["score"] or _("not defined")))
    if beside["eq7_voices"]:
        rows.append((_("Voices by equation (7)"), beside["eq7_voices"]["score"] or _("not defined")))
    rows.append((_("Every item counts the same (ISS-F)"), beside["equal_weights"]["score"]))
    words: list[Words] = [
        _("These are shown so that nobody has to take the choice of method on trust. They decide nothing."),
    ]
    tables = [table(_("Scores by other methods"), (_("Method"), _("Score")), rows)]
    if beside["printed_categories"]:
        words.append(
            _("As printed, equations (14) to (20) divide by the length of the parts. That hides how bad things are.")
        )
        tables.append(_printed_table(score))
    return Step(
        "beside",
        _("What other methods say"),
        _("D7, D8, D12; equations (2), (3), (7), (14) to (20)"),
        tuple(words),
        tuple(tables),
    )


def _printed_table(score: PublishedScore) -> Table:
    printed = score.binding["beside"]["printed_categories"]
    undefined = _("not defined: every part is 0")
    rows: list[tuple[Words, ...]] = [
        (item_name(score.assessment, code), printed["ratings"][code] or undefined) for code in score.binding["codes"]
    ]
    rows.append((_("Score over these"), printed["score"] or _("not defined")))
    return table(_("Equations (14) to (20) as printed"), (_("Kind of risk"), _("Value")), rows)
