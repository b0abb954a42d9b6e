"""What is done with one amendment: a button opens a form or acts at once, a form is carried out, the card follows.

Buttons and forms are drawn in `act_forms`, carried out by `deeds_done`. The answers are for the one who acts alone;
what was decided is said in public by the mirror, after the card shows it.
"""

from collections.abc import Iterator
from typing import Any, cast

import discord
from discord import ui

from bot.domain.amendments import Amendment, Status
from bot.domain.consequences import Consequence, Remedy
from bot.domain.deeds import Deed
from bot.domain.ids import AmendmentId, Snowflake
from bot.domain.people import Actor, Role
from bot.errors import NotFound, ProgrammabrugError
from bot.locales import Texts
from bot.mirror.custom_ids import READ, parse
from bot.mirror.markdown import escape_line
from bot.mirror.reading import chunks
from bot.mirror.render.process import phase_lines
from bot.mirror.render.wording import reference_of, status_of, title_of
from bot.services.dossiers import Dossiers
from bot.services.judging import visible
from bot.services.syncing import Syncing
from cogs.act_forms import decision_form, deed_button, deed_form, read_button
from cogs.context import Context, Interaction
from cogs.deeds_done import DeedsDone, Done, Errand
from cogs.edge import answer_error
from cogs.faces import Button, Part, face
from cogs.routing import Routes, custom_id, filled_in

_MOST = 5
"""Amendments about which is asked at once what must follow for them."""
_LIMIT = 2000
"""Characters in a message."""
_CHOSEN = frozenset({"deed", "status", "advice", "member"})
"""The fields in which nothing is typed."""


