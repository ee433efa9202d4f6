"""What is said while reviewing, Japanese and English."""

from typing import Any

from funcgemma.cli.teach.words import Words, say

SENTENCES: dict[str, Words] = {
    "off": (
        "発話は記録されていません。config.toml に log = true と書くか、FUNCGEMMA_LOG=1 で"
        "記録されます（この機械の中だけ、既定はオフ）。",
        "Nothing is logged. `log = true` in config.toml, or FUNCGEMMA_LOG=1, logs what you say "
        "(on this machine only; off by default).",
    ),
    "nothing": (
        "確かめることはありません（記録 {logged} 件、確認済み {reviewed} 件）。",
        "There is nothing to review ({logged} utterances logged, {reviewed} reviewed).",
    ),
    "others": (
        "ほかの関数で記録された {count} 件は --functions を付けると出ます。",
        "{count} utterances belong to other functions (give them with --functions).",
    ),
    "keys": (
        "y 正しい  n 違う  0 関数なしが正しい  s 後で  q 終わる",
        "y right  n wrong  0 asks for nothing  s skip  q quit",
    ),
    "judge": ("この判断は？", "Is that right?"),
    "sure": ("確信度 {share}", "confidence {share}"),
    "unsure": ("要確認", "unsure"),
    "kept": ("覚えました（{id}）。", "Kept ({id})."),
    "unknown": ("「{pressed}」というキーはありません。", "There is no key “{pressed}”."),
    "left": (
        "ここまでの {count} 件は保存済みです。次に起動したときに学びます。",
        "{count} answers are kept; the next start learns them.",
    ),
    "summary": (
        "正しい {right} · 違う {wrong} · 関数なし {none} · 後で {skip}",
        "right {right} · wrong {wrong} · nothing {none} · skipped {skip}",
    ),
    "clear": (
        "記録した発話と、確認済みの印を消しますか？",
        "Remove everything that was logged, and the notes of what was reviewed?",
    ),
    "cleared": (
        "記録を消しました（{files}）。訂正（corrections.jsonl）は残っています。",
        "The log is gone ({files}). Corrections (corrections.jsonl) stay.",
    ),
    "empty": ("消すものはありません。", "There was nothing to remove."),
    "unreadable": ("読めない行を飛ばしました: {problem}", "A line was left out: {problem}"),
}


def sentence(language: str, key: str, **values: Any) -> str:
    """One of the sentences above, filled in."""
    return say(language, SENTENCES[key], **values)
