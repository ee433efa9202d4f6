"""Hand-written text, one file a writer; see docs/corpus.md."""
