"""The forms in which deeds are done, and the buttons that open them: drawing only.

What must be filled in follows from the domain (`asked_with`); what may be, stands in `_MAY_COME`. A deed that needs
neither is done by its button alone. A button carries what was shown when it was drawn, so that nobody writes over what
they did not see.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import discord
from discord import ui

from bot.domain.amendments import Advice, Kind, Status
from bot.domain.deeds import DECISIONS, Deed
from bot.domain.rights import asked_with
from bot.domain.titles import title_of
from bot.locales import Texts
from bot.mirror.custom_ids import READ
from bot.mirror.render.wording import reference_of
from bot.services.dossiers import Dossier
from cogs.faces import Button, Part, face
from cogs.picking import LONGEST, field, writing_fields
from cogs.routing import TITLE, custom_id, form

Field = ui.Item[ui.Modal]

REASON: Final = 500
"""Characters in a reason, which stands in the history and is read by everybody."""
_TALLY: Final = ("tally", "reason")
_MAY_COME: Final[Mapping[Deed, Sequence[str]]] = {
    Deed.CHANGE: ("words",),
    Deed.INVITE: ("member", "name"),
    Deed.ADVISE: ("advice", "explanation", "wording"),
    Deed.CORRECT: ("status", "final_text"),
    **dict.fromkeys(DECISIONS, _TALLY),
    Deed.WITHDRAW: ("reason",),
}
_ALONE: Final = frozenset({"consent"})
"""What is asked of others than the one who fills the form in."""
_ROUTES: Final = {Deed.SUPPORT: "support", Deed.UNSUPPORT: "unsupport", Deed.SUBMIT: "file"}
"""The deeds whose buttons stand elsewhere too, with what answers them there."""
_LABELS: Final = {
    Deed.SUPPORT: "support.give",
    Deed.UNSUPPORT: "support.withdraw",
    Deed.SUBMIT: "propose.file",
}
_STYLES: Final = {
    Deed.SUPPORT: discord.ButtonStyle.primary,
    Deed.ADMIT: discord.ButtonStyle.primary,
    Deed.ADOPT: discord.ButtonStyle.success,
    Deed.ADOPT_AS_MODIFIED: discord.ButtonStyle.success,
    Deed.REJECT: discord.ButtonStyle.danger,
    Deed.WITHDRAW: discord.ButtonStyle.danger,
    Deed.TURN_AWAY: discord.ButtonStyle.danger,
}
_CORRECTABLE: Final = tuple(status for status in Status if status not in {Status.DRAFT, Status.MERGED})


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a field is drawn from; `must` says that it has to be filled in."""

    dossier: Dossier
    say: Texts
    must: bool


def asked_for(deed: Deed, dossier: Dossier) -> list[tuple[str, bool]]:
    """Return the fields of a deed's form by name, each with whether it must be filled in; none where it has no form."""
    required = [name for name in asked_with(deed, dossier.amendment) if name not in _ALONE]
    optional = [name for name in _MAY_COME.get(deed, ()) if name not in required]
    first = [name for name in required if name != "reason"]
    last = [name for name in required if name == "reason"]
    return [*((name, True) for name in first), *((name, False) for name in optional), *((name, True) for name in last)]


def deed_form(deed: Deed, dossier: Dossier, say: Texts) -> ui.Modal | None:
    """Return the form of a deed, filled with what stands; None where there is nothing to fill in."""
    fields = [each for name, must in asked_for(deed, dossier) for each in _FIELDS[name](_Asked(dossier, say, must))]
    if not fields:
        return None
    what = say(f"press.{deed.value}")
    title = say("act.form", reference=reference_of(dossier.amendment, say), deed=what)
    title = title if len(title) <= TITLE else what
    number = dossier.amendment.amendment_id
    return form(title, custom_id("done", deed.value, number, stamp_of(deed, dossier)), *fields)


