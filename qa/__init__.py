"""Answers questions about an archive of historical documents in the archive's own words."""

__version__ = "0.1.0"
