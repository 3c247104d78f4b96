"""The policy in all its versions, and the lines in force."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models import PolicyVersion
from assessments.policy_reads import policies_of, policy_in_force
from assessments.scoring.parameters import LEVELS
from deliberation.api.public import PublicView, first, read, read_list
from deliberation.api.records import POLICY_BODY
from deliberation.lines import LinesToday, lines_today
from deliberation.open_data.answers import LINES_TODAY, ONE_POLICY, POLICY_LIST
from deliberation.open_data.files import Contents
from deliberation.open_data.schemas import answer_schema
from lastvote import clock
from lastvote.rest.sections import RULES


@dataclass(frozen=True)
class PolicyRow:
    """One version, and whether it is in force."""

    version: PolicyVersion
    in_force: bool

    @property
    def page(self) -> str:
        """The address of its page."""
        slug, number = self.version.jurisdiction.slug, self.version.number
        return f"{settings.BASE_URL.rstrip('/')}{reverse('policy_version', args=[slug, number])}"


@dataclass(frozen=True)
class DayOfLines:
    """The lines of one version on one day."""

    day: dt.date
    version: PolicyVersion
    lines: LinesToday


class PolicyView(PublicView):
    """Know which version is in force today."""

    @property
    def today(self) -> dt.date:
        """The day it is in the jurisdiction."""
        return clock.local_date(clock.now(), self.jurisdiction.zone)

    def in_force(self) -> PolicyVersion:
        """Return the version in force, or say that there is none."""
        version = policy_in_force(self.jurisdiction, self.today)
        if version is None:
            raise Http404
        return version

    def rows(self, versions: Iterable[PolicyVersion]) -> list[PolicyRow]:
        """Mark the one in force."""
        current = policy_in_force(self.jurisdiction, self.today)
        return [PolicyRow(version, version == current) for version in versions]

    def one(self, version: PolicyVersion) -> bytes:
        """Write one version with all of its numbers."""
        contents = {"policies": self.rows([version])}
        return ONE_POLICY.json(self.jurisdiction, contents, body=json.loads(version.body))


class Policies(PolicyView):
    """List every version."""

    operations: ClassVar = read_list(
        "policies", RULES, _("List the versions of the policy"), _("Every version that two people adopted."),
        POLICY_LIST, leads={"policy": {"number": first("policies", "number")}},
    )  # fmt: skip

    def found(self, **_slots: Any) -> bytes:
        return self.listed(POLICY_LIST, policies_of(self.jurisdiction), self.rows)


class OnePolicy(PolicyView):
    """Serve one version."""

    operations: ClassVar = read(
        "policy", RULES, _("Read one version of the policy"),
        _("All of its numbers. Written as RFC 8785 has it, its body gives the bytes that its hash names."),
        answer_schema(ONE_POLICY, body=POLICY_BODY),
    )  # fmt: skip

    def found(self, *, number: int) -> bytes:
        version = policies_of(self.jurisdiction).filter(number=number).first()
        if version is None:
            raise Http404
        return self.one(version)


class PolicyInForce(PolicyView):
    """Serve the version in force today."""

    operations: ClassVar = read(
        "policy_in_force", RULES, _("Read the policy in force"), _("The version that is in force today."),
        answer_schema(ONE_POLICY, body=POLICY_BODY),
    )  # fmt: skip

    def found(self, **_slots: Any) -> bytes:
        return self.one(self.in_force())


class LinesInForce(PolicyView):
    """Serve the lines of today."""

    operations: ClassVar = read(
        "lines", RULES, _("Read the lines in force"),
        _("The lines of levels today, at the start and at the end of the roadmap, and the lines of powers."),
        answer_schema(LINES_TODAY),
    )  # fmt: skip

    def found(self, **_slots: Any) -> bytes:
        version = self.in_force()
        lines = lines_today(self.jurisdiction, version, self.today)
        levels = zip(LEVELS, lines.levels, strict=True)
        contents: Contents = {"day": [DayOfLines(self.today, version, lines)], "lines": list(levels)}
        return LINES_TODAY.json(self.jurisdiction, contents)
