"""Addresses of the secretariat's records inside the desk: cases, evidence, systems, sources, files of cases."""

from django.urls import path

from deliberation.views import desk_case_import, desk_cases, desk_evidence, desk_merges, desk_parties

CASE = "cases/<slug:ref>/"

urlpatterns = [
    path("cases/", desk_cases.cases, name="desk_cases"),
    path("cases/new/", desk_cases.new, name="desk_case_new"),
    path("cases/import/", desk_case_import.choose_file, name="desk_cases_import"),
    path("cases/import/<slug:token>/", desk_case_import.preview, name="desk_cases_preview"),
    path("cases/import/<slug:token>/progress/", desk_case_import.follow, name="desk_cases_import_run"),
    path(f"{CASE}overview/", desk_cases.case, name="desk_case"),
    path(f"{CASE}overview/edit/", desk_cases.edit, name="desk_case_edit"),
    path(f"{CASE}overview/merge/", desk_merges.merge, name="desk_case_merge"),
    path(f"{CASE}overview/separate/", desk_merges.separate, name="desk_case_separate"),
    path(f"{CASE}evidence/", desk_evidence.rows, name="desk_evidence"),
    path(f"{CASE}evidence/new/", desk_evidence.new, name="desk_evidence_new"),
    path(f"{CASE}evidence/<int:number>/", desk_evidence.edit, name="desk_evidence_edit"),
    path("systems/", desk_parties.systems, name="desk_systems"),
    path("systems/new/", desk_parties.system_new, name="desk_system_new"),
    path("systems/<slug:token>/", desk_parties.system_edit, name="desk_system_edit"),
    path("deployers/new/", desk_parties.deployer_new, name="desk_deployer_new"),
    path("deployers/<slug:token>/", desk_parties.deployer_edit, name="desk_deployer_edit"),
    path("sources/", desk_parties.source_list, name="desk_sources"),
    path("sources/new/", desk_parties.source_new, name="desk_source_new"),
    path("sources/<slug:token>/", desk_parties.source_edit, name="desk_source_edit"),
]
