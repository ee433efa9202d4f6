"""Everything the pages themselves say, Japanese and English."""

from collections.abc import Callable

Say = Callable[[str], str]

SENTENCES: dict[str, tuple[str, str]] = {
    "title": ("評価レポート", "Evaluation report"),
    "cases": ("件数", "Cases"),
    "cases_unit": ("件", "cases"),
    "source": ("評価セット", "Cases from"),
    "resolver": ("判定方法", "Resolver"),
    "language_model": ("言語モデル", "Language model"),
    "run": ("微調整の回", "Fine-tuning run"),
    "version": ("バージョン", "Version"),
    "training_cases": ("学習に使った発話", "Utterances trained on"),
    "training_data": ("学習データ", "Training data"),
    "overview": ("主な指標", "Main rates"),
    "overview_note": (
        "線は 95 % 区間です。{unit}を単位に、重複を許して {groups} 組を取り直すことを "
        "{resamples} 回くり返して求めました。",
        "The line is a 95 % interval, found by drawing {groups} {unit} with replacement "
        "{resamples} times.",
    ),
    "unit_writers": ("書き手", "writers"),
    "unit_dialogues": ("対話", "dialogues"),
    "unit_cases": ("発話一つ", "cases"),
    "rate": ("指標", "Rate"),
    "value": ("値", "Value"),
    "function_accuracy": ("関数の選択が正しい", "Functions right"),
    "call_accuracy": ("引数まで正しい", "Whole call right"),
    "gate_accuracy": ("呼ぶ・呼ばないが正しい", "Yes or no right"),
    "no_function_recall": ("不要なとき呼ばない", "Silent when nothing is asked"),
    "request_recall": ("依頼を見つける", "Requests noticed"),
    "call_accuracy_on_requests": ("依頼の引数まで正しい", "Whole call right, on requests"),
    "argument_accuracy": ("引数ごとの正しさ", "Arguments right"),
    "missing_right": ("足りない引数に気づく", "Missing arguments noticed"),
    "false_action_rate": ("誤った呼び出し", "False actions"),
    "false_action_rate_everyday": ("誤った呼び出し（日常会話）", "False actions, everyday talk"),
    "false_action_rate_rest": ("誤った呼び出し（その他）", "False actions, other cases"),
    "brier": ("Brier スコア", "Brier score"),
    "lower": ("低いほど良い", "lower is better"),
    "reliability": ("確信度は信じられるか", "Can the confidence be trusted?"),
    "reliability_note": (
        "点が対角線上にあれば、確信度 80 % の判断は 80 % 正しいということです。線は 95 % 区間、"
        "下の棒は件数です。",
        "On the diagonal, a confidence of 80 % means right in 80 of 100 cases. Lines are 95 % "
        "intervals, the bars below show how many cases there are.",
    ),
    "confidence": ("確信度", "Confidence"),
    "right": ("正しい割合", "Share right"),
    "ece": ("ECE", "ECE"),
    "ece_debiased": ("ECE（偏り補正）", "ECE, debiased"),
    "functions": ("関数ごとの F1", "F1 by function"),
    "function": ("関数", "Function"),
    "precision": ("適合率", "Precision"),
    "recall": ("再現率", "Recall"),
    "calls": ("呼び出し", "Calls"),
    "confusion": ("何を何と取り違えたか", "What was taken for what"),
    "confusion_note": (
        "行が正解、列が判断です。一つの発話に複数の呼び出しがあるときは、一致するものを対角線に、"
        "残りを順に対にして数え、余りは no_function とします。",
        "Rows are what was wanted, columns what was decided. With several calls, equal ones stand "
        "on the diagonal, the rest are paired in order, and what is left over counts as "
        "no_function.",
    ),
    "wanted": ("正解", "Wanted"),
    "decided": ("判断", "Decided"),
    "suite": ("会話スイート", "Suite"),
    "overall": ("全体", "Overall"),
    "gate_alone": ("ゲートだけ", "Gate alone"),
    "gate": ("ルーター全体の可否", "Router's yes or no"),
    "call": ("引数まで", "Whole call"),
    "tags": ("タグごと", "By tag"),
    "writers": ("書き手ごと", "By writer"),
    "categories": ("種類ごと", "By category"),
    "languages": ("言語ごと", "By language"),
    "speed": ("速さと判定した段階", "Speed, and who decided"),
    "stage": ("段階", "Stage"),
    "problems": ("使えなかった答え", "Answers that could not be used"),
    "mistakes": ("確信していた間違い", "The surest mistakes"),
    "mistakes_note": (
        "間違った判断を、確信度の高い順に並べています。",
        "Wrong decisions, the most confident ones first.",
    ),
    "no_mistakes": ("載せる間違いはありません。", "There is no mistake to show."),
    "expected": ("正解", "Wanted"),
    "got": ("判断", "Decided"),
    "no_call": ("呼び出しなし", "no call"),
    "missing": ("足りない引数", "Missing"),
    "false_action": ("不要な呼び出し", "False action"),
    "missed": ("見逃し", "Missed"),
    "wrong_function": ("関数の間違い", "Wrong function"),
    "wrong_arguments": ("引数の間違い", "Wrong arguments"),
    "user": ("利用者", "User"),
    "assistant": ("応答", "Assistant"),
    "comparison": ("レポートの比較", "Reports compared"),
    "side_by_side": ("並べて見る", "Side by side"),
    "other_cases": (
        "評価した件がそれぞれ異なります。違いは件の難しさのせいかもしれません。",
        "They judged different cases: some may just have been harder.",
    ),
    "latency": ("所要時間", "Latency"),
    "llm_calls": ("言語モデルの呼び出し", "Calls of a language model"),
    "llm_share": ("言語モデルに尋ねた割合", "Share asked of a language model"),
    "llm_avoided": ("尋ねずに済んだ割合", "Share decided without it"),
    "difference": ("差", "Difference"),
    "better": ("{b} が良い", "{b} is better"),
    "worse": ("{b} が悪い", "{b} is worse"),
    "few": ("違う件が少なすぎる", "too few differ"),
    "unclear": ("はっきりしない", "not clear"),
    "paired": (
        "同じ {count} 件を両方が判断したので、件ごとに対にして差の 95 % 区間を求めました。"
        "区間が 0 を含まず、違いのある組が六つ以上ある差だけを良い・悪いとします。",
        "Both judged the same {count} cases, so the 95 % intervals of the differences are paired, "
        "case by case. A difference counts as better or worse only where its interval leaves out "
        "zero and six or more cases (or writers) differ.",
    ),
    "unpaired": (
        "評価した件が異なるため、{a} と {b} を別々に取り直して差の 95 % 区間を求めました。"
        "対にした比較よりも差が見えにくくなります。",
        "{a} and {b} judged different cases, so each is resampled by itself. Differences are "
        "harder to see than on the same cases.",
    ),
    "changed": (
        "{count} 件で正解が変わっています。",
        "The gold calls of {count} cases have changed between the two.",
    ),
    "flips": ("引数まで正しいかが変わった件", "Whole calls that changed"),
    "right_only": ("{name} だけが正しい", "right in {name} only"),
}


def words(language: str) -> Say:
    """The words of a language: ja, or else en."""
    index = 0 if language == "ja" else 1
    return lambda key: SENTENCES[key][index] if key in SENTENCES else key
