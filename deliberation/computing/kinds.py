"""The two kinds of long computations that follow from a close."""

from assessments.states import ComputationKind

VERSIONS = {ComputationKind.PANEL: 1, ComputationKind.LOOK_OUT: 1}
"""Rises with any change of what a result holds, so that everything is worked out anew."""
STEPS = {ComputationKind.PANEL: "panel.step", ComputationKind.LOOK_OUT: "look_out.step"}
"""The work that a step owes."""
