"""Backups: one file with everything the database holds, checked when written and when read."""
