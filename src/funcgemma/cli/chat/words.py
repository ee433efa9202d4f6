"""Everything `funcgemma chat` itself says, Japanese and English."""

from typing import Any

Words = tuple[str, str]

SENTENCES: dict[str, Words] = {
    "hello": (
        "FuncGemma です。話しかけてください。/help で使い方、Ctrl-D で終了します。",
        "This is FuncGemma. Say something; /help shows how, Ctrl-D quits.",
    ),
    "leave": ("終了は Ctrl-D か /quit です。", "Ctrl-D or /quit leaves."),
    "stopped": ("中断しました。", "Stopped."),
    "reset": (
        "会話を忘れました。予定は残っています。",
        "The conversation is forgotten; reminders stay.",
    ),
    "unknown": (
        "「{name}」というコマンドはありません。{hint}/help で一覧を表示します。",
        "There is no command {name}. {hint}/help lists them.",
    ),
    "meant": ("「{name}」のことですか？ ", "Did you mean {name}? "),
    "nothing": ("まだ何も聞いていません。", "Nothing was said yet."),
    "untraced": (
        "モデルを使わずキーワードで判定しているので、これ以上の内訳はありません。",
        "Keywords decided without a model, so there is nothing more to show.",
    ),
    "yes_or_no": ("「はい」か「いいえ」で答えてください。", "Please answer yes or no."),
    "no_file": (
        "ファイル名を書いてください。例: /export 予定.ics",
        "Name a file, for example /export reminders.ics",
    ),
    "no_store": ("予定を保存する場所がありません。", "There is no reminder store."),
    "file_error": ("{name} を扱えません: {error}", "{name} cannot be used: {error}"),
    "exported": (
        "{count} 件を {name} に書き出しました（時刻のない {left_out} 件は含みません）。",
        "{count} entries were written to {name} ({left_out} without a time were left out).",
    ),
    "imported": (
        "{count} 件を取り込みました（{known} 件は登録済み）。",
        "{count} entries were added ({known} were known already).",
    ),
    "help": (
        "普通に話しかけると、合う関数を選んで実行します。\n"
        "例: 明日の京都の天気は？ / 「猫」を英語にして / 明日15時に歯医者の予定を入れて",
        "Just talk; a function that fits is chosen and run.\n"
        "For example: weather in Kyoto tomorrow / translate “猫” into English / "
        "dentist tomorrow at 15:00",
    ),
}

COMMANDS: dict[str, Words] = {
    "/functions": ("使える関数の一覧", "list the functions"),
    "/why": ("直前の判断の理由", "explain the last decision"),
    "/trace": ("直前の判断の内訳（数値）", "the numbers behind the last decision"),
    "/undo": ("予定の最後の変更を取り消す", "take back the last change of the reminders"),
    "/wrong": (
        "直前の判断を正して覚えさせる（/wrong、/wrong 関数 引数=値、/wrong none）",
        "put the last decision right (/wrong, /wrong FUNCTION arg=value, /wrong none)",
    ),
    "/export": (
        "予定を iCalendar ファイルに書き出す（/export FILE）",
        "write the reminders to FILE.ics",
    ),
    "/import": ("iCalendar ファイルの予定を取り込む（/import FILE）", "add the events of FILE.ics"),
    "/reset": ("会話を忘れる", "forget the conversation"),
    "/help": ("この説明", "this help"),
    "/quit": ("終了", "leave"),
}
"""Every command with what it does."""

WHY: dict[str, Words] = {
    "answered": (
        "この発話は、前の質問への答えとして扱いました。",
        "This was taken for the answer to the question before.",
    ),
    "confirmed": (
        "この発話は「はい」として扱い、確認済みの呼び出しを実行しました。",
        "This was taken for a yes, so the call that was asked about was run.",
    ),
    "declined": ("この発話は「いいえ」として扱いました。", "This was taken for a no."),
    "chosen": (
        "この発話は、候補の選択として扱いました。",
        "This was taken for a choice between the candidates.",
    ),
    "asked_again": (
        "この発話は前の質問の答えに見えなかったので、もう一度聞きました。",
        "This answered nothing, so the question was asked again.",
    ),
    "unsure": (
        "合う関数に自信がないので、何も実行しませんでした。",
        "No function fitted well enough, so none was run.",
    ),
    "undone": (
        "この発話は、予定の直前の変更を元に戻す指示として扱いました。",
        "This was taken for taking back the last change of the reminders.",
    ),
    "yes": ("関数の呼び出しを求めていると判断しました。", "It seems to ask for a function."),
    "no": ("関数の呼び出しは求めていないと判断しました。", "It seems to ask for no function."),
    "passed": (
        "最初のふるい（ゲート）の点は {score:+.2f} で、0 以上なら「関数が要る」側です。",
        "The first sieve (gate) gave {score:+.2f}; from 0 on a function is needed.",
    ),
    "letters": ("ふるいで効いた文字: {features}", "Letters that counted in it: {features}"),
    "scores": ("候補: {scores}", "Candidates: {scores}"),
    "none": ("関数なし", "no function"),
    "because": ("決め手: {features}", "What decided: {features}"),
    "against": ("逆向きの手がかり: {features}", "What spoke against it: {features}"),
    "argument": (
        "{name} = {value} は「{source}」から読み取りました。",
        "{name} = {value} was read from “{source}”.",
    ),
    "chosen_value": (
        "{name} = {value} は文全体から選びました。",
        "{name} = {value} was chosen from the whole text.",
    ),
    "carried": ("{name} は前の発話から引き継ぎました。", "{name} was carried over from before."),
    "missing": ("{name} は発話にありませんでした。", "{name} was not said."),
    "sure": (
        "この判断が正しい見込みは {percent}% です。",
        "The chance that this is right is {percent} %.",
    ),
    "keywords": (
        "モデルなしで、キーワードだけで判断しました。",
        "Keywords alone decided, without a model.",
    ),
    "clauses": (
        "発話を {count} つの部分に分けました。",
        "The utterance was cut into {count} parts.",
    ),
    "offer": ("前の提案への同意として扱いました。", "It was taken for a yes to the offer before."),
}

FEATURES: dict[str, Words] = {
    "w": ("「{x}」という語", "the word “{x}”"),
    "in": ("引用の中の「{x}」", "“{x}” in quotes"),
    "b": ("「{x}」という並び", "“{x}” side by side"),
    "t": ("「{x}」という並び", "“{x}” in a row"),
    "e": ("文末の「{x}」", "the ending “{x}”"),
    "x": ("「{x}」の仲間の語", "a word of the group “{x}”"),
    "c": ("{x} の名前", "a name of the kind {x}"),
    "time": ("日時の表現の有無", "whether a time is named"),
    "prior": ("前の発話とのつながり", "the link with the turn before"),
    "lang": ("言語名", "the name of a language"),
    "grammar": ("文の形", "the shape of the sentence"),
    "letters": ("「{x}」という文字", "the letters “{x}”"),
}
"""Kind of feature -> how it is named to people."""


def say(language: str, words: Words, **values: Any) -> str:
    """The Japanese or the English of a pair, filled in."""
    return words[0 if language == "ja" else 1].format(**values)


def sentence(language: str, key: str, **values: Any) -> str:
    """One of the sentences above."""
    return say(language, SENTENCES[key], **values)
