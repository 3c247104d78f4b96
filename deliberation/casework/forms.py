"""Forms of the secretariat's records. They read what people type; the actions decide.

Each form also says what a stored row looks like in it, so that two versions can be laid side by side.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from assessments.actions import evidence as evidence_actions
from assessments.actions import merges, parties, sources
from assessments.actions.evidence import Statement
from assessments.actions.incidents import IncidentFacts
from assessments.actions.sources import SourceFacts
from assessments.actions.written_words import LONGEST_AFFECTED, LONGEST_SUMMARY, LONGEST_TITLE
from assessments.models import AISystem, Deployer, EvidenceItem, Incident, Source
from assessments.states import EvidenceKind, IncidentKind, Visibility
from deliberation.casework.fields import FigureField, PastDayField, WordsField, typed_day
from deliberation.casework.texts import revised
from lastvote.texts import Text
from lastvote.web.forms import PlainForm
from stakeholders.models import Jurisdiction

OFFERED_KINDS = (IncidentKind.INCIDENT, IncidentKind.HAZARD)
CHOOSE = _("Choose one of the list")


class RecordForm(PlainForm):
    """A form about one row. ``seen`` names the version that the person has before them, ``key`` the page itself."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class _TextForm(RecordForm):
    """A form with texts in each language of the place."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, place: Jurisdiction, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.languages: Sequence[str] = place.languages or ["en"]

    def add_text(self, name: str, *, label: Any, missing: Any, longest: int, rows: int = 0) -> None:
        """Add one field for each language; the first one is needed."""
        for language in self.languages:
            first = language == self.languages[0]
            self.fields[f"{name}_{language}"] = WordsField(
                label=label if len(self.languages) == 1 else _labelled(label, language),
                longest=longest, rows=rows, missing=missing if first else "",
            )  # fmt: skip

    def text_of(self, name: str, before: Text | None) -> Text:
        """Return what was typed, with translations marked that no longer fit."""
        typed = {language: self.cleaned_data[f"{name}_{language}"] for language in self.languages}
        return revised(before, typed, source=self.languages[0])


class CaseForm(_TextForm):
    """What happened, or may happen, with which system."""

    kind = forms.ChoiceField(
        label=_("What is it?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is"), "invalid_choice": CHOOSE},
    )  # fmt: skip
    system = forms.ChoiceField(
        label=_("AI system"),
        error_messages={"required": _("Choose the AI system"), "invalid_choice": CHOOSE},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, place: Jurisdiction, case: Incident | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, place=place, **kwargs)
        self.systems = {one.token: one for one in place.systems.select_related("deployer").order_by("name", "pk")}
        self.before = case
        kinds = [*OFFERED_KINDS, *([IncidentKind(case.kind)] if case and case.kind not in OFFERED_KINDS else [])]
        _offer(self, "kind", [(kind.value, kind.label) for kind in kinds])
        named = [(token, f"{one.name} · {one.deployer.name}") for token, one in self.systems.items()]
        _offer(self, "system", [("", _("Choose a system")), *named])
        self.add_text("title", label=_("Title"), missing=_("Enter a title"), longest=LONGEST_TITLE)
        self.add_text(
            "summary", label=_("What happened"), missing=_("Say what happened"), longest=LONGEST_SUMMARY, rows=6
        )
        self.add_text(
            "affected", label=_("Who it affects"), missing=_("Say who it affects"), longest=LONGEST_AFFECTED, rows=2
        )
        self.fields["happened_from"] = PastDayField(
            label=_("First day, if it is known"), help_text=_("For example 3 June 2025.")
        )
        self.fields["happened_to"] = PastDayField(
            label=_("Last day, if it is known"), help_text=_("For example 30 June 2025.")
        )

    def facts(self) -> IncidentFacts:
        """Return what the form says."""
        typed = self.cleaned_data
        title, summary, affected = (
            self.text_of(name, getattr(self.before, name, None)) for name in ("title", "summary", "affected")
        )
        return IncidentFacts(
            IncidentKind(typed["kind"]), self.systems[typed["system"]], title, summary, affected,
            typed["happened_from"], typed["happened_to"],
        )  # fmt: skip


def shown_case(case: Incident, languages: Sequence[str]) -> dict[str, str]:
    """Return a stored case as the form shows it."""
    days = {"happened_from": typed_day(case.happened_from), "happened_to": typed_day(case.happened_to)}
    texts = {
        f"{name}_{language}": getattr(case, name)["texts"].get(language, "")
        for name in ("title", "summary", "affected")
        for language in languages
    }
    return {"kind": case.kind, "system": case.system.token, **texts, **days}


class EvidenceForm(RecordForm):
    """One dated statement, its figure and its sources."""

    kind = forms.ChoiceField(
        label=_("What it is for"), choices=EvidenceKind.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is for"), "invalid_choice": CHOOSE},
    )  # fmt: skip
    statement = WordsField(
        label=_("Statement"), help_text=_("One fact in one or two sentences."), rows=4,
        longest=evidence_actions.LONGEST["statement"], missing=_("Enter the statement"),
    )  # fmt: skip
    as_of_words = WordsField(
        label=_("As of, as the source prints it"), help_text=_("For example “March 2018”."),
        longest=evidence_actions.LONGEST["as_of_words"], missing=_("Enter the date as the source prints it"),
    )  # fmt: skip
    as_of_from = PastDayField(label=_("First day that this can mean"), help_text=_("For example 1 March 2018."))
    as_of_to = PastDayField(
        label=_("Last day that this can mean"),
        help_text=_("Ratings with an earlier last day of evidence cannot rest on it. Undated evidence never counts."),
    )
    low = FigureField(label=_("Figure, or the lower end of it"))
    high = FigureField(label=_("Upper end, if the source gives two"))
    unit = WordsField(label=_("Unit"), help_text=_("For example “people”."), longest=evidence_actions.LONGEST["unit"])
    figure_of = WordsField(
        label=_("What the figure counts"),
        help_text=_("Figures of the same thing in the same unit are shown side by side. Use the same words for both."),
        longest=evidence_actions.LONGEST["figure_of"],
    )
    bears_on = WordsField(
        label=_("What it bears on"), help_text=_("For example “Spread”."), longest=evidence_actions.LONGEST["bears_on"]
    )
    caveat = WordsField(label=_("Keep in mind"), rows=2, longest=evidence_actions.LONGEST["caveat"])
    sources = forms.MultipleChoiceField(
        label=_("Sources"), required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": CHOOSE},
    )  # fmt: skip
    visibility = forms.ChoiceField(
        label=_("Who may read it"), choices=Visibility.choices, widget=forms.RadioSelect, initial=Visibility.PUBLIC,
        error_messages={"required": _("Choose who may read it"), "invalid_choice": CHOOSE},
    )  # fmt: skip
    visibility_reason = WordsField(
        label=_("Why it is withheld, if it is"), help_text=_("Everybody can read this reason."), rows=2,
        longest=evidence_actions.LONGEST["visibility_reason"],
    )  # fmt: skip

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, place: Jurisdiction, item: EvidenceItem | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, **kwargs)
        self.known = {one.token: one for one in place.sources.order_by("title", "pk")}
        self.language = item.language if item else (place.languages or ["en"])[0]
        _offer(self, "sources", [(token, named_source(one)) for token, one in self.known.items()])

    def clean(self) -> dict[str, Any]:
        """One end alone is the whole figure; a single day is both ends of its span."""
        typed = self.cleaned_data
        for first, last in (("low", "high"), ("as_of_from", "as_of_to")):
            if first in typed and last in typed and typed[last] is None:
                typed[last] = typed[first]
        return typed

    def content(self) -> Statement:
        """Return what the form says."""
        typed = {name: self.cleaned_data[name] for name in Statement.__dataclass_fields__ if name != "language"}
        typed |= {"kind": EvidenceKind(typed["kind"]), "visibility": Visibility(typed["visibility"])}
        return Statement(language=self.language, **typed)

    def cited(self) -> list[Source]:
        """Return the sources that were ticked."""
        return [self.known[token] for token in self.cleaned_data["sources"]]


def shown_evidence(item: EvidenceItem) -> dict[str, Any]:
    """Return stored evidence as the form shows it."""
    said = Statement.of(item).plain()
    days = {name: typed_day(said[name]) for name in ("as_of_from", "as_of_to")}
    figures = {name: "" if said[name] is None else format(said[name], "f") for name in ("low", "high")}
    return {**said, **days, **figures, "sources": [source.token for source in item.sources.all()]}


class DeployerForm(RecordForm):
    """Whoever puts systems to use."""

    name = WordsField(label=_("Name"), longest=parties.LONGEST_NAME, missing=_("Enter the name"))


class SystemForm(_TextForm):
    """One AI system as it is used somewhere."""

    deployer = forms.ChoiceField(
        label=_("Who uses it"), error_messages={"required": _("Choose who uses it"), "invalid_choice": CHOOSE}
    )
    name = WordsField(label=_("Name"), longest=parties.LONGEST_NAME, missing=_("Enter the name"))
    covered_by_mandate = forms.BooleanField(label=_("A public mandate covers it"), required=False)
    publicly_procured = forms.BooleanField(label=_("It was bought with public money"), required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, place: Jurisdiction, system: AISystem | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, place=place, **kwargs)
        self.before = system
        self.deployers: dict[str, Deployer] = {one.token: one for one in place.deployers.order_by("name")}
        named = [(token, one.name) for token, one in self.deployers.items()]
        _offer(self, "deployer", [("", _("Choose a deployer")), *named])
        self.add_text(
            "description", label=_("What it does"), missing=_("Say what it does"), longest=parties.LONGEST_DESCRIPTION,
            rows=4,
        )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """Return what the form says."""
        typed = self.cleaned_data
        return {
            "deployer": self.deployers[typed["deployer"]],
            "name": typed["name"],
            "description": self.text_of("description", getattr(self.before, "description", None)),
            "covered_by_mandate": typed["covered_by_mandate"],
            "publicly_procured": typed["publicly_procured"],
        }


def shown_system(system: AISystem, languages: Sequence[str]) -> dict[str, Any]:
    """Return a stored system as the form shows it."""
    texts = {f"description_{language}": system.description["texts"].get(language, "") for language in languages}
    facts = parties.system_facts(system)
    return {**facts, "deployer": system.deployer.token, **texts}


class SourceForm(RecordForm):
    """One publication."""

    title = WordsField(label=_("Title"), longest=sources.LONGEST_TITLE, missing=_("Enter the title"))
    publisher = WordsField(label=_("Publisher"), longest=sources.LONGEST_PUBLISHER)
    published_words = WordsField(label=_("Date, as it is printed"), longest=sources.LONGEST_DATE)
    published_on = PastDayField(
        label=_("First day on which it can have come out"), help_text=_("For example 3 June 2025.")
    )
    addresses = WordsField(
        label=_("Addresses, one a line"),
        help_text=_("They begin with https:// and are shown to people. This site never opens them."),
        longest=3_000, rows=3,
    )  # fmt: skip

    def facts(self) -> SourceFacts:
        """Return what the form says."""
        typed = self.cleaned_data
        lines = [line.strip() for line in typed["addresses"].splitlines()]
        return SourceFacts(
            typed["title"], typed["publisher"], typed["published_words"], typed["published_on"],
            tuple(line for line in lines if line),
        )  # fmt: skip


def shown_source(source: Source) -> dict[str, str]:
    """Return a stored source as the form shows it."""
    facts = SourceFacts.of(source).columns()
    day, lines = typed_day(source.published_on), "\n".join(source.addresses)
    return {**facts, "published_on": day, "addresses": lines}


def named_source(source: Source) -> str:
    """Return a source in one line."""
    return " · ".join(part for part in (source.title, source.publisher, source.published_words) if part)


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    """Put on a list what can be chosen in this place."""
    cast("forms.ChoiceField", form.fields[name]).choices = choices


def _labelled(label: Any, language: str) -> Any:
    try:
        named = get_language_info(language)["name_local"]
    except KeyError:
        named = language
    return _("%(label)s (%(language)s)") % {"label": label, "language": named}


class SeparateForm(RecordForm):
    """Why two cases that were merged are two after all."""

    reason = WordsField(
        label=_("Why it is another case after all"), help_text=_("Everybody can read this reason."), rows=4,
        longest=merges.LONGEST_REASON, missing=_("Enter your reason"),
    )  # fmt: skip


class MergeForm(RecordForm):
    """Into which case, and why they tell of the same."""

    other = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    reason = WordsField(
        label=_("Why both tell of the same"), help_text=_("Everybody can read this reason."), rows=4,
        longest=merges.LONGEST_REASON, missing=_("Enter your reason"),
    )  # fmt: skip
