"""How much members may write and upload, and whose sight decides over a file."""

from collections.abc import Callable, Mapping, Sequence

from forum.closing.models import Recording
from forum.closing.rules import may_close
from forum.core import pace
from forum.core.reader import Reader
from forum.drafts.queries import speaks_of_file
from forum.files import rules as file_rules
from forum.members.actions.photo import PHOTO
from forum.members.queries.photos import sees_photo
from forum.topics.queries import ATTACHED, sees_post
from forum.workshops.actions import MATERIAL
from forum.workshops.queries import sees_material

PLACES = ("space", "workshop")  # where topics are started

# What members may write, and besides while they are new, as the settings of the site say.
POSTS = pace.Kind("posts", pace.MINUTE, most="posts_per_minute", new_most="newcomer_posts")
TOPICS = pace.Kind("topics", pace.HOUR, most="topics_per_hour", new_most="newcomer_topics")
FILES = pace.Kind("files", pace.HOUR, most="files_per_hour", new_most="newcomer_files")
LETTERS = pace.Kind("letters", pace.DAY, most="letters_per_day", new_most="newcomer_letters")
PACES: Mapping[str, pace.Kind] = {
    **dict.fromkeys(("files.upload", "files_api.upload", "members.change_photo", "members_api.change_photo"), FILES),
    **dict.fromkeys(("workshops.add_material", "closing.hand_in", "closing_api.hand_in"), FILES),
    **dict.fromkeys(("topics.reply", "topics_api.reply"), POSTS),
    **dict.fromkeys(("members.send_letter", "members_api.write"), LETTERS),
    **dict.fromkeys((f"{one}.start_in_{place}" for one in ("topics", "topics_api") for place in PLACES), TOPICS),
    **dict.fromkeys(("agenda.ask", "agenda_api.ask"), TOPICS),
    **dict.fromkeys(("attending.ask", "attending_api.ask"), POSTS),
}
# What a page says by itself, every few seconds; and what two hundred people in a hall, who share one address, press in
# the same minute. Each of them can do it once.
UNHEARD = (
    "topics.read",
    "drafts_api.keep",
    "pads_api.save",
    *(f"{face}.{press}" for face in ("attending", "attending_api") for press in ("second", "arrive")),
)

# Whose sight decides over a file: whoever may see one of the things that use it. Which unused uploads are still wanted.
FILE_SUBJECTS: Mapping[str, file_rules.Rule] = {ATTACHED: sees_post, PHOTO: sees_photo, MATERIAL: sees_material}
FILES_SPARED: Sequence[file_rules.Sparing] = (speaks_of_file,)
# What else lies in the storage of files.
FILE_SHELVES: Sequence[type[file_rules.Shelf]] = (Recording,)
# Who may send a large file, and where: the recording of an event alone.
TAKE_LARGE: Mapping[str, Callable[[Reader], bool]] = dict.fromkeys(
    ("closing.hand_in", "closing_api.hand_in"), may_close
)
TAKE_FILES = frozenset(
    {
        "files.upload",
        "files_api.upload",
        "members.change_photo",
        "members_api.change_photo",
        "topics.reply",
        "topics.edit",
        "workshops.add_material",
        "records.keep",
        *(f"topics.start_in_{place}" for place in PLACES),
    }
)
