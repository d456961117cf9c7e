"""Records to JSON and back: one strict, typed rule for every frozen dataclass of the package.

A record is an object with its fields by name (those with their default value left out), a `Span` is `[start, end]`,
a tuple a list, a `StrEnum` its value, `None` null. Reading refuses what the types do not allow.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from qa.spans import Span

T = TypeVar("T")
Json = Any  # what the json module reads and writes
Reader = Callable[[Json], Any]


def to_json(value: object, whole: bool = False) -> Json:
    """Return the JSON value of a record, or of anything that records are made of.

    Args:
        value: The record.
        whole: Write fields that have their default value too, for a reader who does not know the defaults.

    >>> to_json((Span(1, 4), None, "a"))
    [[1, 4], None, 'a']
    """
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, Mapping):
        return {str(key): to_json(item, whole) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_json(item, whole) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _object(value, whole)
    raise TypeError(f"{type(value).__name__} has no JSON form here")


def _object(record: Any, whole: bool) -> Json:  # noqa: ANN401 (any dataclass)
    items = ((field, getattr(record, field.name)) for field in dataclasses.fields(record))
    return {field.name: to_json(item, whole) for field, item in items if whole or item != _default(field)}


def _default(field: dataclasses.Field[Any]) -> object:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def from_json(kind: type[T], value: Json) -> T:
    """Return the record of a JSON value.

    Raises:
        ValueError: The value is not of the kind; the message says where.

    >>> from_json(tuple[Span, ...], [[1, 4]])
    (Span(start=1, end=4),)
    """
    alias: Any = kind
    result: T = _reader(alias)(value)
    return result


@cache
def _reader(kind: Any) -> Reader:  # noqa: ANN401 (a type or a generic alias)
    """Return the function that reads values of a type; made once a type."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _optional(kind)
    if origin is tuple:
        return _tuple(kind)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(kind)
    if kind is Span:
        return _span
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _record(kind)
    if kind in (str, int, bool, float, NoneType):
        return _plain(kind)
    raise TypeError(f"no rule to read {kind}")


def _plain(kind: type) -> Reader:
    def read(value: Json) -> object:
        if type(value) is kind or (kind is float and type(value) is int):
            return value
        raise ValueError(f"{value!r} is no {kind.__name__}")

    return read


def _span(value: Json) -> Span:
    match value:
        case [int(start), int(end)]:
            return Span(start, end)
    raise ValueError(f"{value!r} is no span")


def _optional(kind: Any) -> Reader:  # noqa: ANN401
    options = [option for option in get_args(kind) if option is not NoneType]
    if len(options) != 1:
        raise TypeError(f"no rule to read {kind}")
    inner = _reader(options[0])
    return lambda value: None if value is None else inner(value)


def _tuple(kind: Any) -> Reader:  # noqa: ANN401
    arguments = get_args(kind)
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        item = _reader(arguments[0])
        return lambda value: tuple(map(item, _list(value)))
    readers = [_reader(argument) for argument in arguments]

    def read(value: Json) -> tuple[object, ...]:
        if len(_list(value)) != len(readers):
            raise ValueError(f"{value!r} has not {len(readers)} items")
        return tuple(reader(item) for reader, item in zip(readers, value, strict=True))

    return read


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is no list")
    return value


def _mapping(kind: Any) -> Reader:  # noqa: ANN401
    key, item = map(_reader, get_args(kind))

    def read(value: Json) -> dict[object, object]:
        if not isinstance(value, dict):
            raise ValueError(f"{value!r} is no object")
        return {key(name): item(inner) for name, inner in value.items()}

    return read


def _record(kind: type) -> Reader:
    hints = get_type_hints(kind)
    fields = dataclasses.fields(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields}
    needed = {field.name for field in fields if _default(field) is dataclasses.MISSING}

    def read(value: Json) -> object:
        if not isinstance(value, dict):
            raise ValueError(f"{value!r} is no {kind.__name__}")
        if wrong := (needed - value.keys()) | (value.keys() - readers.keys()):
            raise ValueError(f"{kind.__name__}: missing or unknown: {', '.join(sorted(wrong))}")
        return kind(**{name: readers[name](item) for name, item in value.items()})

    return read
