"""Stage 5: results as JSON, rows, files and pages."""
