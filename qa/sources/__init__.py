"""Readers: one a format, from a file to a `Source`."""
