"""Who speaks under labels in a text: which of the labels that stand at the head of its paragraphs are speakers'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from qa.documents.labels import Label, is_marked, is_plain, is_role, read_label
from qa.names import find_names
from qa.names.tables import is_english
from qa.text import fold

_ENDED = re.compile(r"[.!?…–—}-][\"'”’»)\]*_]*\s*$|[)\]]\s*$")  # how what somebody says ends, broken off or not
_SPOKEN = re.compile(
    r"\b(?:I|me|my|we|us|our|you|your|yes|no|yeah|oh|ok|okay|right|well|good|ha|thanks?|uh|um|hm+)\b"
    r"|^\s*(?:how|why|what|when|where|who)\b|[.?!]\s+\S",
    re.I,
)
_FEWEST = 4  # labelled lines that make a talk
_MANY = 0.4  # a text whose paragraphs bear labels to this share is a transcript
_SOME = 0.25  # of what stands under a common word looks said, or it is a field
_LETTERS = frozenset({"Q", "A"})
_LOOK = 400  # characters in which a label ends


def speakers(paragraphs: Sequence[str]) -> frozenset[str]:
    """Return the labels, folded, that are speakers' in a text: at least two recur, and what they head is mostly said.

    Fields of a catalogue recur as well, but what stands behind them seldom ends as sentences do or has a word of
    talk. Where much of the text is labelled, so are those who speak but once.

    >>> talk = ["Ann Roe: Why?", "Bob Poe: It rained.", "Ann Roe: So it did", "Cy Voe: Well.", "Bob Poe: Yes."]
    >>> sorted(speakers(talk)), speakers(["Box 1", "Language: Latin", "Extent: 2", "Language: Greek", "Extent: 7"])
    (['ann roe', 'bob poe', 'cy voe'], frozenset())
    """
    units = _units(paragraphs)
    read, mostly = _labelled(units)
    often = Counter(fold(label.name) for label, _ in read)
    known = {fold(x.name) for x, _ in read if often[fold(x.name)] >= (2 if mostly or is_marked(x.name) else 3)}
    said = Counter(fold(label.name) for label, words in read if _says(words[label.end :]))
    voices = {name for name in known if not is_plain(name) or said[name] >= _SOME * often[name]}
    most = 2 * sum(said[name] for name in known) >= sum(often[name] for name in known)
    talk = len(read) >= _FEWEST and len(voices) > 1 and most
    once = {fold(label.name) for label, _ in read if mostly and _is_speaker(label)}
    return frozenset(known | once if talk else ())


def _labelled(units: Sequence[str]) -> tuple[list[tuple[Label, str]], bool]:
    """Return the units with a label, and whether they are so many that the text is a transcript.

    Faint labels count where they are its main form, "Q Where?" where it recurs, "A." only beside "Q.".
    """
    read = [(label, words) for words in units if (label := read_label(words)) is not None]
    read = [(label, words) for label, words in read if not label.above or label.end < len(words)]
    asked = [label.faint for label, _ in read if label.name == "Q"]
    read = [(label, words) for label, words in read if label.name != "A" or asked]
    faint = [label for label, _ in read if label.faint and label.name not in _LETTERS]
    mostly = len(read) >= _MANY * len(units)
    if mostly and 2 * len(faint) >= len(read) and _of_people(label.name for label in faint if label.above):
        return read, mostly
    letters = sum(asked) > 1
    read = [(label, words) for label, words in read if not label.faint or (letters and label.name in _LETTERS)]
    return read, len(read) >= _MANY * len(units)


def _of_people(names: Iterable[str]) -> bool:
    """Return whether at least half of the names, each once, are more than words or name parts in a talk.

    >>> _of_people(["ANN ROE", "LINDT", "WITNESS"]), _of_people(["DESCRIPTION", "ORIGIN"])
    (True, False)
    """
    once = set(names)
    return 2 * sum(is_role(name) or not all(map(is_english, name.split())) for name in once) >= len(once)


def _is_speaker(label: Label) -> bool:
    """Return whether a label that stands but once in a transcript is somebody's."""
    if not label.faint or not label.above:
        return not label.faint
    name = label.name.title() if label.name.isupper() else label.name
    return is_role(name) or (" " in name and not name.startswith("The ") and bool(find_names(name)))


def _units(paragraphs: Sequence[str]) -> list[str]:
    """Return the paragraphs, a label that stands alone with what follows it."""
    units: list[str] = []
    for words in paragraphs:
        if units and is_bare(units[-1]) and read_label(words) is None:
            units[-1] += f"\n{words}"
        else:
            units.append(words)
    return units


def is_bare(words: str) -> bool:
    """Return whether a text is a label and nothing more.

    >>> is_bare("Ann Roe:"), is_bare("Ann Roe: No."), is_bare("No.")
    (True, False, False)
    """
    label = read_label(words)
    return label is not None and not words[label.end :].strip()


def _says(words: str) -> bool:
    return _ENDED.search(words[-12:]) is not None or _SPOKEN.search(words) is not None


def opening(text: str, known: Collection[str]) -> Label | None:
    """Return the label that a text opens with, if it is one of the known ones, folded.

    >>> opening("Ann Roe: Why?", {"ann roe"}).name, opening("Cy Voe: Well.", {"ann roe"})
    ('Ann Roe', None)
    """
    label = read_label(text[:_LOOK]) if known else None
    return label if label is not None and fold(label.name) in known else None
