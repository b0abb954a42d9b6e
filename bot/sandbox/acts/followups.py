"""What a bot does with an interaction's token after its answer: more messages, and edits of those it sent."""

from bot.sandbox import shapes
from bot.sandbox.acts import messages, whispers
from bot.sandbox.acts.files import Upload, attach
from bot.sandbox.forms import Form, Notes
from bot.sandbox.interactions import Interaction
from bot.sandbox.kinds import MessageFlag
from bot.sandbox.refusals import Code, Refusal, refuse
from bot.sandbox.rules.messages import new_body
from bot.sandbox.wire import Json
from bot.sandbox.world import World

ORIGINAL = "@original"


def holder(world: World, application_id: str, token: str) -> Interaction:
    """Find whose token it is: 10015 unknown or not answered yet, 50027 when its quarter of an hour is over."""
    found = world.interaction_tokens.get(token)
    if found is None or application_id != world.application.id or not found.answered:
        raise refuse(Code.UNKNOWN_WEBHOOK)
    if world.clock() - found.created > world.windows.token:
        raise Refusal(401, 50027, "Invalid Webhook Token")
    return found


def send(world: World, asked: Interaction, payload: Json, uploads: dict[str, Upload]) -> Json:
    """Send a further message; the first one after a promise takes the promise's place."""
    promise = _promise(world, asked)
    if promise is not None:
        return edit(world, asked, ORIGINAL, payload, uploads)
    form = Form(payload, Notes())
    body = new_body(form, world.ids.mint, attach(world, asked.channel_id, form, uploads), ephemeral=True)
    stored = whispers.put(world, asked, body, payload, original=asked.original or asked.id)
    asked.followups.append(stored["id"])
    return shapes.message(world, stored)


def _promise(world: World, asked: Interaction) -> Json | None:
    if asked.original is None:
        return None
    whisper = world.whispers.get(asked.original)
    stored = whisper[1] if whisper else world.history[asked.channel_id].get(asked.original)
    return stored if stored and stored["flags"] & MessageFlag.LOADING else None


def _message(world: World, asked: Interaction, message_id: str) -> Json:
    wanted = asked.original if message_id == ORIGINAL else message_id
    if wanted is None or wanted not in (asked.original, *asked.followups):
        raise refuse(Code.UNKNOWN_MESSAGE)
    return whispers.find(world, asked, wanted)


def fetch(world: World, asked: Interaction, message_id: str) -> Json:
    """Get a message of the interaction."""
    return shapes.message(world, _message(world, asked, message_id))


def edit(world: World, asked: Interaction, message_id: str, payload: Json, uploads: dict[str, Upload]) -> Json:
    """Edit a message of the interaction; a promise becomes a message."""
    stored = _message(world, asked, message_id)
    guild = world.guilds[asked.guild_id]
    place = guild.place(asked.channel_id)
    promised = bool(stored["flags"] & MessageFlag.LOADING)
    if not promised:
        messages.refuse_archived(place)
    messages.change(world, guild, place, stored, payload, uploads)
    if promised:
        stored["flags"] &= ~MessageFlag.LOADING
        stored["edited_timestamp"] = None
    whispers.tell(world, asked, "MESSAGE_UPDATE", stored)
    return shapes.message(world, stored)


def delete(world: World, asked: Interaction, message_id: str) -> None:
    """Delete a message of the interaction."""
    whispers.remove(world, asked, _message(world, asked, message_id))
