"""The table of commands; a command's module is imported when it is run."""

import importlib

import click

from funcgemma.cli.console import fail
from funcgemma.cli.settings import GIVEN
from funcgemma.errors import FuncGemmaError, StoreError, TrainingError, WorldError

COMMANDS = {
    "chat": ("funcgemma.cli.chat", "Talk; functions are routed and run."),
    "route": ("funcgemma.cli.route", "Decide about one utterance, or a file of cases."),
    "functions": ("funcgemma.cli.functions", "List, show and create functions."),
    "generate": ("funcgemma.cli.generate", "Write cases for functions into data/test/."),
    "split": ("funcgemma.cli.split", "Part cases into train, validation and test."),
    "train": ("funcgemma.cli.train", "Train gate and resolver (a minute or two)."),
    "finetune": ("funcgemma.cli.finetune", "Tune FunctionGemma on a split."),
    "export": ("funcgemma.cli.export", "A fine-tuned model for transformers, llama.cpp or Ollama."),
    "correct": ("funcgemma.cli.correct", "Say what would have been right; it is learned."),
    "review": ("funcgemma.cli.review", "Judge what the router was least sure of; it is learned."),
    "evaluate": ("funcgemma.cli.evaluate", "Measure a model on cases."),
    "report": ("funcgemma.cli.report", "Compare saved reports."),
    "benchmark": ("funcgemma.cli.benchmark", "Gates and routers side by side."),
    "runs": ("funcgemma.cli.runs", "What was measured and tuned here, and how."),
    "corpus": ("funcgemma.cli.corpus", "Check hand-written corpus files."),
    "doctor": ("funcgemma.cli.doctor", "What works, what is missing, what to do about it."),
    "settings": ("funcgemma.cli.show_settings", "Show each setting and where it comes from."),
}


class LazyGroup(click.Group):
    """Commands whose modules are imported only when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All command names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="funcgemma", prog_name="funcgemma")
@click.option(
    "--set",
    "pairs",
    multiple=True,
    metavar="NAME=VALUE",
    help="A setting, for this run; before the command. `funcgemma settings` lists them.",
)
@click.pass_context
def app(context: click.Context, pairs: tuple[str, ...]) -> None:
    """FuncGemma decides on your own machine which function an utterance asks for, and runs it."""
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.BadParameter(f"{pair!r} has no value; write it as --set num_ctx=2048")
        context.meta.setdefault(GIVEN, {})[name.strip().replace("-", "_")] = value


def run(arguments: list[str]) -> int:
    """Run a command line and return its exit code."""
    try:
        code = app.main(args=arguments, prog_name="funcgemma", standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except FuncGemmaError as error:
        fail(error)
        return (
            3
            if isinstance(error, WorldError | StoreError)
            else 1
            if isinstance(error, TrainingError)
            else 2
        )
    return code if isinstance(code, int) else 0
