"""What a question asks for: people, dates, the kind of answer wanted; and the filters that a user sets."""

from qa.question.matters import tells
from qa.question.records import AnswerKind, Filters, Question
from qa.question.understanding import Known, search_terms, understand

__all__ = ["AnswerKind", "Filters", "Known", "Question", "search_terms", "tells", "understand"]
