"""German words of partner files: what labels mean and how numbers are written."""
