"""The secretariat's records: cases, evidence, systems, sources, and files of cases."""

from tests.browser.catalogue.entry import Entry
from tests.browser.steps import attach, fill, press, send

SECRETARY = "secretariat"
DESK = "{place.town}desk/"
CASES = f"{DESK}cases/"
CASE = "{place.records}"
SIDES = "{place.merge}?other={place.merge_other}"
BROKEN = "id,title,summary,affected\n1,,It failed.,Tenants\n2,Two,It failed,\n"

CASEWORK: tuple[Entry, ...] = (
    Entry("records of cases", "desk_cases", CASES, who=SECRETARY),
    Entry("records of cases, as committee", "desk_cases", CASES, who="committee"),
    Entry("records of cases, nothing found", "desk_cases", f"{CASES}?q=zeppelin", who=SECRETARY, says="0 results"),
    Entry("records of cases, not for members", "desk_cases", CASES, who="member", status=403),
    Entry("new case", "desk_case_new", f"{CASES}new/", who=SECRETARY),
    Entry(
        "new case, nothing said", "desk_case_new", f"{CASES}new/", who=SECRETARY, status=422, wrong=True,
        steps=(press("Record this case"),), says="Enter a title",
    ),
    Entry(
        "new case, no such day", "desk_case_new", f"{CASES}new/", who=SECRETARY, status=422, wrong=True,
        steps=(fill(title_en="A risk", happened_from="31 June 2025"), press("Record this case")),
        kept=(("title_en", "A risk"), ("happened_from", "31 June 2025")),
    ),
    Entry("record of a case", "desk_case", f"{CASE}overview/", who=SECRETARY, says="Earlier versions"),
    Entry("record of a case, as chair", "desk_case", f"{CASE}overview/", who="chair"),
    Entry("case anew", "desk_case_edit", f"{CASE}overview/edit/", who=SECRETARY),
    Entry(
        "case anew, no title", "desk_case_edit", f"{CASE}overview/edit/", who=SECRETARY, status=422, wrong=True,
        steps=(fill(title_en=""), press("Save as a new version")),
    ),
    Entry("merge, choose", "desk_case_merge", "{place.merge}", who=SECRETARY),
    Entry("merge, found", "desk_case_merge", "{place.merge}?q=case", who=SECRETARY, says="Which one?"),
    Entry("merge, nothing found", "desk_case_merge", "{place.merge}?q=zeppelin", who=SECRETARY, says="0 results"),
    Entry("merge, side by side", "desk_case_merge", SIDES, who=SECRETARY, says="The other way round"),
    Entry(
        "merge, no reason", "desk_case_merge", SIDES, who=SECRETARY, status=422, wrong=True,
        steps=(press("Continue"),), says="Enter your reason",
    ),
    Entry(
        "merge, check", "desk_case_merge", SIDES, who=SECRETARY,
        steps=(fill(reason="Both reports tell of the same night."), press("Continue")), says="Check before you merge",
    ),
    Entry("merge, merged already", "desk_case_merge", "{place.merged}overview/merge/", who=SECRETARY),
    Entry("record of a merged case", "desk_case", "{place.merged}overview/", who=SECRETARY, says="New work goes on"),
    Entry("record of a case that took one in", "desk_case", "{place.merged_kept_desk}overview/", who=SECRETARY),
    Entry("separate", "desk_case_separate", "{place.merged}overview/separate/", who=SECRETARY),
    Entry(
        "separate, no reason", "desk_case_separate", "{place.merged}overview/separate/", who=SECRETARY, status=422,
        wrong=True, steps=(press("Continue"),),
    ),
    Entry(
        "separate, check", "desk_case_separate", "{place.merged}overview/separate/", who=SECRETARY,
        steps=(fill(reason="Another night."), press("Continue")), says="Check before you separate",
    ),
    Entry("separate, nothing merged", "desk_case_separate", f"{CASE}overview/separate/", who=SECRETARY),
    Entry("case that took one in", "case", "{place.merged_kept}", says="Cases merged into this one"),
    Entry("working of a merged case", "working", "{place.merged_working}", says="was merged into another case"),
    Entry("records of evidence", "desk_evidence", f"{CASE}evidence/", who=SECRETARY, says="Figures that differ"),
    Entry("records of evidence, as committee", "desk_evidence", f"{CASE}evidence/", who="committee"),
    Entry("new evidence", "desk_evidence_new", f"{CASE}evidence/new/", who=SECRETARY),
    Entry(
        "new evidence, nothing said", "desk_evidence_new", f"{CASE}evidence/new/", who=SECRETARY, status=422,
        wrong=True, steps=(press("Add this evidence"),), says="Enter the statement",
    ),
    Entry("evidence anew", "desk_evidence_edit", f"{CASE}evidence/1/", who=SECRETARY, says="Earlier versions"),
    Entry(
        "evidence anew, no figure", "desk_evidence_edit", f"{CASE}evidence/1/", who=SECRETARY, status=422, wrong=True,
        steps=(fill(low="1,200"), press("Save as a new version")), kept=(("low", "1,200"),),
    ),
    Entry("systems", "desk_systems", f"{DESK}systems/", who=SECRETARY),
    Entry("new system", "desk_system_new", f"{DESK}systems/new/", who=SECRETARY),
    Entry(
        "new system, nothing said", "desk_system_new", f"{DESK}systems/new/", who=SECRETARY, status=422, wrong=True,
        steps=(press("Save"),),
    ),
    Entry("system anew", "desk_system_edit", "{place.system}", who=SECRETARY),
    Entry("new deployer", "desk_deployer_new", f"{DESK}deployers/new/", who=SECRETARY),
    Entry(
        "new deployer, taken", "desk_deployer_new", f"{DESK}deployers/new/", who=SECRETARY, status=409, wrong=True,
        steps=(fill(name="City Housing Office"), press("Save")), kept=(("name", "City Housing Office"),),
    ),
    Entry("deployer anew", "desk_deployer_edit", "{place.deployer}", who=SECRETARY),
    Entry(
        "deployer anew, changed meanwhile", "desk_deployer_edit", "{place.deployer}", who=SECRETARY, status=409,
        wrong=True, steps=(send("{place.deployer}", name="Housing Office", seen="what stood there before"),),
        says="Both versions",
    ),
    Entry("sources", "desk_sources", f"{DESK}sources/", who=SECRETARY),
    Entry("new source", "desk_source_new", f"{DESK}sources/new/", who=SECRETARY),
    Entry(
        "new source, no https", "desk_source_new", f"{DESK}sources/new/", who=SECRETARY, status=422, wrong=True,
        steps=(fill(title="A letter", addresses="http://example.org"), press("Save")),
        kept=(("addresses", "http://example.org"),),
    ),
    Entry("source anew", "desk_source_edit", "{place.source}", who=SECRETARY),
    Entry("file of cases", "desk_cases_import", f"{CASES}import/", who=SECRETARY),
    Entry(
        "file of cases, none", "desk_cases_import", f"{CASES}import/", who=SECRETARY, status=422, wrong=True,
        steps=(press("Read this file"),), says="Choose a file",
    ),
    Entry(
        "file of cases, broken", "desk_cases_import", f"{CASES}import/", who=SECRETARY, status=422,
        steps=(attach("file", BROKEN), press("Read this file")), says="What is wrong with the file",
    ),
    Entry("file of cases, read", "desk_cases_preview", "{place.cases_file}", who=SECRETARY, says="Row by row"),
    Entry(
        "import of cases, waiting", "desk_cases_import_run", "{place.import_waits}", who=SECRETARY, says="Look again",
    ),
    Entry(
        "import of cases, done", "desk_cases_import_run", "{place.import_done}", who=SECRETARY, says="1 of 1 (100%)",
    ),
    Entry(
        "import of cases, failed", "desk_cases_import_run", "{place.import_failed}", who=SECRETARY,
        says="No case was brought in.",
    ),
)  # fmt: skip
