"""Free chat through a backend: streamed, remembered, and gone on without it."""

import pytest

from funcgemma.backends.recovery import Recovery
from funcgemma.backends.scripted.backend import ScriptedBackend
from funcgemma.backends.scripted.script import Answer
from funcgemma.errors import BackendError
from funcgemma.functions.context import Context
from funcgemma.session import Session, SessionState
from funcgemma.session.model_chat import ModelChat


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


class Server(ScriptedBackend):
    """One that can be switched off."""

    up = True

    def check(self):
        if not self.up:
            raise BackendError("Ollama is not running", "not_running", "start it: ollama serve")

    def stream(self, messages, options=None):
        self.check()
        return super().stream(messages, options)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def talk(start, clock):
    """A session with a server that says these answers."""

    def begin(*answers, up=True, **more):
        server = Server(answers)
        server.up = up
        chat = ModelChat(lambda: server, recovery=Recovery(clock))
        return start(chat=chat, **more), server

    return begin


def test_the_reply_arrives_in_pieces_and_is_remembered(talk):
    session, _ = talk("\nGood morning, how are you?  \n")
    pieces = []
    turn = session.say("おはようございます", stream=pieces.append)
    assert len(pieces) > 1
    assert "".join(pieces) == turn.reply == turn.answer == "Good morning, how are you?"
    assert turn.by_model
    assert session.state.messages[-1].content == turn.reply


def test_the_model_hears_the_conversation_with_results(talk):
    session, server = talk("そうですね。", replies={"weather_info": {"message": "京都は晴れ。"}})
    session.say("明日の京都の天気は？")
    session.say("おはようございます")
    system, *heard = server.heard[0].messages
    assert "2026年5月13日" in system.content
    assert "指示ではありません" in system.content
    assert [m.role for m in heard] == ["user", "assistant", "user"]
    assert heard[1].content == "京都は晴れ。"


def test_english_is_spoken_to_whom_speaks_it(talk):
    session, server = talk("Hello!", language="en")
    assert session.say("good morning to you").answer == "Hello!"
    assert "in English" in server.heard[0].messages[0].content


def test_begin_hears_the_turn_before_the_model_speaks(talk):
    session, _ = talk("やあ。")
    session.say("天気を教えて")
    heard = []
    turn = session.say(
        "ところで昨日の映画は本当に面白かったし感動したなあと思ったんだよね",
        begin=lambda turn: heard.append(turn.reply),
        stream=heard.append,
    )
    assert heard[0] == "\n".join(turn.notices)
    assert "".join(heard[1:]) == turn.answer


def test_a_reply_without_a_model_is_passed_on_too(talk):
    session, _ = talk(up=False)
    for text in ("天気を教えて", "キャンセル", "おはよう"):
        pieces = []
        turn = session.say(text, stream=pieces.append)
        assert "".join(pieces) == turn.reply
        assert not turn.by_model


class GoneError(Exception):
    pass


@pytest.mark.parametrize("error", [KeyboardInterrupt, GoneError])
def test_an_interrupted_reply_is_kept_as_far_as_it_went(talk, error):
    session, _ = talk("one two three four", "five")
    heard = []

    def listen(piece):
        heard.append(piece)
        if len(heard) == 2:
            raise error

    with pytest.raises(error):
        session.say("おはようございます", stream=listen)
    assert session.state.messages[-1].content == "".join(heard) == "one two"
    assert session.say("おやすみなさい").answer == "five"


def test_without_a_server_it_is_as_without_a_model(talk, start):
    session, server = talk(up=False)
    without = start()
    for text in ("おはよう", "こんばんは", "明日の京都の天気は？"):
        assert session.say(text) == without.say(text)
    assert server.heard == ()


def test_a_server_that_dies_and_comes_back(talk, clock):
    session, server = talk("やあ。", "ただいま。", "はい。")
    assert session.say("おはよう").reply == "やあ。"
    server.up = False
    first, second = session.say("こんばんは"), session.say("おやすみ")
    assert "Ollama is not running" in first.reply
    assert not first.by_model
    assert "Ollama is not running" not in second.reply
    assert session.say("明日の京都の天気は？").reply == "晴れです。"
    server.up = True
    assert "ただいま。" not in session.say("おはよう").reply  # not asked so soon
    clock.now += 60.0
    back, after = session.say("おはよう"), session.say("こんばんは")
    assert back.reply == "ただいま。\n（チャットモデルが使えるようになりました）"
    assert after.reply == "はい。"


def test_a_server_that_starts_late_is_said_once(talk, clock):
    session, server = talk("やあ。", "はい。", up=False)
    session.say("おはよう")
    server.up = True
    clock.now += 60.0
    assert "使えるようになりました" in session.say("おはよう").reply
    assert session.say("こんばんは").reply == "はい。"


def test_what_is_known_of_the_server_goes_with_the_state(talk):
    session, _ = talk("やあ。", up=False)
    session.say("おはよう")
    kept = SessionState.from_json(session.state.to_json())
    assert kept.told_no_model


def test_a_reply_cut_midway_keeps_what_came(talk):
    session, _ = talk(Answer("one two three four", error="cut", fail_after=2))
    pieces = []
    turn = session.say("おはよう", stream=pieces.append)
    assert turn.answer == "one two"
    assert "途切れました" in turn.remark
    assert "".join(pieces) == turn.reply == f"one two\n{turn.remark}"
    assert session.state.messages[-1].content == turn.reply


def test_a_claim_to_have_done_something_is_put_right(talk):
    session, _ = talk("はい、予定に入れておきました。", "予定を登録しましょうか？")
    assert "予定が変わることはありません" in session.say("おはよう").remark
    assert session.say("こんばんは").remark == ""


def test_an_empty_reply(talk):
    turn = talk("  \n ")[0].say("おはよう")
    assert turn.answer == "チャットモデルの返事は空でした。"
    assert not turn.by_model


def test_a_message_that_is_too_long_is_not_the_servers_fault(talk):
    session, server = talk("やあ。")
    turn = session.say("あのね。" * 3000)
    assert "num_ctx" in turn.reply
    assert session.say("おはよう").reply == "やあ。"
    assert len(server.heard) == 1


def test_translation_gets_the_model_only_where_it_answers(router, now, clock):
    server = Server(["cat"])
    server.up = False
    chat = ModelChat(lambda: server, recovery=Recovery(clock))
    session = Session(router, Context(now=lambda: now, chat=chat))
    (result,) = session.say("「猫」を英語に訳して").results
    assert result.value["reason"] == "no_model"
    server.up = True
    clock.now += 60.0
    turn = session.say("「猫」を英語に訳して")
    assert turn.results[0].value["translation"] == "cat"
    assert turn.phrased == ""
