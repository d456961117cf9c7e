"""From a document to its turns: who says what to whom."""

from qa.turns.finding import find_turns, sightings
from qa.turns.records import Attribution, Basis, Turn, TurnKind

__all__ = ["Attribution", "Basis", "Turn", "TurnKind", "find_turns", "sightings"]
