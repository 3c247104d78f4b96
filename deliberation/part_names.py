"""Plain names of the three parts of each kind of risk, by the paper's own names (equations (14) to (20))."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PART_NAMES: dict[str, Promise] = {
    "LM_biasAmplification": _("makes bias stronger"),
    "syntheticContentBias": _("bias in what it makes"),
    "languageExclusion": _("leaves languages out"),
    "conversationalMonitoring": _("listens in on talks"),
    "politicalSentimentTracking": _("tracks political views"),
    "dissentDetection": _("finds people who disagree"),
    "AI_generatedPropaganda": _("propaganda made by AI"),
    "personalizedPoliticalAds": _("political ads made for one person"),
    "syntheticNewsGeneration": _("made-up news"),
    "conversationalManipulation": _("steers people in talks"),
    "LM_botAmplification": _("bots that make views look bigger"),
    "deepfakeTextGeneration": _("texts that pretend to be somebody"),
    "AI_echoAmplification": _("shows more of the same"),
    "personalizationBubbles": _("a bubble for each person"),
    "LM_radicalizationPathways": _("ways into extreme views"),
    "modelConcentration": _("few models for everything"),
    "infrastructureDependence": _("cannot do without it"),
    "providerCapture": _("providers shape the rules"),
    "multiLM_cascadeRisk": _("one system's fault spreads to others"),
    "goalMisalignment": _("aims that are not ours"),
    "emergentBehaviors": _("does things nobody planned"),
}
