"""Pages, part by part."""
