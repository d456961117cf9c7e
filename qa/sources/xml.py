"""The door to the XML parser: nothing is fetched, no entity is expanded, nothing nests without end."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from qa.errors import UnreadableSource

# Real documents nest some 20 deep; the walk through the tree is recursive, so it must know its limit.
MAX_DEPTH = 120


def parse(data: bytes, declared: str = "") -> Element:
    """Return the root of the XML, `UnreadableSource` for what is malformed, dangerous or nested too deep.

    The encoding is the one that was declared beside the file, else the one that the XML states.
    """
    try:
        root: Element = fromstring(data.decode(declared) if declared else data)
    except DefusedXmlException as error:
        raise UnreadableSource("declares XML entities, which are not expanded; replace them by their text") from error
    except ParseError as error:
        raise UnreadableSource(f"is no well-formed XML ({error}); correct it there") from error
    except (LookupError, ValueError) as error:
        raise UnreadableSource(f"is XML of an encoding that cannot be read ({error}); save it as UTF-8") from error
    if _too_deep(root):
        raise UnreadableSource(f"nests its XML elements more than {MAX_DEPTH} deep; that is no document")
    return root


def _too_deep(root: Element) -> bool:
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def name(element: Element) -> str:
    """Return the element's name without its namespace, "" for what is not of TEI or its extensions.

    Web pages' own elements (video players and scripts) stand in their own namespace.
    """
    tag = element.tag
    if not isinstance(tag, str) or tag.startswith("{http://www.w3.org/"):
        return ""
    return tag.rpartition("}")[2]


def attribute(element: Element, wanted: str) -> str:
    """Return the attribute of that local name, of whatever namespace, "" where there is none."""
    value = element.get(wanted)
    if value is None:
        value = next((v for key, v in element.items() if key.rpartition("}")[2] == wanted), "")
    return value


def words(element: Element) -> str:
    """Return all text inside the element, white space collapsed."""
    return " ".join("".join(element.itertext()).split())
