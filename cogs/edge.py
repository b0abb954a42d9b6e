"""The edge of an interaction: whatever goes wrong becomes one sentence for the person and one line for the operator.

The broad handler of the whole Discord side stands here, because discord.py would only log what a callback raises
and leave the person with "interaction failed".
"""

import asyncio
import io
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import discord
import structlog
from discord import ui

from bot.domain.ids import Snowflake
from bot.domain.people import Role
from bot.errors import DiscordRefused, ProgrammabrugError, Refused, UserError
from bot.locales import Texts
from bot.services.wording import refusal
from cogs.context import Context, Interaction

log = structlog.stdlib.get_logger(__name__)

_TOO_LATE = {10062, 40060}
"""Unknown interaction (the three seconds are over) and already acknowledged (delivered twice): nobody to answer."""
_CONTENT_LIMIT = 1900
_MOMENT = 1.0
"""Seconds to work before an answer is promised. Discord waits three."""

T = TypeVar("T")


async def promised(interaction: Interaction, work: Coroutine[Any, Any, T], *, anew: bool = True) -> T:
    """Return what comes of the work; promise the person an answer where that takes longer than a moment.

    A promise is a call of its own, which nobody needs who is answered at once. The answer will be a message, or where
    it is not to be given `anew`, what was pressed drawn again (`redraw`).
    """
    promises: list[asyncio.Task[Any]] = []

    def promise() -> None:
        promises.append(asyncio.create_task(interaction.response.defer(ephemeral=True, thinking=anew)))

    timer = asyncio.get_running_loop().call_later(_MOMENT, promise)
    try:
        return await work
    finally:
        timer.cancel()
        for each in promises:
            await each


async def redraw(interaction: Interaction, *, view: ui.View | None, content: str = discord.utils.MISSING) -> None:
    """Draw what was pressed again, whether or not that was promised."""
    if interaction.response.is_done():
        await interaction.edit_original_response(content=content, view=view)
    else:
        await interaction.response.edit_message(content=content, view=view)


async def guarded(
    context: Context,
    interaction: Interaction,
    work: Callable[[], Awaitable[None]],
    typed: Callable[[Interaction], str] | None = None,
) -> None:
    """Run the work of one interaction and answer for whatever it raises, with what was typed for it."""
    try:
        await work()
    except Exception as error:  # noqa: BLE001 - the interaction's edge: everything is answered and logged here
        await answer_error(context, interaction, error, typed(interaction) if typed is not None else "")


async def answer_error(context: Context, interaction: Interaction, error: BaseException, typed: str = "") -> None:
    """Tell the person what went wrong and give back what they typed; tell the operator when it was not their doing."""
    if isinstance(error, discord.HTTPException) and error.code in _TOO_LATE:
        log.info("interaction.late", code=error.code, interaction=interaction.id)
        return
    say = context.say(interaction)
    if isinstance(error, DiscordRefused):  # foreseen: the sentence says all there is to know
        log.warning("interaction.refused", interaction=interaction.id, reason=error.key)
    elif not isinstance(error, UserError):
        log.error("interaction.failed", interaction=interaction.id, error=type(error).__name__, exc_info=error)
    sentence = sentence_of(context, error, say, interaction)
    try:
        await tell(interaction, sentence, typed=typed, say=say)
    except discord.HTTPException as refused:
        log.warning("interaction.unanswered", interaction=interaction.id, status=refused.status, code=refused.code)


def sentence_of(context: Context, error: BaseException, say: Texts, interaction: Interaction) -> str:
    """Return what a person gets to read about an error."""
    if isinstance(error, Refused) and isinstance(error.values.get("role"), Role):
        return _missing_role(context, interaction, Role(str(error.values["role"])), say)
    if isinstance(error, UserError | DiscordRefused):
        return refusal(error, say)
    if isinstance(error, ProgrammabrugError):
        return say("refused.not_now", number=interaction.id % 10**6)
    return say("refused.unexpected", number=interaction.id % 10**6)


def _missing_role(context: Context, interaction: Interaction, role: Role, say: Texts) -> str:
    """Say which role is needed and whom to ask. Role mentions in an answer that pings nobody show the role's name."""
    guild_id = Snowflake(interaction.guild_id) if interaction.guild_id is not None else None
    holders = _mentions(context.role_ids(guild_id, role)) or say("roles.nobody")
    admins = _mentions(context.role_ids(guild_id, Role.ADMIN)) or say("roles.administrators")
    return say("refused.role", part=say(f"role.{role.value}"), roles=holders, ask=admins)


def _mentions(role_ids: frozenset[int]) -> str:
    return ", ".join(f"<@&{role_id}>" for role_id in sorted(role_ids))


async def conclude(interaction: Interaction, sentence: str) -> None:
    """Say what came of a press in the place of what was pressed, without buttons.

    Long work outlives the interaction. It is done all the same, and the command tells how things stand.
    """
    try:
        if interaction.response.is_done():
            await interaction.edit_original_response(content=sentence, view=None, attachments=[])
        else:
            await interaction.response.edit_message(content=sentence, view=None, attachments=[])
    except discord.HTTPException as error:
        log.info("interaction.outlived", interaction=interaction.id, status=error.status, code=error.code)


async def tell(interaction: Interaction, sentence: str, *, typed: str = "", say: Texts) -> None:
    """Answer so that only this person sees it, with what they typed below it (as a file when it is long)."""
    files: list[discord.File] = []
    if typed:
        if len(sentence) + len(typed) < _CONTENT_LIMIT and "```" not in typed:
            sentence = f"{sentence}\n{say('refused.typed')}\n```\n{typed}\n```"
        else:
            sentence = f"{sentence}\n{say('refused.typed_file')}"
            files = [discord.File(io.BytesIO(typed.encode()), filename=say("refused.typed_name"))]
    if interaction.response.is_done():
        await interaction.followup.send(sentence, ephemeral=True, files=files)
    else:
        await interaction.response.send_message(sentence, ephemeral=True, files=files)
