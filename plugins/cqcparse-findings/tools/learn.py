"""Learn the weights of polarity and of data from labelled sentences, and say how good they are.

    python tools/learn.py            write src/cqcparse_findings/weights.json
    python tools/learn.py --measure  print figures: each page is read with weights of others

It needs numpy, which the environment of the repository has. Sealed pages (``blind``) are never read
here.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import TypeAlias

import attrs
import numpy as np
from cqcparse_findings import Findings
from cqcparse_findings.extractor import read_paragraphs
from cqcparse_findings.mention import Finding, Voice
from cqcparse_findings.polarity import evidence_of
from cqcparse_findings.weighing import (
    BIAS,
    POLARITIES,
    Learned,
    chances,
    learned_of,
    learned_weights,
    rests_on_data,
    share_of_each,
)
from cqcparse_findings.wording import Wording, parts_of, wording_of
from numpy.typing import NDArray

import cqcparse

#: The weights in a row.
Vector: TypeAlias = NDArray[np.float64]

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parents[1]
GOLD = ROOT / "tests" / "quality" / "gold"
#: The folders of gold with findings that may be learned from.
OPEN = (
    *(".", "invented", "invented-a", "invented-b", "invented-c"),
    *("fresh-1", "fresh-2", "fresh-3", "fresh-4", "fresh-5", "fresh-6", "fresh-7", "fresh-8"),
)
#: Pages in tests/labelled that are pages of ``OPEN`` by a second marker.
SECOND = ("dev", "held", "fresh", "fresh2", "fresh3")
#: Pages in tests/labelled that are never learned from.
SEALED = "blind-"

#: Written by somebody who had seen errors in these rounds: they are not measured with it.
SEEN = {"taught-kinds": ("fresh-4", "fresh-5")}

#: How the names of pages by strangers begin, and what a sentence of them counts, seen against one
#: of others.
STRANGERS = ("fresh-", "train6", "told7", "told8", "told9", "told10")
FRESH = 1.5
#: How much large weights of features, of wording, and of wording that tells data from nobody cost,
#: against the loss of one sentence.
PENALTY, WORDING, DATA = 2.0, 0.2, 0.9
#: What fewer sentences have is left out.
LEAST = 4
#: Wording that is never printed in small letters is left out if fewer pages have it: the names of
#: one council and its partners teach nothing of others; "England" does.
NAMED = 10
_SMALL = re.compile(r"(?<!\w)[a-z][\w'’-]*")
#: How much likelier neutral and strength are made than the labels do. Where one round after the
#: other is left out, this takes strength from a precision of 0.82 to 0.86, and one right sentence
#: in a hundred.
TILT = {"neutral": 1.2, "strength": 0.68}
#: Folds of pages, and steps of the search.
FOLDS, STEPS = 10, 60
#: No step of the search is shorter.
SMALLEST = 1e-8


#: The weights of a feature or a word, in hundredths.
Table: TypeAlias = dict[str, tuple[int, ...]]


@attrs.frozen
class Row:
    """A labelled sentence."""

    text: str
    #: How much each feature counts, in tenths.
    features: dict[str, int]
    #: Its words in lower case, whose voice it is, and whether its words tell data from nobody.
    low: tuple[str, ...]
    voice: Voice
    is_open: bool
    page: str = ""
    #: The voice that it was given, by the first who marked it.
    said: str = ""
    #: The polarities that it was given, by one marker or two.
    labels: tuple[str, ...] = ()


class Gatherer(Findings):
    """Keeps the text and the features of each sentence, by where it starts."""

    def __init__(self) -> None:
        self.sentences: dict[int, Row] = {}

    def extract(self, view: cqcparse.View) -> Iterator[Finding]:
        """Gather the features; find nothing."""
        learned = learned_weights()
        wording = Wording(view.layers.low, learned.forms, learned.pairs)
        self.sentences = {
            sentence.span.start: Row(
                sentence.text,
                evidence_of(reading, heard).features,
                tuple(reading.low[reading.first : reading.last + 1]),
                heard.voice,
                heard.is_open,
            )
            for paragraph in read_paragraphs(view, wording)
            for sentence, reading, heard in paragraph
            if reading
        }
        yield from ()


#: The polarity and the voice of a sentence.
Label: TypeAlias = tuple[str, str]


def labelled_pages(parser: cqcparse.Parser) -> Iterator[tuple[str, dict[int, Label] | list[Label]]]:
    """Read each labelled page; yield its name, and its labels by start or in order."""
    for folder in OPEN:
        for path in sorted((GOLD / folder).glob("*.jsonl")):
            if path.name.endswith(".unsure.jsonl"):
                continue
            lines = map(json.loads, path.read_text("utf-8").splitlines())
            labels = {
                g["start"]: (g["polarity"], g["voice"]) for g in lines if g["kind"] == "finding"
            }
            text = (ROOT / "seeds" if folder == "." else path.parent) / f"{path.stem}.txt"
            if labels:
                parser.read(text)
                yield f"{folder}/{path.stem}", labels
    for path in sorted((HERE / "tests" / "labelled").glob("*.txt")):
        if path.name.startswith(SEALED):
            continue
        paragraphs = path.read_text("utf-8").strip().split("\n\n")
        rows = [[line.split(": ", 1) for line in p.split("\n")] for p in paragraphs]
        page = "Learning, improvement and innovation\nKey findings for this quality statement\n\n"
        parser.parse(page + "\n\n".join(" ".join(text for _, text in row) for row in rows))
        labelled = [label.split() for row in rows for label, _ in row]
        yield path.stem, [(polarity, " ".join(voice)) for polarity, *voice in labelled]


def load_rows() -> tuple[list[Row], list[tuple[str, str]]]:
    """Return the labelled sentences, and the pairs of labels of those that two people marked."""
    gatherer = Gatherer()
    parser = cqcparse.Parser([*cqcparse.Parser(plugins=False).extractors, gatherer], plugins=False)
    rows: dict[str, Row] = {}
    pairs = []
    for name, marks in labelled_pages(parser):
        starts = gatherer.sentences
        labels = dict(zip(starts, marks, strict=True)) if isinstance(marks, list) else marks
        for start, row in starts.items():
            if start not in labels:
                continue
            known, (polarity, voice) = rows.get(row.text), labels[start]
            if known is None:
                rows[row.text] = attrs.evolve(row, page=name, labels=(polarity,), said=voice)
            elif name.split("-")[0] in SECOND:
                rows[row.text] = attrs.evolve(known, labels=(*known.labels, polarity))
                pairs.append((known.labels[0], polarity))
    return list(rows.values()), pairs


def learn(rows: Sequence[Row]) -> tuple[Table, Table]:
    """Return the weights that make the labels likeliest, of features and of wording."""
    names = _names(rows)
    counted = [FRESH if row.page.startswith(STRANGERS) else 1.0 for row in rows]
    data = _learn_data(rows, names)
    spoken = [_heard(row, learned_of({BIAS: ()}, data)) for row in rows]
    wanted = [[row.labels.count(p) / len(row.labels) for p in POLARITIES] for row in rows]
    amounts = [{name: n / 10 for name, n in row.features.items()} for row in spoken]
    features = _learn(amounts, wanted, counted, PENALTY)
    bias = [*features[BIAS]]
    for polarity, times in TILT.items():  # half of both is heard
        bias[POLARITIES.index(polarity)] += round(200 * math.log(times))
    amounts = [_wording(row, names, row.voice) for row in spoken]
    wording = _learn(amounts, wanted, counted, WORDING)
    nothing = (0,) * len(POLARITIES)
    both = {
        name: (*wording.get(name, nothing), data.get(name, (0,))[-1])
        for name in sorted({*wording, *data})
    }
    return {**features, BIAS: tuple(bias)}, both


def _learn_data(rows: Sequence[Row], names: Collection[str]) -> Table:
    """Return the weights of wording that tell data from nobody, as the last of each row."""
    silent = [row for row in rows if row.is_open and row.said in ("assessor", "data")]
    amounts = [_wording(row, names) for row in silent]
    wanted = [[row.said == "assessor", row.said == "data"] for row in silent]
    found = _learn(amounts, wanted, [1.0] * len(silent), DATA)
    return {
        name: (*(0 for _ in POLARITIES), data - nobody) for name, (nobody, data) in found.items()
    }


def _heard(row: Row, learned: Learned) -> Row:
    """Return a sentence with the voice that the weights of wording give it."""
    if not row.is_open:
        return row
    weighed = Wording(row.low, learned.forms, learned.pairs).weigh(0, len(row.low) - 1)
    voice: Voice = "data" if rests_on_data(weighed, len(row.low), learned) else "assessor"
    features = dict(row.features)
    features[f"voice {voice}"] = features.pop(f"voice {row.voice}")
    return attrs.evolve(row, voice=voice, features=features)


def _wording(row: Row, names: Collection[str], voice: Voice | None = None) -> dict[str, float]:
    """Return how much the wording of a sentence counts, but for names."""
    share = share_of_each(len(row.low))
    counted = Counter(wording_of(row.low, voice))
    return {gram: n * share for gram, n in counted.items() if gram not in names}


def _names(rows: Sequence[Row]) -> frozenset[str]:
    """Return the wording with a word that only few pages have, and none in small letters."""
    small = {word for row in rows for word in _SMALL.findall(row.text)}
    plain = {part for word in small for part in parts_of(word.replace("’", "'"))}
    pages: dict[str, set[str]] = {}
    for row in rows:
        for part in chain.from_iterable(map(parts_of, row.low)):
            if part not in plain and any(map(str.isalpha, part)):
                pages.setdefault(part, set()).add(row.page)
    few = {part for part, of in pages.items() if len(of) < NAMED}
    pairs = {f"{a} {b}" for row in rows for a, b in pairwise(row.low) if few & {a, b}}
    return frozenset(few | pairs)


def _learn(
    amounts: Sequence[Mapping[str, float]],
    shares: Sequence[Sequence[float]],
    times: Sequence[float],
    penalty: float,
) -> Table:
    """Return the weights of all that is counted in some sentences: softmax regression.

    Args:
        amounts: How much counts what in each.
        shares: How far each is of each class.
        times: How much each counts.
        penalty: How much large weights cost.
    """
    counts = Counter(name for row in amounts for name in row)
    names = [BIAS, *sorted(name for name, count in counts.items() if count >= LEAST)]
    place = {name: i for i, name in enumerate(names)}
    kept = [
        [(0, 1.0), *((place[name], value) for name, value in row.items() if name in place)]
        for row in amounts
    ]
    columns = np.array([at for row in kept for at, _ in row])
    values = np.array([value for row in kept for _, value in row])
    starts = np.cumsum([0, *(len(row) for row in kept[:-1])])
    owners = np.repeat(np.arange(len(kept)), [len(row) for row in kept])
    counted, wanted = np.array(times), np.array(shares, dtype=float)
    shape = (len(names), wanted.shape[1])

    def cost(point: Vector) -> tuple[float, Vector]:
        weights = point.reshape(shape)
        scores = np.add.reduceat(weights[columns] * values[:, None], starts)
        scores -= scores.max(axis=1, keepdims=True)
        chance = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        loss = -(counted[:, None] * wanted * np.log(np.maximum(chance, 1e-12))).sum()
        error = (counted[:, None] * (chance - wanted))[owners] * values[:, None]
        slope = np.stack([np.bincount(columns, e, len(names)) for e in error.T], axis=1)
        free = weights.copy()
        free[0] = 0  # the bias is not held down
        return float(loss + penalty / 2 * (free**2).sum()), (slope + penalty * free).ravel()

    found = _descend(cost, np.zeros(shape[0] * shape[1])).reshape(shape)
    return {
        name: tuple(round(100 * float(weight)) for weight in found[at])
        for name, at in place.items()
    }


def _descend(cost: Callable[[Vector], tuple[float, Vector]], start: Vector) -> Vector:
    """Return where *cost* is least, by the method of Broyden and others with little memory."""
    point, (value, slope) = start, cost(start)
    memory: list[tuple[Vector, Vector]] = []
    for _ in range(STEPS):
        direction, undone = -slope, []
        for move, change in reversed(memory):
            share = (move @ direction) / (move @ change)
            undone.append(share)
            direction = direction - share * change
        if memory:
            move, change = memory[-1]
            direction = direction * (move @ change) / (change @ change)
        for (move, change), share in zip(memory, reversed(undone), strict=True):
            direction = direction + (share - (change @ direction) / (move @ change)) * move
        size, fall = (1.0 if memory else 0.01), slope @ direction
        while True:
            there = point + size * direction
            reached, steepness = cost(there)
            if reached <= value + 1e-4 * size * fall or size < SMALLEST:
                break
            size /= 2
        move, change = there - point, steepness - slope
        if value - reached < 1e-5 * value or move @ change <= 0:
            return there
        memory = [*memory[-9:], (move, change)]
        point, value, slope = there, reached, steepness
    return point


def measure(rows: Sequence[Row]) -> None:
    """Print how often polarities are right, each page read with weights of other pages.

    Pages by strangers are read with weights that know no page of their round.
    """
    pages = sorted({row.page for row in rows})
    random.Random(1).shuffle(pages)  # noqa: S311  # the same each time
    rounds = {page: re.split("[-/]", page)[0] for page in pages if page.startswith(STRANGERS)}
    rounds |= {page: page.split("/")[0] for page in pages if page.startswith("fresh-")}
    fold = {page: rounds.get(page, str(i % FOLDS)) for i, page in enumerate(pages)}
    found: list[tuple[str, str, str, float]] = []
    voices: list[tuple[str, str, str]] = []
    for left_out in sorted(set(fold.values())):
        known = [
            row
            for row in rows
            if fold[row.page] != left_out and left_out not in SEEN.get(row.page, ())
        ]
        weights = learned_of(*learn(known))
        for one in rows:
            if fold[one.page] == left_out:
                row = _heard(one, weights)
                voices.append((row.page, row.said, row.voice))
                wording = Wording(row.low, weights.forms, weights.pairs)
                weighed = wording.weigh(0, len(row.low) - 1, row.voice)
                likely = chances(row.features, weighed, len(row.low), weights)
                best = POLARITIES[max(range(len(likely)), key=likely.__getitem__)]
                found.append((row.page, row.labels[0], best, max(likely)))
    for name in sorted({*rounds.values()}):
        report(name, [(a, b) for page, a, b, _ in found if rounds.get(page) == name])
        heard = [(a, b) for page, a, b in voices if rounds.get(page) == name and a]
        print(f"{name} voice {accuracy(heard):.3f} of {len(heard)}")
    for name, prefix in {"reports": "./", "invented": "invented", "told": "told-"}.items():
        report(name, [(a, b) for page, a, b, _ in found if page.startswith(prefix)])
    fresh = [row for row in found if row[0] in rounds]
    report("rounds", [(a, b) for _, a, b, _ in fresh])
    heard = [(a, b) for page, a, b in voices if page in rounds and a]
    print(f"rounds voice {accuracy(heard):.3f} of {len(heard)}")
    for least in (0.5, 0.6, 0.7, 0.8):
        sure = [(a, b) for _, a, b, likely in fresh if likely >= least]
        print(f"likelihood {least} share {len(sure) / len(fresh):.2f} right {accuracy(sure):.2f}")
        report(f"likelihood {least}", sure)


def report(name: str, pairs: Sequence[tuple[str, str]]) -> None:
    """Print accuracy and macro F1 with their intervals, and precision and recall by class."""
    draws = random.Random(1)  # noqa: S311  # the same each time
    samples = [draws.choices(pairs, k=len(pairs)) for _ in range(1000)]
    for label, figure in (("accuracy", accuracy), ("macro F1", macro_f1)):
        spread = sorted(figure(sample) for sample in samples)
        low, high = spread[25], spread[974]
        print(f"{name} {len(pairs)} {label} {figure(pairs):.2f} ({low:.2f}-{high:.2f})")
    baseline = Counter(a for a, _ in pairs).most_common(1)[0]
    print(f"{name} always {baseline[0]} {baseline[1] / len(pairs):.2f}")
    for label in POLARITIES:
        right = sum(a == b == label for a, b in pairs)
        said, there = sum(b == label for _, b in pairs), sum(a == label for a, _ in pairs)
        print(f"{name} {label} {right / (said or 1):.2f} {right / (there or 1):.2f} of {there}")


def accuracy(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the share of pairs that agree."""
    return sum(a == b for a, b in pairs) / len(pairs)


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the mean F1 over the polarities that are there."""
    there, said = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    both = Counter(a for a, b in pairs if a == b)
    return sum(2 * both[label] / (there[label] + said[label]) for label in there) / len(there)


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Return Cohen's kappa of two markers: how far they agree beyond chance."""
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[label] * second[label] for label in first) / len(pairs) ** 2
    return (accuracy(pairs) - chance) / (1 - chance)


def main() -> None:
    """Write the weights, or print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true", help="print figures, write nothing")
    rows, pairs = load_rows()
    if parser.parse_args().measure:
        print(f"two markers {len(pairs)} agree {accuracy(pairs):.2f} kappa {kappa(pairs):.2f}")
        measure(rows)
        return
    judges = []
    for judge, weights in zip(("features", "wording"), learn(rows), strict=True):
        kept = {name: list(row) for name, row in weights.items() if any(row)}
        lines = ",\n".join(f"{json.dumps(name, ensure_ascii=False)}: {kept[name]}" for name in kept)
        judges.append(f'"{judge}": {{\n{lines}\n}}')
        print(f"{len(kept)} of {judge} from {len(rows)} sentences")
    path = HERE / "src" / "cqcparse_findings" / "weights.json"
    path.write_text("{\n" + ",\n".join(judges) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
