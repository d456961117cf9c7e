"""Text made comparable, its words, its sentences."""

from qa.text.folding import Folded, fold, fold_with_map
from qa.text.sentences import is_question, sentences
from qa.text.tokens import Token, stop_words, terms, tokens, words

__all__ = [
    "Folded",
    "Token",
    "fold",
    "fold_with_map",
    "is_question",
    "sentences",
    "stop_words",
    "terms",
    "tokens",
    "words",
]
