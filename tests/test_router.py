import pickle
from concurrent.futures import ThreadPoolExecutor

from funcgemma.functions.definition import FunctionDefinition
from funcgemma.model import load_model, save_model
from funcgemma.router import Router

TEXTS = [
    "明日の京都の天気を教えて",
    "米津玄師の代表曲は？",
    "ありがとう、助かった",
    "「ありがとう」を韓国語にして",
    "来週の金曜10時に会議を入れて",
    "一人暮らし用の冷蔵庫のおすすめは？",
]


def test_eight_threads_decide_as_one(small_model, registry, say):
    dialogues = [say(text + "！" * (i % 3)) for i, text in enumerate(TEXTS * 20)]
    alone = [Router(registry, small_model).route(d) for d in dialogues]
    shared = Router(registry, small_model)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(shared.route, dialogues)) == alone


def test_a_saved_router_decides_the_same(router, small_model, registry, say, tmp_path):
    save_model(small_model, tmp_path / "m")
    again = Router.load(tmp_path / "m", registry)
    for text in TEXTS:
        assert again.route(say(text)) == router.route(say(text))


def test_training_twice_gives_the_same_artefact(corpus, registry, tmp_path):
    from funcgemma.artefacts.store import load_artefact
    from funcgemma.training.build import build_model

    cases = [c for c in corpus if c.writer in ("w01", "w04")]
    hashes = []
    for name in ("a", "b"):
        save_model(build_model(cases, registry), tmp_path / name)
        hashes.append(load_artefact(tmp_path / name).hash)
    assert hashes[0] == hashes[1]


def test_decisions_can_be_pickled(router, say):
    decision = router.route(say(TEXTS[0]))
    assert pickle.loads(pickle.dumps(decision)) == decision


def test_earlier_turns_are_remembered(small_model, registry, say):
    router = Router(registry, small_model)
    first = router.route(say(TEXTS[0]))
    dialogue = say(TEXTS[0], "晴れです。", "じゃあ大阪は？")
    assert router._earlier(dialogue)[0] is first


def test_given_decisions_are_not_made_again(router, say):
    from dataclasses import replace

    from funcgemma import Decision

    dialogue = say(TEXTS[0], "晴れです。", "じゃあ大阪は？")
    forgotten = replace(dialogue, decisions={0: Decision()})
    assert router.route(dialogue).calls[0].arguments.get("date") == "2026-05-14"
    assert all("date" not in call.arguments for call in router.route(forgotten).calls)


def test_unregistered_functions_are_never_chosen(small_model, registry, say):
    router = Router([d for d in registry if d.name != "weather_info"], small_model)
    assert all(call.name != "weather_info" for call in router.route(say(TEXTS[0])).calls)


def test_unseen_functions_are_reported_and_left_alone(small_model, registry, say):
    new = FunctionDefinition("new_one", "", {"type": "object", "properties": {}}, dict)
    router = Router([*registry, new], small_model)
    assert router.untrained == ("new_one",)
    assert router.route(say(TEXTS[0])).calls[0].name == "weather_info"


def test_the_trace_explains(router, say):
    trace = router.route(say(TEXTS[0]), trace=True).trace
    assert trace.gate_features
    assert trace.function_scores[0][0] == "weather_info"
    assert any("天気" in feature for feature, weight in trace.function_features if weight > 0)


def test_keywords_serve_without_a_model(registry, say):
    router = Router(registry, None)
    decision = router.route(say(TEXTS[0]))
    assert decision.stage == "keywords"
    assert decision.calls[0].name == "weather_info"
    assert decision.calls[0].arguments["location"] == "京都"
    assert router.route(say("へえ、そうなんだ")).calls == ()


def test_a_model_made_with_another_dictionary_is_refused(small_model, tmp_path):
    import json

    import pytest

    from funcgemma.errors import ArtefactError

    save_model(small_model, tmp_path / "m")
    path = tmp_path / "m" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"dictionary": "other"}))
    with pytest.raises(ArtefactError, match="other"):
        load_model(tmp_path / "m")


def test_a_long_history_costs_one_decision_a_turn(small_model, registry, say, monkeypatch):
    router = Router(registry, small_model)
    made = []
    decide = Router._decide_after

    def counted(self, *arguments, **named):
        made.append(1)
        return decide(self, *arguments, **named)

    monkeypatch.setattr(Router, "_decide_after", counted)
    texts = [t for i in range(60) for t in (f"東京の天気{i}", "はい")]
    router.route(say(*texts, "じゃあ大阪は？"))
    assert len(made) <= 14


def test_equal_instants_in_two_zones_are_two_clocks(router):
    from datetime import datetime

    from funcgemma import Dialogue, Message

    dates = []
    for clock in ("2026-05-13T00:30+09:00", "2026-05-12T15:30+00:00"):
        dialogue = Dialogue((Message("user", TEXTS[0]),), datetime.fromisoformat(clock))
        dates.append(router.route(dialogue).calls[0].arguments["date"])
    assert dates == ["2026-05-14", "2026-05-13"]
