"""What is said about corrections, Japanese and English."""

from typing import Any

Words = tuple[str, str]

SENTENCES: dict[str, Words] = {
    "said": ("いまの判断: {calls}", "What the router says: {calls}"),
    "none": ("関数なし", "no function"),
    "which": ("正しいのは？（番号か名前）", "What would have been right (number or name)?"),
    "each": (
        "引数を順に聞きます。Enter でそのまま、「-」で「言われていない」。",
        "Its arguments, one by one: Enter keeps a value, “-” leaves it out.",
    ),
    "unknown": (
        "「{name}」はありません。番号か名前で答えてください。",
        "There is no {name}; answer with a number or a name.",
    ),
    "right_now": ("正しい答え: {calls}", "The right answer: {calls}"),
    "save": ("これを覚えますか？", "Keep this?"),
    "not_kept": ("何も保存していません。", "Nothing was kept."),
    "agrees": (
        "いまの判断と同じなので、覚えることはありません。",
        "The router says so already; there is nothing to learn.",
    ),
    "kept": ("訂正を保存しました（{id}）。", "The correction is kept ({id})."),
    "replaced": (
        "同じ発話の前の訂正を置き換えました（{id}）。",
        "It takes the place of an older correction of the same text ({id}).",
    ),
    "removed": ("訂正 {id} を消しました。", "The correction {id} is gone."),
    "later": ("次に起動したときに学びます。", "It will be learned at the next start."),
    "given_model": (
        "いまは学び直せません（--model、--no-train、--resolver keywords のいずれか）。"
        "次に、それらを付けずに起動したときに学びます。",
        "It cannot be learned now (because of --model, --no-train or --resolver keywords); "
        "the next start without them learns it.",
    ),
    "learn_now": (
        "いま学び直しますか？（1分ほどかかります）",
        "Learn it now? It takes about a minute.",
    ),
    "undo": ("予定の変更も元に戻しますか？", "Take back what it changed in the reminders, too?"),
    "can_undo": (
        "予定の変更は /undo で元に戻せます。",
        "/undo takes back what it changed in the reminders.",
    ),
    "learned": ("学びました: 「{text}」→ {calls}", "Learned: “{text}” → {calls}"),
    "up_to_date": ("学び直すことはありません。", "There was nothing to learn."),
    "serving": (
        "訂正 {count} 件を学んだモデルを使います。",
        "The model knows {count} corrections.",
    ),
    "held": (
        "見送りました（保存はしています）: 「{text}」→ {calls}",
        "Held back, but kept on file: “{text}” → {calls}",
    ),
    "more": ("（ほか {count} 件）", "({count} more)"),
    "why_lost": (
        "ほかの発話で誤りが増えすぎるためです: {rates}",
        "because too much else would be wrong: {rates}",
    ),
    "why_unlearned": (
        "学び直しても、その通りに答えられないためです。",
        "because even after training the answer is another one.",
    ),
    "old_serves": (
        "これまでのモデルを使い続けます。訂正は `funcgemma correct --remove ID` で消せます。",
        "The model so far goes on serving. `funcgemma correct --remove ID` removes a correction.",
    ),
    "unchanged_else": (
        "ほかへの影響: 見本 {sampled} 件のうち {otherwise} 件の判断が変わりました。{rates}",
        "Elsewhere: {otherwise} of {sampled} sampled utterances are decided otherwise. {rates}",
    ),
    "no_corrections": ("訂正はありません。", "There are no corrections."),
    "how_wrong": (
        "例: /wrong weather_info location=京都、/wrong none（書き方は「funcgemma correct」と同じ）",
        "For example: /wrong weather_info location=Kyoto, or /wrong none",
    ),
}

STATES: dict[str, Words] = {
    "learned": ("学習済み", "learned"),
    "waiting": ("次に学ぶ", "to be learned"),
    "lost": ("見送り（ほかの誤りが増える）", "held back (too much else would be wrong)"),
    "unlearned": ("見送り（学べない）", "held back (cannot be learned)"),
    "other_functions": ("ほかの関数用", "for other functions"),
}
"""What became of a correction."""

RATES: dict[str, Words] = {
    "function_accuracy": ("ほかの書き手での関数の正解率", "functions right (other writers)"),
    "no_function_recall": ("ほかの書き手での「関数なし」", "left alone (other writers)"),
    "call_accuracy": ("ほかの書き手での呼び出しの正解率", "calls right (other writers)"),
    "sample": ("見本での関数の正解率", "functions right (sample)"),
}
"""Measures of the comparison."""


def sentence(language: str, key: str, **values: Any) -> str:
    """One of the sentences above, filled in."""
    return say(language, SENTENCES[key], **values)


def say(language: str, words: Words, **values: Any) -> str:
    """The Japanese or the English of a pair, filled in."""
    return words[0 if language == "ja" else 1].format(**values)
