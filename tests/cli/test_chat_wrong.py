"""`/wrong` in a conversation, from a pipe and with someone who can be asked."""

import json
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from click.testing import CliRunner

from funcgemma.cli.chat import command
from funcgemma.cli.chat.wrong import wrong
from funcgemma.cli.teach.teacher import Teacher
from funcgemma.functions.context import Context
from funcgemma.functions.reminders.store import ReminderStore
from funcgemma.records import FunctionCall
from funcgemma.router import Router
from funcgemma.session import Session


@dataclass
class Patient:
    """Answers questions in their order; the rest with Enter."""

    lines: list = field(default_factory=list)
    agrees: list = field(default_factory=list)
    told: list = field(default_factory=list)

    def tell(self, text):
        self.told.append(text)

    def ask(self, question, default):
        self.told.append(question)
        return (self.lines.pop(0) if self.lines else "") or default

    def agree(self, question):
        self.told.append(question)
        return self.agrees.pop(0)


@pytest.fixture
def piped(own_data_folder, model):
    def run(text):
        options = ["--model", str(model), "--json"]
        result = CliRunner().invoke(
            command, options, input=text.encode(), standalone_mode=False,
            env={
                "FUNCGEMMA_OFFLINE": "1",
                "FUNCGEMMA_CHAT_MODEL": "none",
                "FUNCGEMMA_RESOLVER": "embedded",
            },
        )  # fmt: skip
        assert result.exit_code == 0, result.output
        return [json.loads(line)["reply"] for line in result.stdout.splitlines()]

    return run


@pytest.fixture
def rows(tmp_path):
    def read():
        path = tmp_path / "data" / "corrections.jsonl"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    return read


def test_in_a_pipe_with_all_it_takes(piped, rows):
    said = "明日の京都の天気は？\n/wrong travel_guide destination=京都 info_type=food\n"
    _, reply = piped(said)
    assert "travel_guide destination=京都 info_type=food" in reply
    assert "次に" in reply
    (row,) = rows()
    assert row["text"] == "明日の京都の天気は？"
    assert row["router"]["calls"][0]["name"] == "weather_info"
    assert datetime.fromisoformat(row["now"]).tzinfo is not None


def test_none_with_the_dialogue_before_it(piped, rows):
    piped("明日の京都の天気は？\n大阪は？\n／ｗｒｏｎｇ　none\n")
    (row,) = rows()
    assert row["text"] == "大阪は？"
    assert row["calls"] == []
    assert row["history"][0]["content"] == "明日の京都の天気は？"
    assert row["history"][0]["calls"][0]["name"] == "weather_info"


def test_values_with_spaces_stand_in_quotes(piped, rows):
    piped('good morning all\n/wrong translation_assist text="good morning" target_language=ja\n')
    assert rows()[0]["calls"][0]["arguments"]["text"] == "good morning"


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        ("/wrong", "/wrong none"),
        ("/wrong none a=b", "none"),
        ("/wrong wether_info", "did you mean weather_info"),
        ("/wrong weather_info location=大阪", "as it stands there"),
        ("/wrong weather_info location", "ARGUMENT=VALUE"),
        ('/wrong weather_info location="京都', "quote"),
    ],
)
def test_what_makes_no_sense_is_explained(piped, tmp_path, line, reply):
    assert reply in piped(f"明日の京都の天気は？\n{line}\n")[1]
    assert not (tmp_path / "data" / "corrections.jsonl").exists()


def test_nothing_was_said_yet(piped):
    assert piped("/wrong none\n") == ["まだ何も聞いていません。"]


def test_a_yes_is_not_what_was_wrong(piped, rows):
    piped("明日15時に歯医者の予定を入れて\n歯医者の予定を消して\nいいえ\n/wrong none\n")
    assert rows()[0]["text"] == "歯医者の予定を消して"


@pytest.fixture
def session(small_model, registry, now, tmp_path):
    with ReminderStore(tmp_path / "r.db") as store:
        context = Context(now=lambda: now, store=store)
        yield Session(Router(registry, small_model, 1.0), context)


def test_a_wrong_change_is_undone_and_the_lesson_learned(session, keeper, registry):
    text = "明日15時に歯医者の予定を入れて"
    session.say(text)
    store = session.context().store
    assert len(store.entries()) == 1
    patient = Patient(["none"], agrees=[True, True])
    before = session.router
    reply = wrong(session, "", "ja", Teacher(keeper.file, 1.0, keeper), patient)
    assert "学びました" in reply
    assert store.entries() == ()
    assert session.router is not before
    assert session.state.waiting is None
    assert session.state.decision.calls == ()
    session.reset()
    assert session.say(text).results == ()


def test_no_to_everything_keeps_the_correction_for_the_next_start(session, keeper):
    session.say("明日15時に歯医者の予定を入れて")
    patient = Patient(["none"], agrees=[False, False])
    reply = wrong(session, "", "en", Teacher(keeper.file, 1.0, keeper), patient)
    assert "next start" in reply
    assert len(session.context().store.entries()) == 1
    assert [state for _, state in keeper.corrections()] == ["waiting"]
    assert any("number or name" in text for text in patient.told)


def test_the_conversation_goes_on_from_the_right_answer(session, keeper):
    session.say("明日の京都の天気は？")
    patient = Patient(["1", "", "food"], agrees=[False])
    wrong(session, "", "ja", Teacher(keeper.file, 1.0, keeper), patient)
    right = FunctionCall("travel_guide", {"destination": "京都", "info_type": "food"})
    assert session.state.decision.calls == (right,)
    session.say("大阪は？")
    assert session.state.dialogue.decisions[0].calls == (right,)
