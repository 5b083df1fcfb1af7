"""Counting a list of persons on the partner's own machine."""
