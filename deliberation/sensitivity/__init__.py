"""What would change a published score: one page, its files, and nothing that was not published."""
