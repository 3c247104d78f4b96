"""The three parts of each kind of risk: a plain name and both ends of the scale that evaluators rate on.

The keys are the paper's own names (equations (14) to (20)).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.scoring.schemes import SCHEMES
from assessments.wording import Item


@dataclass(frozen=True)
class Part:
    """One thing that evaluators rate. ``lowest`` and ``worst`` are what the ratings 0 and 1 mean."""

    name: Promise
    lowest: Promise
    worst: Promise


PARTS: dict[str, Part] = {
    "LM_biasAmplification": Part(
        _("makes bias stronger"),
        _("people are treated no worse than without it"),
        _("old unfairness grows and falls on whole groups"),
    ),
    "syntheticContentBias": Part(
        _("bias in what it makes"),
        _("what it makes shows all people alike"),
        _("what it makes puts a group down again and again"),
    ),
    "languageExclusion": Part(
        _("leaves languages out"),
        _("every language spoken here works as well"),
        _("people of some languages cannot use it at all"),
    ),
    "conversationalMonitoring": Part(
        _("listens in on talks"),
        _("nobody reads or keeps what people say to it"),
        _("private talks of many are read and kept"),
    ),
    "politicalSentimentTracking": Part(
        _("tracks political views"),
        _("it learns nothing of what people think"),
        _("the views of named people are kept on file"),
    ),
    "dissentDetection": Part(
        _("finds people who disagree"),
        _("it cannot tell critics from others"),
        _("critics are found, named and dealt with"),
    ),
    "AI_generatedPropaganda": Part(
        _("propaganda made by AI"),
        _("none was made or spread"),
        _("it floods a vote and most voters meet it"),
    ),
    "personalizedPoliticalAds": Part(
        _("political ads made for one person"),
        _("everybody sees the same messages"),
        _("each voter is told something else, in secret"),
    ),
    "syntheticNewsGeneration": Part(
        _("made-up news"),
        _("no made-up news came of it"),
        _("most people met made-up news and believed it"),
    ),
    "conversationalManipulation": Part(
        _("steers people in talks"),
        _("it pushes nobody"),
        _("many are steered and do not notice"),
    ),
    "LM_botAmplification": Part(
        _("bots that make views look bigger"),
        _("every voice is a person"),
        _("made-up voices outnumber people"),
    ),
    "deepfakeTextGeneration": Part(
        _("texts that pretend to be somebody"),
        _("nobody is imitated"),
        _("words put into somebody's mouth change what people do"),
    ),
    "AI_echoAmplification": Part(
        _("shows more of the same"),
        _("people meet many views"),
        _("people meet one view and nothing else"),
    ),
    "personalizationBubbles": Part(
        _("a bubble for each person"),
        _("people share the same facts"),
        _("people no longer share any facts"),
    ),
    "LM_radicalizationPathways": Part(
        _("ways into extreme views"),
        _("it leads nobody further out"),
        _("it leads many, step by step, to hate or violence"),
    ),
    "modelConcentration": Part(
        _("few models for everything"),
        _("many models are in use"),
        _("one model decides everywhere"),
    ),
    "infrastructureDependence": Part(
        _("cannot do without it"),
        _("it can be switched off tomorrow"),
        _("public services stop without it"),
    ),
    "providerCapture": Part(
        _("providers shape the rules"),
        _("public bodies set the rules alone"),
        _("the provider writes the rules for itself"),
    ),
    "multiLM_cascadeRisk": Part(
        _("one system's fault spreads to others"),
        _("a fault stays where it is"),
        _("one fault brings many systems down"),
    ),
    "goalMisalignment": Part(
        _("aims that are not ours"),
        _("it does what it was made for"),
        _("it works against what people here want"),
    ),
    "emergentBehaviors": Part(
        _("does things nobody planned"),
        _("all it does was foreseen"),
        _("it does harm that nobody foresaw or can stop"),
    ),
}


def parts_of(scheme: str, item: Item) -> tuple[tuple[int, Part], ...]:
    """Return the numbered parts that evaluators rate for ``item``; part 0 is the item itself."""
    found = SCHEMES[scheme]
    if not found.components:
        return ((0, Part(item.name, item.lowest, item.worst)),)
    names = dict(zip(found.factors, found.components, strict=True))[item.code]
    return tuple((number, PARTS[name]) for number, name in enumerate(names, start=1))
