"""Every kind of notice of this app, in the order in which people choose among them."""

from deliberation.notices import clocks, outcomes, reasons, rounds, sessions, timing

KINDS = (*rounds.KINDS, *timing.KINDS, *sessions.KINDS, *reasons.KINDS, *outcomes.KINDS, *clocks.KINDS)
