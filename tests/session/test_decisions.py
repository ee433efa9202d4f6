from funcgemma.records import Decision, FunctionCall, Mention
from funcgemma.session.decisions import (
    joined,
    mentions_of,
    missing_of,
    older,
    rest,
    with_arguments,
)

KYOTO = Mention("place", "京都", 0, 2, "京都", "0.location")
NARA = Mention("place", "奈良", 3, 5, "奈良", "1.location")
LOOSE = Mention("datetime", "3時", 6, 8, "2026-05-13T15:00")
TWO = Decision(
    (FunctionCall("weather_info", {"location": "京都"}), FunctionCall("travel_guide")),
    ("1.destination",),
    0.5,
    mentions=(KYOTO, NARA, LOOSE),
)


def test_the_rest_moves_up():
    left = rest(TWO, 1)
    assert [call.name for call in left.calls] == ["travel_guide"]
    assert left.missing == ("0.destination",)
    assert [m.argument for m in left.mentions] == ["0.location", None]
    assert rest(TWO, 0) is TWO
    assert rest(TWO, 2).calls == ()


def test_what_belongs_to_a_call():
    assert missing_of(TWO, 0) == ()
    assert missing_of(TWO, 1) == ("destination",)
    assert mentions_of(TWO, 0) == (KYOTO, LOOSE)


def test_arguments_keep_the_order_of_the_schema(definitions):
    filled = with_arguments(
        TWO, 1, {"info_type": "food", "destination": "奈良"}, definitions["travel_guide"]
    )
    assert list(filled.calls[1].arguments) == ["destination", "info_type"]
    assert filled.missing == ()
    again = with_arguments(filled, 1, {}, definitions["travel_guide"])
    assert again.missing == ("1.destination",)


def test_joined_numbers_go_on():
    both = joined(rest(TWO, 1), TWO)
    assert [call.name for call in both.calls] == ["travel_guide", "weather_info", "travel_guide"]
    assert both.missing == ("0.destination", "2.destination")
    assert [m.argument for m in both.mentions] == [
        "0.location",
        None,
        "1.location",
        "2.location",
        None,
    ]


def test_mentions_grow_old():
    assert {m.turn for m in older(older(TWO)).mentions} == {-5}
