"""Plugins that are broken, each in a way of its own: what stands in the place of sound code.

A plugin is a preamble, and a form of the table that has it, with the lines of the table filled in.
Beside those that must be named stand those that do no harm and need no word, in ``QUIET``.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

PREAMBLE = """
import asyncio, decimal, functools, gc, locale, logging, os, random, sys, threading, time, warnings
from pathlib import Path
from typing import Any, ClassVar
import attrs
import cqcparse
from cqcparse import Document, Exporter, Funding, Mention, Partner, Quote, Reader, Reading
from cqcparse import Service, Span, hookimpl
from cqcparse.extraction import BaseExtractor
from cqcparse.grammar import Entry, Lexicon
from cqcparse.model import Block, Reference


@attrs.frozen(kw_only=True)
class Town(Mention):
    kind: ClassVar[str] = "town"
    size: float | None = None
    note: str | None = None
    seen: Quote | None = None
    near: Reference | None = None


def town(view, start=0, end=4, **more):
    text = view.document.text[start:end]
    return Town(**{"span": Span(start, end), "text": text, **more})


class Sound(BaseExtractor):
    name = "bad"
    produces = (Town,)

    def extract(self, view):
        yield town(view)


class NoRepr:
    def __repr__(self):
        raise ValueError
"""

SOUND_HOOK = """
@hookimpl
def cqcparse_extractors():
    return [Sound()]
