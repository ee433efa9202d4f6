"""Ten more functions of one's own, for development: some take over built-in ground.

    funcgemma train --functions benchmarks/own_functions_dev/functions.py --output DIR

Each has ten examples, seven Japanese and three English. The handlers do nothing.
"""

from typing import Annotated, Literal

from pydantic import Field

from funcgemma import Kind, function


@function(
    risk="read",
    description="食事や飲みに行く店を探すときに使う。土地の名物や土産についての案内ではない。",
    examples=[
        "[渋谷](area)で[イタリアン](cuisine)の店さがして",
        "[今夜7時](time=2026-05-13T19:00)から[4](people)人で入れる[居酒屋](cuisine)ない？",
        "この近くでおすすめの[ラーメン](cuisine)屋",
        "[梅田駅](area)周辺でランチできるところ教えて",
        "[土曜](time=2026-05-16)に[横浜](area)で家族で[焼肉](cuisine)食べたい、いい店ある？",
        "[博多](area)のうまい[もつ鍋](cuisine)どこ",
        "ごはん食べるとこ探して、[二](people=2)人",
        "find me a good [sushi](cuisine) place in [Ginza](area)",
        "table for [3](people) near [Shinjuku station](area) [tonight](time=2026-05-13)",
        "any [vegan](cuisine) restaurants around here?",
    ],
)
def find_restaurant(
    area: Annotated[
        str | None, Kind("place"), Field(description="場所。言われなければ今いる近く")
    ] = None,
    cuisine: Annotated[
        str | None, Kind("phrase"), Field(description="料理や店の種類 (例: イタリアン, 寿司)")
    ] = None,
    people: Annotated[int | None, Field(description="人数")] = None,
    time: Annotated[str | None, Kind("datetime"), Field(description="行く日時")] = None,
) -> dict:
    """Look for a place to eat."""
    return {"status": "ok"}


@function(
    risk="read",
    description="電車の時刻、乗り換え、始発や終電を調べるときに使う。旅先の交通全般の案内ではない。",
    examples=[
        "[新宿](origin)から[八王子](destination)まで次の電車何時？",
        "[横浜](destination)行きの終電調べて > search=last",
        "[明日9時](time=2026-05-14T09:00)に[東京駅](destination)に着く電車 > search=arrival",
        "[大宮](origin)から[上野](destination)、[18時](time=2026-05-13T18:00)以降に出るやつ",
        "始発で[成田空港](destination)行くには？ > search=first",
        "[三鷹](origin)→[品川](destination)の乗り換え教えて",
        "帰りの電車の時間しらべて > !destination",
        "next train from [Ueno](origin) to [Omiya](destination)?",
        "last train to [Kamakura](destination) [tonight](time=2026-05-13) > search=last",
        "which train gets me to [Kyoto](destination) by "
        "[noon tomorrow](time=2026-05-14T12:00) > search=arrival",
    ],
)
def train_times(
    destination: Annotated[str, Kind("place"), Field(description="降りる駅や行き先")],
    origin: Annotated[str | None, Kind("place"), Field(description="乗る駅")] = None,
    time: Annotated[str | None, Kind("datetime"), Field(description="乗る、または着く日時")] = None,
    search: Annotated[
        Literal["departure", "arrival", "first", "last"],
        Field(description="departure=出発, arrival=到着時刻の指定, first=始発, last=終電"),
    ] = "departure",
) -> dict:
    """Look up trains."""
    return {"status": "ok"}


@function(
    risk="read",
    description="ある映画の上映時間、あらすじ、出演者、評判を聞かれたときに使う。俳優自身のことではない。",
    examples=[
        "[国宝](title)の上映時間、[新宿](area)で > info=showtimes",
        "映画の「[君の名は。](title)」ってどんな話？ > info=plot",
        "[トップガン マーヴェリック](title)に出てる人だれ > info=cast",
        "[すずめの戸締まり](title)って面白い？評判見て > info=review",
        "[土曜](date=2026-05-16)に[ゴジラ-1.0](title)やってる映画館ある？ > info=showtimes",
        "[ショーシャンクの空に](title)のあらすじ > info=plot",
        "[今日](date=2026-05-13)映画行きたいから上映時間調べて > info=showtimes !title",
        "what's [Past Lives](title) about? > info=plot",
        "who plays the lead in [Dune](title) > info=cast",
        "showtimes for [The Boy and the Heron](title) [tomorrow](date=2026-05-14) > info=showtimes",
    ],
)
def movie_info(
    title: Annotated[str, Kind("verbatim"), Field(description="映画の題名")],
    info: Annotated[
        Literal["showtimes", "plot", "cast", "review"],
        Field(description="showtimes=上映館と時間, plot=内容, cast=出演者と監督, review=評判"),
    ] = "plot",
    area: Annotated[str | None, Kind("place"), Field(description="見る場所")] = None,
    date: Annotated[str | None, Kind("date"), Field(description="見る日")] = None,
) -> dict:
    """Tell about one film."""
    return {"status": "ok"}


