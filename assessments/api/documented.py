"""What the document says of answering and of rating."""

from django.utils.translation import gettext_lazy as _

from assessments.states import AnswerMethod, ChangeReason, RoundState
from assessments.status import AnswerStatus
from lastvote.rest.operations import Operation, Schema
from lastvote.rest.sections import OWN
from lastvote.rest.writing import BINDS, NUMBER, SIGNED_IN, WORDS, closed, nullable, written

WHOLE: Schema = {"type": "integer", "minimum": 0}
INSTANT: Schema = {"type": "string", "format": "date-time"}
STATUS: Schema = {"enum": [*AnswerStatus.values]}
REASONS: Schema = {"type": "object", "additionalProperties": WORDS}
NUMBERS: Schema = {
    "anyOf": [{"type": "array", "items": NUMBER}, {"type": "object", "additionalProperties": NUMBER}],
}
LINKS: Schema = closed({"self": WORDS, "receipt_page": WORDS, "sent_page": WORDS}, optional=("sent_page",))
TOLD: Schema = closed(
    {
        "receipt": WORDS, "status": STATUS, "replaced": {"type": "boolean"}, "round": WHOLE, "closes_at": INSTANT,
        "links": LINKS,
    }
)  # fmt: skip
CHANGE_REASON: Schema = {"enum": [*ChangeReason.values]}
POINTS: Schema = {"type": "object", "additionalProperties": WHOLE}
STANDING: Schema = closed(
    {
        "points": POINTS,
        "method": {"enum": [*AnswerMethod.values]}, "reasons": REASONS, "change_reason": nullable(CHANGE_REASON),
        "reason_read": nullable(WORDS), "language": WORDS,
    }
)  # fmt: skip
OWN_ANSWER: Schema = closed(
    {
        "round": WHOLE, "state": {"enum": [*RoundState.values]}, "closes_at": INSTANT, "group": WORDS,
        "answer": nullable(STANDING), "carried": nullable(POINTS), "links": LINKS,
        "sent": {"type": "array", "items": closed({"receipt": WORDS, "status": STATUS, "sent_at": INSTANT})},
    }
)  # fmt: skip
ANSWER_CODES = (
    "ascii_digits", "change_reason_required", "decimal_comma", "hidden_characters", "max_decimal_places", "max_length",
    "max_value", "min_value", "not_a_number", "not_a_text", "points_or_weights", "reason_read_required",
    "unknown_category", "unknown_language", "unknown_option", "unknown_reason", "weights_count", "weights_sum",
    "weights_zero",
)  # fmt: skip
RATED: Schema = closed(
    {
        "item": WORDS, "part": WHOLE, "value": NUMBER, "reason": WORDS, "evidence": {"type": "array", "items": WHOLE},
        "none_found": {"type": "boolean"},
    },
    optional=("part", "evidence", "none_found"),
)  # fmt: skip
ANSWER = {
    "GET": Operation(
        "read_answer", OWN, _("Read your own answer"),
        _("Your standing answer on the open round, else on the one that was open last. Nobody else can read it."),
        {200: OWN_ANSWER}, query=None, codes=SIGNED_IN, etag=False,
    ),
    "POST": written(
        "send_answer", OWN, _("Answer a round"),
        _(
            "Send points on any scale, or weights that add up to exactly 1. A second answer replaces the first. In "
            "a round after talks, say why if it differs from what was carried over."
        ),
        body=closed(
            {
                "points": NUMBERS, "weights": NUMBERS, "reasons": REASONS, "change_reason": WORDS, "reason_read": WORDS,
                "language": WORDS,
            },
            optional=("points", "weights", "reasons", "change_reason", "reason_read", "language"),
        ),
        answers={200: TOLD, 201: TOLD}, codes={400: ANSWER_CODES, 409: ("round_closed",), 429: ("busy",)},
    ),
    "DELETE": written(
        "withdraw_answer", OWN, _("Take your answer back"), _("Until the close you may answer again."),
        body=None, answers={200: TOLD}, codes={409: ("nothing_to_withdraw", "round_closed"), 429: ("busy",)},
    ),
}  # fmt: skip
RATING = {
    "POST": written(
        "hand_in_rating", OWN, _("Hand in a rating"),
        _("Every value, with reasons. This binds others: a session with a fresh proof, never a token."),
        body=closed({"values": {"type": "array", "items": RATED}}),
        answers={201: closed({"version": WHOLE, "submitted_at": INSTANT})},
        codes={
            400: (
                "ascii_digits", "decimal_comma", "evidence_not_known", "evidence_required", "list_expected",
                "max_decimal_places", "missing_sub_risk", "not_a_boolean", "not_a_number", "not_a_text",
                "not_an_integer", "range", "rationale_required",
            ),
            **BINDS, 409: ("ratings_frozen",),
        },
    ),
}  # fmt: skip
