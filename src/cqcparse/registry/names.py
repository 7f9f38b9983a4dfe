"""Names of councils and boards as keys: all spellings of one name give one key."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

#: What a name of a board says it is: the board, the system it runs, or only the area or acronym.
Form: TypeAlias = Literal["board", "system", "area"]
#: What a name of a council says it is, apart from the area.
Style: TypeAlias = Literal["county", "city", "borough", "london", "district", "council", ""]

_FOLD = str.maketrans(
    {
        **dict.fromkeys("'’‘ʼ.", ""),
        **dict.fromkeys("-‐‑‒–—_/,\u00a0", " "),
        "&": " and ",
    }
)
_COMPASS = re.compile(r"\b(north|south)(east|west)\b")
_BRACKETED = re.compile(r"\([^()]{0,80}\)")

#: The one council whose area is nothing without its style.
_CITY_OF_LONDON = "city of london"
_PREFIXES: tuple[tuple[str, Style], ...] = (
    ("london borough of ", "london"),
    ("london borough ", "london"),
    ("lb of ", "london"),
    ("lb ", "london"),
    ("royal borough of ", "borough"),
    ("royal borough ", "borough"),
    ("rb of ", "borough"),
    ("rb ", "borough"),
    ("royal county of ", "county"),
    ("metropolitan borough of ", "borough"),
    ("borough of ", "borough"),
    ("county borough of ", "borough"),
    ("city and county of ", "city"),
    ("city of ", "city"),
    ("county of ", "county"),
    ("council of the ", "council"),
    ("council of ", "council"),
)
_SUFFIXES: tuple[tuple[str, Style], ...] = (
    (" london borough council", "london"),
    (" london borough", "london"),
    (" lbc", "london"),
    (" metropolitan borough council", "borough"),
    (" metropolitan district council", "borough"),
    (" metropolitan borough", "borough"),
    (" metropolitan district", "borough"),
    (" royal borough council", "borough"),
    (" royal borough", "borough"),
    (" county borough council", "borough"),
    (" borough council", "borough"),
    (" county council", "county"),
    (" city and district council", "city"),
    (" city council", "city"),
    (" unitary authority", "council"),
    (" local authority", "council"),
    (" district council", "district"),
    (" council", "council"),
    (" corporation", "city"),
    (" metropolitan", "borough"),
    (" borough", "borough"),
    (" unitary", "council"),
    (" county", "county"),
    (" city", "city"),
    (" mbc", "borough"),
    (" mdc", "borough"),
    (" bc", "borough"),
    (" dc", "district"),
    (" cc", ""),
)
#: Styles behind the name, as in lists by the alphabet: "Bristol, City of".
_TURNED = re.compile(
    r"(?P<area>.+?) (?P<style>(?:(?:london|royal|metropolitan|county) )?(?:borough|city|county)"
    r"(?: and (?:county|district))? of)"
)
#: Short forms of words in the names of councils, by rule: "West Berks", "NE Lincs".
_SHORTENED = {
    "beds": "bedfordshire",
    "berks": "berkshire",
    "bucks": "buckinghamshire",
    "cambs": "cambridgeshire",
    "derbys": "derbyshire",
    "glos": "gloucestershire",
    "gloucs": "gloucestershire",
    "hants": "hampshire",
    "herts": "hertfordshire",
    "lancs": "lancashire",
    "leics": "leicestershire",
    "lincs": "lincolnshire",
    "northants": "northamptonshire",
    "northumb": "northumberland",
    "notts": "nottinghamshire",
    "oxon": "oxfordshire",
    "salop": "shropshire",
    "shrops": "shropshire",
    "staffs": "staffordshire",
    "warks": "warwickshire",
    "wilts": "wiltshire",
    "worcs": "worcestershire",
    "yorks": "yorkshire",
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
    "ne": "north east",
    "nw": "north west",
    "se": "south east",
    "sw": "south west",
    "nes": "north east somerset",
    "co": "county",
    "saint": "st",
    "boro": "borough",
    "met": "metropolitan",
}
#: What people write beside the name of a council: "Lincolnshire Council CQC".
_BESIDE = re.compile(
    r"^(?:cqc|asc|adult social care) (?=.)"
    r"|(?<=.) (?:cqc|asc|la|adult social care|adult social services|social services|england)$"
)
#: Words that lists leave out of a name or put in another order.
_SMALL = frozenset({"and", "of", "the", "with", "upon", "on", "in", "under"})
_PRINTED_PREFIX = re.compile(
    r"^(?:the )?(?:(?:london|royal|metropolitan|county) )?"
    r"(?:borough|city|county|council|corporation)(?: and county)? of (?:the )?",
    re.IGNORECASE,
)
_PRINTED_SUFFIX = re.compile(
    r"(?: (?:london|royal|metropolitan|county|city|borough|district|unitary|local)){0,3}"
    r" (?:council|corporation|authority|borough)$",
    re.IGNORECASE,
)
_BOARD_SUFFIXES: tuple[tuple[str, Form], ...] = (
    (" integrated care board", "board"),
    (" icb", "board"),
    (" integrated care system", "system"),
    (" integrated care partnership", "system"),
    (" integrated care", "area"),
    (" ics", "system"),
    (" icp", "system"),
)


class BoardName(NamedTuple):
    """A printed name of a board, taken apart."""

    #: Key of the area or acronym.
    area: str
    form: Form
    #: Whether it begins with NHS.
    nhs: bool


def key(name: str) -> str:
    """Return *name* in lower case without points, apostrophes and hyphens, "&" as "and"."""
    folded = " ".join(name.lower().translate(_FOLD).split())
    return _COMPASS.sub(r"\1 \2", folded.removeprefix("the "))


def squeeze(name: str) -> str:
    """Return the letters and digits of the key of *name*, as addresses and file names run them."""
    return "".join(char for char in key(name) if char.isalnum())


@lru_cache(maxsize=4096)  # reports say the same names many times
def council_parts(name: str) -> tuple[str, Style]:
    """Return the key of the area in the name of a council, and the style around it."""
    area, style = key(_BRACKETED.sub(" ", name)), ""
    for suffix, said in _SUFFIXES:
        if area.endswith(suffix):
            area, style = area.removesuffix(suffix), said
            break
    for prefix, said in _PREFIXES:
        if area.startswith(prefix) and area != _CITY_OF_LONDON:
            return area.removeprefix(prefix), said
    return area, style  # type: ignore[return-value]


@lru_cache(maxsize=4096)
def written_out(name: str) -> str:
    """Return the key of *name* with its short forms written out and its style in front.

    ``W. Berks`` and ``West Berkshire`` are one, and so are ``Bristol, City of`` and ``City of
    Bristol``; what is written beside the name of a council, such as "CQC", is left out.
    """
    area = _BESIDE.sub("", key(name))
    area = " ".join(_SHORTENED.get(word, word) for word in area.split())
    turned = _TURNED.fullmatch(area)
    return f"{turned['style']} {turned['area']}" if turned else area


def word_set(name: str) -> str:
    """Return the words of a key without the small ones, in the order of the alphabet."""
    words = {word.strip("()") for word in name.split()} - _SMALL
    return " ".join(sorted(words - {""}))


def short_name(name: str) -> str:
    """Return *name* as printed without the words that say what kind of council it is."""
    bare = _PRINTED_PREFIX.sub("", _PRINTED_SUFFIX.sub("", " ".join(name.split())))
    return name if key(bare) in {"", "london"} else bare


def board_parts(name: str) -> BoardName:
    """Return area and form of the printed name of a board or system."""
    area = key(_BRACKETED.sub(" ", name))
    nhs = area.startswith("nhs ")
    area, form = area.removeprefix("nhs "), "area"
    for suffix, said in _BOARD_SUFFIXES:
        if area.endswith(suffix):
            area, form = area.removesuffix(suffix), said
            break
    return BoardName(area=area, form=form, nhs=nhs)  # type: ignore[arg-type]
