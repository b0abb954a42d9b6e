"""What Discord says no with: a status, a code, a message and, for forms, the tree of fields."""

from enum import IntEnum

from bot.sandbox.wire import Json


class Code(IntEnum):
    """Discord's JSON error codes that this server gives."""

    GENERAL = 0
    UNKNOWN_APPLICATION = 10002
    UNKNOWN_CHANNEL = 10003
    UNKNOWN_GUILD = 10004
    UNKNOWN_MEMBER = 10007
    UNKNOWN_MESSAGE = 10008
    UNKNOWN_OVERWRITE = 10009
    UNKNOWN_ROLE = 10011
    UNKNOWN_USER = 10013
    UNKNOWN_EMOJI = 10014
    UNKNOWN_WEBHOOK = 10015
    UNKNOWN_INTERACTION = 10062
    UNKNOWN_COMMAND = 10063
    UNKNOWN_TAG = 10087
    MAX_PINS = 30003
    MAX_CHANNELS = 30013
    MAX_PINNED_THREADS = 30047
    ALREADY_ACKNOWLEDGED = 40060
    TAG_REQUIRED = 40067
    MISSING_ACCESS = 50001
    NOT_AUTHOR = 50005
    EMPTY_MESSAGE = 50006
    CANNOT_SEND = 50007
    MISSING_PERMISSIONS = 50013
    TOO_FEW_OR_MANY = 50016
    PIN_OTHER_CHANNEL = 50019
    SYSTEM_MESSAGE = 50021
    WRONG_CHANNEL_TYPE = 50024
    TOO_OLD_TO_BULK_DELETE = 50034
    INVALID_FORM = 50035
    THREAD_ARCHIVED = 50083
    INVALID_JSON = 50109
    HAS_THREAD = 160004
    THREAD_LOCKED = 160005
    MAX_ACTIVE_THREADS = 160006


_MESSAGES: dict[Code, tuple[int, str]] = {
    Code.CANNOT_SEND: (403, "Cannot send messages to this user"),
    Code.UNKNOWN_APPLICATION: (404, "Unknown Application"),
    Code.UNKNOWN_CHANNEL: (404, "Unknown Channel"),
    Code.UNKNOWN_GUILD: (404, "Unknown Guild"),
    Code.UNKNOWN_MEMBER: (404, "Unknown Member"),
    Code.UNKNOWN_MESSAGE: (404, "Unknown Message"),
    Code.UNKNOWN_OVERWRITE: (404, "Unknown Overwrite"),
    Code.UNKNOWN_ROLE: (404, "Unknown Role"),
    Code.UNKNOWN_USER: (404, "Unknown User"),
    Code.UNKNOWN_EMOJI: (400, "Unknown Emoji"),
    Code.UNKNOWN_WEBHOOK: (404, "Unknown Webhook"),
    Code.UNKNOWN_INTERACTION: (404, "Unknown interaction"),
    Code.UNKNOWN_COMMAND: (404, "Unknown application command"),
    Code.UNKNOWN_TAG: (404, "Unknown tag"),
    Code.MAX_PINS: (400, "Maximum number of pins reached for the channel (250)"),
    Code.MAX_CHANNELS: (400, "Maximum number of guild channels reached (500)"),
    Code.MAX_PINNED_THREADS: (400, "Maximum number of pinned threads in a forum channel has been reached"),
    Code.ALREADY_ACKNOWLEDGED: (400, "Interaction has already been acknowledged."),
    Code.TAG_REQUIRED: (400, "A tag is required to create a forum post in this channel"),
    Code.MISSING_ACCESS: (403, "Missing Access"),
    Code.NOT_AUTHOR: (403, "Cannot edit a message authored by another user"),
    Code.EMPTY_MESSAGE: (400, "Cannot send an empty message"),
    Code.MISSING_PERMISSIONS: (403, "Missing Permissions"),
    Code.TOO_FEW_OR_MANY: (
        400,
        "Provided too few or too many messages to delete.",
    ),
    Code.PIN_OTHER_CHANNEL: (400, "A message can only be pinned to the channel it was sent in"),
    Code.SYSTEM_MESSAGE: (403, "Cannot execute action on a system message"),
    Code.WRONG_CHANNEL_TYPE: (400, "Cannot execute action on this channel type"),
    Code.TOO_OLD_TO_BULK_DELETE: (400, "You can only bulk delete messages that are under 14 days old."),
    Code.THREAD_ARCHIVED: (400, "Thread is archived"),
    Code.INVALID_JSON: (400, "The request body contains invalid JSON."),
    Code.HAS_THREAD: (400, "A thread has already been created for this message"),
    Code.THREAD_LOCKED: (400, "Thread is locked"),
    Code.MAX_ACTIVE_THREADS: (400, "Maximum number of active threads reached"),
}


class Refusal(Exception):  # noqa: N818 - it is an answer, not a mishap
    """An answer that says no."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} ({code}) {message}")
        self.status = status
        self.body: Json = {"message": message, "code": int(code)}
        if errors:
            self.body["errors"] = errors


def refuse(code: Code) -> Refusal:
    """Build the refusal Discord gives with this code."""
    status, message = _MESSAGES[code]
    return Refusal(status, code, message)


def unauthorised() -> Refusal:
    """Build the answer to a missing or wrong token."""
    return Refusal(401, Code.GENERAL, "401: Unauthorized")


def not_found() -> Refusal:
    """Build the answer to a route nobody knows."""
    return Refusal(404, Code.GENERAL, "404: Not Found")


def wrong_method() -> Refusal:
    """Build the answer to a known route asked in another manner."""
    return Refusal(405, Code.GENERAL, "405: Method Not Allowed")
