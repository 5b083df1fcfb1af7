"""From claims to what is taken and what is asked."""
