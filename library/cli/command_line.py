"""The group of commands, and the one place where errors become words and exit codes."""

from __future__ import annotations

import gc
import os
import signal
import sys
from importlib import import_module

import click

from library.cli import grace
from library.cli.interrupts import BY_SIGNAL, Interrupted, heed
from library.core import logs
from library.core.errors import LibraryError

STOPPED = "Stopped. Nothing is lost: run the same command to go on."
LOADING = 100_000  # objects made between looks for garbage, of which loading makes none
INTERRUPTED = BY_SIGNAL + signal.SIGINT


# In the order `--help` shows them: where each is, what it is called there if not the same, and what
# it does, so that help needs to load none of them.
COMMANDS = {
    "init": ("maintenance", "Make the home folder and the catalogue."),
    "ingest": ("ingest", "Bring in files and folders."),
    "search": ("search", "Search the library."),
    "serve": ("serve", "Serve the site, with a worker beside it."),
    "work": ("serve", "Run an ingest worker alone."),
    "reindex": ("maintenance", "Build the index anew while the site serves."),
    "check": ("maintenance", "Look for anything wrong."),
    "backup": ("maintenance", "Copy the whole library, consistently."),
    "restore": ("maintenance", "Make a working library from a backup."),
    "pack": ("packs", "Documents to carry, as one file."),
    "export": ("tables", "The catalogue as a table or JSON."),
    "import": ("moving_in:import_", "Bring in what another system exports, or a table."),
    "user": ("accounts", "Accounts of the staff desk."),
    "vocabulary": ("vocabularies", "Concepts as SKOS: Turtle, RDF/XML, JSON-LD."),
}


class Commands(click.Group):
    """Loads a command when it is asked for: most need less than half of the library."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, other = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(f"library.cli.{module}"), other or cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, does) for name, (_, does) in COMMANDS.items()])


@click.command(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="worker-education-library", prog_name="library")
def commands() -> None:
    """A library of worker education resources that people can search and read."""


def main() -> None:
    """Run a command and exit with its code; no traceback is ever printed."""
    heed()
    gc.set_threshold(LOADING)
    # Answers are small sums: many threads of OpenBLAS wait for each other, and on a busy machine
    # that takes longer than the sums. Set before numpy is loaded, and for all children.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        code = commands.main(prog_name="library", standalone_mode=False)
    except LibraryError as error:
        click.secho(error.text, fg="red", err=True)
        if error.remedy:
            click.echo(error.remedy, err=True)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt) as error:
        click.echo(STOPPED, err=True)
        why = error.__cause__ if isinstance(error, click.Abort) else error
        code = grace.code_of(why.exit_code if isinstance(why, Interrupted) else INTERRUPTED)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        report = logs.fault(error)
        click.secho(f"The library met a fault of its own ({report.id}).", fg="red", err=True)
        click.echo(f"Nothing stored is lost. Please report it with {report.where}.", err=True)
        code = 3
    grace.leave(code if isinstance(code, int) else 0)
