"""Pages of a collection round."""