def decision_form(dossier: Dossier, say: Texts) -> ui.Modal:
    """Return the form of a decision in which the outcome is still to be chosen."""
    outcome: ui.RadioGroup[ui.Modal] = ui.RadioGroup(custom_id="deed")
    for deed in DECISIONS:
        if deed in dossier.deeds:
            outcome.add_option(label=say(f"press.{deed.value}"), value=deed.value)
    may = _Asked(dossier, say, must=False)
    title = say("act.decide", reference=reference_of(dossier.amendment, say))
    number = dossier.amendment.amendment_id
    return form(
        title,
        custom_id("decided", number, dossier.amendment.version),
        ui.Label(text=say("act.outcome"), component=outcome),
        *_final_text(may),
        *_tally(may),
        *_reason(may),
    )


def stamp_of(deed: Deed, dossier: Dossier) -> str:
    """Return what tells whether somebody else changed meanwhile what a form shows: a version, or a draft's moment."""
    if deed is Deed.ADVISE:
        return dossier.draft.at.replace(":", "_") if dossier.draft is not None else ""
    return str(dossier.amendment.version)


def draft_seen(stamp: str) -> str | None:
    """Read back the moment of the draft that a form showed."""
    return stamp.replace("_", ":") or None


def deed_buttons(dossier: Dossier, say: Texts) -> ui.View:
    """Return a button for each thing this person may do now."""
    items = [item for deed in dossier.deeds for item in _buttons(deed, dossier, say)]
    return face(*items, *_answers(dossier, say))


def read_button(number: int, say: Texts) -> Part:
    """Return the button that shows an amendment whole."""
    return Button(label=say("button.read"), custom_id=custom_id(READ, number))


def deed_button(deed: Deed, number: int, label: str) -> Part:
    """Return the button of a deed that needs nothing carried along."""
    style = _STYLES.get(deed, discord.ButtonStyle.secondary)
    return Button(label=label[:80], style=style, custom_id=custom_id(_ROUTES.get(deed) or f"do:{deed.value}", number))


def _buttons(deed: Deed, dossier: Dossier, say: Texts) -> Iterator[Part]:
    number = dossier.amendment.amendment_id
    match deed:
        case Deed.ANSWER:
            for answer in ("agree", "disagree"):
                yield Button(label=say(f"act.answer.{answer}"), custom_id=custom_id("do", deed.value, number, answer))
        case Deed.FOLLOW if dossier.follows:
            yield Button(label=say("act.unfollow"), custom_id=custom_id("do", deed.value, number, "no"))
        case Deed.PUBLISH:
            chapter = dossier.section.chapter_id
            yield Button(label=say("act.publish"), custom_id=custom_id("advice", chapter))
        case _:
            yield deed_button(deed, number, say(_LABELS.get(deed) or f"press.{deed.value}"))


def _answers(dossier: Dossier, say: Texts) -> Iterator[Part]:
    """Yield the buttons with which somebody answers what they were asked, or what waits for the secretary."""
    number = dossier.amendment.amendment_id
    if dossier.invitation is not None:
        yield from invitation_buttons(dossier.invitation.co_proposer_id, dossier.invitation.state, say)
    if dossier.secretary and dossier.amendment.adrift and dossier.section.standing:
        yield Button(label=say("link.move"), custom_id=custom_id("link-move", number))
    if dossier.consent is not None:
        for word in ("yes", "no"):
            yield Button(label=say(f"act.merge.{word}"), custom_id=custom_id("merge", number, word))
    for each in dossier.to_record[:5]:
        label = say("act.merge.record", name=each.name or say("proposer.removed"))
        yield Button(label=label[:80], custom_id=custom_id("merge", number, each.consent_id))


def invitation_buttons(co_proposer_id: int, state: str, say: Texts) -> Iterator[Part]:
    """Yield the buttons of somebody who was asked to be co-proposer: those that are another answer than theirs."""
    if state != "consented":
        yes = custom_id("invited", co_proposer_id, "yes")
        yield Button(label=say("act.invited.yes"), style=discord.ButtonStyle.success, custom_id=yes)
    if state != "declined":
        word = "act.invited.no" if state == "invited" else "act.invited.back"
        yield Button(label=say(word), custom_id=custom_id("invited", co_proposer_id, "no"))


