"""How the framework is tried on past cases, how its lines move once a year, and what is watched (D30-D32)."""
