"""What the model is told, in the language that the utterances are to be in."""

from collections.abc import Mapping

WORDING: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "task": (
            "あなたは、音声アシスタントを試すための発話を書く作家です。指定された人物になりきり、"
            "その人がその場で実際に言いそうな日本語の発話を書き、"
            "何を頼んでいるかを JSON で記します。"
            "決まり文句や似た言い回しは避け、毎回ちがう出だし・長さ・頼み方にします。"
        ),
        "rules": (
            "決まり:\n"
            "- 引数の値は発話 (または before の会話) にある言葉をそのまま写す。言い換えない。\n"
            "- 日時・繰り返しの引数には、日付を計算せず、発話の中の言葉 (明日の朝7時, 毎週火曜) を"
            "そのまま書く。言語の引数も発話の中の言葉 (例: フランス語) を書く。\n"
            "- 発話に日や時刻が出てきたら、必ずどれかの引数に入れる。\n"
            "- 人名の敬称とかぎ括弧は値に入れない。\n"
            "- 言っていない任意の引数は書かない。\n"
            "- 地名・人名・品物・用件は、実在するものから毎回ちがうものを選ぶ。\n"
            "- 「〇〇」や [場所] のような伏せ字・空欄、機能の名前、説明文は書かない。"
        ),
        "functions": "機能:",
        "function": "機能 {name}: {description}",
        "arguments": "引数:",
        "required": "必須",
        "optional": "任意",
        "time": "時を表す言葉をそのまま",
        "language": "言語の名をそのまま",
        "one_of": "次のどれか",
        "now": "その人の時計: {now} ({weekday}曜)",
        "person": "人物: {age}歳, {who}。{region}。",
        "register": "話し方: {register}",
        "situation": "場面: {situation}",
        "manner": "言い方: {manner}",
        "ask": "この人がこの場面で「{functions}」を頼む発話を {count} 件。",
        "silent": (
            "この人がこの場面で言う、次のような発話を {count} 件: {topic}。"
            "どの機能も頼んでいないこと。"
        ),
        "declined": "関係する機能 {name}: {description}",
        "focus": "{name} の {argument} は {value} になる頼みにする。",
        "guide": " (例えば {words})",
        "absent": "{argument} にあたることは、発話でも before でも言わない。calls にも書かない。",
        "before": "before には、その前のやりとり (利用者と助手) を一つか二つ書く。",
        "several": "calls は頼んだ順。最初は {first}、次は {second}。二つの頼みの中身は変える。",
        "samples": "書き方の見本 (中身はまねしない):",
        "avoid": "すでにあるので避ける発話:",
        "answer": "答えは次の形の JSON だけ。説明は書かない。",
        "weekdays": "月火水木金土日",
    },
    "en": {
        "task": (
            "You write utterances that test a voice assistant. You become the person described, "
            "write what this person would really say in English at that moment, and note in JSON "
            "what is asked for. Avoid stock phrases; vary openings, length and ways of asking."
        ),
        "rules": (
            "Rules:\n"
            "- Copy the value of an argument letter by letter from the text (or from the "
            "conversation in before). Never rephrase it.\n"
            "- Never compute dates: for times and recurrences write the words of the text "
            "(tomorrow at 7, every Tuesday). For languages too (French).\n"
            "- If the text names a day or an hour, it must stand in an argument.\n"
            "- No quotation marks around values.\n"
            "- Leave out optional arguments that are not said.\n"
            "- Take real places, people, things and errands, different ones each time.\n"
            "- No placeholders such as [city], no names of functions, no explanations."
        ),
        "functions": "Functions:",
        "function": "Function {name}: {description}",
        "arguments": "Arguments:",
        "required": "required",
        "optional": "optional",
        "time": "the words that name the time, as they stand in the text",
        "language": "the name of the language, as it stands in the text",
        "one_of": "one of",
        "now": "The person's clock: {now} ({weekday})",
        "person": "Person: {age}, {who}. {region}.",
        "register": "Speech: {register}",
        "situation": "Situation: {situation}",
        "manner": "Manner: {manner}",
        "ask": "{count} utterances in which this person asks for: {functions}.",
        "silent": (
            "{count} utterances of this person in this situation: {topic}. "
            "They ask for none of the functions."
        ),
        "declined": "The function: {name}: {description}",
        "focus": "Ask so that {argument} of {name} is {value}.",
        "guide": " (for example {words})",
        "absent": "Say nothing of {argument}, neither in text nor in before, nor in calls.",
        "before": "In before, give the one or two exchanges of user and assistant that came first.",
        "several": "calls in the order asked: {first}, then {second}, with different content.",
        "samples": "Samples of the form (do not copy their content):",
        "avoid": "There already, so avoid:",
        "answer": "Answer with JSON of this form only. No explanation.",
        "weekdays": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    },
}
