"""Every error raised on purpose, one tree; the first docstring line is the default sentence.

Texts here are for authors and operators. What a person sees on a screen is found in ``texts/nb.yaml`` under the
error's ``code``. No error carries personal data.
"""

from __future__ import annotations

from typing import ClassVar


class FormsServiceError(Exception):
    """Something went wrong."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").splitlines()[0])


class SettingsError(FormsServiceError):
    """A setting is wrong."""

    code = "settings"


class DefinitionError(FormsServiceError):
    """The YAML definitions contain errors."""

    code = "definition"


class ExpressionError(FormsServiceError):
    """The expression cannot be read."""

    code = "expression"


class MissingValue(FormsServiceError):
    """A value that the workflow needs is missing."""

    code = "missing_value"


class NotFound(FormsServiceError):
    """There is no such thing, or it is not yours to see."""

    code = "not_found"


class AlreadyAnswered(FormsServiceError):
    """Somebody has answered this task already."""

    code = "already_answered"


class FormChanged(FormsServiceError):
    """The run was moved to another version while this task was answered: its questions may be others."""

    code = "form_changed"


class AlreadyDone(AlreadyAnswered):
    """Somebody has done this already, or it is over."""

    code = "already_done"


class StepAtWork(FormsServiceError):
    """A worker is at work on this step at this moment; try again when it is done."""

    code = "step_at_work"


class NoNextRound(FormsServiceError):
    """The date that rounds are counted from is missing: put it right and try the step again, or cancel the series."""

    code = "no_next_round"


class ReasonMissing(FormsServiceError):
    """Say why."""

    code = "reason_missing"


class DifferentAnswers(FormsServiceError):
    """The same form was sent before with other answers."""

    code = "different_answers"


class LinkNotValid(FormsServiceError):
    """The link is used, withdrawn or too old."""

    code = "link_not_valid"


class AccountRefused(FormsServiceError):
    """The account cannot be made or changed like this."""

    code = "account_refused"
    WHY: ClassVar = {
        "no_name": "A name is missing, or it is longer than 200 characters.",
        "no_address": "There is no e-mail address that a message could go to.",
        "in_demo": "In a demo every address ends with .example, so that it can be nobody's.",
        "unknown_role": "There is no such role.",
        "unknown_office": "There is no such office.",
        "no_office": "A caseworker belongs to an office.",
        "address_known": "Somebody with this address is here already.",
        "address_taken": "Another account has this address.",
        "closed": "The access is closed; open it again first.",
        "yourself": "Nobody closes her own access.",
    }
    """For a terminal; on a page ``accounts.refused`` of the catalogue says it."""

    def __init__(self, reason: str) -> None:
        super().__init__(self.WHY[reason])
        self.reason = reason


class MoveRefused(FormsServiceError):
    """The domain does not allow this move."""

    code = "move_refused"


class ReleaseMissing(FormsServiceError):
    """There is no valid release for this recipient and content."""

    code = "release_missing"


class RecipientMissing(FormsServiceError):
    """Nobody holds the role this should go to."""

    code = "recipient_missing"


class NoWay(FormsServiceError):
    """There is neither an e-mail address nor a mobile number to send this to."""

    code = "no_way"


class LostClaim(FormsServiceError):
    """Another worker has taken this step over."""

    code = "lost_claim"


class RenderFailed(FormsServiceError):
    """The document could not be made."""

    code = "render_failed"


class MailError(FormsServiceError):
    """The message could not be delivered."""

    code = "mail"


class MailTemporary(MailError):
    """The mail server could not take the message now."""

    code = "mail_temporary"


class MailRefused(MailError):
    """The mail server refused the message."""

    code = "mail_refused"


class MailUnknown(MailError):
    """Nobody knows whether the mail server took the message."""

    code = "mail_unknown"


class AccessLogBroken(FormsServiceError):
    """A seal on the access log does not hold."""

    code = "access_log_broken"


class MigrationRefused(FormsServiceError):
    """The database would not be whole after the migration; it is as it was."""

    code = "migration_refused"


class MachineNotReady(FormsServiceError):
    """Something that the service needs is missing on this machine."""

    code = "machine_not_ready"
