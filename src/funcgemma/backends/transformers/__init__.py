"""Model folders run by transformers in this process."""
