"""What a run found, as a table that people read and an exit code that programs read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.torture.faults import Harm
from tests.torture.ledger import Entry
from tests.torture.sizes import Fault, Size

SETTLES_WITHIN = 30.0
UNDISTURBED = "nothing"
PHASES = ("database", "web server", "Redis", UNDISTURBED)
"""What was broken while a write was on its way; where several things were, the first of these."""
SHOWN = 40
BUSY = "429"
"""Heard where a lock could not be had in time; with few people and no other servers that must never be."""


@dataclass
class Findings:
    """All that is judged."""

    seed: int
    size: Size
    entries: list[Entry]
    harms: list[Harm]
    settled_after: float | None
    """Seconds from the last fault and the last write to nothing owed; none if that never came."""
    differences: list[str]
    restarts: dict[str, int] = field(default_factory=dict)


def failures(found: Findings) -> list[str]:
    """Return everything for which the run fails."""
    wrong = [*found.differences, *_faults_of_the_site(found)]
    if found.settled_after is None:
        wrong.append("it never settled")
    elif found.settled_after > SETTLES_WITHIN:
        wrong.append(f"it settled after {found.settled_after:.1f} s instead of {SETTLES_WITHIN:.0f} s")
    for fault, wanted in found.size.faults.items():
        done = sum(harm.fault == fault for harm in found.harms)
        if done != wanted:
            wrong.append(f"{fault}: done {done} times instead of {wanted}")
    if len(found.entries) != found.size.writes:
        wrong.append(f"{len(found.entries)} writes in the book instead of {found.size.writes}")
    return wrong


def _faults_of_the_site(found: Findings) -> Iterator[str]:
    """While the database runs, nothing that happens to the rest may become an error of the server."""
    for entry in found.entries:
        for attempt in entry.attempts:
            broken = parts_broken(found.harms, attempt.at, attempt.at + attempt.seconds)
            if attempt.heard.isdigit() and attempt.heard >= "500" and "database" not in broken:
                yield f"{entry.kind} {entry.key}: the site answered {attempt.heard} while its database ran"
            if attempt.heard == BUSY and Fault.POSTGRES_KILLED not in found.size.faults:
                yield f"{entry.kind} {entry.key}: the one process found its own database locked"


def parts_broken(harms: Iterable[Harm], began: float, ended: float) -> set[str]:
    """Return what was not whole at some moment between two."""
    return {harm.part for harm in harms if harm.began <= ended and began <= harm.ended}


def phase_of(entry: Entry, harms: Iterable[Harm]) -> str:
    """Return what was broken while a write was on its way."""
    broken = parts_broken(harms, entry.intended, entry.settled_at)
    return next((phase for phase in PHASES if phase in broken), UNDISTURBED)


def percentile(values: list[float], percent: int) -> float:
    """Return the smallest value that ``percent`` of a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def table(found: Findings) -> str:
    """Return the whole verdict."""
    wrong = failures(found)
    lines = ["", f"seed {found.seed}", "", *_writes(found), "", *_faults(found), "", *_latencies(found), ""]
    settled = "never" if found.settled_after is None else f"{found.settled_after:.1f} s"
    lines += [_line("settled after the last fault and write", settled), _line("differences", len(wrong))]
    lines += [f"  {sentence}" for sentence in wrong[:SHOWN]]
    lines += [f"  and {len(wrong) - SHOWN} more"] * (len(wrong) > SHOWN)
    return "\n".join([*lines, "", "FAILED" if wrong else "PASSED: nothing lost, nothing twice"])


def _line(name: str, value: object) -> str:
    return f"{name:42}{value:>10}"


def _writes(found: Findings) -> Iterator[str]:
    yield _line("writes", len(found.entries))
    for kind in sorted({entry.kind for entry in found.entries}):
        yield _line(f"  {kind}", sum(entry.kind == kind for entry in found.entries))
    yield _line("with a certain outcome", sum(bool(entry.outcome) for entry in found.entries))
    yield _line("requests", sum(len(entry.attempts) for entry in found.entries))
    yield _line("sent more than once", sum(len(entry.attempts) > 1 for entry in found.entries))
    yield _line(
        "asked to come again (429)", sum(one.heard == BUSY for entry in found.entries for one in entry.attempts)
    )
    yield _line("of unknown fate at first", sum(entry.ambiguous for entry in found.entries))


def _faults(found: Findings) -> Iterator[str]:
    for fault in found.size.faults:
        mine = [harm for harm in found.harms if harm.fault == fault]
        longest = max((harm.ended - harm.began for harm in mine), default=0.0)
        yield _line(fault, len(mine)) + f"   whole again within {longest:.1f} s"
    for name, count in sorted(found.restarts.items()):
        yield _line(f"  starts again: {name}", count)


def _latencies(found: Findings) -> Iterator[str]:
    yield f"{'broken meanwhile (s from intended sending)':42}{'writes':>10}{'p50':>8}{'p99':>8}{'max':>8}"
    for phase in reversed(PHASES):
        waits = [entry.seconds for entry in found.entries if entry.outcome and phase_of(entry, found.harms) == phase]
        if waits:
            numbers = "".join(f"{percentile(waits, percent):8.2f}" for percent in (50, 99, 100))
            yield f"{_line(phase, len(waits))}{numbers}"
