"""The one error of the scoring core."""

from typing import Any


class ScoringError(ValueError):
    """Input that the core refuses; it never clips, rescales or guesses.

    Parameters
    ----------
    code : stable name of the refusal (`E_SUM`, `weights_sum`, ...), the same for pages and API
    message : one plain sentence in English for logs and the command line
    details : the numbers that belong to the sentence, for translated sentences elsewhere
    """

    def __init__(self, code: str, message: str, **details: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details
