"""The word index: terms, postings, and BM25F over named fields."""

from qa.lexical.building import build
from qa.lexical.terms import Terms
from qa.lexical.words import Bm25fSettings, WordIndex

__all__ = ["Bm25fSettings", "Terms", "WordIndex", "build"]
