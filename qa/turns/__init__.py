"""From a document to its turns: who says what to whom. The records; `qa.turns.finding` makes them."""

from qa.turns.records import Attribution, Basis, Turn, TurnKind

__all__ = ["Attribution", "Basis", "Turn", "TurnKind"]
