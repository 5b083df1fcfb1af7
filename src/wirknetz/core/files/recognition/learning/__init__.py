"""What to remember of a file, and where the next one differs from it."""