"""
#: What is in the place of a module.
AT_IMPORT = {
    "raises": "raise ValueError('no')",
    "raises without end": "raise ValueError('no' * 100_000)",
    "raises what cannot be printed": "class E(Exception):\n    def __str__(self): raise E\nraise E",
    "raises a surrogate": "raise ValueError('\\ud800')",
    "raises a group": "raise ExceptionGroup('g', [ValueError(), ExceptionGroup('h', [KeyError()])])",
    "raises BaseException": "raise BaseException('no')",
    "exits": "sys.exit(3)",
    "exits with a text": "raise SystemExit('bye')",
    "is interrupted": "raise KeyboardInterrupt",
    "closes a generator": "raise GeneratorExit",
    "stops an iteration": "raise StopIteration",
    "is no Python": "def (",
    "is badly indented": "  x = 1\n y = 2",
    "has a null character": "x = '\0'",
    "is too deep": "x = " + "(" * 300 + ")" * 300,
    "imports what is not there": "import no_such_module_anywhere",
    "imports a name that is not there": "from cqcparse import no_such_name",
    "imports itself": "import bad.bad.bad",
    "lacks memory": "raise MemoryError",
    "recurses": "def f(): return f()\nf()",
    "divides by zero": "1 / 0",
    "never ends": "while True: pass",
    "sleeps": "time.sleep(2)",
    "cannot be unpacked": "a, b = 1,",
    "asserts": "assert False, NoRepr()",
    "waits for a coroutine": "asyncio.run(asyncio.wait_for(asyncio.sleep(9), 0.001))",
    "has a warning as an error": "warnings.simplefilter('error')\nwarnings.warn('old')",
    "breaks a class": "class Odd(Town, Mention, Town): pass",
    "has a class of two minds": "@attrs.frozen\nclass Odd(Town):\n    x: int = 1\n    y: int",
    "has a later contract": "cqcparse_contract = '>=9'",
    "has a contract that is none": "cqcparse_contract = 'many'",
    "has a contract in a list": "cqcparse_contract = [1]",
}

#: What is in the place of the hook.
HOOKS = {
    "is not there": "",
    "is not marked": "def cqcparse_extractors(): return [Sound()]",
    "is misspelt": "@hookimpl\ndef cqcparse_extractor(): return [Sound()]",
    "takes what there is not": "@hookimpl\ndef cqcparse_extractors(parser): return [Sound()]",
    "takes too much": "@hookimpl\ndef cqcparse_extractors(context, more): return [Sound()]",
    "is a class": "@hookimpl\nclass cqcparse_extractors: pass",
    "returns a number": "@hookimpl\ndef cqcparse_extractors(): return 1",
    "returns a string": "@hookimpl\ndef cqcparse_extractors(): return 'bad'",
    "returns bytes": "@hookimpl\ndef cqcparse_extractors(): return b'bad'",
    "returns a dictionary": "@hookimpl\ndef cqcparse_extractors(): return {'bad': Sound()}",
    "returns one": "@hookimpl\ndef cqcparse_extractors(): return Sound()",
    "returns a class": "@hookimpl\ndef cqcparse_extractors(): return [Sound]",
    "returns nothing in a list": "@hookimpl\ndef cqcparse_extractors(): return [None]",
    "returns lists": "@hookimpl\ndef cqcparse_extractors(): return [[Sound()]]",
    "returns one twice": "@hookimpl\ndef cqcparse_extractors():\n    return [Sound(), Sound()]",
    "returns too many": "@hookimpl\ndef cqcparse_extractors(): return [Sound()] * 2000",
    "returns no end": "@hookimpl\ndef cqcparse_extractors():\n    while True: yield Sound()",
    "is a coroutine": "@hookimpl\nasync def cqcparse_extractors(): return [Sound()]",
    "is an asynchronous generator": "@hookimpl\nasync def cqcparse_extractors(): yield Sound()",
    "raises": "@hookimpl\ndef cqcparse_extractors(): raise ValueError('no')",
    "raises in the middle": "@hookimpl\ndef cqcparse_extractors():\n    yield Sound()\n    raise KeyError",
    "exits": "@hookimpl\ndef cqcparse_extractors(): sys.exit()",
    "is interrupted": "@hookimpl\ndef cqcparse_extractors(): raise KeyboardInterrupt",
    "recurses": "@hookimpl\ndef cqcparse_extractors(): return cqcparse_extractors()",
    "never ends": "@hookimpl\ndef cqcparse_extractors():\n    while True: pass",
    "corrects with a number": "@hookimpl\ndef cqcparse_correctors(): return [1]",
    "brings a string as lexicon": "@hookimpl\ndef cqcparse_lexicons(): return ['terms.toml']",
    "brings a lexicon that is not there": (
        "@hookimpl\ndef cqcparse_lexicons(): return [Path('no.toml')]"
    ),
    "brings a lexicon that is none": "@hookimpl\ndef cqcparse_lexicons(): return [Path(__file__)]",
    "brings a folder without rules": (
        "@hookimpl\ndef cqcparse_lexicons(): return [Path(__file__).parent]"
    ),
    "brings terms of no kind": (
        "@hookimpl\ndef cqcparse_lexicons():\n"
        "    return [Lexicon(kind='A B', entries=(Entry(id='x', name='x'),))]"
    ),
    "brings a profile that is none": (
        "@hookimpl\ndef cqcparse_frameworks(): return [Path(__file__)]"
    ),
    "brings a profile that is not there": (
        "@hookimpl\ndef cqcparse_frameworks(): return [Path('no.toml')]"
    ),
    "brings a number as reader": "@hookimpl\ndef cqcparse_readers(): return [1]",
    "brings a reader without suffixes": (
        "@hookimpl\ndef cqcparse_readers(): return [Reader(name='bad', read=print)]"
    ),
    "brings a reader in capitals": (
        "@hookimpl\ndef cqcparse_readers():\n"
        "    return [Reader(name='bad', read=print, suffixes=('.BAD',))]"
    ),
    "brings a reader that is no function": (
        "@hookimpl\ndef cqcparse_readers():\n"
        "    return [Reader(name='bad', read=1, suffixes=('.bad',))]"
    ),
    "brings a reader with odd options": (
        "@hookimpl\ndef cqcparse_readers():\n"
        "    return [Reader(name='bad', read=print, suffixes=('.bad',), options=1)]"
    ),
    "brings an exporter of what is written": (
        "@hookimpl\ndef cqcparse_exporters():\n"
        "    return [Exporter(name='bad', suffix='.csv', write=print)]"
    ),
    "brings an exporter without functions": (
        "@hookimpl\ndef cqcparse_exporters(): return [Exporter(name='bad', suffix='.bad')]"
    ),
    "brings an exporter without a dot": (
        "@hookimpl\ndef cqcparse_exporters():\n"
        "    return [Exporter(name='bad', suffix='bad', write=print)]"
    ),
    "brings an exporter called by a number": (
        "@hookimpl\ndef cqcparse_exporters():\n"
        "    return [Exporter(name=1, suffix='.bad', write=print)]"
    ),
    "brings a number as question": "@hookimpl\ndef cqcparse_questions(): return [1]",
}

#: What an extractor says of itself, in the place of what a sound one says.
DECLARATIONS = {
    "no name": "name = None",
    "an empty name": "name = ''",
    "a number as name": "name = 1",
    "a name with spaces": "name = 'bad one'",
    "a name without end": "name = 'bad' * 10_000",
    "a name with a surrogate": "name = 'bad\\ud800'",
    "a name that raises": "name = property(lambda self: 1 / 0)",
    "a name that is taken": "name = 'funding'",
    "no kinds": "produces = ()",
    "kinds in a list": "produces = [Town]",
    "a kind that is no class": "produces = ('town',)",
    "a kind that is no mention": "produces = (int,)",
    "the kind of all": "produces = (Mention,)",
    "kinds that raise": "produces = property(lambda self: 1 / 0)",
    "a kind without a name": "class Odd(Mention): pass\nproduces = (attrs.frozen(Odd),)",
    "a kind named by a number": "class Odd(Mention): kind = 1\nproduces = (attrs.frozen(Odd),)",
    "a kind of a layer": "class Odd(Mention): kind = 'document'\nproduces = (attrs.frozen(Odd),)",
    "a kind that is taken": "class Odd(Mention): kind = 'funding'\nproduces = (attrs.frozen(Odd),)",
    "a kind that is no attrs class": "class Odd(Mention): kind = 'odd'\nproduces = (Odd,)",
    "a local class": (
        "def make():\n    @attrs.frozen(kw_only=True)\n    class Odd(Mention): kind = 'odd'\n"
        "    return Odd\nproduces = (make(),)"
    ),
    "requires in a string": "requires = 'funding'",
    "requires in a list": "requires = ['funding']",
    "requires what nobody makes": "requires = ('no-such-kind',)",
    "requires numbers": "requires = (1,)",
    "replaces in a string": "replaces = 'funding'",
    "replaces what is not there": "replaces = ('no-such-extractor',)",
    "replaces what it does not make": "replaces = ('services',)",
    "replaces itself": "replaces = ('bad',)",
    "a budget in words": "budget = 'long'",
    "a budget below zero": "budget = -1",
    "a budget that is no number": "budget = float('nan')",
    "a budget without end": "budget = float('inf')",
    "a budget that is true": "budget = True",
    "prepare that is no method": "prepare = 1",
    "extract that is no method": "extract = 1",
    "no extract": "extract = None",
    "extract without a view": "def extract(self): return []",
    "extract_many that is no method": "extract_many = 1",
    "a batch of none": "batch_size = 0\ndef extract_many(self, views): return []",
    "options that are a dictionary": "options = {'x': 1}",
    "options that are no attrs class": "options = int",
    "options without defaults": "@attrs.frozen\nclass options:\n    x: int",
}
#: A field of a kind, for which there is no form in tables or JSON.
FIELDS = {
    "anything": "Any",
    "an object": "object",
    "a dictionary": "dict[str, int]",
    "a list": "list[int]",
    "a set": "set[str]",
    "a function": "functools.partial",
    "bytes": "bytes",
    "a complex number": "complex",
    "two types": "int | str",
    "itself": "'Odd'",
    "what is not there": "'NoSuchType'",
    "no type": "'1 +'",
    "a path": "Path",
    "a thread": "threading.Thread",
}

#: What ``extract`` does with its view.
EXTRACTING = {
    "raises": "raise ValueError('no')",
    "raises after a mention": "yield town(view)\nraise ValueError",
    "raises what cannot be printed": (
        "class E(Exception):\n    def __str__(self): raise ValueError\nraise E"
    ),
    "raises a surrogate": "raise ValueError('\\ud800')",
    "raises a group": "raise BaseExceptionGroup('g', [KeyboardInterrupt()])",
    "raises BaseException": "raise BaseException",
    "exits": "sys.exit(1)",
    "is interrupted": "raise KeyboardInterrupt",
    "stops an iteration": "next(iter(()))",
    "closes a generator": "raise GeneratorExit",
    "lacks memory": "raise MemoryError",
    "recurses": "def f(): return f()\nf()",
    "returns a number": "return 1",
    "returns a mention": "return town(view)",
    "returns a class": "return Town",
    "returns nothing": "return None",
    "returns a coroutine": "async def f(): return []\nreturn f()",
    "returns an asynchronous generator": "async def f(): yield town(view)\nreturn f()",
    "yields numbers": "yield 1",
    "yields nothing": "yield None",
    "yields text": "yield 'a town'",
    "yields lists": "yield [town(view)]",
    "yields a class": "yield Town",
    "yields spans": "yield Span(0, 4)",
    "yields what raises": (
        "class Odd:\n    def __getattribute__(self, name): raise ValueError\nyield Odd()"
    ),
    "yields what lies about its class": (
        "class Odd:\n    @property\n    def __class__(self): return Town\nyield Odd()"
    ),
    "yields without end": "while True: yield town(view)",
    "yields numbers without end": "while True: yield 1",
    "never ends": "while True: pass",
    "catches its end": (
        "for _ in range(3):\n    try:\n        while True: pass\n    except BaseException: pass"
    ),
    "sleeps": "time.sleep(2)",
    "yields another kind": (
        "yield Funding(span=Span(0, 4), text=view.document.text[:4], type='fund')"
    ),
    "yields a subclass": (
        "class Odd(Town): pass\nyield Odd(span=Span(0, 4), text=view.document.text[:4])"
    ),
    "past the end": "yield town(view, end=len(view.document.text) + 1)",
    "far past the end": "yield town(view, 10**9, 10**9 + 4, text='town')",
    "empty": "yield town(view, 4, 4)",
    "other text": "yield town(view, text='Town')",
    "longer text": "yield town(view, text=view.document.text[:5])",
    "text that is a number": "yield town(view, text=1)",
    "text that is nothing": "yield town(view, text=None)",
    "text of a class of its own": "yield town(view, text=type('S', (str,), {})(view.document.text[:4]))",
    "span that is a tuple": "yield town(view, span=(0, 4))",
    "span that is nothing": "yield town(view, span=None)",
    "span backwards": "yield town(view, span=Span(4, 0))",
    "span below zero": "yield town(view, span=Span(-4, 0))",
    "span of fractions": "yield town(view, span=Span(0.0, 4.0))",
    "span of truths": "yield town(view, 0, 1, span=Span(False, True))",
    "span forged": "s = Span(0, 4)\nobject.__setattr__(s, 'end', -1)\nyield town(view, span=s)",
    "a surrogate in a field": "yield town(view, note='\\ud800x')",
    "a surrogate in its id": "yield town(view, canonical='\\udfff')",
    "a number that is none": "yield town(view, size=float('nan'))",
    "a number without end": "yield town(view, size=float('-inf'))",
    "a text as number": "yield town(view, size='large')",
    "a list as text": "yield town(view, note=['a'])",
    "a text without end": "yield town(view, note='x' * 100_000)",
    "a type in capitals": "yield town(view, type='Not A Type')",
    "a type that is a number": "yield town(view, type=7)",
    "an id that is a list": "yield town(view, canonical=['a'])",
    "evidence that is text": "yield town(view, evidence='I saw it')",
    "a quote from elsewhere": "yield town(view, seen=Quote('elsewhere', Span(0, 9)))",
    "a quote past the end": "yield town(view, seen=Quote('x', Span(10**6, 10**6 + 1)))",
    "a quote that is text": "yield town(view, seen='seen')",
    "a reference to what is not there": (
        "m = town(view, 9, 12)\nyield town(view, near=Reference(m.kind, m.span, m.text))"
    ),
    "two that overlap": "yield town(view)\nyield town(view, 0, 5)",
    "one twice": "m = town(view)\nyield m\nyield m",
    "a field that is deleted": "m = town(view)\nobject.__delattr__(m, 'note')\nyield m",
    "changes the text": "object.__setattr__(view.document, 'text', '')",
    "changes the source": "object.__setattr__(view.document, 'source', 'forged')",
    "changes the form": "object.__setattr__(view.document, 'media_type', 'x/y')",
    "changes the profile": "object.__setattr__(view.framework, 'id', 'forged')",
    "changes a score": "object.__setattr__(view.statements[0].score, 'value', 4)",
    "changes a statement": "object.__setattr__(view.statements[0], 'title', 'forged')",
    "changes a section": "object.__setattr__(view.sections[0], 'span', Span(0, 1))",
    "changes a sentence": "object.__setattr__(view.sentences[0], 'text', 'forged')",
    "changes a span": "object.__setattr__(view.sections[0].span, 'end', 1)",
    "changes words": "view.layers.low[:] = ['forged'] * 9",
    "changes keys of words": "view.layers.keys.clear()",
    "changes the layers": "view.layers.low.reverse()",
    "changes starts": "view.layers.starts[0] = 7",
    "forges a remark": "view._said.append('forged')",
    "remarks with an unknown severity": "view.diagnose('x', severity='fatal')",
    "remarks on a place that is not there": "view.diagnose('x', span=Span(0, 10**9))",
    "asks for a layer that there is not": "view.paragraphs",
    "asks for tokens of a number": "view.layers.tokens_of(1)",
}

#: What it may do beside: contained, so that there is nothing to tell.
QUIET = {
    "yields nothing at all": "return []",
    "changes what it yielded": "m = town(view)\nyield m\nobject.__setattr__(m, 'span', Span(0, 10**9))",
    "forges its extractor": "yield town(view, extractor='funding')",
    "changes its view": "object.__setattr__(view, 'findings', ())",
    "goes elsewhere": "os.chdir('/')",
    "changes the decimal context": "decimal.getcontext().prec = 1",
    "changes a context variable": "decimal.setcontext(decimal.Context(prec=2))",
    "sows random numbers": "random.seed(0)",
    "starts threads": (
        "for _ in range(20): threading.Thread(target=time.sleep, args=(0.01,), daemon=True).start()"
    ),
    "asks for no garbage": "gc.collect()",
    "changes its kinds": "self.produces = (Funding,)\nyield town(view)",
    "changes its name": "self.name = 'funding'\nyield town(view)",
    "changes its class": "Town.kind = 'funding'\nTown.kind = 'town'",
    "warns": "warnings.warn('old', DeprecationWarning)",
    "logs without end": "logging.getLogger('bad').debug('x' * 100_000)",
    "leaves a coroutine": "f = asyncio.sleep(0)\nf.close()",
    "raises and catches": "try: 1 / 0\nexcept ZeroDivisionError: pass",
    "compares everything": "view.document == view.sections",
    "walks over everything": "repr(view.document)[:9]; hash(view.sections)",
}

#: What a corrector of funding does with a mention.
CORRECTING = {
    "raises": "raise ValueError('no')",
    "exits": "sys.exit()",
    "never ends": "while True: pass",
    "returns a number": "return 1",
    "returns text": "return mention.text",
    "returns another kind": "return Service(span=mention.span, text=mention.text)",
    "moves it": "return attrs.evolve(mention, span=Span(0, 3))",
    "moves it past the end": "return attrs.evolve(mention, span=Span(10**6, 10**6 + 9))",
    "writes other text": "return attrs.evolve(mention, text='forged')",
    "writes a surrogate": "return attrs.evolve(mention, canonical='\\ud800')",
    "changes it in place": "object.__setattr__(mention, 'text', 'forged')\nreturn mention",
    "changes the document": "object.__setattr__(view.document, 'text', '')\nreturn mention",
    "is a generator": "yield mention",
}

#: What ends a process, or never lets go of it, so that only another one can tell.
DEADLY = {
    "exits at once": "os._exit(3)",
    "is killed": "os.kill(os.getpid(), 9)",
    "aborts": "os.abort()",
    "reads what is not its own": "import ctypes; ctypes.string_at(0)",
    "has a pattern without end": "import re; re.match('(a+)+$', 'a' * 64 + 'b')",
    "recurses without a limit": "sys.setrecursionlimit(10**9)\ndef f(): return f()\nf()",
}

#: Files that a broken uninstall, or an author in a hurry, leaves in a folder of modules.
DISTRIBUTIONS: Mapping[str, dict[str, str | None]] = {
    "no metadata": {"METADATA": None},
    "metadata without a name": {"METADATA": "Metadata-Version: 2.1\n"},
    "metadata that is noise": {"METADATA": "\x00\x01\x02"},
    "an entry point without a value": {"entry_points.txt": "[cqcparse]\nbad =\n"},
    "an entry point that is a sentence": {"entry_points.txt": "[cqcparse]\nbad = not a module\n"},
    "an entry point without a module": {"entry_points.txt": "[cqcparse]\nbad = no_such_bad\n"},
    "an entry point without an object": {"entry_points.txt": "[cqcparse]\nbad = made_bad:no\n"},
    "an entry point to a number": {"entry_points.txt": "[cqcparse]\nbad = made_bad:number\n"},
    "a line that is broken": {"entry_points.txt": "[cqcparse]\nbad = made_bad\nbroken line\n"},
    "another group that is broken": {
        "entry_points.txt": "[console_scripts]\nbroken line\n[cqcparse]\nbad = made_bad\n"
    },
}


def broken() -> Iterator[tuple[str, str]]:
    """Yield the name of each plugin that must be named, and its code."""
    for name, lines in AT_IMPORT.items():
        yield f"at import: {name}", f"{PREAMBLE}\n{lines}\n{SOUND_HOOK}"
    for name, lines in HOOKS.items():
        yield f"its hook: {name}", f"{PREAMBLE}\n{lines}\n"
    for name, lines in DECLARATIONS.items():
        yield f"says: {name}", _extractor(f"{textwrap.indent(lines, '    ')}\n")
    for name, form in FIELDS.items():
        yield f"a field of {name}", _with_field(form)
    for name, lines in EXTRACTING.items():
        yield f"its extractor: {name}", extracting(lines)
    for name, lines in CORRECTING.items():
        yield f"its corrector: {name}", _corrector(lines)


def extracting(lines: str) -> str:
    """Return a plugin whose extractor does this."""
    body = textwrap.indent(f"{lines}\nreturn ()", " " * 8)
    return _extractor(f"{_soon(lines)}    def extract(self, view):\n{body}\n")


def _soon(lines: str) -> str:
    """Return the declaration that lets what never ends be cut off soon."""
    return "    budget = 0.1\n" if "while True: pass" in lines or "sleep(2)" in lines else ""


def _extractor(body: str) -> str:
    hook = SOUND_HOOK.replace("Sound()", "Bad()")
    return f"{PREAMBLE}\nclass Bad(Sound):\n{body}\n{hook}"


def _with_field(form: str) -> str:
    cls = (
        f"@attrs.frozen(kw_only=True)\nclass Odd(Mention):\n    kind = 'odd'\n    x: {form} = None"
    )
    return f"{PREAMBLE}\n{cls}\n{_extractor('    produces = (Odd,)').removeprefix(PREAMBLE)}"


def _corrector(lines: str) -> str:
    body = f"    def correct(self, mention, view):\n{textwrap.indent(lines, ' ' * 8)}\n"
    cls = f"class Bad:\n    name = 'bad'\n    corrects = ('funding',)\n{_soon(lines)}{body}"
    return f"{PREAMBLE}\n{cls}\n@hookimpl\ndef cqcparse_correctors():\n    return [Bad()]\n"
