"""Settings of whole sites that tests start: those of the tests, with real wake-ups, and a score that can be held up.

``HOLD_SCORE`` names a file: a computation that starts writes a line to it and then takes a minute.
"""

import os
import time
from pathlib import Path

from assessments.scoring import engine
from tests.settings import *  # noqa: F403

WAKE = True

if held := os.environ.get("HOLD_SCORE"):
    _compute = engine.score

    def _slowly(inputs: engine.ScoringInput) -> engine.ScoringResult:
        with Path(held).open("a") as diary:
            diary.write("computing\n")
        time.sleep(60)
        return _compute(inputs)

    engine.score = _slowly
