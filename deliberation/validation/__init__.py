"""The framework tried on past cases: what its lines would have said, from the evidence of the time."""
