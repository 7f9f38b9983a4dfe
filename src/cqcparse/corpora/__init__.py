"""Stage 6: many reports together."""
