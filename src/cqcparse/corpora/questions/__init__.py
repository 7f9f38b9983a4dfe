"""Questions people have: each is a file of SQL with a title, a sentence and named parameters."""
