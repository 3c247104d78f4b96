"""The learned score: eq. (4), its training by eq. (5) and (6H), and what it must show before it may decide (D9-D15)."""
