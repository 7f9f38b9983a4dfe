"""A plugin that brings the profile of another regulator, whose judgements are words."""

from importlib.resources import files

import cqcparse


@cqcparse.hookimpl
def cqcparse_frameworks():
    return [files(__name__) / "schools.toml"]
