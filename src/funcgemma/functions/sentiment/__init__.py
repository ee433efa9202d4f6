"""What a text feels like: a small linear model over character n-grams and hand-written cues.

`labels` names the classes, `lexicon` and `scope` find words that carry a
feeling and what is negated, `cues` counts them, `model` serves the weights in
`model.json`, and `fit` (never imported at run time) trains them from
`sentences/`.
"""
