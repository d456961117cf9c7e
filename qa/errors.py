"""Errors that a user can mend: one class a situation, the message names the thing and then the remedy."""


class QAError(Exception):
    """Base of every error that ends a command with one line and exit code 1."""


class NoIndex(QAError):
    """There is no index at the given place."""


class DamagedIndex(QAError):
    """An index is there but its files are missing, altered or of another schema or model."""


class UnreadableSource(QAError):
    """A file cannot be read as a text: not there, not readable, empty, binary or badly encoded."""


class NoSources(QAError):
    """Nothing that could be indexed was found at the given paths."""


class ModelError(QAError):
    """An encoder's weights are missing or are not the ones that were expected."""


class BadQuestion(QAError):
    """The question is empty or too long."""


class QuoteMismatch(QAError):
    """A quotation differs from the source that it was cut from; nothing of it may be shown."""


class BadData(QAError):
    """A data file (names, archive description, gold set, batch) does not say what it must."""
