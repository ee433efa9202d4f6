"""One line of input after the other, whatever it is shown on."""

from collections.abc import Iterable
from dataclasses import dataclass

from funcgemma.cli.chat.screen import Screen
from funcgemma.cli.chat.slash import QUIT, command_in, run_command
from funcgemma.cli.chat.wrong import wrong
from funcgemma.cli.diary import Diary
from funcgemma.cli.teach.asking import Asker
from funcgemma.cli.teach.teacher import Teacher
from funcgemma.cli.world import World
from funcgemma.errors import FuncGemmaError
from funcgemma.session import Session


@dataclass(frozen=True, slots=True)
class Desk:
    """What a conversation at the command line consists of.

    Attributes:
        session: The conversation.
        world: What its functions reach.
        screen: Where it is shown.
        teacher: Takes corrections.
        asker: Who can be asked for details of a /command; None in a pipe.
        diary: Writes down what was said; None = nobody asked for that.
    """

    session: Session
    world: World
    screen: Screen
    teacher: Teacher
    asker: Asker | None = None
    diary: Diary | None = None

    @property
    def language(self) -> str:
        """What is spoken at the moment."""
        return self.world.language

    def hear(self, line: str) -> bool:
        """Deal with one line; False if it ends the conversation."""
        line = line.strip()
        command = command_in(line)
        if command in QUIT:
            return False
        try:
            if command:
                self.screen.command(line, self._command(command, line))
            elif line:
                self._say(line)
        except FuncGemmaError as error:
            self.screen.command(line, str(error))
        self.remark()
        return True

    def _say(self, line: str) -> None:
        """An utterance; what the chat model says is shown as it comes."""
        self.world.hear(line)
        try:
            screen = self.screen
            turn = self.session.say(line, stream=screen.piece, begin=screen.begin)
            screen.turn(turn)
        except BaseException:
            self.screen.stopped()
            raise
        if self.diary is not None:
            self.diary.turn(self.session, turn)

    def _command(self, command: str, line: str) -> str:
        if command != "/wrong":
            return run_command(line, self.session, self.language)
        behind = "".join(line.split(maxsplit=1)[1:])
        return wrong(self.session, behind, self.language, self.teacher, self.asker)

    def remark(self) -> None:
        """Say which reminders are due, and what is wrong with the store."""
        for text in self.due():
            self.screen.remark(text)

    def due(self) -> list[str]:
        """Reminders that are due and news about the store, each told once."""
        texts: list[str] = []
        try:
            texts = self.session.announcements()
        except FuncGemmaError as error:
            self.world.tell(str(error))
        return [*self.world.news(), *texts]


def read_all(desk: Desk, lines: Iterable[str]) -> None:
    """Hear every line of a pipe or file."""
    desk.remark()
    for line in lines:
        if not desk.hear(line):
            break
