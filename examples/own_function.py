"""A function of one's own: a decorator, ten examples, and it is routed to.

funcgemma train --functions examples/own_function.py
funcgemma chat --functions examples/own_function.py
python examples/own_function.py        # tries it without training
"""

from funcgemma import function


@function(
    risk="write",
    examples=[
        "[3](minutes)分のタイマーかけて",
        "[10](minutes)分はかって",
        "タイマー[5](minutes)分お願い",
        "カップ麺つくるから[3](minutes)分たったら鳴らして",
        "[25](minutes)分で集中するからタイマーつけて",
        "パスタゆでるんで[8](minutes)分計って",
        "[15](minutes)分タイマー",
        "[1](minutes)分だけ計ってくれる？",
        "タイマーを[40](minutes)分にセット",
        "ストップウォッチじゃなくてタイマー、[7](minutes)分で",
    ],
)
def timer(minutes: int) -> dict:
    """タイマー: 何分か計ってほしいと頼まれたときに使う。"""
    return {"status": "ok", "message": f"{minutes}分のタイマーを始めました。", "minutes": minutes}


if __name__ == "__main__":
    print(timer(3)["message"])
