"""What all tests share: how hard the property tests look."""

from __future__ import annotations

import os

from hypothesis import settings

# No deadlines: the machines that run the tests are shared, and no test asserts a time.
settings.register_profile("dev", deadline=None, max_examples=60)
settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True)
settings.register_profile("fast", deadline=None, max_examples=10)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "dev"))
