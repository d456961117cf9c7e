"""Candidates for an answer: the passages that the filters permit, scored."""

from qa.search.candidates import Candidates, SearchSettings, find_candidates
from qa.search.filtering import canonical, permitted
from qa.search.reading import Reader
from qa.search.records import Hit

__all__ = ["Candidates", "Hit", "Reader", "SearchSettings", "canonical", "find_candidates", "permitted"]
