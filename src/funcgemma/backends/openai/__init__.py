"""Servers that speak OpenAI's protocol: llama-server, vLLM, LM Studio."""