@function(
    risk="write",
    description="買い物リストに品物を書き足すときに使う。商品選びや値段、注文の相談ではない。",
    examples=[
        "買い物リストに[牛乳](item)追加",
        "[卵](item)[2パック](quantity)リストに入れといて",
        "[トイレットペーパー](item)切れそう、買うものに足して",
        "買うものメモ、[食パン](item)[一斤](quantity)",
        "[単三電池](item)も買い物リストにお願い",
        "リストに[玉ねぎ](item)[3個](quantity)書いといて",
        "買い物リストに追加してほしいものがある > !item",
        "add [milk](item) to the shopping list",
        "put [2 bottles](quantity) of [olive oil](item) on my list",
        "we're out of [dish soap](item), stick it on the groceries list",
    ],
)
def shopping_list_add(
    item: Annotated[str, Kind("verbatim"), Field(description="買う物")],
    quantity: Annotated[
        str | None, Kind("verbatim"), Field(description="数や量。単位まで (例: 2パック)")
    ] = None,
) -> dict:
    """Write a thing on the shopping list."""
    return {"status": "ok"}


@function(
    risk="write",
    description="人と会う約束や会議をカレンダーに入れるときに使う。相手のいない用事やリマインダーではない。",
    examples=[
        "[明日14時](start=2026-05-14T14:00)に[田中](attendee)さんと[打ち合わせ](title)、カレンダーに入れて",
        "[金曜の夜7時](start=2026-05-15T19:00)[佐藤](attendee)さんと[飲み会](title)、[新橋](place)で",
        "[営業部](attendee)との[会議](title)を[来週月曜10時](start=2026-05-18T10:00)にセットして",
        "[5月20日16時](start=2026-05-20T16:00)、[山口](attendee)先生と[面談](title)",
        "[美咲](attendee)ちゃんと[土曜12時](start=2026-05-16T12:00)に[ランチ](title)の約束した、"
        "予定に入れといて",
        "[A社の鈴木](attendee)様と[オンラインMTG](title)[15時](start=2026-05-13T15:00)からで押さえて",
        "[高橋](attendee)さんと会う予定カレンダーに追加して > !start",
        "schedule a [meeting](title) with [Ken](attendee) [tomorrow at 3](start=2026-05-14T15:00)",
        "put [lunch](title) with [Sarah](attendee) in my calendar, "
        "[Friday noon](start=2026-05-15T12:00)",
        "[call](title) with the [design team](attendee) "
        "[Monday 9am](start=2026-05-18T09:00), calendar please",
    ],
)
def calendar_event(
    attendee: Annotated[str, Kind("person"), Field(description="会う相手。人、部署、会社")],
    start: Annotated[str, Kind("datetime"), Field(description="始まる日時")],
    title: Annotated[
        str | None, Kind("phrase"), Field(description="何をするか (例: 打ち合わせ, ランチ)")
    ] = None,
    place: Annotated[str | None, Kind("place"), Field(description="場所")] = None,
) -> dict:
    """Put an appointment with somebody into the calendar."""
    return {"status": "ok"}


@function(
    risk="read",
    description="空気の汚れ、PM2.5、黄砂、光化学スモッグを聞かれたときに使う。花粉や天気ではない。",
    examples=[
        "[福岡](place)の空気きれい？",
        "[北京](place)のPM2.5の値は > pollutant=pm25",
        "[明日](date=2026-05-14)黄砂くる？[長崎](place) > pollutant=dust",
        "[川崎](place)って光化学スモッグ出てる？ > pollutant=oxidant",
        "[大阪](place)の大気汚染どんな感じ",
        "[今日](date=2026-05-13)の[名古屋](place)、AQIいくつ",
        "PM2.5ひどい？窓開けて平気？ > pollutant=pm25 !place",
        "air quality in [Delhi](place)",
        "what's the PM2.5 level in [Seoul](place) [today](date=2026-05-13)? > pollutant=pm25",
        "is the air ok for a run in [Tokyo](place) right now",
    ],
)
def air_quality(
    place: Annotated[str, Kind("place"), Field(description="地名")],
    pollutant: Annotated[
        Literal["overall", "pm25", "dust", "oxidant"],
        Field(description="overall=空気全般, pm25=PM2.5, dust=黄砂, oxidant=光化学スモッグ"),
    ] = "overall",
    date: Annotated[str | None, Kind("date"), Field(description="知りたい日")] = None,
) -> dict:
    """Tell how clean the air is."""
    return {"status": "ok"}


