"""What can go wrong: exceptions for the caller, diagnostics for the result."""

from __future__ import annotations

import errno
from pathlib import Path

import attrs

from cqcparse.model.diagnostics import Diagnostic


class CqcParseError(Exception):
    """The base of every exception that cqcparse raises on purpose.

    Examples:
        >>> import cqcparse
        >>> try:
        ...     cqcparse.read("nowhere.txt")
        ... except cqcparse.CqcParseError as error:
        ...     print(error)
        nowhere.txt: there is no such file; check the path
    """


class ContractWarning(DeprecationWarning):
    """A plugin relies on something that a later version of the plugin contract takes away.

    Authors see it in their tests, and may let it fail them, with ``pytest -W
    error::cqcparse.errors.ContractWarning``.

    Examples:
        >>> from cqcparse.errors import ContractWarning
        >>> issubclass(ContractWarning, DeprecationWarning)
        True
    """


@attrs.frozen(str=False)
class ReadError(CqcParseError):
    """A source could not be turned into a document.

    Attributes:
        source: Path or name of the input.
        problem: What is wrong with it.
        remedy: What the caller can do.

    Examples:
        >>> from cqcparse.errors import ReadError
        >>> print(ReadError("a.txt", "it is empty", "save it again"))
        a.txt: it is empty; save it again
    """

    source: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Return one sentence naming the input, the problem and the remedy."""
        return f"{self.source}: {self.problem}; {self.remedy}"


@attrs.frozen(str=False)
class DiagnosticError(CqcParseError):
    """A diagnostic, raised because the caller asked for ``strict=True``.

    Attributes:
        diagnostic: What was diagnosed.

    Examples:
        >>> from cqcparse import Diagnostic
        >>> from cqcparse.errors import DiagnosticError
        >>> print(DiagnosticError(Diagnostic(code="score-missing", message="no score is printed")))
        score-missing: no score is printed
    """

    diagnostic: Diagnostic

    def __str__(self) -> str:
        """Return the diagnostic as one line."""
        return str(self.diagnostic)


@attrs.frozen(str=False)
class PluginError(CqcParseError):
    """A plugin, or an extractor of it, breaks the contract.

    Attributes:
        plugin: Name of the plugin or extractor.
        problem: What it did.
        remedy: What its author can do.

    Examples:
        >>> from cqcparse.errors import PluginError
        >>> print(PluginError("towns", "it has no name", "give it one"))
        plugin 'towns': it has no name; give it one
    """

    plugin: str
    problem: str
    remedy: str = "see the plugin contract in the documentation"

    def __str__(self) -> str:
        """Return one sentence naming the plugin, the problem and the remedy."""
        return f"plugin {self.plugin!r}: {self.problem}; {self.remedy}"


@attrs.frozen(str=False)
class UnknownNameError(PluginError):
    """A reader, profile or rule is asked for by a name that none has.

    Examples:
        >>> from cqcparse.errors import UnknownNameError
        >>> print(UnknownNameError("reader", "'odt' is unknown", "the readers are 'rtf'"))
        reader 'odt' is unknown; the readers are 'rtf'
    """

    def __str__(self) -> str:
        """Return one sentence with what is meant, the name and the remedy."""
        return f"{self.plugin} {self.problem}; {self.remedy}"


#: What to do about what the system says of a file that cannot be written.
_REMEDIES = {
    errno.EACCES: "name a place that you may write to",
    errno.EPERM: "name a place that you may write to",
    errno.EROFS: "name a place that you may write to",
    errno.EISDIR: "name a file",
    errno.ENOSPC: "make room, or name another disk",
    errno.EDQUOT: "make room, or name another disk",
    errno.ENAMETOOLONG: "choose a shorter name",
}


@attrs.frozen(str=False)
class DataError(CqcParseError):
    """A data file (framework profile, lexicon, register, gold, saved assessment) is not valid.

    Attributes:
        source: Path or name of the file.
        problem: What is wrong, and what was expected.
        line: Line of the file, counted from 1, where it is known.

    Examples:
        >>> from cqcparse.errors import DataError
        >>> print(DataError("terms.toml", "has no kind", 3))
        terms.toml, line 3: has no kind
    """

    source: str
    problem: str
    line: int | None = None

    def __str__(self) -> str:
        """Return one sentence naming the file, the line and the problem."""
        where = self.source if self.line is None else f"{self.source}, line {self.line}"
        return f"{where}: {self.problem}"

    @classmethod
    def unread(cls, source: str | Path, error: OSError, what: str = "") -> DataError:
        """Return what is raised where the system says that a file cannot be read.

        Args:
            source: The file.
            error: What the system says.
            what: What the file is, for the sentence, such as ``the lexicon``.

        Examples:
            >>> from cqcparse.errors import DataError
            >>> print(DataError.unread("a.toml", PermissionError(13, "No access"), "the lexicon"))
            a.toml: the lexicon cannot be read (No access); check the rights of the file
        """
        subject = f"{what} cannot be read" if what else "cannot be read"
        if error.errno == errno.ENOENT:
            subject = f"{subject}: " if what else ""
            return cls(str(source), f"{subject}there is no such file; check the path")
        if error.errno == errno.EISDIR:
            return cls(str(source), f"{subject}: it is a folder; name a file in it")
        remedy = "check the rights of the file" if error.errno == errno.EACCES else "check the path"
        return cls(str(source), f"{subject} ({error.strerror or error}); {remedy}")

    @classmethod
    def unwritten(cls, source: str | Path, error: OSError, what: str = "") -> DataError:
        """Return what is raised where the system says that a file or folder cannot be written.

        Args:
            source: The file or folder.
            error: What the system says.
            what: What it is, for the sentence, such as ``the manifest``.

        Examples:
            >>> from cqcparse.errors import DataError
            >>> print(DataError.unwritten("no/a.csv", FileNotFoundError(2, "No such file")))
            no/a.csv: cannot be written: there is no folder 'no'; make it, or name another
        """
        subject = f"{what} cannot be written" if what else "cannot be written"
        folder = Path(source).parent
        if error.errno in {errno.ENOENT, errno.ENOTDIR} and not folder.is_dir():
            problem = f"there is no folder {str(folder)!r}; make it, or name another"
            if folder.exists():
                problem = f"{str(folder)!r} is a file; name a folder"
            return cls(str(source), f"{subject}: {problem}")
        remedy = _REMEDIES.get(error.errno or 0, "name another place")
        return cls(str(source), f"{subject} ({error.strerror or error}); {remedy}")


@attrs.frozen(str=False)
class MissingPackageError(CqcParseError):
    """Something needs a package that is not installed.

    Attributes:
        what: What was asked for.
        package: The package it needs.
        install: What to give ``pip install``.

    Examples:
        >>> from cqcparse.errors import MissingPackageError
        >>> print(MissingPackageError("to_arrow", "pyarrow", "cqcparse[tables]"))
        to_arrow needs the package pyarrow: pip install 'cqcparse[tables]'
    """

    what: str
    package: str
    install: str

    def __str__(self) -> str:
        """Return one sentence with the package and how to get it."""
        return f"{self.what} needs the package {self.package}: pip install {self.install!r}"


@attrs.frozen(str=False)
class QuestionError(CqcParseError):
    """A question cannot be asked so.

    Attributes:
        question: Its name.
        problem: What is wrong.
        remedy: What the caller can do.

    Examples:
        >>> from cqcparse.errors import QuestionError
        >>> print(QuestionError("compare", "authority is missing", "it is the council"))
        question 'compare': authority is missing; it is the council
    """

    question: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Return one sentence with the question, the problem and the remedy."""
        return f"question {self.question!r}: {self.problem}; {self.remedy}"
