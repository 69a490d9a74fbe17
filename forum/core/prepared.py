"""One statement, compiled once and given straight to the driver: for what is asked before every answer.

SQLAlchemy spends most of such a statement's time on its own way in and out; the types' conversions are kept.
"""

from collections import namedtuple
from typing import Any

from sqlalchemy import Engine, Select


class Prepared:
    """A select of columns for one engine; its bindparams are the values of `find`."""

    def __init__(self, engine: Engine, statement: Select[Any]) -> None:
        dialect = engine.dialect
        compiled = statement.compile(dialect=dialect)
        self._engine = engine
        self._sql = compiled.string
        self._order = compiled.positiontup
        self._in = {
            name: process
            for bind, name in compiled.bind_names.items()
            if (process := bind.type.dialect_impl(dialect).bind_processor(dialect))
        }
        fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self._fixed = {name: self._bound(name, value) for name, value in fixed.items()}
        columns = list(statement.selected_columns)
        self._out = [
            (place, process)
            for place, column in enumerate(columns)
            if (process := column.type.dialect_impl(dialect).result_processor(dialect, None))
        ]
        self._row = namedtuple("Row", [column.key for column in columns], rename=True)

    def _bound(self, name: str, value: Any) -> Any:
        process = self._in.get(name)
        return process(value) if process else value

    def find(self, **values: Any) -> Any:
        """The one row, as a named tuple, or None."""
        bound = self._fixed | {name: self._bound(name, value) for name, value in values.items()}
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(self._sql, [bound[name] for name in self._order] if self._order else bound)
            raw = cursor.fetchone()
            cursor.close()
        finally:
            connection.close()
        if raw is None:
            return None
        row = list(raw)
        for place, process in self._out:
            row[place] = process(row[place])
        return self._row._make(row)
