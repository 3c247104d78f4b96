"""Every column that can hold words or numbers of a person, and who may read it.

A new column of text, JSON or bytes that is not listed here fails the build: somebody has to say who may read it.
"""

PUBLIC = {
    "stakeholders.Jurisdiction": ("name", "purpose", "contact_email"),
    "stakeholders.Group": ("name", "description"),
    "assessments.Deployer": ("name",),
    "assessments.AISystem": ("name", "description"),
    "assessments.Incident": ("title", "summary", "affected"),
    "assessments.IncidentVersion": ("title", "summary", "affected"),
    "assessments.IncidentOrigin": ("catalogue", "entry", "tags"),
    "assessments.IncidentMerge": ("reason",),
    "assessments.Source": ("title", "publisher", "published_words", "addresses"),
    "assessments.EvidenceItem": (
        "statement",
        "unit",
        "figure_of",
        "bears_on",
        "caveat",
        "as_of_words",
        "visibility_reason",
    ),
    "assessments.PolicyProposal": ("body", "reason", "declined_because"),
    "assessments.PolicyVersion": ("body", "reason"),
    "assessments.Assessment": ("rescored_because",),
    "assessments.RatingValue": ("reason",),
    "assessments.PeakLook": ("note",),
    "assessments.WeightRound": ("extension_reason", "frozen"),
    "assessments.AdoptedPosition": ("points", "reason"),
    "assessments.RoundProposal": ("reason",),
    "assessments.RoundRecord": ("body", "score_string"),
    "assessments.LabelledHistory": ("name", "source", "licence", "factors", "columns"),
    "assessments.LabelledCase": ("name", "ratings"),
    "stakeholders.Community": ("name",),
    "deliberation.Statement": ("words", "would_change"),
    "deliberation.Reply": ("words",),
    "deliberation.DeliberationRound": ("agreed", "narrowed", "still_differ", "close_note"),
    "deliberation.Session": ("place", "access", "minutes"),
    "deliberation.Attendance": ("access_needs",),
    "deliberation.Clock": ("extension_reason",),
    "deliberation.ClockPause": ("explanation", "ended_because"),
    "deliberation.Outage": ("explanation",),
    "deliberation.WorkCalendar": ("reason", "holidays"),
    "deliberation.ProtectiveFinding": ("body", "score_string"),
}
"""Written for everybody: ratings once fixed, positions once the round closed, evidence unless withheld, or at once."""

OWN = {
    "assessments.Submission": ("points",),
    "assessments.SubmissionDetail": (
        "receipt",
        "raw",
        "order_shown",
        "first_points",
        "reasons",
        "reason_read",
        "language",
    ),
    "deliberation.LateWords": ("words", "would_change"),
    "assessments.Draft": ("data",),
    "assessments.PaperSheet": ("typed",),
    "assessments.RatingDraft": ("data",),
    "assessments.PendingImport": ("content",),
    "stakeholders.Account": ("email",),
    "stakeholders.AccessToken": ("name",),
}
"""Read by the one who wrote it."""

DESK = {"stakeholders.Person": ("name",), "deliberation.ReportLook": ("conclusion",)}
"""Read at the desk: who proposed an act, by those who send reminders, who has not answered, and by those who may read a
report on possible manipulation, what people concluded from it."""

NOBODY = {
    "stakeholders.Account": ("password",),
    "stakeholders.Membership": ("mandate",),
    "stakeholders.AccessToken": ("digest",),
    "audit.EventSalt": ("salt",),
    "assessments.SubmissionDetail": ("salt",),
    "assessments.GroupSum": ("s", "q"),
    "assessments.PaperSheet": ("code_digest",),
    "deliberation.CommunityMean": ("places",),
}
"""On no page at all."""

MACHINE = {
    "audit.AuditEvent": ("kind", "subject", "acting_as", "facts", "formula_version", "commitment"),
    "stakeholders.Notice": ("kind",),
    "stakeholders.ToldStep": ("kind",),
    "stakeholders.PaceChoice": ("kind",),
    "jobs.OutboxItem": ("kind", "payload", "last_error"),
    "jobs.IdempotencyKey": ("scope", "key", "body_hmac"),
    "jobs.Heartbeat": ("name", "kind", "counters"),
    "stakeholders.Jurisdiction": ("code", "slug", "timezone", "languages"),
    "stakeholders.Group": ("code", "label"),
    "stakeholders.AccessToken": ("handle", "scopes", "case_reference"),
    "assessments.Incident": ("reference",),
    "assessments.IncidentOrigin": ("sha256",),
    "assessments.Deployer": ("token",),
    "assessments.AISystem": ("token",),
    "assessments.Source": ("token",),
    "assessments.EvidenceItem": ("language",),
    "assessments.PolicyProposal": ("digest",),
    "assessments.PolicyVersion": ("sha256",),
    "assessments.RatingValue": ("factor",),
    "assessments.WeightRound": ("frozen_sha256",),
    "assessments.AdoptedPosition": ("language",),
    "assessments.RoundProposal": ("digest",),
    "assessments.RoundRecord": ("reference", "sha256"),
    "assessments.Submission": ("commitment",),
    "assessments.PaperSheet": ("number",),
    "assessments.SubmissionDetail": ("wording_version",),
    "assessments.LabelledHistory": ("sha256",),
    "assessments.PendingImport": ("token",),
    "assessments.ComputationRun": (
        "token",
        "settings",
        "checkpoint",
        "result",
        "result_sha256",
        "error_code",
        "inputs_sha256",
    ),
    "assessments.ScoreRun": ("engine", "inputs_digest", "binding", "statistics"),
    "stakeholders.Community": ("code",),
    "deliberation.Case": ("path",),
    "deliberation.Statement": ("token", "item", "language"),
    "deliberation.Reply": ("language",),
    "deliberation.LateWords": ("token", "item", "language"),
    "deliberation.DeliberationRound": ("agenda",),
    "deliberation.Clock": ("trace",),
    "deliberation.WorkCalendar": ("source", "weekend", "sha256"),
    "deliberation.ProtectiveFinding": ("sha256",),
    "deliberation.ReportLook": ("report_sha256",),
}
"""Codes, hashes and computed rows. Nobody types into them; those of an open round are on no page."""

OF_PEOPLE = {
    "assessments_submission.points",
    "assessments_submissiondetail.raw",
    "assessments_submissiondetail.first_points",
    "assessments_submissiondetail.reasons",
    "assessments_submissiondetail.receipt",
    "assessments_draft.data",
    "assessments_papersheet.typed",
    "assessments_ratingdraft.data",
    "stakeholders_person.name",
    "stakeholders_accesstoken.name",
    "stakeholders_account.email",
    "stakeholders_membership.mandate",
    "deliberation_statement.words",
    "deliberation_statement.would_change",
    "deliberation_reply.words",
    "deliberation_latewords.words",
    "deliberation_latewords.would_change",
}
"""The only columns in which what a person wrote, or how they are called, may lie."""


def listed() -> list[str]:
    """Return every column listed above, as ``app.Model.column``."""
    return [
        f"{model}.{column}"
        for part in (PUBLIC, OWN, DESK, NOBODY, MACHINE)
        for model, columns in part.items()
        for column in columns
    ]
