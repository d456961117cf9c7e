"""From a source to its documents: metadata, blocks, notes and pages."""

from qa.documents.finding import find_documents
from qa.documents.records import Block, BlockKind, Document, Note, Page, Participant

__all__ = ["Block", "BlockKind", "Document", "Note", "Page", "Participant", "find_documents"]
