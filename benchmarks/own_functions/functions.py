"""Ten functions of one's own for an assistant at home, none of them used in development.

    funcgemma train --functions benchmarks/own_functions/functions.py --output DIR

Each has ten examples, seven Japanese and three English. The handlers keep what they are
told in this process and reach no network.
"""

import re
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from funcgemma import Kind, function

HOME: dict[str, list[dict[str, Any]]] = {
    name: [] for name in ("alarms", "timers", "outbox", "memo", "shopping", "idea")
}
"""What the assistant has been told so far."""

LIGHTS: dict[str, int] = {}
"""Room -> brightness in percent."""

PLAYLIST = ("Lemon", "夜に駆ける", "Blackbird", "So What")

HEADLINES = ("{topic}: 週明けに発表", "{topic}をめぐり議論続く", "{topic}、専門家に聞く")

RECIPES = (
    ("肉じゃが", 40, "じゃがいも 牛肉 玉ねぎ 人参"),
    ("親子丼", 15, "鶏肉 卵 玉ねぎ ご飯"),
    ("無限キャベツ", 10, "キャベツ ツナ ごま油"),
    ("Banana bread", 60, "bananas flour eggs butter"),
)

FACTORS = {
    ("マイル", "キロ"): 1.609344,
    ("miles", "km"): 1.609344,
    ("インチ", "センチ"): 2.54,
    ("ポンド", "kg"): 0.45359237,
    ("ounces", "grams"): 28.349523,
    ("大さじ", "cc"): 15.0,
    ("畳", "平米"): 1.62,
}

SECONDS = {"時間": 3600, "分": 60, "秒": 1, "h": 3600, "m": 60, "s": 1}
LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(時間|分|秒|h|m|s)[a-z]*(半)?")


@function(
    risk="write",
    description="目覚まし: 時刻を決めて起こすよう頼まれたときに使う。予定の登録ではない。",
    examples=[
        "[明日の朝6時半](time=2026-05-14T06:30)に起こして",
        "目覚まし[7時](time=2026-05-14T07:00)でお願い",
        '[平日の7時](recurrence="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",time=2026-05-14T07:00)'
        "にアラーム鳴らすようにして",
        "仮眠するから[30分後](time=2026-05-13T10:50)に起こしてくれない？",
        "[土曜の9時](time=2026-05-16T09:00)に目覚ましセットしといて、寝坊したくない",
        "[明日の早朝5時](time=2026-05-14T05:00)、絶対鳴らしてね目覚まし",
        "アラームかけるの忘れてた、かけといて > !time",
        "wake me up at [7:15 tomorrow](time=2026-05-14T07:15)",
        "set an alarm for [8am every day](recurrence=FREQ=DAILY,time=2026-05-14T08:00) pls",
        "need to be up by [9:30](time=2026-05-14T09:30), can you set the alarm",
    ],
)
def set_alarm(
    time: Annotated[str, Kind("datetime"), Field(description="鳴らす日時")],
    recurrence: Annotated[
        str | None, Kind("rrule"), Field(description="繰り返し。言われたときだけ")
    ] = None,
) -> dict:
    """Set the alarm clock.

    Args:
        time: When it rings; with a recurrence the first time.
        recurrence: An RRULE, only where the user said that it repeats.
    """
    HOME["alarms"].append({"time": time, "recurrence": recurrence})
    return {"status": "ok", "message": f"{time} に目覚ましをかけました。", "time": time}


@function(
    risk="write",
    description="タイマー: 料理などで、ある長さの時間を今から計ってほしいと頼まれたときに使う。",
    examples=[
        "[3分](duration)はかって",
        "[パスタ](label)ゆでるからタイマー[8分](duration)",
        "タイマー[1時間半](duration)でスタートして",
        "今から[90秒](duration)測ってもらえます？",
        "[ゆで卵](label)用に[6分30秒](duration)のキッチンタイマーかけて",
        "[カップ麺](label)！[5分](duration)経ったら教えて",
        "タイマーかけて、いま手が離せないの > !duration",
        "start a [10 minute](duration) timer",
        "[rice](label) is on, [20 minutes](duration) on the kitchen timer please",
        "count down [45 sec](duration)",
    ],
)
def start_timer(
    duration: Annotated[
        str,
        Kind("verbatim"),
        Field(description="計る長さ。単位まで発話のまま (例: 3分, 1時間半, 10 minutes)"),
    ],
    label: Annotated[
        str | None, Kind("phrase"), Field(description="何のためのタイマーか (例: パスタ)")
    ] = None,
) -> dict:
    """Start a timer that counts down from now.

    Args:
        duration: How long, with its unit, as said.
        label: What it is for (the dish), where that was said.
    """
    seconds = _seconds(duration)
    if not seconds:
        return {"status": "unclear", "message": f"「{duration}」の長さが分かりません。"}
    HOME["timers"].append({"seconds": seconds, "label": label})
    what = f"{label}のタイマー" if label else "タイマー"
    return {"status": "ok", "message": f"{what}を{duration}で始めました。", "seconds": seconds}


