"""From a source to its documents: metadata, blocks, notes and pages."""
