"""Candidates for an answer: the passages that the filters permit, scored."""
