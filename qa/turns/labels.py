"""Which of the labels at the head of a document's blocks are speakers'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from qa.documents.labels import Label, is_marked, is_plain, is_role, read_label
from qa.documents.talk import speakers
from qa.text import fold

__all__ = ["Label", "accept_labels", "is_role", "read_label"]

_MANY = 0.4  # a text whose blocks bear labels to this share is a transcript
_SOME = 0.15  # a known person's name at the head of fewer blocks is a heading


def accept_labels(texts: Sequence[str], is_person: Callable[[str], bool]) -> tuple[Label | None, ...]:
    """Return the speakers' labels of a document's blocks, `None` for blocks without.

    A label counts when it stands in brackets, when it names a known person, when it is titled or in capitals and the
    document has others, when it recurs, or when much of the document is labelled. One of common words and one like
    "Mr. Roe." count only in a talk, where several recur and have something to say.
    """
    labels = _speaking([read_label(text) for text in texts], texts)
    found = [label for label in labels if label is not None]
    often = Counter(fold(label.name) for label in found)
    dialogue = len(found) >= 2 and len(found) >= _MANY * len(texts)
    some = len(found) >= _SOME * len(texts)
    talk = speakers(texts)

    def counts(label: Label, text: str) -> bool:
        stopped = text[label.end - 1] == "." and label.name.istitle() and " " in label.name  # "Mr. Roe."
        plain = is_plain(label.name) and not label.bracketed and not is_person(label.name)
        if stopped or plain:
            return fold(label.name) in talk
        times = often[fold(label.name)]
        if label.faint:
            return dialogue and (times >= 2 or label.name in {"Q", "A"} or is_person(label.name))
        if label.bracketed or (dialogue and len(often) >= 2) or (is_person(label.name) and (some or times >= 3)):
            return True
        return len(found) >= 2 and (times >= 3 or (is_marked(label.name) and times >= 2))

    return tuple(label if label and counts(label, text) else None for label, text in zip(labels, texts, strict=True))


def _speaking(labels: Sequence[Label | None], texts: Sequence[str]) -> list[Label | None]:
    """Return the labels without those behind which the words tell of the same person.

    Where few do so, people speak of themselves by name and the labels stand.
    """
    tell = [label is not None and _tells_of(label, text) for label, text in zip(labels, texts, strict=True)]
    if _RARE * sum(tell) < sum(label is not None for label in labels):
        return list(labels)
    return [None if telling else label for label, telling in zip(labels, tell, strict=True)]


_RARE = 10  # one label in so many


def _tells_of(label: Label, text: str) -> bool:
    """Return whether the words behind a label tell of its own person: "Mr. Roe, Far East: Mr. Roe said that ..."."""
    names = [w for w in re.findall(r"[A-Z][\w’'-]+", label.name.split(",")[0]) if len(w) > 2]
    behind = text[label.end : label.end + 60]
    return bool(names) and re.match(rf"\s*(?:\w+\.?\s+){{0,3}}{re.escape(names[-1])}\b(?!['’]s)", behind) is not None