@function(
    risk="read",
    description="言葉の意味、読み方、類語、使い方を辞書で調べるときに使う。別の言語に訳すことではない。",
    examples=[
        "「[忖度](word)」の意味は？",
        "[齟齬](word)ってどういう意味",
        "[月極](word)ってなんて読むの > info=reading",
        "[嬉しい](word)の類語おしえて > info=synonym",
        "「[おざなり](word)」を使った例文ほしい > info=example",
        "辞書で[漸く](word)引いて",
        "この言葉の意味調べて > !word",
        "define [serendipity](word)",
        "what does [ubiquitous](word) mean?",
        "another word for [happy](word)? > info=synonym",
    ],
)
def define_word(
    word: Annotated[str, Kind("verbatim"), Field(description="調べる言葉。かぎ括弧は除く")],
    info: Annotated[
        Literal["meaning", "reading", "synonym", "example"],
        Field(description="meaning=意味, reading=読み方, synonym=言い換え, example=例文"),
    ] = "meaning",
) -> dict:
    """Look a word up in the dictionary."""
    return {"status": "ok"}


@function(
    risk="irreversible",
    description="今すぐ電話やビデオ通話をかけるときに使う。後で電話する予定の登録ではない。",
    examples=[
        "[お母さん](contact)に電話して",
        "[田中](contact)さんの[携帯](phone)にかけて",
        "[健太](contact)とビデオ通話したい > kind=video",
        "[ばあちゃん](contact)ちに電話かけてくれる？",
        "[会社](contact)に電話つないで",
        "[山本歯科](contact)に発信",
        "電話かけて > !contact",
        "call [mum](contact)",
        "video call [Alex](contact) > kind=video",
        "ring [Dave](contact) on his [mobile](phone)",
    ],
)
def call_contact(
    contact: Annotated[str, Kind("person"), Field(description="かける相手。人や店、会社")],
    kind: Annotated[Literal["voice", "video"], Field(description="音声かビデオ通話か")] = "voice",
    phone: Annotated[
        str | None, Kind("verbatim"), Field(description="どの電話か (例: 携帯, 自宅)")
    ] = None,
) -> dict:
    """Ring somebody."""
    return {"status": "ok"}


@function(
    risk="write",
    description="カメラで写真や動画を撮る、録画を止めるときに使う。カメラという商品の話ではない。",
    examples=[
        "写真撮って > action=photo",
        "[10](delay)秒後にシャッター切って > action=photo",
        "自撮りしたいからインカメにして撮って > action=selfie",
        "動画まわして > action=video",
        "録画とめて > action=stop",
        "はいチーズで1枚お願い > action=photo",
        "みんなで自撮り、[5](delay)秒タイマーで > action=selfie",
        "take a picture > action=photo",
        "start recording a video > action=video",
        "selfie in [3](delay) seconds > action=selfie",
    ],
)
def camera_control(
    action: Annotated[
        Literal["photo", "selfie", "video", "stop"],
        Field(description="photo=撮る, selfie=前のカメラで撮る, video=録画を始める, stop=止める"),
    ],
    delay: Annotated[int | None, Field(description="何秒後に撮るか")] = None,
) -> dict:
    """Take a picture or a film."""
    return {"status": "ok"}


@function(
    risk="read",
    description="通貨の為替レートや、別の通貨に換えた金額を聞かれたときに使う。物の値段ではない。",
    examples=[
        "[ドル](source)[円](target)いまいくら",
        "[100](amount)[ユーロ](source)は何[円](target)？",
        "[ウォン](source)のレート教えて",
        "[5万](amount=50000)[円](source)を[台湾ドル](target)にしたらいくら？",
        "[ポンド](source)高い？今のレート",
        "[人民元](source)→[円](target)換算、[300](amount)",
        "為替レート調べて > !source",
        "how much is [50](amount) [dollars](source) in [yen](target)",
        "[GBP](source) to [JPY](target) rate",
        "what's the [euro](source) at today",
    ],
)
def exchange_rate(
    source: Annotated[str, Kind("verbatim"), Field(description="元の通貨 (例: ドル, ユーロ)")],
    target: Annotated[
        str | None, Kind("verbatim"), Field(description="換える先の通貨。言われなければ円")
    ] = None,
    amount: Annotated[float | None, Field(description="換算する金額")] = None,
) -> dict:
    """Tell a rate, or convert an amount."""
    return {"status": "ok"}
