"""Ollama: a model on its server, and the server itself."""
