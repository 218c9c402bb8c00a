"""`redress`: the same doors as the pages, from a terminal. 0 done, 1 a clear no, 2 wrong use."""

import asyncio
import sys

import click

from infra import stack_report
from infra.database import AmbiguousCommit, DatabaseAway, DatabaseBehind, UnsafeDatabase
from infra.migrate import migrate as bring_up
from infra.settings import load
from infra.settings_reading import Faults
from infra.stack import run_stack
from services.lifecycle.refusals import Refused
from services.tenants.refusals import Denied
from services.wording.say import say
from web import serve
from web.cli_cases import doctor, rebuild_workflows, verify
from web.cli_demo import demo
from web.cli_evidence import evidence
from web.cli_people import org, token, user
from web.cli_rules import calendar, days, playbook, rehearse
from web.cli_tone import tone
from web.terminal import No, as_json
from workflows import worker as clock

AWAY = (DatabaseAway, DatabaseBehind, AmbiguousCommit)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def redress() -> None:
    """Redress: complaints against online merchants that no deadline lets fall."""


@redress.command()
@as_json
def up(json: bool) -> None:
    """Run the whole product on this machine, until Ctrl-C."""
    sys.exit(asyncio.run(run_stack(load(), json_lines=json)))


@redress.command()
def web() -> None:
    """Serve the pages and the API, until SIGTERM."""
    sys.exit(serve.main())


@redress.command()
def worker() -> None:
    """Keep the clocks: workflows, relay, sweeper and reconciler, until SIGTERM."""
    sys.exit(clock.main())


@redress.command()
def migrate() -> None:
    """Bring the database up to this program; safe to run twice and at once."""
    settings = load()
    assert settings.migrate_url, "or its fault was told"
    asyncio.run(bring_up(settings.database))


for command in (
    *(days, rehearse, playbook, calendar, tone),
    *(org, user, token),
    *(verify, rebuild_workflows, doctor, demo, evidence),
):
    redress.add_command(command)


def main() -> None:
    """Whatever goes wrong is one sentence on the error channel; never a traceback."""
    try:
        redress.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(1)
    except Faults as faults:
        stop(str(faults), code=2)
    except No as no:
        stop(str(no))
    except (Denied, Refused) as refused:
        stop(say(refused.why))
    except UnsafeDatabase as unsafe:
        stop(str(unsafe))
    except AWAY as away:
        stop(f"The database does not answer: {away}. Start it (redress up) and try again.")


def stop(text: str, *, code: int = 1) -> None:
    stack_report.tell(text)
    sys.exit(code)
