"""The sentences of the answers: (Japanese, English)."""

MESSAGES: dict[str, tuple[str, str]] = {
    "created": ("{name}を登録しました（{when}）。", "Saved {name} ({when})."),
    "created_untimed": (
        "{name}を登録しました。日時がないので、お知らせはしません。",
        "Saved {name}. It has no time, so I will not announce it.",
    ),
    "created_late": (
        "{name}を登録しました（{when}）。お知らせの時刻は過ぎています。",
        "Saved {name} ({when}). The time to announce it has passed.",
    ),
    "duplicate": (
        "{name}は、もう登録されています（{when}）。",
        "{name} is already there ({when}).",
    ),
    "ask_what": ("何を、いつ登録しますか？", "What should I remind you of, and when?"),
    "ask_which_update": ("どの予定を変更しますか？", "Which reminder should I change?"),
    "ask_which_delete": ("どの予定を取り消しますか？", "Which reminder should I remove?"),
    "ask_when": (
        "{name}をいつに変更しますか？（今は{when}）",
        "When should {name} be instead? (Now: {when})",
    ),
    "listed": ("{what}は{count}件です。", "{what}: {count}."),
    "listed_none": ("{what}はありません。", "{what}: none."),
    "updated": ("{name}を変更しました（{when}）。", "Changed {name} ({when})."),
    "updated_once": (
        "{name}は、{old}の回だけを変更しました（{when}）。ほかの回はそのままです。",
        "Moved only the {old} occurrence of {name} ({when}); the others stay.",
    ),
    "deleted": ("{name}を取り消しました（{when}）。", "Removed {name} ({when})."),
    "deleted_untimed": ("{name}を取り消しました。", "Removed {name}."),
    "deleted_series": (
        "{name}を、繰り返しのすべての回で取り消しました。",
        "Removed {name} with all its occurrences.",
    ),
    "deleted_once": (
        "{name}は、{old}の回だけを取り消しました。ほかの回はそのままです。",
        "Removed only the {old} occurrence of {name}; the others stay.",
    ),
    "ask_delete": ("{name}（{when}）を取り消しますか？", "Shall I delete {name} ({when})?"),
    "ask_untimed": ("{name}を取り消しますか？", "Shall I delete {name}?"),
    "ask_once": (
        "{name}の{old}の回だけを取り消しますか？",
        "Shall I delete only the {old} occurrence of {name}?",
    ),
    "ambiguous": (
        "当てはまる予定が{count}件あります。どれですか？",
        "{count} reminders fit. Which one?",
    ),
    "not_found": ("当てはまる予定が見つかりませんでした。", "No reminder fits."),
    "not_found_near": (
        "その日時には見つかりませんでした。近いものはこちらです。",
        "Nothing fits at that time. These come near:",
    ),
    "unavailable": (
        "予定を保存する場所がないので、登録や確認はできません。",
        "There is no place to keep reminders, so I cannot save or look up any.",
    ),
    "invalid_action": (
        "「{value}」という操作はできません。",
        "“{value}” is not something that can be done with reminders.",
    ),
    "invalid_time": (
        "「{value}」を日時として読めませんでした。",
        "“{value}” cannot be read as a date or time.",
    ),
    "invalid_rule": (
        "「{value}」という繰り返しは登録できません。",
        "The recurrence “{value}” cannot be used.",
    ),
    "invalid_shift": (
        "その予定は、そのようには動かせません。",
        "That reminder cannot be moved like that.",
    ),
    "undone_create": ("{name}の登録を取り消しました。", "Took back: {name} was added."),
    "undone_update": (
        "{name}の変更を元に戻しました。",
        "Took back: {name} was changed.",
    ),
    "undone_delete": (
        "{name}の取り消しを元に戻しました。",
        "Took back: {name} was removed.",
    ),
    "undone_none": ("元に戻せる変更はありません。", "There is nothing to take back."),
    "due": ("お知らせ: {line}", "Reminder: {line}"),
    "due_missed": (
        "お知らせ: {line}（ほかに{count}回、お知らせできませんでした）",
        "Reminder: {line} ({count} earlier ones could not be announced)",
    ),
}


def sentence(key: str, language: str, **values: object) -> str:
    """The sentence of that name, filled in; English unless the language is `ja`."""
    japanese, english = MESSAGES[key]
    return (japanese if language == "ja" else english).format(**values)