def _seconds(duration: str) -> int:
    total = 0.0
    for number, unit, half in LENGTH.findall(duration.lower()):
        total += (float(number) + (0.5 if half else 0)) * SECONDS[unit]
    return int(total)


@function(
    risk="write",
    description="音楽再生: 曲や歌手、ジャンルを言って音楽をかけてほしいと頼まれたときに使う。",
    examples=[
        "[米津玄師のLemon](query)かけて",
        "なんか[落ち着くジャズ](query)流しといて",
        "[宇多田ヒカル](query)聴きたい、シャッフルで > order=shuffle",
        "[夜に駆ける](query)をずっとリピート再生して > order=repeat",
        "音楽かけて〜 > !query",
        "掃除するから[テンション上がる曲](query)お願い",
        "[ショパンの夜想曲](query)を再生していただけますか",
        "play some [lo-fi beats](query)",
        "put [Abbey Road](query) on shuffle > order=shuffle",
        "can we have [Taylor Swift](query) on while I cook",
    ],
)
def play_music(
    query: Annotated[
        str,
        Kind("phrase"),
        Field(description="かける音楽。曲名・歌手・ジャンル・気分など、続けて言われたままを一つに"),
    ],
    order: Annotated[
        Literal["normal", "shuffle", "repeat"], Field(description="再生の順")
    ] = "normal",
) -> dict:
    """Play music.

    Args:
        query: Song, artist, genre or mood, as said and in one piece.
        order: In which order it plays.
    """
    hits = [title for title in PLAYLIST if title.lower() in query.lower()]
    return {
        "status": "ok",
        "message": f"{query}を再生します。",
        "queue": hits or list(PLAYLIST),
        "order": order,
    }


@function(
    risk="write",
    description="照明: 部屋の電気をつける、消す、明るさを変えるよう頼まれたときに使う。",
    examples=[
        "[リビング](room)の電気つけて > action=on",
        "もう寝るわ、[寝室](room)消灯して > action=off",
        "[子ども部屋](room)の明かり、もうちょい暗くして > action=darker",
        "[書斎](room)が暗くて本読めない、明るくしてくれる？ > action=brighter",
        "[トイレ](room)の電気つけっぱなしかも、消しといて > action=off",
        "電気消して > action=off !room",
        "ただいま、[玄関](room)のライト点けてください > action=on",
        "turn off the [kitchen](room) lights > action=off",
        "make the [bedroom](room) a bit brighter > action=brighter",
        "it's too bright in the [living room](room), dim it > action=darker",
    ],
)
def control_lights(
    room: Annotated[str, Kind("verbatim"), Field(description="部屋 (例: リビング, kitchen)")],
    action: Annotated[
        Literal["on", "off", "brighter", "darker"],
        Field(description="つける・消す・明るくする・暗くする"),
    ],
) -> dict:
    """Switch or dim the light of a room.

    Args:
        room: Whose light it is, as said.
        action: What happens to it.
    """
    now = LIGHTS.get(room, 0)
    after = {"on": 100, "off": 0, "brighter": min(now + 20, 100), "darker": max(now - 20, 0)}
    LIGHTS[room] = after[action]
    return {"status": "ok", "message": f"{room}の明るさ: {LIGHTS[room]}%", "room": room}


