"""Answers: the sentences that answer, the probability that they do, and silence where nothing does."""

from qa.answer.records import Answer, Quote, Reply, Status

__all__ = ["Answer", "Quote", "Reply", "Status"]
