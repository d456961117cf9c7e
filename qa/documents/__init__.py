"""From a source to its documents: metadata, blocks, notes and pages. The records; `qa.documents.finding` makes them."""

from qa.documents.records import Block, BlockKind, Document, Note, Page, Participant

__all__ = ["Block", "BlockKind", "Document", "Note", "Page", "Participant"]
