"""From a document to its turns: who says what to whom."""