class Acts:
    """The presses and forms of deeds, and what comes of them."""

    def __init__(self, context: Context, dossiers: Dossiers, done: DeedsDone, syncing: Syncing) -> None:
        self._context = context
        self._dossiers = dossiers
        self._deeds = done
        self._syncing = syncing

    def register(self, routes: Routes) -> None:
        """Answer the buttons and forms of deeds."""
        routes.add("do", self._pressed)
        routes.add("done", self._handed_in)
        routes.add("decided", self._decided)

    async def start(self, interaction: Interaction, deed: Deed, reference: str) -> None:
        """Begin a deed on the amendment that somebody named."""
        programme_id = await self._context.programme(interaction)
        actor = self._context.actor(interaction)
        await self._begin(interaction, deed, await self._dossiers.find(actor, programme_id, reference), "")

    async def explain(self, interaction: Interaction) -> None:
        """Say what can be done now, and by whom."""
        phase = await self._dossiers.phase(await self._context.programme(interaction))
        for text in chunks(phase_lines(phase, self._context.say(interaction)), _LIMIT):
            if interaction.response.is_done():
                await interaction.followup.send(text, ephemeral=True)
            else:
                await interaction.response.send_message(text, ephemeral=True)

    async def decide(self, interaction: Interaction, amendment_id: AmendmentId) -> None:
        """Ask what the meeting decided about an amendment."""
        dossier = await self._dossiers.ready(self._context.actor(interaction), Deed.ADOPT, amendment_id)
        await interaction.response.send_modal(decision_form(dossier, self._context.say(interaction)))

    async def decide_at_once(self, interaction: Interaction, deed: Deed, amendment_id: AmendmentId) -> None:
        """Take down what the meeting decided by a show of hands."""
        await self._carry_out(interaction, deed, amendment_id, "", {})

    async def decide_named(self, interaction: Interaction, reference: str) -> None:
        """Ask what the meeting decided about the amendment that somebody named."""
        programme_id = await self._context.programme(interaction)
        actor = self._context.actor(interaction)
        await self.decide(interaction, await self._dossiers.find(actor, programme_id, reference))

    async def decide_on(self, interaction: Interaction, message: discord.Message) -> None:
        """Ask what the meeting decided about the amendment of a card."""
        amendment_id = amendment_on(message) if message.author.id == interaction.application_id else None
        if amendment_id is None:
            raise NotFound("refused.not_a_card")
        await self.decide(interaction, amendment_id)

    async def _pressed(self, interaction: Interaction, arguments: list[str]) -> None:
        deed, number, *carried = arguments
        await self._begin(interaction, Deed(deed), AmendmentId(int(number)), "".join(carried))

    async def _begin(self, interaction: Interaction, deed: Deed, amendment_id: AmendmentId, carried: str) -> None:
        """Show the form of a deed, filled; without one, act."""
        dossier = await self._dossiers.ready(self._context.actor(interaction), deed, amendment_id)
        modal = deed_form(deed, dossier, self._context.say(interaction))
        if modal is not None:
            await interaction.response.send_modal(modal)
            return
        await self._carry_out(interaction, deed, amendment_id, carried, {})

    async def _handed_in(self, interaction: Interaction, arguments: list[str]) -> None:
        deed, number, stamp = arguments
        await self._carry_out(interaction, Deed(deed), AmendmentId(int(number)), stamp, filled_in(interaction))

    async def _decided(self, interaction: Interaction, arguments: list[str]) -> None:
        number, stamp = arguments
        typed = filled_in(interaction)
        await self._carry_out(interaction, Deed(typed["deed"]), AmendmentId(int(number)), stamp, typed)

    async def _carry_out(
        self, interaction: Interaction, deed: Deed, amendment_id: AmendmentId, carried: str, typed: dict[str, str]
    ) -> None:
        """Do it; whatever goes wrong, give the typed text back."""
        actor = self._context.actor(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            programme_id = await self._context.programme(interaction)
            number = Snowflake(interaction.id)
            errand = Errand(actor, programme_id, amendment_id, number, typed, carried, _names(interaction))
            done = await self._deeds.do(deed, errand)
        except (ProgrammabrugError, OSError) as error:
            words = (text for name, text in typed.items() if name not in _CHOSEN)
            await answer_error(self._context, interaction, error, "\n\n".join(filter(None, words)))
            return
        await self.tell(interaction, done)

    async def tell(self, interaction: Interaction, done: Done) -> None:
        """Have the card follow, say what came of it, and ask what must follow for others."""
        programme_id = await self._context.programme(interaction)
        self._syncing.cards_changed(programme_id, done.amendment.section_id)
        say = self._context.say(interaction)
        sentence = sentence_of(done, say)
        if done.contradicted:
            sentence += f"\n{say('act.contradicted')}"
        view = face(*_next_buttons(self._context.actor(interaction), done.amendment, say))
        await interaction.followup.send(sentence, view=view, ephemeral=True)
        secretary = Role.SECRETARY in self._context.actor(interaction).roles
        for each in done.consequences[:_MOST]:
            text, buttons = consequence_panel(done.amendment, each, say, secretary=secretary)
            await interaction.followup.send(text, view=buttons, ephemeral=True)
        if left := done.consequences[_MOST:]:
            names = ", ".join(reference_of(each.amendment, say) for each in left)
            await interaction.followup.send(say("act.follows.more", references=names), ephemeral=True)


def _next_buttons(actor: Actor, amendment: Amendment, say: Texts) -> Iterator[Part]:
    """Yield what leads on from what was done: reading it for who may, and filing what is a draft still."""
    if not visible(actor, amendment):
        return
    if amendment.status is Status.DRAFT:
        yield deed_button(Deed.SUBMIT, amendment.amendment_id, say("propose.file"))
    yield read_button(amendment.amendment_id, say)


def sentence_of(done: Done, say: Texts) -> str:
    """Return what came of a deed in a sentence."""
    reference = reference_of(done.amendment, say)
    if done.key is None:
        return say("act.stands", reference=reference, status=status_of(done.amendment, say))
    values = {name: escape_line(value) if isinstance(value, str) else value for name, value in done.values.items()}
    return say(done.key, reference=reference, **values)


def consequence_panel(decided: Amendment, found: Consequence, say: Texts, *, secretary: bool) -> tuple[str, ui.View]:
    """Return the question what must follow for an amendment that collides with the one just decided."""
    other = found.amendment
    reference = reference_of(other, say)
    text = say("act.follows", decided=reference_of(decided, say), reference=reference, title=title_of(other))
    buttons = [
        deed_button(Deed.LAPSE, other.amendment_id, say("act.follows.lapse", reference=reference)),
        read_button(other.amendment_id, say),
    ]
    if Remedy.RE_ANCHOR in found.remedies:
        if secretary:
            move = custom_id("link-move", other.amendment_id)
            buttons.insert(1, Button(label=say("act.follows.move", reference=reference)[:80], custom_id=move))
        else:
            text += f"\n{say('act.follows.ask', reference=reference)}"
    return text, face(*buttons)


def amendment_on(message: discord.Message) -> AmendmentId | None:
    """Return the amendment whose card a message is, known by its buttons and not by what it says."""
    for component in _walk(message.components):
        press = parse(getattr(component, "custom_id", None) or "")
        if press is not None and press.action == READ and press.target is not None:
            return AmendmentId(press.target)
    return None


def _walk(components: Any) -> Any:
    for component in components:
        yield component
        yield from _walk(getattr(component, "children", ()))


def _names(interaction: Interaction) -> dict[str, str]:
    """Return the names of the people chosen in a form, as the guild knows them."""
    found = cast("dict[str, Any]", interaction.data or {}).get("resolved", {})
    members = found.get("members", {})
    return {
        number: members.get(number, {}).get("nick") or user.get("global_name") or user["username"]
        for number, user in found.get("users", {}).items()
    }
