"""Every write to files. Actions never commit: the face's transaction does."""

from forum.files.actions.adding import add_file, add_photo, attach, check_site_room
from forum.files.actions.removing import remove_file, remove_stored, remove_strays, sweep_files
from forum.files.actions.using import drop_use, use_files

__all__ = [
    "add_file",
    "add_photo",
    "attach",
    "check_site_room",
    "drop_use",
    "remove_file",
    "remove_stored",
    "remove_strays",
    "sweep_files",
    "use_files",
]
