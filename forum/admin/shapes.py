"""The settings of the site as JSON."""

from typing import Literal, TypedDict


class SiteChangeShape(TypedDict, total=False):
    """What shall be otherwise; what is left out stays. Names and words of welcome are {language: text}."""

    names: dict[str, str]
    welcome: dict[str, str]
    languages: list[str]
    starters: Literal["members", "staff"]
    posts_per_minute: int
    topics_per_hour: int
    letters_per_day: int
    newcomer_days: int
    newcomer_posts: int
    newcomer_topics: int
    newcomer_letters: int
    newcomer_links: int
    newcomer_mentions: int
    files_per_hour: int
    newcomer_files: int
    member_files_mb: int
    site_files_mb: int
    held_posts: int


class SiteShape(SiteChangeShape, total=False):
    """All settings. What a newcomer may is for a day; links and mentions are those of one post."""
