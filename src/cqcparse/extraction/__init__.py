"""Stage 4: the plugin contract, and running extractors each behind a fence."""
