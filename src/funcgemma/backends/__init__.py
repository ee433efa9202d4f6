"""Language-model runtimes: one small protocol, and a lazy catalogue of those that speak it."""
