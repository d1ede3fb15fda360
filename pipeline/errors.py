"""Decides which problems stop a batch; a problem of one row is data (see `schemas.vocab`) and never an exception.

WarraqError                 .retryable; the message ends with what to do next
  InputError                the request cannot be carried out as given      exit 2
  ContractError             a table breaks its schema: a defect, not data   exit 3
  BalanceError              records were lost or invented: a defect         exit 3
  CheckFailedError          a warehouse or release check did not hold       exit 3
  StorageError              the warehouse is busy or unreachable; retry     exit 4
"""


class WarraqError(Exception):
    """Base of every error that Warraq raises on purpose."""

    retryable = False
    exit_code = 1


class InputError(WarraqError):
    """The request names something that does not exist or cannot be used."""

    exit_code = 2


class ContractError(WarraqError):
    """A whole table breaks its declared schema."""

    exit_code = 3


class BalanceError(WarraqError):
    """read = loaded + quarantined + duplicates does not hold."""

    exit_code = 3


class CheckFailedError(WarraqError):
    """A check of the warehouse or of a release did not hold."""

    exit_code = 3


class StorageError(WarraqError):
    """The warehouse is locked by another run or cannot be reached."""

    retryable = True
    exit_code = 4
