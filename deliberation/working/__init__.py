"""How a published score was worked out, step by step, from published numbers only."""
