"""Reads for partners' own files."""
