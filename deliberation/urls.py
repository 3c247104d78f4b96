"""Addresses of the public pages and of the desk."""

from django.urls import include, path

import stakeholders.converters  # noqa: F401 -- makes <jurisdiction:slug> known
from deliberation.views import (
    about,
    case,
    desk,
    desk_acts,
    desk_manipulation,
    desk_policy,
    desk_ratings,
    files,
    front,
    lines,
    policies,
    reference,
    rounds,
    sandbox,
    sensitivity,
    validation,
    working,
)

PLACE = "<jurisdiction:slug>/"
CASE = f"{PLACE}cases/<slug:ref>/"
ASSESSMENT = f"{CASE}assessments/<int:assessment>/"
DESK = f"{PLACE}desk/"
DESK_ROUNDS = f"{DESK}cases/<slug:ref>/rounds/"
DESK_RATINGS = f"{DESK}cases/<slug:ref>/ratings/"
DESK_MANIPULATION = f"{DESK}cases/<slug:ref>/manipulation/"

urlpatterns = [
    path("", front.jurisdictions, name="jurisdictions"),
    path("help/problems/", reference.problems, name="api_problems"),
    path(PLACE, front.home_page, name="home"),
    path(f"{PLACE}cases/", front.cases, name="cases"),
    path(CASE, case.case, name="case"),
    path(f"{CASE}score/", sensitivity.sensitivity, name="sensitivity"),
    path(f"{CASE}score/working/", working.working, name="working"),
    path(f"{CASE}rounds/<int:number>/", rounds.weight_round, name="round"),
    path(f"{CASE}rounds/<int:number>/record.json", files.round_record, name="round_record"),
    path(f"{CASE}evidence.json", files.evidence, name="evidence_file"),
    path(f"{ASSESSMENT}score/", sensitivity.sensitivity, name="assessment_sensitivity"),
    path(f"{ASSESSMENT}score/working/", working.working, name="assessment_working"),
    path(f"{ASSESSMENT}rounds/<int:number>/", rounds.weight_round, name="assessment_round"),
    path(f"{ASSESSMENT}rounds/<int:number>/record.json", files.round_record, name="assessment_round_record"),
    path(f"{ASSESSMENT}evidence.json", files.evidence, name="assessment_evidence_file"),
    path(f"{CASE}protection.json", files.protection, name="protection_file"),
    path(f"{ASSESSMENT}protection.json", files.protection, name="assessment_protection_file"),
    path(PLACE, include("deliberation.room.urls")),
    path(PLACE, include("deliberation.open_data.urls")),
    path(f"{PLACE}lines/", lines.lines, name="lines"),
    path(f"{PLACE}lines/policy-<int:number>.json", files.policy_file, name="policy_file"),
    path(f"{PLACE}lines/policy-<int:number>/", policies.policy_version, name="policy_version"),
    path(f"{PLACE}lines/compare/", policies.policy_compare, name="policy_compare"),
    path(f"{PLACE}validation/", validation.validation, name="validation"),
    path(f"{PLACE}validation/alternatives/", validation.alternatives, name="alternatives"),
    path(f"{PLACE}validation/<slug:ref>/", validation.past_case, name="past_case"),
    path(PLACE, include("deliberation.learning.urls")),
    path(f"{PLACE}try/", sandbox.sandbox, name="try"),
    path(f"{PLACE}how-it-works/", about.how_it_works, name="how_it_works"),
    path(f"{PLACE}glossary/", about.glossary, name="glossary"),
    path(f"{PLACE}contact/", about.contact, name="contact"),
    path(f"{PLACE}privacy/", about.privacy, name="privacy"),
    path(f"{PLACE}accessibility/", about.accessibility, name="accessibility"),
    path(DESK, desk.desk, name="desk"),
    path(DESK, include("deliberation.casework.urls")),
    path(DESK, include("deliberation.room.desk_urls")),
    path(f"{DESK}policy/", desk_policy.desk_policy, name="desk_policy"),
    path(f"{DESK}policy/propose/", desk_policy.propose, name="desk_policy_propose"),
    path(f"{DESK}policy/decide/", desk_policy.decide, name="desk_policy_decide"),
    path(DESK_RATINGS, desk_ratings.desk_ratings, name="desk_ratings"),
    path(f"{DESK_RATINGS}open/", desk_ratings.open_assessment, name="desk_ratings_open"),
    path(f"{DESK_RATINGS}appoint/", desk_ratings.appoint, name="desk_ratings_appoint"),
    path(f"{DESK_RATINGS}confirm/", desk_ratings.confirm, name="desk_ratings_confirm"),
    path(f"{DESK_RATINGS}freeze/", desk_ratings.freeze, name="desk_ratings_freeze"),
    path(f"{DESK_RATINGS}look/", desk_ratings.look, name="desk_ratings_look"),
    path(DESK_MANIPULATION, desk_manipulation.manipulation, name="desk_manipulation"),
    path(
        f"{DESK_MANIPULATION}<int:assessment>/<int:number>/look/",
        desk_manipulation.look,
        name="desk_manipulation_look",
    ),
    path(DESK_ROUNDS, desk.desk_rounds, name="desk_round"),
    path(f"{DESK_ROUNDS}announce/", desk_acts.announce, name="desk_announce"),
    path(f"{DESK_ROUNDS}open/", desk_acts.open_now, name="desk_open"),
    path(f"{DESK_ROUNDS}extend/", desk_acts.extend, name="desk_extend"),
    path(f"{DESK_ROUNDS}close/", desk_acts.close_early, name="desk_close"),
    path(f"{DESK_ROUNDS}confirm/", desk_acts.confirm, name="desk_confirm"),
]
