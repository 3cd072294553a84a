from __future__ import annotations

import subprocess
import sys

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from zhiyin.core.entity import Kind
from zhiyin.core.records import Event, Item
from zhiyin.errors import StoreUnavailable
from zhiyin.store import migrate
from zhiyin.store.engine import Database
from zhiyin.store.frames import frame
from zhiyin.store.schema import METADATA
from zhiyin.store.store import Store


def tables(database: Database) -> set[str]:
    with database.reading() as connection:
        return set(sa.inspect(connection).get_table_names())


def test_head_is_the_newest_migration():
    assert ScriptDirectory.from_config(migrate.config()).get_current_head() == migrate.HEAD


def test_migrations_make_the_tables_that_the_schema_says(store_url: str):
    Store.open(store_url).close()
    database = Database.at(store_url)
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    database.close()


def test_the_way_back_and_forth(store_url: str):
    database = Database.at(store_url)
    migrate.migrate(database)
    assert set(METADATA.tables) <= tables(database)
    migrate.migrate(database, "base")
    assert not set(METADATA.tables) & tables(database)
    migrate.migrate(database)
    assert set(METADATA.tables) <= tables(database)
    database.close()
    with Store.open(store_url) as store:
        assert store.write("items", frame([Item("a")])).accepted == {"items": 1}
        assert store.count(Kind.ITEM) == 1


def test_a_newer_store_is_refused(store_url: str):
    Store.open(store_url).close()
    database = Database.at(store_url)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    with pytest.raises(StoreUnavailable, match=r"9999.*upgrade zhiyin"):
        Store.open(store_url)


def test_a_migrated_store_opens_without_alembic_and_zhiyin_without_sqlalchemy(store_url: str):
    Store.open(store_url).close()
    code = (
        "import sys, zhiyin; assert 'sqlalchemy' not in sys.modules;"
        "from zhiyin.store.store import Store; Store.open(sys.argv[1]).close();"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, store_url], check=True)


def test_data_survive_the_way_back_and_forth(store_url: str):
    with Store.open(store_url) as store:
        store.write("events", frame([Event("an", "茶", request_id="r1"), Event("bo", "pot")]))
        (before,) = store.events()
        revision = store.revision()
    database = Database.at(store_url)
    migrate.migrate(database, "0001")
    migrate.migrate(database)
    database.close()
    with Store.open(store_url) as store:
        (after,) = store.events()
        assert after.equals(before)
        assert store.keys(Kind.ITEM, [0, 1]) == ["茶", "pot"]
        assert store.revision() == revision
        assert store.check() == []
