"""The protective default worked out from what a round published, and the record of it (App. E; D27)."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from assessments import policy, snapshot
from assessments.models import ScoreRun, WeightRound
from assessments.publication_record import evidence_reference
from assessments.scoring.arithmetic import text
from assessments.scoring.computation import Computation, compute
from assessments.scoring.lines import NO_LEVEL, Lines, level_of
from assessments.scoring.protective import (
    COMMUNITY,
    POOLED,
    Community,
    Protective,
    Standing,
    Term,
    protective_score,
    standing_of,
    weights_behind,
)
from assessments.scoring.record import canonical_bytes
from assessments.scoring.score_string_of_result import string_of
from deliberation.community_means import Heard, communities_in
from deliberation.models import Case

RECORD = "lastvote.protection"
RECORD_VERSION = 1
RULE = "D27"
SOURCE = "AC"


@dataclass(frozen=True)
class Protection:
    """A case, the round it is judged by, and the protective score that follows."""

    case: Case
    weight_round: WeightRound
    run: ScoreRun
    heard: Sequence[Heard]
    computed: Computation
    found: Protective

    @cached_property
    def communities(self) -> Sequence[Community]:
        """What was scored of the communities heard."""
        return [one.as_input for one in self.heard]

    @property
    def told(self) -> Sequence[Heard]:
        """The communities whose means the record tells."""
        codes = {term.code for term in self.found.terms if term.kind == COMMUNITY}
        return [one for one in self.heard if one.registered.code in codes]

    @cached_property
    def score_string(self) -> str:
        """The portable string: the weights that decided, marked as the default of the people affected."""
        assessment, term = self.case.assessment, self.found.decided_by
        published = string_of(
            json.loads(self.run.binding),
            policy.read(assessment.policy).parameters,
            month=assessment.month,
            record=self.weight_round.record.reference,
            evidence=evidence_reference(assessment),
            policy=assessment.policy.reference,
        )
        if term.kind == POOLED:
            return published.canonical()
        level = None if published.level is None else level_of(term.score, self.computed.lines[0])
        return replace(
            published,
            source=SOURCE,
            weights=weights_behind(self.computed, term, self.communities),
            stated=term.score,
            level="N" if level == NO_LEVEL else level,
        ).canonical()

    @cached_property
    def body(self) -> bytes:
        """Both outcomes side by side, and everything from which a stranger works the protective one out again."""
        assessment, found = self.case.assessment, self.found
        return canonical_bytes(
            {
                "record": RECORD,
                "version": RECORD_VERSION,
                "rule": RULE,
                "synthetic": assessment.incident.jurisdiction.synthetic,
                "incident": assessment.incident.reference,
                "assessment": assessment.number,
                "round_record": self.weight_round.record.reference,
                "rounds_of_talks": self.case.rounds_ended,
                "score": text(self.computed.score),
                "protective": text(found.score),
                "decided_by": self._term(found.decided_by),
                "terms": [self._term(term) for term in found.terms],
                "tempered": text(found.tempered),
                "affected_absent": found.affected_absent,
                "left_out": [{"community": code, "reason": reason} for code, reason in found.left_out],
                "times": [self._time(lines) for lines in self.computed.lines],
                "score_string": self.score_string,
            }
        )

    def _term(self, term: Term) -> dict[str, Any]:
        weights = weights_behind(self.computed, term, self.communities)
        return {"kind": term.kind, "code": term.code, "score": text(term.score), "weights": list(weights)}

    def _time(self, lines: Lines) -> dict[str, Any]:
        return {
            "label": lines.label,
            "without": self._standing(self.computed.score, lines),
            "with": self._standing(self.found.score, lines),
        }

    def _standing(self, score: Decimal, lines: Lines) -> dict[str, Any]:
        found: Standing = standing_of(self.computed, score, self.run.statistics["raw"]["sd"], lines)
        return {"level": found.level, "alert": found.alert, "powers": asdict(found.powers)}


def protection_of(case: Case, weight_round: WeightRound, run: ScoreRun) -> Protection:
    """Work the protective score out. The caller holds the assessment's lock."""
    computed = compute(snapshot.scoring_input(case.assessment, weight_round))
    heard = communities_in(weight_round)
    found = protective_score(computed, [one.as_input for one in heard])
    return Protection(case, weight_round, run, heard, computed, found)
