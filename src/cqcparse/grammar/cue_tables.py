"""The words of ``cues.toml``: which verbs begin, make, supply, end or reduce a thing."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import attrs

from cqcparse.grammar.tokens import gerund, past
from cqcparse.model.mentions import Status

_STATUSES: tuple[Status, ...] = ("new", "planned", "existing", "reduced", "ended")


@attrs.frozen(kw_only=True)
class CueTables:
    """The tables of ``cues.toml``, with every form of their verbs."""

    #: Status by the word in front of a phrase that says it.
    before: dict[str, Status]
    #: Class of a verb with an object, by its base form.
    base: dict[str, str]
    #: The same by its past form.
    past: dict[str, str]
    #: The same by its -ing form.
    gerund: dict[str, str]
    #: Class of a verb without an object, by its base form.
    bare: dict[str, str]
    #: The same by its past form.
    finished: dict[str, str]


@cache
def cue_tables() -> CueTables:
    """Return the tables of ``cues.toml``."""
    data = _data()
    verbs = {verb: kind for kind, words in data["verbs"].items() for verb in words.split()}
    alone = {verb: kind for kind, words in data["intransitive"].items() for verb in words.split()}
    return CueTables(
        before={word: kind for kind in _STATUSES for word in data["before"].get(kind, "").split()},
        base=verbs,
        past=_past_forms(verbs, data["irregular"]),
        gerund={gerund(verb): kind for verb, kind in verbs.items()},
        bare=alone,
        finished=_past_forms(alone, data["irregular"]),
    )


@cache
def cue_words(name: str) -> frozenset[str]:
    """Return one of the sets of words of ``cues.toml``."""
    return frozenset(_data()["sets"][name].split())


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__package__) / "cues.toml").read_text("utf-8"))


def _past_forms(verbs: dict[str, str], irregular: dict[str, str]) -> dict[str, str]:
    return {
        form: kind
        for verb, kind in verbs.items()
        for form in irregular.get(verb, past(verb)).split()
    }
