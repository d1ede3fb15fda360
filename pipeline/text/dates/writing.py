"""Decides on which day an article was written, given the newest social post in it and its own weekday phrases."""

from datetime import date, timedelta

from pipeline.text.dates.grammar import readings
from pipeline.text.dates.lexer import lex
from pipeline.text.dates.spelling import Spelled
from pipeline.text.dates.windows import gives_away, text_windows

# A post is quoted within days: the phrases of an article are looked at against this many days after it.
_QUOTED_DAYS = 3


def stated_weekdays(text: str) -> set[int]:
    """Weekdays (Monday 0) of the day of writing that phrases such as `اليوم الخميس` and `أمس الأربعاء` imply.

    >>> sorted(stated_weekdays("اليوم الخميس ... أمس الأربعاء"))
    [3]
    """
    spelled = Spelled(text)
    if not gives_away(spelled, "RW"):
        return set()
    classes, tokens = lex(spelled, text_windows(spelled, True))
    return {
        (reading.weekday - reading.parts["r"].value) % 7
        for reading in readings(classes, tokens, True)
        if reading.form == "relative" and reading.weekday is not None
    }


def day_of_writing(post_date: date, weekdays: set[int]) -> tuple[date, bool]:
    """The day an article was written, given the newest social post in it and its own weekday phrases.

    Args:
        post_date: Day of the newest post that the article shows; it is at most three days old when it is quoted.
        weekdays: What `stated_weekdays` found in the article.

    Returns:
        The day, and whether the evidence agrees. Without phrases, or when they contradict the post, the day of the post.

    >>> day_of_writing(date(2025, 1, 2), {4})
    (datetime.date(2025, 1, 3), True)
    """
    for days in range(_QUOTED_DAYS + 1):
        day = post_date + timedelta(days=days)
        if not weekdays or day.weekday() in weekdays:
            return day, len(weekdays) <= 1
    return post_date, False
