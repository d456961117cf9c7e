"""Answers: the sentences that answer, the probability that they do, and silence where nothing does."""

from qa.answer.answering import AnswerSettings, answer
from qa.answer.ranking import Ranking, fitted
from qa.answer.records import Answer, Quote, Reply, Status

__all__ = ["Answer", "AnswerSettings", "Quote", "Ranking", "Reply", "Status", "answer", "fitted"]
