"""The inputs of a command: files, folders that are searched, and standard input."""

from __future__ import annotations

#: Suffixes of the files that a folder is searched for, the plainest format first.
SUFFIXES = (".txt", ".md", ".html", ".htm", ".mhtml", ".mht", ".docx", ".pdf")