@function(
    risk="write",
    description="ナビ: 今から行く道を案内してほしいと頼まれたときに使う。旅行の下調べではない。",
    examples=[
        "[横浜駅](destination)までナビして",
        "ここから歩いて[浅草寺](destination)まで案内して > mode=walk",
        "[羽田空港](destination)に行きたい、下道でナビ開始して > avoid_tolls=true",
        "[実家](destination)へ帰るからルート出して",
        "チャリで[代々木公園](destination)行く、道案内よろしく > mode=bicycle",
        "ナビつけてください、目的地は[名古屋城](destination)です",
        "道案内スタートして > !destination",
        "navigate to [Tokyo Station](destination)",
        "start guiding me to [Ueno Zoo](destination), I'm on foot > mode=walk",
        "take me to [Costco](destination) avoiding tolls > avoid_tolls=true",
    ],
)
def start_navigation(
    destination: Annotated[str, Kind("place"), Field(description="目的地。発話中の表記のまま")],
    mode: Annotated[
        Literal["drive", "walk", "bicycle"], Field(description="移動手段。言われなければ drive")
    ] = "drive",
    avoid_tolls: Annotated[bool, Field(description="有料道路を避けるか")] = False,
) -> dict:
    """Guide the user to a place, starting now.

    Args:
        destination: Where to, as said.
        mode: How the user travels.
        avoid_tolls: Whether to keep off toll roads.
    """
    how = {"drive": "車", "walk": "徒歩", "bicycle": "自転車"}[mode]
    return {
        "status": "ok",
        "message": f"{destination}まで{how}で案内を始めます。",
        "destination": destination,
        "avoid_tolls": avoid_tolls,
    }


@function(
    risk="read",
    description="ニュース: ある話題のニュースや見出しを読み上げてほしいと頼まれたときに使う。",
    examples=[
        "[スポーツ](topic)のニュース読んで",
        "[経済](topic)の見出しを[3](count)つ教えて",
        "今朝の[政治](topic)ニュースはどんな感じ？",
        "[半導体](topic)関連で何かニュース入ってる？読み上げて",
        "ニュース流して > !topic",
        "[円安](topic)の件、最新の記事を[10](count)本ほどお願いします",
        "支度しながら聞くから[芸能](topic)ニュースよろしく",
        "read me the [tech](topic) headlines",
        "what's in the news about [the election](topic)",
        "top [3](count) [world](topic) news stories please",
    ],
)
def read_news(
    topic: Annotated[str, Kind("phrase"), Field(description="ニュースの話題 (例: スポーツ, 円安)")],
    count: Annotated[int, Field(description="見出しの数", ge=1)] = 5,
) -> dict:
    """Read out headlines on a topic.

    Args:
        topic: What the news are about.
        count: How many headlines.
    """
    found = [line.format(topic=topic) for line in HEADLINES][:count]
    return {"status": "ok", "message": "。".join(found), "headlines": found}


@function(
    risk="read",
    description="レシピ: 料理の作り方や、ある材料で作れるものを探してほしいと頼まれたときに使う。",
    examples=[
        "[肉じゃが](dish)の作り方教えて",
        "[なすと豚バラ](dish)で何か作れるレシピない？",
        "[15](max_minutes)分でできる[パスタ](dish)のレシピ",
        "[親子丼](dish)のレシピ探してほしいです",
        "冷蔵庫に[キャベツ](dish)しかない、[10](max_minutes)分以内で作れるもの調べて",
        "レシピ検索して > !dish",
        "今夜[チーズケーキ](dish)焼きたいんだけどレシピ出して",
        "[banana bread](dish) recipe",
        "what can I make with [leftover chicken](dish) in [20](max_minutes) minutes",
        "how do you cook [beef stew](dish)? find me a recipe",
    ],
)
def find_recipe(
    dish: Annotated[str, Kind("phrase"), Field(description="料理名、または使いたい材料")],
    max_minutes: Annotated[
        int | None, Field(description="何分以内で作りたいか。言われたときだけ")
    ] = None,
) -> dict:
    """Look for recipes.

    Args:
        dish: The dish, or the ingredients to use up.
        max_minutes: The longest it may take, where that was said.
    """
    found = [
        name
        for name, minutes, ingredients in RECIPES
        if (dish.lower() in f"{name} {ingredients}".lower())
        and (max_minutes is None or minutes <= max_minutes)
    ]
    if not found:
        return {"status": "not_found", "message": f"{dish}のレシピは見つかりませんでした。"}
    return {"status": "ok", "message": "、".join(found), "recipes": found}


