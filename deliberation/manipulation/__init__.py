"""The report on possible manipulation of a round, in words for the committee."""
