"""What a question asks for, and the filters that a user sets. The records; `qa.question.understanding` makes them."""

from qa.question.records import AnswerKind, Filters, Question

__all__ = ["AnswerKind", "Filters", "Question"]
