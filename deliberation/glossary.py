"""The words of this site, each with one meaning. ``paper`` is what the source paper calls it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Term:
    """One word and what it means here."""

    anchor: str
    name: Promise
    paper: Promise | str
    meaning: Promise
    page: str = ""
    """Route of the page that shows it."""


@dataclass(frozen=True)
class Part:
    """Terms that belong together."""

    anchor: str
    title: Promise
    terms: tuple[Term, ...]


NUMBERS = (
    Term(
        "score",
        _("Severity score"),
        _("ISS"),
        _("A number from 0 to 100. It is a signal for people to discuss, not a decision."),
    ),
    Term(
        "rating",
        _("Rating"),
        _("factor f"),
        _("What the evidence says about one item, from 0 (lowest) to 1 (worst). Each rating has a reason."),
    ),
    Term("share", _("Share"), _("weight w"), _("How much one item counts for you. Your shares add up to 100.")),
    Term(
        "group-influence",
        _("Group influence"),
        _("equation 7b, softmax"),
        _("How much each group counts once all groups are put together. No group counts over three times another."),
    ),
    Term(
        "position",
        _("Position of a group"),
        _("w with a group's number"),
        _("The shares of a group: the mean of its members' answers, or what its delegate adopted in public."),
    ),
    Term(
        "adding-up",
        _("Adding-up method"),
        _("linear aggregation, equation 2"),
        _("Each rating times its share; the parts are added. This gives the main score."),
    ),
    Term(
        "compounding",
        _("Compounding method"),
        _("multiplicative aggregation, equation 3"),
        _("The worst item pulls the score up. It is never lower than the adding-up method."),
    ),
    Term(
        "learned",
        _("Learned score"),
        _("polynomial, equation 4"),
        _("A score fitted to past cases. It may lead only once enough past cases are labelled."),
    ),
    Term(
        "first-score",
        _("First score"),
        _("ISS-F"),
        _("The score before any answers, with every item counting the same."),
    ),
    Term(
        "interval",
        _("Range of the score"),
        _("interval"),
        _("The score could lie anywhere in this range, because evidence and answers are never complete."),
    ),
)

LINES = (
    Term("line", _("Line"), _("threshold s"), _("A score at which something must or may happen.")),
    Term(
        "level",
        _("Level"),
        _("intervention level"),
        _("None, Low, Moderate or High: the highest line that the score reaches."),
    ),
    Term(
        "powers",
        _("Powers"),
        _("enforcement, appendix G"),
        _("What a committee may order. Above 60: extra measures. Above 80: a suspension for a time."),
    ),
    Term(
        "how-sure",
        _("How sure we must be"),
        _("alpha"),
        _("The chance of being over a line from which we take the line as possibly crossed."),
    ),
    Term(
        "alert",
        _("Alert"),
        _("equation 9"),
        _("A line is possibly crossed. It calls for more evidence and a talk; it gives no power."),
    ),
)

DIFFERENCES = (
    Term(
        "difference",
        _("Difference"),
        _("divergence"),
        _("The shares of the groups are further apart than the published limit."),
    ),
    Term(
        "matters",
        _("Difference that matters"),
        _("fundamental"),
        _("Two groups' own scores lead to different levels or powers."),
    ),
    Term(
        "does-not-matter",
        _("Difference that does not matter"),
        _("marginal"),
        _("The groups differ, but every group's own score leads to the same level and powers."),
    ),
    Term(
        "still-differ",
        _("Still differ"),
        _("irreconcilable"),
        _(
            "No more talks can follow, and the groups differ in a way that matters, or people directly affected are no "
            "longer counted. The most protective view then leads."
        ),
    ),
    Term(
        "protective",
        _("The most protective view of the people directly affected"),
        _("precautionary default"),
        _("The highest of three: the score, that of affected communities, and that of each registered community."),
    ),
    Term(
        "round",
        _("Round"),
        _("weight elicitation"),
        _("The days in which the people on a list say what counts. Nobody sees numbers before it closes."),
    ),
)

NOT_NAMED = _("not named in the paper")

TALKS = (
    Term(
        "talks",
        _("Round of talks"),
        _("deliberation round"),
        _("The groups say why they differ, meet, and keep or change their answers. No person can skip it."),
    ),
    Term(
        "path",
        _("Path"),
        NOT_NAMED,
        _("The highest level that a case was ever on. It decides how many rounds of talks there may be."),
    ),
    Term(
        "reason",
        _("Reason"),
        _("source of divergent risk perceptions"),
        _("Why a group weighs one item as it does. The group signs it, and nobody votes on it."),
    ),
    Term(
        "kind-of-difference",
        _("Kind of difference"),
        NOT_NAMED,
        _("In what way two views differ. People may know, read, value, call or bear different things."),
    ),
    Term(
        "silent-group",
        _("Silent group"),
        NOT_NAMED,
        _("A group that gave no reason. This is written down, and nothing is made up for it."),
    ),
    Term(
        "session",
        _("Session"),
        NOT_NAMED,
        _("A meeting of the groups, with minutes. It is held again if affected people or civil society are not there."),
    ),
    Term(
        "keep-or-change",
        _("Keep or change"),
        NOT_NAMED,
        _("What people do with their answers after the talks. Keeping is as good as changing."),
    ),
    Term(
        "carried-over",
        _("Carried over"),
        NOT_NAMED,
        _("An answer of the round before that counts again, because its author has said nothing new."),
    ),
    Term(
        "position-stands",
        _("The earlier position stands"),
        NOT_NAMED,
        _("Too few people of a group changed to publish a new position. It would tell what single people answered."),
    ),
    Term(
        "nearer",
        _("Came nearer to each other"),
        NOT_NAMED,
        _("After talks the groups do not differ much any more. The committee takes up the case."),
    ),
    Term(
        "pause",
        _("Pause and extension"),
        NOT_NAMED,
        _("More time for talks. A pause needs a listed reason, an extension is given once, and both are public."),
    ),
    Term(
        "community",
        _("Community"),
        _("directly affected community"),
        _("Affected people of one group, registered together. With five answers or more their own view can lead."),
    ),
    Term(
        "both-outcomes",
        _("Both outcomes"),
        NOT_NAMED,
        _("The score of everybody's answers and the most protective view, side by side. The second one counts."),
    ),
)

PEOPLE = (
    Term("deployer", _("Deployer"), _("deployer"), _("Whoever puts an AI system to use.")),
    Term(
        "evaluator", _("Evaluator"), _("rater"), _("Somebody who reads the evidence and gives ratings, with reasons.")
    ),
    Term(
        "secretariat",
        _("Secretariat"),
        _("secretariat"),
        _("The staff who prepare cases and rounds. They never see a number before the close."),
    ),
    Term(
        "facilitator",
        _("Facilitator"),
        NOT_NAMED,
        _("Leads a session and writes its minutes. Neither sells nor answers for such systems."),
    ),
    Term("delegate", _("Delegate"), NOT_NAMED, _("Speaks for a group in public. May ask for talks in its name.")),
    Term("chair", _("Chair"), _("chair"), _("The person who confirms what the secretariat proposes for a round.")),
    Term(
        "stand-aside",
        _("Stand aside"),
        _("recuse"),
        _("To take no part in a case because of an interest of one's own."),
    ),
    Term(
        "objection",
        _("Objection petition"),
        _("formal objection"),
        _("A petition by affected people. With enough signatures the committee must look again."),
    ),
    Term(
        "shown",
        _("Shown or not shown"),
        _("burden of proof"),
        _("It is for the deployer to show that the risk is reduced."),
    ),
    Term(
        "past-cases",
        _("Test on past cases"),
        _("retrospective validation"),
        _("Scoring a known case from the evidence of its time, to see what the lines would have said."),
        page="validation",
    ),
    Term(
        "control",
        _("Control"),
        _("system without incident"),
        _("A past case in which nothing went wrong. Only beside such cases can a test show false alarms."),
    ),
    Term("sealed", _("Sealed"), _("immutable"), _("It cannot be edited, only replaced by a new, dated decision.")),
)

PARTS = (
    Part("numbers", _("Numbers"), NUMBERS),
    Part("lines", _("Lines, levels and powers"), LINES),
    Part("differences", _("When groups differ"), DIFFERENCES),
    Part("talking", _("Talks between groups"), TALKS),
    Part("people", _("People and their parts"), PEOPLE),
)

PAPER_FACTORS: dict[str, Promise] = {
    "I": _("impact"),
    "E": _("exploitability"),
    "R": _("replicability"),
    "X": _("exposure"),
    "DI": _("discriminatory discourse"),
    "SU": _("surveillance and democratic chill"),
    "EL": _("electoral process manipulation"),
    "MA": _("public opinion manipulation"),
    "CI": _("civic engagement degradation"),
    "CA": _("regulatory and institutional capture"),
    "EM": _("emergent democratic threats"),
}
"""What the paper calls each item that is rated."""
