"""GGUF files of Gemma-3 models, written without torch."""
