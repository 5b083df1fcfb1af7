"""Who may, and what may follow, part by part."""
