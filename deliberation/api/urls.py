"""Addresses of the API that everybody may read. Mounted below ``/api/v1/<jurisdiction>/``."""

from django.urls import path

from deliberation.api import cases, lessons, lists, place, policy, receipts, scores

CASE = "cases/<slug:ref>/"
ASSESSMENT = f"{CASE}assessments/<int:assessment>/"
ROUND = f"{ASSESSMENT}rounds/<int:number>/"

urlpatterns = [
    path("", place.Place.as_view(), name="api_place"),
    path("cases/", cases.Cases.as_view(), name="api_cases"),
    path(CASE, cases.OneCase.as_view(), name="api_case"),
    path(f"{CASE}evidence/", cases.Evidence.as_view(), name="api_evidence"),
    path(f"{CASE}evidence/<int:number>/", cases.OneEvidence.as_view(), name="api_one_evidence"),
    path(f"{CASE}assessments/", scores.Assessments.as_view(), name="api_assessments"),
    path(ASSESSMENT, scores.OneAssessment.as_view(), name="api_assessment"),
    path(f"{CASE}score/", scores.Score.as_view(), name="api_score"),
    path(f"{ASSESSMENT}score/", scores.ScoreOfAssessment.as_view(), name="api_assessment_score"),
    path(f"{ASSESSMENT}evidence/", scores.EvidenceBundle.as_view(), name="api_evidence_bundle"),
    path(f"{CASE}rounds/", scores.Rounds.as_view(), name="api_rounds"),
    path(ROUND, scores.OneRound.as_view(), name="api_round"),
    path(f"{ROUND}record/", scores.Record.as_view(), name="api_round_record"),
    path("systems/", lists.Systems.as_view(), name="api_systems"),
    path("systems/<slug:token>/", lists.OneSystem.as_view(), name="api_system"),
    path("deployers/", lists.Deployers.as_view(), name="api_deployers"),
    path("deployers/<slug:token>/", lists.OneDeployer.as_view(), name="api_deployer"),
    path("sources/", lists.Sources.as_view(), name="api_sources"),
    path("sources/<slug:token>/", lists.OneSource.as_view(), name="api_source"),
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
