"""How does a command start and end?  Parse, run, and on failure one line on stderr and the contract's exit code."""

import os
import sys
import traceback
from importlib import import_module
from typing import Any

import click

from ingest.errors import FilatureError
from ingest.runtime.priority import give_way
from workbench.cli.options import reason, shared_options

# Loaded on demand: `filature --help` must not wait for pandas or a graph driver.
COMMANDS = {
    "demo": "workbench.cli.commands.demo",
    "ingest": "workbench.cli.commands.evidence",
    "map": "workbench.cli.commands.mapping",
    "rejects": "workbench.cli.commands.evidence",
    "verify": "workbench.cli.commands.evidence",
    "custody": "workbench.cli.commands.custody",
    "seal": "workbench.cli.commands.custody",
    "hashes": "workbench.cli.commands.hashes",
    "rebuild": "workbench.cli.commands.evidence",
    "detect": "workbench.cli.commands.detection",
    "search": "workbench.cli.commands.searching",
    "query": "workbench.cli.commands.queries.library",
    "cypher": "workbench.cli.commands.queries.library",
    "people": "workbench.cli.commands.people",
    "export": "workbench.cli.commands.exporting",
    "case": "workbench.cli.commands.cases",
    "report": "workbench.cli.commands.reporting",
    "disclose": "workbench.cli.commands.disclosing",
    "ui": "workbench.cli.commands.screens",
}
SAYS = {
    "demo": "Build the sample case, find its leads, open the workbench.",
    "ingest": "Read sources into the case and bring its graph up to date.",
    "map": "Propose how a table's columns fill the tables of the evidence.",
    "rejects": "Every rejected row: file, row, column, reason, hint.",
    "verify": "Hash sources, evidence and reports again; check the log.",
    "custody": "The custody log: what was received, verified, handed on.",
    "seal": "Fix what the case holds now: seal it, sign it, stamp it.",
    "hashes": "Lists of known media, and the records that name one.",
    "rebuild": "Make the case's graph and search index anew.",
    "detect": "Run detections: hubs, ambushes, linked accounts and the others.",
    "search": "Find by a name, an identifier, or words of a message.",
    "query": "The saved-query library, and a team's own.",
    "cypher": "Run one read-only Cypher statement.",
    "people": "Who works here, with which role and in which cases.",
    "export": "Write a subgraph and its manifest.",
    "case": "A whole case in one file: evidence, findings, casework.",
    "report": "Write the case report of chosen leads and its manifest.",
    "disclose": "Write a disclosure package: report, leads, records.",
    "ui": "Open the workbench.",
}
"""What the list of commands says of each: it is printed without loading any of them."""

LONG = frozenset({"ingest", "detect", "rebuild"})
"""Commands that work for minutes: they leave the machine to the screens, if anybody looks at them."""


class LazyGroup(click.Group):
    """Imports a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(SAYS.items()))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="filature")
@shared_options
def cli() -> None:
    """From the data of a chat platform to the few accounts that matter, with proof."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 rejected rows under --strict, 2 bad usage or input."""
    given = sys.argv[1:] if arguments is None else arguments
    if arguments is None and sys.getfilesystemencoding() == "ascii":
        # PYTHONUTF8=0 in the C locale: no letter beyond ASCII in a name, an id or a path would be what was typed
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, "PYTHONUTF8": "1"})  # noqa: S606
    if LONG.intersection(given):
        give_way()
    sys.exit(run(given))


def run(arguments: list[str]) -> int:
    """Run one command; returns its exit code."""
    debug = "--debug" in arguments
    try:
        result: Any = cli.main(args=arguments, prog_name="filature", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _say("interrupted", code=130)
    except BrokenPipeError:  # the reader of our output has left
        _print_no_more()
        return 0
    except click.exceptions.NoArgsIsHelpError as error:  # its message is the whole help, of many lines
        group, asked = error.ctx.command, error.ctx.command_path
        names = group.list_commands(error.ctx) if isinstance(group, click.Group) else []
        return _say(f"{asked}: name a command: {', '.join(names)}. See {asked} --help.")
    except click.UsageError as error:
        name = error.ctx.command_path if error.ctx else "filature"
        return _say(f"{name}: {error.format_message()} See {name} --help.")
    except click.ClickException as error:
        return _say(f"filature: {error.format_message()}")
    except FilatureError as error:
        if debug:
            traceback.print_exc()
        return _say(f"filature: {error}")
    except OSError as error:
        if debug:
            traceback.print_exc()
        return _say(f"filature: {_of_the_system(error)}")
    except Exception as error:  # the last line of defence: one line, never a traceback without --debug
        if debug:
            traceback.print_exc()
        kind = type(error).__name__
        return _say(f"filature: unexpected {kind}: {error} (run again with --debug and report what it prints)")


def _of_the_system(error: OSError) -> str:
    """What, where and how to mend it, of a file or a disk that fails at any time."""
    said = reason(error)
    if error.filename is not None:
        return f"{error.filename}: cannot be used ({said}); check the place, its permissions and the disk"
    try:
        sys.stdout.flush()
    except OSError:
        _print_no_more()
        return f"the output cannot be written ({said}); print it elsewhere"
    return f"a file cannot be used ({said}); check the disk, and run again with --debug to see which file"


def _print_no_more() -> None:
    """What is still to be printed goes nowhere: the interpreter would fail on it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str, *, code: int = 2) -> int:
    line = " ".join(text.split())
    print("".join(char if char.isprintable() else "?" for char in line), file=sys.stderr)
    return code
