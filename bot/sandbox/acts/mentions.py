"""Whom a message mentions, after what its sender allows."""

import re

from bot.sandbox.guilds import Guild
from bot.sandbox.permissions import Permissions
from bot.sandbox.rules.components import shown_text
from bot.sandbox.wire import Json, rows, strings
from bot.sandbox.world import World

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")


def mentioned(world: World, home: Guild, body: Json, allowed: Json | None, granted: Permissions) -> Json:
    """Work out the mention fields of a message; `allowed` is the request's allowed_mentions, None where not given."""
    text = f"{body.get('content', '')}\n{shown_text(rows(body, 'components'))}"
    users = [user for user in dict.fromkeys(_USER.findall(text)) if user in world.users]
    roles = [role for role in dict.fromkeys(_ROLE.findall(text)) if role in home.roles]
    loud = ("@everyone" in text or "@here" in text) and bool(granted & Permissions.MENTION_EVERYONE)
    if allowed is not None:
        parse = strings(allowed, "parse")
        users = [user for user in users if "users" in parse or user in strings(allowed, "users")]
        roles = [role for role in roles if "roles" in parse or role in strings(allowed, "roles")]
        loud = loud and "everyone" in parse
    return {"mentions": [dict(world.users[user]) for user in users], "mention_roles": roles, "mention_everyone": loud}
