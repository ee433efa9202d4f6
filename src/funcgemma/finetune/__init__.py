"""What is done to FunctionGemma's weights: training adapters, merging, export to runtimes."""
