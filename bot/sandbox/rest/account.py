"""Routes of accounts and applications: who am I, what is my application, where is the gateway."""

from bot.sandbox import shapes
from bot.sandbox.acts import asks, direct
from bot.sandbox.forms import Form, Notes, invalid
from bot.sandbox.guilds import Guild
from bot.sandbox.refusals import Code, refuse
from bot.sandbox.rest.calls import NOTHING, Answer, Call, Handler
from bot.sandbox.wire import Json


def _me(call: Call) -> Answer:
    return Answer(200, shapes.own_user(call.world, call.actor.user_id))


def _application(call: Call) -> Answer:
    if not call.actor.bot:
        raise refuse(Code.MISSING_ACCESS)
    return Answer(200, shapes.application(call.world))


def _user(call: Call) -> Answer:
    _ = call.actor
    if call["user_id"] not in call.world.users:
        raise refuse(Code.UNKNOWN_USER)
    return Answer(200, shapes.user(call.world, call["user_id"]))


def _settings(call: Call) -> Answer:
    locale = call.payload.get("locale")
    form = Form(call.payload, Notes())
    form.text("locale", 10, low=2, required=True)
    form.notes.settle()
    call.world.locales[call.actor.user_id] = str(locale)
    return Answer(200, {"locale": locale})


def _guilds(call: Call) -> Answer:
    user_id = call.actor.user_id
    return Answer(200, [_own(guild, user_id) for guild in call.world.guilds.values() if user_id in guild.members])


def _own(guild: Guild, user_id: str) -> Json:
    return {
        "id": guild.id,
        "name": guild.settings["name"],
        "icon": None,
        "banner": None,
        "owner": guild.settings["owner_id"] == user_id,
        "permissions": str(int(guild.granted(user_id))),
        "features": [],
    }


def _open_direct(call: Call) -> Answer:
    return Answer(200, direct.open_channel(call.world, call.actor, call.payload))


def _gateway(call: Call) -> Answer:
    return Answer(200, {"url": call.world.gateway_url})


def _gateway_bot(call: Call) -> Answer:
    _ = call.actor
    start = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
    return Answer(200, {"url": call.world.gateway_url, "shards": 1, "session_start_limit": start})


def _interact(call: Call) -> Answer:
    if call.actor.bot:
        raise invalid(("session_id",), "BASE_TYPE_REQUIRED", "This field is required")
    asks.receive(call.world, call.actor, call.payload, call.uploads)
    return NOTHING


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/users/@me", _me),
    ("GET", "/users/@me/guilds", _guilds),
    ("POST", "/users/@me/channels", _open_direct),
    ("PATCH", "/users/@me/settings", _settings),
    ("GET", "/users/{user_id}", _user),
    ("GET", "/applications/@me", _application),
    ("GET", "/oauth2/applications/@me", _application),
    ("GET", "/gateway", _gateway),
    ("GET", "/gateway/bot", _gateway_bot),
    ("POST", "/interactions", _interact),
)
