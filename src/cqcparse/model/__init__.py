"""The types of all results: no stage of the parsing stands beside them."""
