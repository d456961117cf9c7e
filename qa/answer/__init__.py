"""Answers: the sentences that answer, the probability that they do, and silence where nothing does."""
