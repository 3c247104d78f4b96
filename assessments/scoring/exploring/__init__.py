"""What if: how a score answers to other voices, weights and rules. It explains a score and decides nothing."""
