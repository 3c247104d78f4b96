"""The answers of the API: which tables each holds. Where a page has a file, the answer is that file."""

from django.utils.translation import gettext_lazy as _

from deliberation.open_data.files import CASE, CASE_LIST, REASON_LIST, TALKS_FILE, WORKING, Answer
from deliberation.open_data.place_tables import (
    ASSESSMENTS,
    CHANGED_BECAUSE,
    COURSE,
    DAY_OF_LINES,
    DEPLOYERS,
    HEARD,
    LANGUAGES,
    LINES_IN_FORCE,
    LINKS,
    PLACE,
    POLICIES,
    SINCE,
    SOURCES,
    STAKEHOLDERS,
    SYSTEMS,
    TRAININGS,
    VOICES,
)
from deliberation.open_data.tables import EVIDENCE, GROUPS, ROUNDS
from deliberation.open_data.talks_tables import TALKS
from deliberation.open_data.words_tables import REPLIES

JURISDICTION = Answer("jurisdiction", _("The jurisdiction"), (PLACE, LANGUAGES, STAKEHOLDERS, LINKS))
EVIDENCE_LIST = Answer("evidence_list", _("Evidence of a case"), (EVIDENCE,))
ASSESSMENT_LIST = Answer("assessments", _("Assessments of a case"), (ASSESSMENTS,))
ONE_ASSESSMENT = Answer("assessment", _("One assessment"), (ASSESSMENTS, ROUNDS))
ROUND_LIST = Answer("rounds", _("Rounds of a case"), (ROUNDS,))
ONE_ROUND = Answer("weight_round", _("One round"), (ROUNDS, COURSE, VOICES, HEARD, GROUPS, SINCE, CHANGED_BECAUSE))
TALKS_LIST = Answer("talks_list", _("Rounds of talks on a case"), (TALKS,))
REPLY_LIST = Answer("replies", _("Replies in a round of talks"), (REPLIES,))
SYSTEM_LIST = Answer("systems", _("AI systems"), (SYSTEMS,))
DEPLOYER_LIST = Answer("deployers", _("Deployers"), (DEPLOYERS,))
SOURCE_LIST = Answer("sources", _("Sources"), (SOURCES,))
POLICY_LIST = Answer("policies", _("Versions of the policy"), (POLICIES,))
ONE_POLICY = Answer("policy_version", _("One version of the policy"), (POLICIES,))
LINES_TODAY = Answer("lines", _("The lines in force"), (DAY_OF_LINES, LINES_IN_FORCE))
TRAINING_LIST = Answer("trainings", _("Learned scores"), (TRAININGS,))

ANSWERS = (
    JURISDICTION, CASE_LIST, CASE, EVIDENCE_LIST, ASSESSMENT_LIST, ONE_ASSESSMENT, WORKING, ROUND_LIST, ONE_ROUND,
    TALKS_LIST, TALKS_FILE, REASON_LIST, REPLY_LIST, SYSTEM_LIST, DEPLOYER_LIST, SOURCE_LIST, POLICY_LIST, ONE_POLICY,
    LINES_TODAY, TRAINING_LIST,
)  # fmt: skip
