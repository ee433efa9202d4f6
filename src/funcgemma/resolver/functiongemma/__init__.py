"""FunctionGemma as resolver: the native format, and what is made of its answers."""
