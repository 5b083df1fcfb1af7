"""The pure library: values, measures, charts. No Django, no clock, no users."""
