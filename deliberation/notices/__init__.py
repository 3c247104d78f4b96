"""What people are told of talks, and when. ``names`` are used by the acts, ``kinds`` by the wiring."""
