"""People and places: every spelling of a name, one canonical form."""

from qa.names.additions import load_additions
from qa.names.keys import key, same_name
from qa.names.mentions import NameMention, find_names
from qa.names.parts import PersonName, parse_name
from qa.names.people import People
from qa.names.places import canonical_places, country_words, place_variants
from qa.names.records import Addition, Person, PersonMention, Sighting

__all__ = [
    "Addition",
    "NameMention",
    "People",
    "Person",
    "PersonMention",
    "PersonName",
    "Sighting",
    "canonical_places",
    "country_words",
    "find_names",
    "key",
    "load_additions",
    "parse_name",
    "place_variants",
    "same_name",
]
