"""One random history of a round: people answer, change, take back, send twice, come too late, while counts run.

Every act goes through the real actions. Beside them a plain table keeps what should stand, and each refusal is
checked where it happens. A count may overlap with later acts: they are accepted and counted while the earlier count
is still computing, so its result arrives out of order.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from unittest.mock import patch

import pytest

from assessments.actions import answers, publication, rounds, scores
from assessments.actions.answers import Accepted, Answer
from assessments.models import GroupSum, RollEntry, ScoreRun, Submission
from assessments.scoring import engine
from assessments.scoring.elicitation import points_from_ratios
from assessments.scoring.schemes import SCHEMES
from assessments.states import AnswerMethod, RoundState, SubmissionKind
from lastvote.errors import Refused
from stakeholders import actions as people
from stakeholders.models import Person
from tests import factories as make
from tests.proofs.stages import AFTER_CLOSE, CLOSES_AT, Stage

FEWEST_ACTS = 5
MOST_ACTS = 40
UNITS = ("0", "1", "2", "3", "5", "7", "0.5", "12.25", "100", "3333")
Raw = tuple[str | None, ...]


@dataclass
class Sent:
    """One keyed act and what it brought about."""

    person: int
    key: str
    answer: Answer | None
    submission_id: int
    receipt: str


@dataclass
class History:
    """The acts that follow from one seed, on one stage."""

    stage: Stage
    seed: int
    standing: dict[int, tuple[Raw, tuple[int, ...]]] = field(default_factory=dict)
    """By place in ``stage.people``: what the person last sent and did not take back."""
    versions: int = 0
    sent: list[Sent] = field(default_factory=list)
    erased: set[int] = field(default_factory=set)
    counts: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._size = SCHEMES[self.stage.plan.scheme].size
        self._keys = 0
        self._first_revision = self._revisions()[0]

    # --- playing ---------------------------------------------------------------------------------------------

    def play(self) -> ScoreRun:
        """Run all acts, then the last count, with or without the close; return the run that stands."""
        extra = int((MOST_ACTS - FEWEST_ACTS + 1) * self._random.random() ** 2)  # most histories are short
        for _ in range(FEWEST_ACTS + extra):
            self.act()
        if self.seed % 2:
            return self._close_and_publish()
        return self._count()

    def act(self) -> None:
        """One more act, drawn by lot."""
        table: tuple[tuple[int, Callable[[], object]], ...] = (
            (58, self._send), (10, self._resend), (3, self._reuse_key), (10, self._withdraw), (2, self._come_uninvited),
            (2, self._come_late), (2, self._send_nonsense), (1, self._erase), (7, self._count), (5, self._overlap),
        )  # fmt: skip
        lot = self._below(sum(share for share, _ in table))
        for share, act in table:
            if lot < share:
                act()
                return
            lot -= share

    def _below(self, limit: int) -> int:
        # only random() is promised to give the same numbers on every version of Python
        return int(self._random.random() * limit)

    def _person(self) -> int | None:
        here = [place for place in range(len(self.stage.people)) if place not in self.erased]
        return here[self._below(len(here))] if here else None

    def _answer(self) -> tuple[Raw, Answer]:
        raw: Raw = tuple(
            None if self._below(12) == 0 else UNITS[self._below(len(UNITS))] for _ in range(self._size - 1)
        )  # fmt: skip
        raw = (*raw, UNITS[1 + self._below(len(UNITS) - 1)])
        points = points_from_ratios([None if value is None else Decimal(value) for value in raw])
        return raw, Answer(points=points, method=AnswerMethod.COMPARE, raw={"ratios": list(raw)})

    def _key(self) -> str:
        self._keys += 1
        return f"{self.seed}-{self._keys}"

    def _submit(self, person: Person, answer: Answer, key: str, now=make.NOW) -> Accepted:
        return answers.submit_answer(weight_round=self.stage.round, by=person, answer=answer, key=key, now=now)

    # --- acts that count -------------------------------------------------------------------------------------

    def _send(self) -> None:
        place = self._person()
        if place is None:
            return
        raw, answer = self._answer()
        key = self._key()
        accepted = self._submit(self.stage.people[place], answer, key)
        assert list(answer.points) == accepted.submission.points
        self.standing[place] = (raw, answer.points)
        self._remember(place, key, answer, accepted)

    def _withdraw(self) -> None:
        place = self._person()
        if place is None:
            return
        key = self._key()

        def act() -> Accepted:
            return answers.withdraw_answer(
                weight_round=self.stage.round, by=self.stage.people[place], key=key, now=make.NOW
            )

        if place not in self.standing:
            self._refused(act, "nothing_to_withdraw")
            return
        del self.standing[place]
        self._remember(place, key, None, act())

    def _remember(self, place: int, key: str, answer: Answer | None, accepted: Accepted) -> None:
        self.versions += 1
        self.sent.append(Sent(place, key, answer, accepted.submission.pk, accepted.receipt))

    def _erase(self) -> None:
        place = self._person()
        if place is None:
            return
        doomed = Person.objects.get(pk=self.stage.people[place].pk)  # deleting empties the object it is called on
        people.erase_person(person=doomed, by=None, now=make.NOW)
        self.versions += place in self.standing
        self.standing.pop(place, None)
        self.erased.add(place)

    # --- acts that must change nothing -----------------------------------------------------------------------

    def _resend(self) -> None:
        earlier = self._earlier()
        if earlier is None:
            return
        person = self.stage.people[earlier.person]
        if earlier.answer is None:
            again = answers.withdraw_answer(weight_round=self.stage.round, by=person, key=earlier.key, now=make.NOW)
        else:
            again = self._submit(person, earlier.answer, earlier.key)
        assert (again.submission.pk, again.receipt) == (earlier.submission_id, earlier.receipt)

    def _reuse_key(self) -> None:
        earlier = self._earlier()
        if earlier is None:
            return
        other = Answer(points=(10_000,) + (0,) * (self._size - 1), method=AnswerMethod.POINTS, raw={"other": "body"})
        self._refused(lambda: self._submit(self.stage.people[earlier.person], other, earlier.key), "key_reused")

    def _earlier(self) -> Sent | None:
        known = [one for one in self.sent if one.person not in self.erased]
        return known[self._below(len(known))] if known else None

    def _come_uninvited(self) -> None:
        _, answer = self._answer()
        self._refused(lambda: self._submit(self.stage.outsider, answer, self._key()), "not_on_roll")

    def _come_late(self) -> None:
        place = self._person()
        if place is not None:
            _, answer = self._answer()
            person = self.stage.people[place]
            self._refused(lambda: self._submit(person, answer, self._key(), CLOSES_AT), "round_closed")

    def _send_nonsense(self) -> None:
        place = self._person()
        if place is not None:
            answer = Answer(points=(9_999,) + (0,) * (self._size - 1), method=AnswerMethod.POINTS)
            self._refused(lambda: self._submit(self.stage.people[place], answer, self._key()), "E_SUM")

    def _refused(self, act: Callable[[], object], code: str) -> None:
        before = self._revisions()
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == code
        assert self._revisions() == before

    # --- counting --------------------------------------------------------------------------------------------

    def _revisions(self) -> tuple[int, int, int]:
        assessment = self.stage.round.assessment
        assessment.refresh_from_db(fields=["input_rev", "folded_rev", "scored_rev"])
        return assessment.input_rev, assessment.folded_rev, assessment.scored_rev

    def _count(self) -> ScoreRun:
        self.counts += 1
        run = scores.recompute(assessment_id=self.stage.round.assessment_id, now=make.NOW)
        assert self._revisions()[1] >= run.rev
        return run

    def _overlap(self) -> None:
        """While one count computes, more is accepted, and a later count may overtake it."""
        compute = engine.score

        def slowly(inputs: engine.ScoringInput) -> engine.ScoringResult:
            with patch.object(engine, "score", compute):
                for _ in range(1 + self._below(3)):
                    self._send()
                if self._below(2):
                    self._count()
            return compute(inputs)

        before = self._revisions()[2]
        with patch.object(engine, "score", slowly):
            late = self._count()
        assert self._revisions()[2] >= max(before, late.rev)

    def _close_and_publish(self) -> ScoreRun:
        weight_round = self.stage.round
        rounds.close_round(weight_round=weight_round, now=AFTER_CLOSE)
        self._come_late()
        publication.count_and_publish(weight_round.assessment_id, AFTER_CLOSE)
        weight_round.refresh_from_db()
        assert weight_round.state == RoundState.PUBLISHED
        return ScoreRun.objects.get(round=weight_round)

    # --- afterwards ------------------------------------------------------------------------------------------

    def check_rows(self) -> None:
        """Compare what is stored with the plain table, row by row."""
        weight_round = self.stage.round
        revision = self._first_revision + self.versions
        assert self._revisions() == (revision, revision, revision)
        submissions = Submission.objects.filter(assessment=weight_round.assessment).order_by("rev")
        assert list(submissions.values_list("rev", flat=True)) == list(range(self._first_revision + 1, revision + 1))
        assert submissions.exclude(kind=SubmissionKind.ANSWER).filter(points__isnull=False).count() == 0
        self._check_sums()

    def _check_sums(self) -> None:
        from tests.proofs.by_hand import triangle

        scratch = scores.sums_from_scratch(self.stage.round)
        stored = {row.group_id: (row.n, row.s, row.q) for row in GroupSum.objects.filter(round=self.stage.round)}
        by_hand = {
            self.stage.town.groups[code].pk: triangle(given, self._size) for code, given in self.answers().items()
        }
        assert stored == by_hand
        assert {pk: (one.n, list(one.s), list(one.q)) for pk, one in scratch.items()} == by_hand
        assert RollEntry.objects.filter(round=self.stage.round, person=None).count() == len(self.erased)

    def answers(self) -> dict[str, list[tuple[int, ...]]]:
        """The points that should stand, by group."""
        return {
            code: [self.standing[place][1] for place in places if place in self.standing]
            for code, places in self._places().items()
        }

    def raw_answers(self) -> list[tuple[str, Raw]]:
        """What was typed in the answers that should stand, with the group of each."""
        return [
            (code, self.standing[place][0])
            for code, places in self._places().items()
            for place in places
            if place in self.standing
        ]

    def _places(self) -> dict[str, list[int]]:
        start, found = 0, {}
        for code, size in zip(self.stage.plan.codes, self.stage.plan.sizes, strict=True):
            found[code] = list(range(start, start + size))
            start += size
        return found
