"""Addresses of the API that everybody may read, and at which the secretariat writes. Mounted in a jurisdiction."""

from django.urls import path

from deliberation.api import cases, lessons, lists, place, policy, receipts, scores, talks
from deliberation.casework.api import cases as keep_cases
from deliberation.casework.api import parties as keep
from deliberation.casework.api import rounds as keep_rounds
from stakeholders.api.place import together

CASE = "cases/<slug:ref>/"
ASSESSMENT = f"{CASE}assessments/<int:assessment>/"
ROUND = f"{ASSESSMENT}rounds/<int:number>/"
TALKS = f"{CASE}talks/<int:number>/"
TALKS_OF_ASSESSMENT = f"{ASSESSMENT}talks/<int:number>/"

urlpatterns = [
    path("", place.Place.as_view(), name="api_place"),
    path("cases/", together(cases.Cases, keep_cases.NewCase).as_view(), name="api_cases"),
    path(CASE, together(cases.OneCase, keep_cases.ChangedCase).as_view(), name="api_case"),
    path(f"{CASE}evidence/", together(cases.Evidence, keep_cases.NewEvidence).as_view(), name="api_evidence"),
    path(
        f"{CASE}evidence/<int:number>/",
        together(cases.OneEvidence, keep_cases.ChangedEvidence).as_view(),
        name="api_one_evidence",
    ),
    path(f"{CASE}assessments/", scores.Assessments.as_view(), name="api_assessments"),
    path(ASSESSMENT, scores.OneAssessment.as_view(), name="api_assessment"),
    path(f"{CASE}score/", scores.Score.as_view(), name="api_score"),
    path(f"{ASSESSMENT}score/", scores.ScoreOfAssessment.as_view(), name="api_assessment_score"),
    path(f"{ASSESSMENT}evidence/", scores.EvidenceBundle.as_view(), name="api_evidence_bundle"),
    path(f"{CASE}rounds/", together(scores.Rounds, keep_rounds.NewRound).as_view(), name="api_rounds"),
    path(ROUND, scores.OneRound.as_view(), name="api_round"),
    path(f"{ROUND}record/", scores.Record.as_view(), name="api_round_record"),
    path(f"{CASE}talks/", talks.TalksOfCase.as_view(), name="api_talks_list"),
    path(TALKS, talks.OneTalks.as_view(), name="api_talks"),
    path(f"{TALKS}reasons/", talks.Reasons.as_view(), name="api_talks_reasons"),
    path(f"{TALKS}reasons/<slug:token>/", talks.OneReason.as_view(), name="api_talks_reason"),
    path(f"{TALKS}replies/", talks.Replies.as_view(), name="api_talks_replies"),
    path(TALKS_OF_ASSESSMENT, talks.TalksOfAssessment.as_view(), name="api_assessment_talks"),
    path(f"{TALKS_OF_ASSESSMENT}reasons/", talks.ReasonsOfAssessment.as_view(), name="api_assessment_talks_reasons"),
    path(f"{TALKS_OF_ASSESSMENT}replies/", talks.RepliesOfAssessment.as_view(), name="api_assessment_talks_replies"),
    path("systems/", together(lists.Systems, keep.NewSystem).as_view(), name="api_systems"),
    path("systems/<slug:token>/", together(lists.OneSystem, keep.ChangedSystem).as_view(), name="api_system"),
    path("deployers/", together(lists.Deployers, keep.NewDeployer).as_view(), name="api_deployers"),
    path(
        "deployers/<slug:token>/",
        together(lists.OneDeployer, keep.ChangedDeployer).as_view(),
        name="api_deployer",
    ),
    path("sources/", together(lists.Sources, keep.NewSource).as_view(), name="api_sources"),
    path("sources/<slug:token>/", together(lists.OneSource, keep.ChangedSource).as_view(), name="api_source"),
    path("policies/", policy.Policies.as_view(), name="api_policies"),
    path("policies/in-force/", policy.PolicyInForce.as_view(), name="api_policy_in_force"),
    path("policies/<int:number>/", policy.OnePolicy.as_view(), name="api_policy"),
    path("lines/", policy.LinesInForce.as_view(), name="api_lines"),
    path("validation/", lessons.Validation.as_view(), name="api_validation"),
    path("validation/<slug:ref>/", lessons.PastCase.as_view(), name="api_past_case"),
    path("learning/", lessons.Learning.as_view(), name="api_learning"),
    path("learning/<slug:token>/", lessons.LearningRecord.as_view(), name="api_learning_record"),
    path("receipts/<str:receipt>/", receipts.Receipt.as_view(), name="api_receipt"),
]
