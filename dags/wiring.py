"""Decides what both DAGs share: the asset between them and which errors are worth a retry; not what any task does."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from airflow.sdk import Asset
from airflow.sdk.exceptions import AirflowFailException

ARTICLES = Asset(name="articles", uri="warraq://warehouse/articles", group="warraq")

# Waits of 30 s and 1 min cover a commit of another run; Settings.lock_seconds covers the long ones inside the task.
RETRIES: dict[str, Any] = {
    "retries": 2,
    "retry_delay": timedelta(seconds=30),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(minutes=5),
}


@contextmanager
def bad_data_fails_at_once() -> Iterator[None]:
    """Fail the task without a retry when Warraq says that a retry cannot help.

    Raises:
        AirflowFailException: in place of a `WarraqError` whose `retryable` is false; every other error passes through.
    """
    from pipeline.errors import WarraqError

    try:
        yield
    except WarraqError as error:
        if error.retryable:
            raise
        raise AirflowFailException(f"{type(error).__name__}: {error}") from error
