"""What a policy's body holds, read into types: parameters of the core, voices table, clocks of rounds and talks."""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from assessments.models import PolicyVersion
from assessments.scoring.inputs import VoiceInput
from assessments.scoring.parameters import Parameters
from assessments.scoring.parameters_json import from_plain, to_plain
from assessments.scoring.parameters_look_out import LookOutParameters


@dataclass(frozen=True)
class RoundClock:
    """Days and hours of a weight round. ``notice_days`` lie between announcing and opening."""

    notice_days: int = 7
    min_days: int = 15
    max_days: int = 30
    max_extension_days: int = 10
    closing_hour: int = 17

    @classmethod
    def from_json(cls, data: dict[str, int]) -> "RoundClock":
        """Read what the policy's body says."""
        return cls(**data)


@dataclass(frozen=True)
class DeliberationClock:
    """Days of a round of talks, each counted from the day it was convened, and what may be added to them.

    ``longest_days`` is the end of all deliberation on a case; after it no further round is convened.
    """

    statement_days: int = 7
    session_days: int = 12
    answer_days: int = 15
    longest_days: int = 60
    max_extension_days: int = 10
    max_pause_days: int = 10

    @classmethod
    def from_json(cls, data: dict[str, int]) -> "DeliberationClock":
        """Read what the policy's body says."""
        return cls(**data)


@dataclass(frozen=True)
class Policy:
    """The body of a policy version, ready to use. ``is_whole``: every part, no other one, each group once."""

    parameters: Parameters
    voices: dict[str, VoiceInput]
    voice_reasons: dict[str, str]
    aggregators: dict[str, str]
    clock: RoundClock
    deliberation: DeliberationClock
    look_out: LookOutParameters
    is_whole: bool


def read(version: PolicyVersion) -> Policy:
    """Read a policy version. Versions never change, so each is read once per process."""
    return _read_once(version.body)


def read_body(body: str) -> Policy:
    """Read a body that may still turn out to be no policy at all."""
    data: dict[str, Any] = json.loads(body)
    rows = data["voices"]
    return Policy(
        parameters=Parameters.from_json(data["parameters"]),
        voices={row["group"]: _voice(row) for row in rows},
        voice_reasons={row["group"]: row["reason"] for row in rows},
        aggregators=data["aggregators"],
        clock=RoundClock.from_json(data["round_clock"]),
        deliberation=DeliberationClock.from_json(data.get("deliberation_clock", {})),
        look_out=from_plain(LookOutParameters, data.get("look_out", to_plain(LookOutParameters()))),
        is_whole=set(data) == BODY and all(set(row) == VOICE_ROW for row in rows) and _once(rows),
    )


_read_once = lru_cache(maxsize=64)(read_body)

BODY = {"parameters", "voices", "aggregators", "round_clock", "deliberation_clock", "look_out"}
"""Parts of a whole body. Earlier versions lack the last ones, which came later, and take their defaults."""
VOICE_ROW = {"group", "beta", "gamma", "expertise", "impact", "reason"}


def _once(rows: list[dict[str, str]]) -> bool:
    return len({row["group"] for row in rows}) == len(rows)


def _voice(row: dict[str, str]) -> VoiceInput:
    beta, gamma, expertise, impact = (Decimal(row[name]) for name in ("beta", "gamma", "expertise", "impact"))
    return VoiceInput(beta=beta, gamma=gamma, expertise=expertise, impact=impact)


NEUTRAL_VOICE = VoiceInput(beta=Decimal(1), gamma=Decimal(1), expertise=Decimal(0), impact=Decimal(0))
"""For a group that the policy's table does not list: as loud as any other group without expertise or impact."""
