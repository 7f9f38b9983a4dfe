"""Run as a script: try every pattern of the package and its plugins on texts made to stall it.

Patterns are caught where they are compiled: when all modules are imported and the reports are
parsed. What does not hold is printed, a line each, and then how many there are.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import pkgutil
import re
import signal
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import regex

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("cqcparse", "cqcparse_figures", "cqcparse_findings", "cqcparse_legislation")
#: Pattern, its flags and its engine -> where it stands.
FOUND: dict[tuple[str | bytes, int, Any], str] = {}

_SECONDS = 10.0  # what is not exponential takes a second at most
_NOTED = 0.05  # seconds below which growth is not looked at
#: Times as long for twice the text: 2 is linear, 4 quadratic. A pattern is tried at every place of
#: a text here, though most are only asked to match at one, so there the square goes.
_LINEAR, _SQUARE = 3, 6


class _OutOfTimeError(BaseException):
    pass


def main() -> None:
    """Print the patterns that take too long, and how many there are."""
    _catch(re)
    _catch(regex)
    _use_everything()
    from cqcparse.grammar.pattern_limits import shape_of

    signal.signal(signal.SIGVTALRM, _give_up)
    for (pattern, flags, engine), place in FOUND.items():
        is_text = isinstance(pattern, str)
        shape = shape_of(pattern if isinstance(pattern, str) else pattern.decode("latin-1"))
        compiled = engine.compile(pattern, flags)
        for texts in zip(*(shape.hard_texts(times) for times in (1, 2, 4, 8)), strict=True):
            found = [text if is_text else text.encode("latin-1", "replace") for _, text in texts]
            if problem := _problem(compiled, found):
                sys.stdout.write(f"{place}: {pattern!r:.99} on {texts[0][0]!r:.40} {problem}\n")
                break
    sys.stdout.write(f"{len(FOUND)}\n")


def _problem(compiled: Any, texts: list[Any]) -> str | None:  # noqa: ANN401 - of two engines
    """Return what is wrong on a text and two, four and eight times as much of it."""
    found = [_time(partial(_find_all, compiled, text)) for text in texts[:2]]
    matched = [_time(partial(compiled.match, text)) for text in texts]
    if None in found or None in matched:
        return "has no end"
    for times, most in ((found, _SQUARE), (matched, _LINEAR)):
        *_, before, last = (seconds or 0.0 for seconds in times)
        if last > _NOTED and last > most * before:
            return f"grows: {times}"
    return None


def _find_all(compiled: Any, text: Any) -> None:  # noqa: ANN401 - of two engines
    for _ in compiled.finditer(text):
        pass


def _time(work: Callable[[], object]) -> float | None:
    """Return the seconds of processor time that *work* takes, or None if it is too long."""
    start = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, _SECONDS)
    try:
        work()
    except _OutOfTimeError:
        return None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - start


def _give_up(_number: int, _frame: object) -> None:
    raise _OutOfTimeError


def _catch(engine: Any) -> None:  # noqa: ANN401 - a module
    """Note what the project compiles from now on."""
    original = engine.compile
    homes = tuple(map(str, _homes()))

    def compile_(pattern: Any, flags: int = 0, **more: Any) -> Any:  # noqa: ANN401 - as it was
        compiled = original(pattern, flags, **more)
        frame = sys._getframe(1)
        place = f"{frame.f_code.co_filename}:{frame.f_lineno}"
        if place.startswith(homes) and "pattern_limits" not in place:
            FOUND.setdefault((compiled.pattern, int(flags), engine), place)
        return compiled

    engine.compile = compile_


def _use_everything() -> None:
    """Import all modules, parse all reports, and compile what is written at a call."""
    for name in _modules():
        importlib.import_module(name)
    import cqcparse
    from cqcparse.grammar import quantity_patterns

    parser = cqcparse.Parser()
    for report in sorted((ROOT / "seeds").glob("*.txt")):
        parser.read(report)
    quantities = Path(quantity_patterns.__file__).with_name("quantities.toml")
    for name in tomllib.loads(quantities.read_text("utf-8"))["patterns"]:
        quantity_patterns.pattern(name)
    for folder in _homes():
        for file in folder.rglob("*.py"):
            for pattern, line in _at_calls(file):
                FOUND.setdefault((pattern, 0, re), f"{file}:{line}")


def _homes() -> Iterator[Path]:
    """Yield where the packages are installed: in the checkout, or from a wheel."""
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        assert spec is not None
        yield from map(Path, spec.submodule_search_locations or ())


def _modules() -> Iterator[str]:
    for name in PACKAGES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.endswith(("__main__", "_worker")):
                yield module.name


def _at_calls(file: Path) -> Iterator[tuple[str | bytes, int]]:
    """Yield the patterns that are given to functions of the two modules where they are called."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        of = node.func.value
        first = node.args[0] if node.args else None
        is_engine = isinstance(of, ast.Name) and of.id in {"re", "regex"}
        value = first.value if isinstance(first, ast.Constant) else None
        if is_engine and isinstance(value, (str, bytes)):
            yield value, node.lineno


if __name__ == "__main__":
    main()
