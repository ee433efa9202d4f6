"""llama.cpp in this process, as bare as can be: the written file against the runtime itself."""

import pytest


def load(path, special):
    """A server over a GGUF file; `special` prints CONTROL tokens as well."""
    xllamacpp = pytest.importorskip("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx, params.n_parallel, params.n_gpu_layers = 2048, 1, 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.special, params.warmup, params.verbosity = special, False, -1
    return xllamacpp.Server(params)
