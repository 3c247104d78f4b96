"""Every kind of notice of this app, in the order in which people choose among them."""

from deliberation.notices import clocks, outcomes, reasons, reports, rounds, sessions, timing

KINDS = (*rounds.KINDS, *timing.KINDS, *sessions.KINDS, *reasons.KINDS, *outcomes.KINDS, *reports.KINDS, *clocks.KINDS)
