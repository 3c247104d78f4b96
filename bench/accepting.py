"""Accepting one answer over HTTP against inserting one row, behind the same server, turn by turn."""

import secrets
import socket
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from assessments.models import Draft
from bench import figures, processor
from bench.stages import stages_of
from lastvote import clock
from tests.proofs.sites import Site, Visitor
from tests.proofs.stages import Stage

CLIENTS = 8
TURNS = 5
BARE_ROUNDS = 3
"""How often everybody calls the bare page in a turn, so that both kinds of turn take a while."""
AIM = 0.4


class Turn(NamedTuple):
    """Requests per second, and milliseconds of processor time that the web server spent on each."""

    rate: float
    work: float


def measure(stage: Stage, site: Site, *, turns: int = TURNS) -> None:
    """Alternate between the two pages and print throughput, ratio and where the time goes."""
    visitors = _in_front_of_the_check_page(stage, site)
    first = Draft.objects.get(roll_entry__round=stage.round)
    drafts = [Draft(roll_entry=entry, data=first.data) for entry in stage.round.roll.all()]
    figures.title(
        f"(a) Accepting one answer over HTTP, closed loop of {CLIENTS} clients, {len(visitors)} people, {turns} turns"
    )
    bare, accept = [], []
    for turn in range(turns + 1):
        inserting = _turn(site, [_bare(visitor) for visitor in visitors * BARE_ROUNDS])
        _restore(drafts)
        accepting = _turn(site, [_accept(visitor) for visitor in visitors])
        if turn:  # the first turn only warms up
            bare.append(inserting)
            accept.append(accepting)
    _print(bare, accept)
    stages_of(visitors, lambda: _restore(drafts))


def _turn(site: Site, requests: list[bytes]) -> Turn:
    before = processor.seconds_of(site.server.pid)
    rate = _closed_loop(site.port, requests)
    return Turn(rate, 1000 * (processor.seconds_of(site.server.pid) - before) / len(requests))


def _print(bare: list[Turn], accept: list[Turn]) -> None:
    for name, turns in (("one INSERT", bare), ("one answer", accept)):
        figures.line(name, figures.spread([turn.rate for turn in turns], " per second"))
        figures.line("  processor time of the web server", figures.spread([turn.work for turn in turns], " ms"))
    pairs = list(zip(accept, bare, strict=True))
    figures.line(
        f"throughput, one answer / one INSERT (aim {AIM})",
        figures.spread([one.rate / other.rate for one, other in pairs], "", 2),
    )
    figures.line(
        "processor time, one INSERT / one answer",
        figures.spread([other.work / one.work for one, other in pairs], "", 2),
    )


def _in_front_of_the_check_page(stage: Stage, site: Site) -> list[Visitor]:
    """Have one person fill in the form; everybody else is to send the same."""
    first, *others = [Visitor(stage, person, site.port) for person in stage.people]
    first.fill_in(I="40", E="30", R="20", X="10")
    first.open()
    for visitor in others:
        visitor.form = dict(first.form)
        visitor.cookies["csrf"] = first.cookies["csrf"]
    return [first, *others]


def _restore(drafts: Sequence[Draft]) -> None:
    """Put everybody back in front of the check page, as if they had filled in the form again."""
    for draft in drafts:
        draft.updated_at = clock.now()
    Draft.objects.bulk_create(drafts, ignore_conflicts=True)


def _bare(visitor: Visitor) -> bytes:
    return _post(visitor, "/bench/bare/", {"csrfmiddlewaretoken": visitor.form["csrfmiddlewaretoken"]})


def _accept(visitor: Visitor) -> bytes:
    """The answer from a new page: a new key, so it is accepted, from the second turn on as a change."""
    return _post(visitor, f"{visitor.base}check/", visitor.form | {"key": secrets.token_urlsafe(18)})


def _post(visitor: Visitor, path: str, form: dict[str, str]) -> bytes:
    body = urllib.parse.urlencode(form).encode()
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{visitor.port}\r\nCookie: {cookies}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _closed_loop(port: int, requests: Iterable[bytes]) -> float:
    """Have every client send the next request as soon as its last is answered; return answers per second."""
    lock, statuses, waiting = threading.Lock(), Counter[bytes](), iter(list(requests))

    def client() -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            while request := _next(waiting, lock):
                connection.sendall(request)
                status = _status(connection)
                with lock:
                    statuses[status] += 1

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if set(statuses) != {b"302"}:
        raise RuntimeError(f"answers other than a redirect: {statuses}")
    return statuses[b"302"] / (time.monotonic() - started)


def _next(waiting: Iterator[bytes], lock: threading.Lock) -> bytes | None:
    with lock:
        return next(waiting, None)


def _status(connection: socket.socket) -> bytes:
    """Read one answer; a redirect has no body."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        part = connection.recv(65536)
        if not part:
            raise RuntimeError("the server closed the connection")
        answer += part
    return answer[9:12]
