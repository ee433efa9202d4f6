"""Cases written by a language model, each checked before it is kept."""
