from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from infra.piccolo_conf import sql_migration

ID = "0031"
VERSION = "1.38.0"
DESCRIPTION = "the search answers soon, however often a word is told"


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION)
