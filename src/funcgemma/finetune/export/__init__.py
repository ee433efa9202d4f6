"""From a tuned checkpoint to files that other runtimes read."""
