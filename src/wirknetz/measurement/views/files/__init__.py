"""Pages around partners' own files."""
