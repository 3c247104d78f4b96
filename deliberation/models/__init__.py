"""What is decided: proceedings on cases, rounds of talks between groups, their clocks, and the protective score."""

from deliberation.models.cases import Case, CommunityMean, ProtectiveFinding
from deliberation.models.clocks import Clock, ClockPause, Outage, WorkCalendar
from deliberation.models.looks import ReportLook
from deliberation.models.rounds import DeliberationRound, RoundRequest
from deliberation.models.talks import Attendance, LateWords, Reply, Session, Statement

__all__ = [
    "Attendance", "Case", "Clock", "ClockPause", "CommunityMean", "DeliberationRound", "LateWords", "Outage",
    "ProtectiveFinding", "Reply", "ReportLook", "RoundRequest", "Session", "Statement", "WorkCalendar",
]  # fmt: skip
