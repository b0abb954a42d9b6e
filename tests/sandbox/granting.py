"""What the bot's role grants in the loopback's guild, taken away and given back."""

from bot.mirror.permissions import NONE, Permission, Spot, needed_in
from bot.sandbox import Loopback
from bot.sandbox.acts.members import set_role


def grant(loopback: Loopback, *, without: Permission = NONE) -> None:
    """Let the bot have exactly what its invite link asks for, but for some of it, which nobody has then."""
    guild = next(iter(loopback.world.guilds.values()))
    role = next(role for role in guild.roles.values() if role["managed"])
    role["permissions"] = str(int(needed_in(Spot.GUILD) & ~without))
    everyone = guild.roles[guild.id]
    everyone["permissions"] = str(int(everyone["permissions"]) & ~int(without))


def dismiss(loopback: Loopback, name: str) -> None:
    """Take all roles from somebody."""
    world = loopback.world
    guild = next(iter(world.guilds.values()))
    user_id = next(each for each, user in world.users.items() if user["username"] == name)
    for role_id in list(guild.members[user_id]["roles"]):
        set_role(world, guild, user_id, role_id, has=False)
