"""An old list of members: a table is read, looked at line by line, and only then carried in; letters go last, when a
manager says so a second time."""

from forum.joining.actions.importing.carrying import carry_lists, hurry, send_letters, start
from forum.joining.actions.importing.keeping import change_columns, discard, forget_imports, take_table

__all__ = [
    "carry_lists",
    "change_columns",
    "discard",
    "forget_imports",
    "hurry",
    "send_letters",
    "start",
    "take_table",
]
