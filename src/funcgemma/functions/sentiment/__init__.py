"""What a text feels like: a small linear model over character n-grams and counted cues.

`labels` names the classes. `lexicon` finds words that carry a feeling, `scope`
what denies them, `feelings` puts both together; `cues` counts, and `features`
is all that the model sees. `model` serves the weights in `model.safetensors`,
`judge` and `message` turn them into an answer. `fit` (never imported at run
time) trains them on `sentences`.
"""
