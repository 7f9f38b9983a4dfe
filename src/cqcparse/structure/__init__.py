"""Stage 2: a document -> its sections, sentences, scores, authority and facts."""
