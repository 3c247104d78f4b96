"""Who may do what, as data. No queries here: ``rules.py`` of each app joins this table with state.

Deny by default: a permission that no role lists is nobody's.
"""

from enum import StrEnum


class Role(StrEnum):
    """What a person can be in a jurisdiction, on an assessment or on a case."""

    MEMBER = "member"
    DELEGATE = "delegate"
    EVALUATOR = "evaluator"
    SUPERVISOR = "supervisor"
    SECRETARIAT = "secretariat"
    CHAIR = "chair"
    COMMITTEE = "committee"
    DEPLOYER = "deployer"
    REVIEWER = "reviewer"
    INTEGRITY = "integrity"
    APPEAL = "appeal"
    FACILITATOR = "facilitator"
    HELPER = "helper"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Permission(StrEnum):
    """One verb on one kind of thing."""

    READ_PUBLIC = "read_public"
    ANSWER_ROUND = "answer_round"
    READ_OWN_ANSWER = "read_own_answer"
    READ_DESK = "read_desk"
    MANAGE_INCIDENTS = "manage_incidents"
    PROPOSE_ROUND = "propose_round"
    CONFIRM_ROUND = "confirm_round"
    EXTEND_ROUND = "extend_round"
    HELP_ON_PAPER = "help_on_paper"
    RATE = "rate"
    SIGN_OFF_RATING = "sign_off_rating"
    RECORD_LOOK = "record_look"
    READ_MANIPULATION_REPORT = "read_manipulation_report"
    LOOK_AT_REPORT = "look_at_report"
    ADOPT_POSITION = "adopt_position"
    FACILITATE = "facilitate"
    PLAN_SESSION = "plan_session"
    HOLD_UP_CLOCK = "hold_up_clock"
    PROPOSE_POLICY = "propose_policy"
    CONFIRM_POLICY = "confirm_policy"
    IMPORT_HISTORY = "import_history"
    TRAIN_SCORE = "train_score"
    GRANT_ROLE = "grant_role"


class TokenScope(StrEnum):
    """What an access token may be used for. It never allows more than its holder may do."""

    ANSWER = "answer"
    CASEWORK = "casework"


EVERYBODY: frozenset[Permission] = frozenset({Permission.READ_PUBLIC})
"""What a visitor who has not signed in may do."""

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.MEMBER: frozenset({Permission.ANSWER_ROUND, Permission.READ_OWN_ANSWER}),
    Role.DELEGATE: frozenset({Permission.ADOPT_POSITION}),
    Role.EVALUATOR: frozenset({Permission.RATE}),
    Role.SUPERVISOR: frozenset({Permission.RATE, Permission.SIGN_OFF_RATING}),
    Role.SECRETARIAT: frozenset(
        {
            Permission.READ_DESK,
            Permission.MANAGE_INCIDENTS,
            Permission.PROPOSE_ROUND,
            Permission.EXTEND_ROUND,
            Permission.PLAN_SESSION,
            Permission.HOLD_UP_CLOCK,
            Permission.IMPORT_HISTORY,
            Permission.TRAIN_SCORE,
            Permission.RECORD_LOOK,
            Permission.GRANT_ROLE,
        }
    ),
    Role.CHAIR: frozenset(
        {
            Permission.READ_DESK,
            Permission.CONFIRM_ROUND,
            Permission.CONFIRM_POLICY,
            Permission.RECORD_LOOK,
            Permission.READ_MANIPULATION_REPORT,
            Permission.LOOK_AT_REPORT,
            Permission.GRANT_ROLE,
        }
    ),
    Role.COMMITTEE: frozenset(
        {
            Permission.READ_DESK,
            Permission.RECORD_LOOK,
            Permission.READ_MANIPULATION_REPORT,
            Permission.LOOK_AT_REPORT,
        }
    ),
    Role.DEPLOYER: frozenset(),
    Role.REVIEWER: frozenset(),
    Role.INTEGRITY: frozenset({Permission.READ_MANIPULATION_REPORT, Permission.LOOK_AT_REPORT}),
    Role.APPEAL: frozenset(),
    Role.FACILITATOR: frozenset({Permission.FACILITATE}),
    Role.HELPER: frozenset({Permission.HELP_ON_PAPER}),
    Role.AUDITOR: frozenset({Permission.READ_MANIPULATION_REPORT}),
    Role.ADMIN: frozenset({Permission.PROPOSE_POLICY, Permission.GRANT_ROLE}),
}

TOKEN_PERMISSIONS: dict[TokenScope, frozenset[Permission]] = {
    TokenScope.ANSWER: frozenset({Permission.ANSWER_ROUND, Permission.READ_OWN_ANSWER}),
    TokenScope.CASEWORK: frozenset({Permission.READ_DESK, Permission.MANAGE_INCIDENTS}),
}
"""What binds others is in no scope: it needs a person who has just shown who they are."""


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Return everything that somebody holding ``roles`` may do, the public's permissions included."""
    return EVERYBODY.union(*(ROLE_PERMISSIONS[role] for role in roles))


def permissions_of_token(scopes: frozenset[TokenScope]) -> frozenset[Permission]:
    """Return everything that a token with ``scopes`` may be used for, if its holder may do it."""
    return EVERYBODY.union(*(TOKEN_PERMISSIONS[scope] for scope in scopes))
