"""The portable score string in one place: read, write, work out, check."""

from assessments.scoring.score_string_check import Verdict, check, explain_steps, recompute
from assessments.scoring.score_string_form import ScoreString
from assessments.scoring.score_string_of_result import string_of
from assessments.scoring.score_string_parser import parse

__all__ = ["ScoreString", "Verdict", "check", "explain_steps", "parse", "recompute", "string_of"]
