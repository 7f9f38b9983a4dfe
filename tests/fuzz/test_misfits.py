"""Data files with a value that does not belong where it stands: refused in a sentence, or usable."""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest

from tests.fuzz.targets import FOLDER, TARGETS

pytestmark = pytest.mark.no_cover

Value: TypeAlias = Any
Place: TypeAlias = tuple[str | int, ...]

MISFITS: tuple[Value, ...] = (
    *("", " ", "x", "[", "(", "word(none)", "x(a=1): #", "a" * 2_000, "\ud800"),
    *(-1, 10**17, 1.5, True, [], [[]], ["x"], [1], {}, {"x": 1}, {"x": {"y": []}}, None),
)


def as_toml(data: dict[str, Value]) -> bytes:
    """Return tables as a TOML file in which everything stands in one line with its key."""
    lines = (f"{json.dumps(key)} = {_value(value)}\n" for key, value in data.items())
    return "".join(lines).encode(errors="surrogatepass")


def _value(value: Value) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False)


def as_lines(data: list[Value]) -> bytes:
    """Return values as JSON Lines."""
    return "".join(f"{json.dumps(one)}\n" for one in data).encode()


def _of_toml(data: bytes) -> Value:
    return tomllib.loads(data.decode())


def _of_lines(data: bytes) -> Value:
    return [json.loads(line) for line in data.decode().splitlines()]


FILES: dict[str, tuple[str, Callable[[bytes], Value], Callable[[Value], bytes]]] = {
    "lexicon": ("small.toml", _of_toml, as_toml),
    "profile": ("small.toml", _of_toml, as_toml),
    "rules": ("whole.toml", _of_toml, as_toml),
    "gold": ("small.jsonl", _of_lines, as_lines),
    "manifest": ("one.jsonl", _of_lines, as_lines),
}


def places(data: Value, here: Place = ()) -> Iterator[Place]:
    """Yield the place of every value within *data*."""
    if here:
        yield here
    if isinstance(data, (dict, list)):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from places(value, (*here, key))


@pytest.mark.parametrize("each", [3, pytest.param(1, marks=pytest.mark.ci)])
@pytest.mark.parametrize("name", FILES)
def test_every_place_holds_out_against_what_does_not_belong_there(name: str, each: int) -> None:
    """Each value is left out, or one of another type or meaning stands in its place.

    Of those that may stand there all are tried, or each third in turn.
    """
    file, read, write = FILES[name]
    sound = read((FOLDER / "corpus" / name / file).read_bytes())
    TARGETS[name].check(write(sound))
    for number, (*way, key) in enumerate(places(sound)):
        for misfit in (*MISFITS, KeyError)[number % each :: each]:
            data = copy.deepcopy(sound)
            holder = data
            for step in way:
                holder = holder[step]
            if misfit is KeyError:
                del holder[key]
            else:
                holder[key] = misfit
            TARGETS[name].check(write(data))
