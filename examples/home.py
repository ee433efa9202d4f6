"""Three functions of a home, for which docs/finetuning.md tunes a model.

funcgemma functions list --functions examples/home.py
python examples/home.py        # what there is to learn from
"""

from pathlib import Path
from typing import Annotated, Literal

from funcgemma import Kind, function


@function(
    examples=[
        "[寝室](room)の電気つけて > state=on",
        "[廊下](room)の明かり消しといて > state=off",
        "[台所](room)のライトをオンにして > state=on",
        "[玄関](room)の照明を落としてください > state=off",
        "寝るから[居間](room)の電気消して > state=off",
        "[ベランダ](room)、明かりお願い > state=on",
        "[書斎](room)が暗いから照明つけてくれる？ > state=on",
        "[洗面所](room)の電気つけっぱなしだ、消して > state=off",
        "電気消して > state=off !room",
        "暗いな、明かりつけて > state=on !room",
    ],
)
def light(room: Annotated[str, Kind("verbatim")], state: Literal["on", "off"]) -> dict:
    """部屋の照明をつけたり消したりしてほしいと頼まれたときに使う。"""
    return {"status": "ok", "message": f"{room}: {state}"}


@function(
    examples=[
        "[ビートルズ](artist)かけて",
        "[宇多田ヒカル](artist)の曲が聴きたい",
        "[バッハ](artist)を流してください",
        "[サザン](artist)でもかけといて",
        "なんか[米津玄師](artist)の曲流して",
        "[ショパン](artist)、再生して",
        "[あいみょん](artist)の歌をお願い",
        "運転中に[山下達郎](artist)を聴きたいな",
        "何か音楽かけて > !artist",
        "曲を流してくれる？ > !artist",
    ],
)
def play_music(artist: Annotated[str, Kind("verbatim")]) -> dict:
    """音楽をかけてほしい、聴きたいと言われたときに使う。"""
    return {"status": "ok", "message": f"♪ {artist}"}


@function(
    examples=[
        "[カレー](dish)の作り方教えて",
        "[肉じゃが](dish)のレシピ出して",
        "[親子丼](dish)ってどう作るの？",
        "[餃子](dish)を作りたいんだけど",
        "今夜は[鍋](dish)にしたい、レシピある？",
        "[プリン](dish)の材料を教えてください",
        "[だし巻き卵](dish)の作り方が知りたい",
        "[麻婆豆腐](dish)ってどうやるんだっけ",
        "夕飯のレシピ教えて > !dish",
        "何か作り方を検索して > !dish",
    ],
    risk="read",
)
def recipe(dish: Annotated[str, Kind("verbatim")]) -> dict:
    """料理の作り方や材料を聞かれたときに使う。"""
    return {"status": "ok", "message": f"{dish} …"}


if __name__ == "__main__":
    from funcgemma.data.examples import example_cases
    from funcgemma.functions.plugins import known_functions

    own = [case for case in example_cases(known_functions(Path(__file__))) if case.calls]
    for case in own:
        print(case.text, "→", *(f"{call.name} {dict(call.arguments)}" for call in case.calls))
