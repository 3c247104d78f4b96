"""What is measured on: a town with an open round and many members, and rounds with very many answers."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db import connection, transaction

from assessments.models import Assessment, WeightRound
from lastvote import clock
from tests import factories as make
from tests.proofs.stages import PLANS, Stage, build

MEMBERS = 40
"""Members of each group who answer over HTTP."""


@dataclass(frozen=True)
class Filled:
    """A round with ``size`` answers that were loaded straight into its tables, all of them counted."""

    size: int
    stage: Stage


def open_town(letter: str, members: int) -> Stage:
    """A round of seven groups that is open by the real clock."""
    opens_at = clock.now().replace(microsecond=0) - dt.timedelta(minutes=1)
    plan = replace(PLANS[0], sizes=(members,) * 7)
    return build(plan, opens_at=opens_at, town=letter)


def fill(letter: str, size: int) -> Filled:
    """Load ``size`` answers of people who are not in the register, with the sums that they give."""
    stage = open_town(letter, 1)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (_PLACES, _ANSWERS, _STANDING, _SUMS, _COUNTED):
            cursor.execute(statement, _names(stage.round, size))
    make_current(stage)
    return Filled(size, stage)


def make_current(stage: Stage) -> None:
    """Tell the planner about the rows, as the server would by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    stage.round.refresh_from_db()


def _names(weight_round: WeightRound, size: int) -> dict[str, int]:
    return {"round": weight_round.pk, "assessment": weight_round.assessment_id, "size": size}


def newest(stage: Stage) -> Assessment:
    """The assessment as it now is."""
    return Assessment.objects.get(pk=stage.round.assessment_id)


_PLACES = """
    INSERT INTO assessments_rollentry (round_id, group_id)
    SELECT %(round)s, groups.ids[1 + number %% array_length(groups.ids, 1)]
    FROM generate_series(1, %(size)s) AS number,
         (SELECT array_agg(group_id ORDER BY id) AS ids FROM assessments_groupsum WHERE round_id = %(round)s) AS groups
"""
_ANSWERS = """
    INSERT INTO assessments_submission
        (roll_entry_id, assessment_id, version, kind, points, rev, accepted_at, commitment)
    SELECT id, %(assessment)s, 1, 'answer',
           jsonb_build_array(id %% 4000, id * 7 %% 3000, id * 13 %% 2000,
                             10000 - id %% 4000 - id * 7 %% 3000 - id * 13 %% 2000),
           (SELECT input_rev FROM assessments_assessment WHERE id = %(assessment)s)
               + row_number() OVER (ORDER BY id),
           now(), ''
    FROM assessments_rollentry WHERE round_id = %(round)s AND person_id IS NULL
"""
_STANDING = """
    INSERT INTO assessments_currentanswer (roll_entry_id, submission_id)
    SELECT roll_entry_id, id FROM assessments_submission WHERE assessment_id = %(assessment)s
"""
_SUMS = """
    UPDATE assessments_groupsum AS sums SET n = counted.n, s = counted.s, q = counted.q
    FROM (
        SELECT entry.group_id, count(*) AS n,
               jsonb_build_array(sum(a), sum(b), sum(c), sum(d)) AS s,
               jsonb_build_array(sum(a*a), sum(a*b), sum(a*c), sum(a*d), sum(b*b), sum(b*c), sum(b*d),
                                 sum(c*c), sum(c*d), sum(d*d)) AS q
        FROM (
            SELECT roll_entry_id, (points->>0)::bigint AS a, (points->>1)::bigint AS b,
                   (points->>2)::bigint AS c, (points->>3)::bigint AS d
            FROM assessments_submission WHERE assessment_id = %(assessment)s
        ) AS answer
        JOIN assessments_rollentry AS entry ON entry.id = answer.roll_entry_id
        GROUP BY entry.group_id
    ) AS counted
    WHERE sums.round_id = %(round)s AND sums.group_id = counted.group_id
"""
_COUNTED = """
    UPDATE assessments_assessment SET input_rev = input_rev + %(size)s, folded_rev = input_rev + %(size)s
    WHERE id = %(assessment)s
"""


def answer(stage: Stage, number: int) -> int:
    """Have the first member send an answer; return the revision it was accepted under."""
    accepted = make.answer(
        stage.round, stage.people[0], (4000 - number % 50, 3000, 2000, 1000 + number % 50), now=clock.now()
    )
    return accepted.submission.rev