def _words(asked: _Asked) -> list[Field]:
    amendment = asked.dossier.amendment
    made = title_of(amendment.text or amendment.old_text or "")
    own = "" if amendment.title == made else amendment.title
    return writing_fields(amendment.kind, amendment.text, amendment.explanation, own, asked.say)


def _reason(asked: _Asked) -> list[Field]:
    label = asked.say("act.reason" if asked.must else "act.remark")
    return [field("reason", label, asked.say("act.reason.hint"), "", REASON, required=asked.must)]


def _final_text(asked: _Asked) -> list[Field]:
    hint = "" if asked.must else asked.say("act.final_text.hint")
    text = final_text_of(asked.dossier)
    return [field("final_text", asked.say("act.final_text"), hint, text, LONGEST, required=asked.must)]


def final_text_of(dossier: Dossier) -> str:
    """Return the text with which a decision's form is filled: as advised where the advice gives one."""
    amendment = dossier.amendment
    proposed = amendment.old_text if amendment.kind is Kind.DELETE else amendment.text
    return (amendment.final_text or dossier.whole.advised or proposed or "")[:LONGEST]


def _other(asked: _Asked) -> list[Field]:
    return [_short("other", asked.say("act.other"), asked.say("act.other.hint"), 40, required=asked.must)]


def _tally(asked: _Asked) -> list[Field]:
    return [_short("tally", asked.say("act.tally"), asked.say("act.tally.hint"), 60, required=asked.must)]


def _advice(asked: _Asked) -> list[Field]:
    group: ui.RadioGroup[ui.Modal] = ui.RadioGroup(custom_id="advice")
    now = asked.dossier.draft or asked.dossier.amendment.advice
    for advice in Advice:
        chosen = now is not None and now.advice is advice
        group.add_option(label=_capital(asked.say(f"advice.{advice.value}")), value=advice.value, default=chosen)
    return [ui.Label(text=asked.say("act.advice"), component=group)]


def _explanation(asked: _Asked) -> list[Field]:
    now = asked.dossier.draft or asked.dossier.amendment.advice
    return [
        field("explanation", asked.say("card.explanation"), "", now.explanation if now is not None else "", LONGEST)
    ]


def _wording(asked: _Asked) -> list[Field]:
    dossier = asked.dossier
    text = dossier.draft.text if dossier.draft is not None else dossier.whole.advised
    hint = asked.say("act.wording.hint")
    return [
        field("wording", asked.say("act.wording"), hint, text or dossier.amendment.text, LONGEST, required=asked.must)
    ]


def _member(asked: _Asked) -> list[Field]:
    select: ui.UserSelect[ui.Modal] = ui.UserSelect(custom_id="member", required=not asked.dossier.secretary)
    return [ui.Label(text=asked.say("act.member"), component=select)]


def _name(asked: _Asked) -> list[Field]:
    if not asked.dossier.secretary:
        return []
    return [_short("name", asked.say("act.name"), asked.say("act.name.hint"), 100, required=asked.must)]


def _status(asked: _Asked) -> list[Field]:
    select: ui.Select[ui.Modal] = ui.Select(custom_id="status", placeholder=asked.say("act.status"))
    for status in _CORRECTABLE:
        if status is not asked.dossier.amendment.status:
            select.add_option(label=_capital(asked.say(f"status.{status.value}")), value=status.value)
    return [ui.Label(text=asked.say("act.status"), component=select)]


_FIELDS: Final[Mapping[str, Callable[[_Asked], list[Field]]]] = {
    "words": _words,
    "reason": _reason,
    "final_text": _final_text,
    "other": _other,
    "tally": _tally,
    "advice": _advice,
    "explanation": _explanation,
    "wording": _wording,
    "member": _member,
    "name": _name,
    "status": _status,
}


def _short(name: str, label: str, hint: str, most: int, *, required: bool) -> Field:
    entry: ui.TextInput[ui.Modal] = ui.TextInput(custom_id=name, max_length=most, required=required)
    return ui.Label(text=label, description=hint or None, component=entry)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
