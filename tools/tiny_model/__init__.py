"""The tiny Gemma-3 that stands in for FunctionGemma in tests; see tools/build_tiny_model.py."""