@function(
    risk="read",
    description="単位の換算: 長さ、重さ、量、広さ、温度を別の単位で知りたいと言われたときに使う。",
    examples=[
        "[5](value)[マイル](from_unit)って何[キロ](to_unit)？",
        "[大さじ](from_unit)[3](value)は何[cc](to_unit)",
        "[180](value)[ポンド](from_unit)を[kg](to_unit)に直して",
        "[華氏](from_unit)[100](value)度は[摂氏](to_unit)だと何度になる？",
        "[6](value)[畳](from_unit)が何[平米](to_unit)か換算してください",
        "[2.5](value)[インチ](from_unit)、[センチ](to_unit)でいうとどのくらい",
        "[70](value)[坪](from_unit)を変換して > !to_unit",
        "how many [grams](to_unit) in [8](value) [ounces](from_unit)",
        "convert [30](value) [miles](from_unit) to [km](to_unit)",
        "[350](value) [fahrenheit](from_unit) in [celsius](to_unit)?",
    ],
)
def convert_units(
    value: Annotated[float, Field(description="もとの数値")],
    from_unit: Annotated[
        str, Kind("verbatim"), Field(description="もとの単位。発話のまま (例: マイル, 華氏)")
    ],
    to_unit: Annotated[
        str, Kind("verbatim"), Field(description="知りたい単位。発話のまま (例: キロ, celsius)")
    ],
) -> dict:
    """Convert a quantity from one unit to another.

    Args:
        value: The number to convert.
        from_unit: Its unit, as said.
        to_unit: The wanted unit, as said.
    """
    units = (from_unit.lower(), to_unit.lower())
    if units in (("華氏", "摂氏"), ("fahrenheit", "celsius")):
        result = (value - 32) / 1.8
    elif units in FACTORS:
        result = value * FACTORS[units]
    elif units[::-1] in FACTORS:
        result = value / FACTORS[units[::-1]]
    else:
        return {"status": "unknown", "message": f"{from_unit}→{to_unit}は換算できません。"}
    message = f"{value:g} {from_unit} = {result:.4g} {to_unit}"
    return {"status": "ok", "message": message, "result": result}


@function(
    risk="irreversible",
    description="メール: 誰かにメールを送ってほしいと頼まれたときに使う。",
    examples=[
        "[田中](to)さんに[今日少し遅れます](body)ってメールして",
        "[お母さん](to)に「[荷物届いたよ](body)」とメール送って",
        "件名は「[打ち合わせの件](subject)」で、[佐藤](to)さんに[予定通り伺います](body)とメール送信",
        "[美咲](to)宛てにメール、[駅に着いたら電話して](body)って書いて送っといて",
        "[鈴木](to)様へメールで[資料を受け取りました](body)とお送りください",
        "[山本](to)先生にメール送ってほしい > !body",
        "[今週は休みます](body)と[コーチ](to)にメールお願い",
        "email [Ken](to) that [I'm running late](body)",
        "send a mail to [Sarah](to) saying [the meeting is moved to Friday](body)",
        'shoot [Dad](to) an email, subject "[Sunday lunch](subject)", '
        "say [we will be there at noon](body)",
    ],
)
def send_email(
    to: Annotated[str, Kind("person"), Field(description="宛先の人。敬称を除く")],
    body: Annotated[str, Kind("verbatim"), Field(description="本文。発話のまま、かぎ括弧を除く")],
    subject: Annotated[
        str | None, Kind("verbatim"), Field(description="件名。言われたときだけ")
    ] = None,
) -> dict:
    """Send an email.

    Args:
        to: Who gets it, without a title of respect.
        body: What it says, word for word.
        subject: Its subject line, where one was given.
    """
    HOME["outbox"].append({"to": to, "subject": subject or body[:20], "body": body})
    return {"status": "ok", "message": f"{to}にメールを送りました。", "to": to}


@function(
    risk="write",
    description="メモ: 書きとめる、買い物リストに足すよう頼まれたときに使う。予定の登録ではない。",
    examples=[
        "[駐車場は3階のB](text)ってメモして",
        "[牛乳と卵](text)、買い物リストに足しといて > notebook=shopping",
        "メモお願い、[予備の電池は裏の棚](text)",
        "思いついた、[猫が店長の喫茶店](text)ってアイデア帳に書いといて > notebook=idea",
        "ちょっとメモ取ってくれる？ > !text",
        "「[燃えるゴミは火曜と金曜](text)」と控えておいてください",
        "[電球](text)切れた。買うものメモに入れて > notebook=shopping",
        "note that [the plumber's number is on the fridge](text)",
        "add [toilet paper](text) to my shopping list > notebook=shopping",
        "jot down an idea: [an app that names houseplants](text) > notebook=idea",
    ],
)
def take_note(
    text: Annotated[str, Kind("verbatim"), Field(description="書きとめる内容。発話のまま")],
    notebook: Annotated[
        Literal["memo", "shopping", "idea"],
        Field(description="どこに書くか。memo=メモ, shopping=買い物リスト, idea=アイデア"),
    ] = "memo",
) -> dict:
    """Write something down.

    Args:
        text: What to write down, word for word.
        notebook: Where it goes.
    """
    HOME[notebook].append({"text": text, "at": datetime.now().isoformat(timespec="minutes")})
    return {"status": "ok", "message": f"メモしました: {text}", "notebook": notebook}
