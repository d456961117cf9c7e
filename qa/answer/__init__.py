"""Answers: the sentences that answer, the probability that they do, and silence where nothing does. The records; `qa.answer.answering` makes them."""

from qa.answer.records import Answer, Quote, Reply, Status

__all__ = ["Answer", "Quote", "Reply", "Status"]
