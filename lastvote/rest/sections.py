"""The sections of the document and of its page, in their order."""

from django.utils.translation import gettext_lazy as _

PLACE = _("The jurisdiction")
CASES = _("Cases")
SCORES = _("Assessments, scores and rounds")
TALKS = _("Talks where groups differ")
LISTS = _("Systems, deployers and sources")
RULES = _("Policy and lines")
LESSONS = _("Past cases and learned scores")
OWN = _("Your own")
SELF = _("This document")
SECTIONS = (PLACE, CASES, SCORES, TALKS, LISTS, RULES, LESSONS, OWN, SELF)
