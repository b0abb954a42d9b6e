"""What a clause says when it is a heading of an amendment, or a whole amendment in one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.amendments import Kind
from bot.domain.places import OBJECTS, By, Place
from bot.domain.text import BlockKind
from bot.forum import phrases
from bot.forum.clauses import PLACE, QUOTATION, Clause
from bot.forum.phrases import Role

_FORMS: dict[str, BlockKind | None] = {
    **OBJECTS,
    "paragraaf": BlockKind.PARAGRAPH,
    **dict.fromkeys(("zin", "zinnen", "passage", "tekst", "sentence"), None),
}
_ARTICLES = frozenset(
    ("de", "het", "een", "the", "a", "voor", "van", "bij", "in", "for", "of", "graag", "als", "volgt")
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says. `rest` is the text after it on its own line, masked.

    `old` and `new` are what it quotes. `weak` is one that counts only with more than itself, `spoken` one whose own
    words are the proposal, `stated` one in a sentence of its own ("Ik stel voor") and so no title of what follows,
    `ended` one whose sentence is over where `rest` begins, `slight` one word that any text may have ("nieuw", "was").
    """

    role: Role
    kind: Kind | None = None
    places: tuple[str, ...] = ()
    named: tuple[Place, ...] = ()
    form: BlockKind | None = None
    old: str = ""
    new: str = ""
    weak: bool = False
    spoken: bool = False
    stated: bool = False
    ended: bool = False
    slight: bool = False
    rest: str = ""

    @property
    def complete(self) -> bool:
        """Whether it says all that is proposed, so that what follows can only be why."""
        match self.kind if self.role is Role.ACTION else None:
            case Kind.DELETE:
                return bool(self.old) or self.pinned
            case Kind.REPLACE | Kind.INSERT:
                return bool(self.new)
            case Kind.GENERAL:
                return self.spoken and bool(self.places)
            case _:
                return False

    @property
    def replaces(self) -> bool:
        """Whether it opens what may be a replacement, so that "in" and "door" can be headings after it."""
        if self.role is Role.ACTION:
            return self.kind in {Kind.REPLACE, Kind.GENERAL}
        return self.role is Role.OLD

    @property
    def pinned(self) -> bool:
        """Whether it names a block, and not just "deze zin"."""
        return any(place.by is not By.NOTHING for place in self.named)


def heading_of(clause: Clause, *, replacing: bool = False) -> Heading | None:
    """Return what a clause says as a heading, or None. `replacing` says that one to replace text went before."""
    core = tuple(word for word in clause.words if word not in _ARTICLES) or clause.words
    if any(word in phrases.EXPLANATIONS for word in core):
        return _explanation(clause, core)
    if clause.asks or clause.calls:
        return None
    return _label(clause, core) or _swap(clause, replacing=replacing) or _action(clause)


def content_of(clause: Clause) -> Heading | None:
    """Return what a clause of places and quotations alone tells of what is proposed, or None."""
    core = [word for word in clause.words if word not in phrases.FILLERS]
    if core or clause.asks or clause.calls or not (clause.places or clause.quotes) or len(clause.quotes) > 1:
        return None
    return Heading(Role.PLACE, places=clause.places, named=clause.named, old="".join(clause.quotes))


def _explanation(clause: Clause, core: Sequence[str]) -> Heading | None:
    """Return a heading of an explanation. An action before it is another heading, not a word of this one."""
    first = next(index for index, word in enumerate(core) if word in phrases.EXPLANATIONS)
    acts = any(word in phrases.ACTIONS and phrases.ACTIONS[word] is not Kind.GENERAL for word in core[:first])
    if clause.quotes or acts or (clause.places and clause.phrases[0] == PLACE):
        return None
    return Heading(Role.EXPLANATION)


def _label(clause: Clause, core: tuple[str, ...]) -> Heading | None:
    """Return a heading that is one known name: of the new text, the old one, a place, or who proposes it."""
    if clause.quotes or len(core) > 1:
        return None
    if not core:
        return Heading(Role.PLACE, None, clause.places, clause.named) if clause.places else None
    (name,) = core
    slight = " " not in name and name not in {"tekst", "text"}
    if name in phrases.NEW_TEXTS:
        kind = Kind.REPLACE if clause.places and name in phrases.OPENERS | phrases.BECOMES else None
        return Heading(Role.NEW, kind, clause.places, clause.named, slight=slight)
    if name in phrases.OLD_TEXTS:
        return Heading(Role.OLD, None, clause.places, clause.named, slight=slight)
    if name in phrases.ASIDES:
        return Heading(Role.ASIDE)
    if name in phrases.PLACES:
        return Heading(Role.PLACE, spoken=True)
    return None


