"""The room in which groups say why they differ: one page for a round of talks, and a page for each reason."""
