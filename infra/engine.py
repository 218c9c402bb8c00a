"""Piccolo's engine, which answers inside a unit of work and refuses everywhere else."""

from collections.abc import Sequence
from typing import Any, Never

from piccolo.engine.postgres import PostgresEngine
from piccolo.querystring import QueryString

from infra import transaction
from infra.database_faults import OutsideTransaction, speaking


class UnconnectedEngine(PostgresEngine):
    """Piccolo's constructor connects to the server; this one does not."""

    def __init__(self) -> None:
        super().__init__(config={})

    async def check_version(self) -> None:
        """The start-up check of infra.walls looks at the server instead."""

    async def prep_database(self) -> None:
        """Extensions are the business of migrations."""


class RefusingEngine(UnconnectedEngine):
    """Every path to a connection leads through tenant_tx or platform_tx, or nowhere."""

    async def run_querystring(
        self, querystring: QueryString, *_: object, **__: object
    ) -> list[Any]:
        sql, args = querystring.compile_string(engine_type=self.engine_type)
        return await self._ask(sql, args)

    async def run_ddl(self, ddl: str, *_: object, **__: object) -> list[Any]:
        return await self._ask(ddl)

    async def _ask(self, sql: str, args: Sequence[Any] = ()) -> list[Any]:
        connection = transaction.current().connection
        with speaking(connection):
            rows: list[Any] = await connection.fetch(sql, *args)
        return rows

    def transaction_exists(self) -> bool:
        return transaction.is_open()

    def transaction(self, *_: object, **__: object) -> Never:
        raise OutsideTransaction("units of work begin with tenant_tx or platform_tx only")

    def atomic(self) -> Never:
        raise OutsideTransaction("units of work begin with tenant_tx or platform_tx only")

    async def batch(self, *_: object, **__: object) -> Never:
        raise OutsideTransaction("a batch runs on a connection of its own; read by key instead")

    async def get_new_connection(self) -> Never:
        raise OutsideTransaction("connections come from the pools of infra.database only")

    async def start_connection_pool(self, **_: object) -> Never:
        raise OutsideTransaction("connections come from the pools of infra.database only")

    async def _run_in_pool(self, *_: object) -> Never:
        raise OutsideTransaction("connections come from the pools of infra.database only")

    async def _run_in_new_connection(self, *_: object) -> Never:
        raise OutsideTransaction("connections come from the pools of infra.database only")


ENGINE = RefusingEngine()