def _swap(clause: Clause, *, replacing: bool) -> Heading | None:
    """Return what replaces one text by another: a marker ("door", "wordt", "→") stands right before the new one."""
    said = [word for word in clause.phrases if word != PLACE]
    kinds = _kinds(clause)
    marks = phrases.BECOMES
    if replacing or Kind.REPLACE in kinds:
        marks |= phrases.MARKERS
    if not kinds <= {Kind.REPLACE, Kind.GENERAL} | ({Kind.DELETE} if "en" in said else set()):
        return None
    heading = Heading(
        Role.NEW, Kind.REPLACE, clause.places, clause.named, weak=_is_plea(clause), stated=_is_stated(clause)
    )
    if said[-1] in marks and Kind.REPLACE in kinds and len(clause.quotes) <= 1 and clause.phrases[-1] != PLACE:
        return replace(heading, old="".join(clause.quotes))
    if len(clause.quotes) == 1:
        before = said[: said.index(QUOTATION)][-1:]
        whole = clause.places and set(before) & marks
        return replace(heading, role=Role.ACTION, new=clause.quotes[0]) if whole else None
    if len(clause.quotes) != 2:
        return None
    first, second = clause.quotes
    link = _links(said)
    if link & phrases.INSTEAD:
        first, second = second, first
    elif not link & marks and not phrases.INSTEAD & set(said):
        return None
    return replace(heading, role=Role.ACTION, old=first, new=second)


def _links(said: Sequence[str]) -> set[str]:
    """Return the last word between two quotations that says how they are linked, as a set of one or none."""
    first = said.index(QUOTATION)
    between = said[first + 1 : said.index(QUOTATION, first + 1)]
    telling = [word for word in between if word not in {"de", "het", "the", "woord", "woorden", "word", "words"}]
    return set(telling[-1:])


def _action(clause: Clause) -> Heading | None:
    """Return a heading that says what is done."""
    if len(clause.quotes) > 1:
        return None
    strong, soft = _kinds(clause), {phrases.WEAK_ACTIONS[word] for word in clause.words if word in phrases.WEAK_ACTIONS}
    spoken = any(word in phrases.REARRANGEMENTS for word in clause.words)
    if not strong - {Kind.GENERAL} and _is_fresh(clause):
        strong |= {Kind.INSERT}
    kind = _only(strong) or (None if spoken else _only(soft - strong))
    if spoken and not strong - {Kind.GENERAL}:
        kind = Kind.GENERAL
    if kind is None or len(strong - {Kind.GENERAL}) > 1:
        return None
    if clause.quotes and (kind is Kind.GENERAL or spoken):
        return None
    quoted = "".join(clause.quotes)
    return Heading(
        Role.ACTION,
        kind,
        clause.places,
        clause.named,
        _form(clause),
        old="" if kind is Kind.INSERT else quoted,
        new=quoted if kind is Kind.INSERT else "",
        weak=not strong or spoken or _is_report(clause, kind) or _is_plea(clause),
        spoken=spoken,
        stated=_is_stated(clause),
    )


def _kinds(clause: Clause) -> set[Kind]:
    """Return the kinds that a clause's words propose by themselves."""
    kinds = {phrases.ACTIONS[word] for word in clause.words if word in phrases.ACTIONS}
    kinds |= {phrases.TEXT_PROPOSALS[word] for word in clause.words if word in phrases.TEXT_PROPOSALS}
    if any(word in phrases.AUXILIARIES for word in clause.words) or _is_plea(clause):
        kinds |= {phrases.PARTICIPLES[word] for word in clause.words if word in phrases.PARTICIPLES}
    if clause.places and "tekstvoorstel" in clause.words:
        kinds |= {Kind.REPLACE}
    return kinds


def _only(kinds: set[Kind]) -> Kind | None:
    """Return the one kind there is, where a plain one goes before the general one."""
    plain = kinds - {Kind.GENERAL} or kinds
    return next(iter(plain)) if len(plain) == 1 else None


def _is_fresh(clause: Clause) -> bool:
    """Tell whether a clause is "extra bullet" or the like: what is new is an insertion without a verb."""
    describes = any(place.by is By.TOPIC for place in clause.named)
    noun = describes or any(word in _FORMS for word in clause.words)
    return noun and not clause.quotes and any(word in phrases.FRESH for word in clause.words)


def _is_report(clause: Clause, kind: Kind) -> bool:
    """Tell whether a clause may as well say what will happen: "Bullet 3 wordt geschrapt"."""
    acts = any(word in phrases.ACTIONS for word in clause.words)
    return kind is Kind.DELETE and not acts and not any(word in phrases.WEAK_ACTIONS for word in clause.words)


def _is_plea(clause: Clause) -> bool:
    return any(word in phrases.PLEAS for word in clause.words)


def _is_stated(clause: Clause) -> bool:
    return _is_plea(clause) or any(
        word in phrases.INTRODUCTIONS or word in {"mijn", "ons", "onze", "my", "our"} for word in clause.words
    )


def _form(clause: Clause) -> BlockKind | None:
    named = (_FORMS.get(word) for word in clause.words)
    return next((form for form in named if form is not None), None)
