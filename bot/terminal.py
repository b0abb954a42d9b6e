"""What a terminal shows: progress, reports, trees. It only shows; nothing is decided here."""

import json
import re
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.tree import Tree

from bot.domain.ids import Snowflake
from bot.domain.programme import Programme, Section
from bot.domain.reading import Trouble
from bot.forum.progress import Step
from bot.locales import Texts
from bot.mirror.checking import Finding
from bot.mirror.custom_ids import SUPPORT
from bot.mirror.permissions import Spot, invite_link, listed, needed_in
from bot.mirror.preview import Preview
from bot.mirror.render.wording import clipped, section_name
from bot.mirror.report import duration, nothing_key, plan_lines, unchanged_lines
from bot.services.reports import ImportAction, ImportKind, ImportReport

Report = Callable[[int, int, str], None]
"""Tells how far something is: how many are done, how many are known to be, and what is being done."""
_TITLE = 60
_MOST = 12
_WIDE = 400
_BRIEF = 10
"""Changes that are made without a bar: so few are done before anybody looks."""
_ESCAPED = re.compile(r"\\([^\w\s])")
_REFERENCE = re.compile(r"\d+\.\d+-A\d+")
_PRESSING = frozenset({ImportAction.SUSPECTED, ImportAction.GONE, ImportAction.FLAGGED, ImportAction.STALE})
"""What a person should read first, where not all fits."""
_PLACE = 24
_CATEGORY, _FORUM = 4, 15


class Terminal:
    """Speaks one language to one person. Answers go to standard output; progress and errors to standard error."""

    def __init__(self, say: Texts) -> None:
        self._say = say
        self._out = Console(soft_wrap=True, highlight=False)
        self._err = Console(stderr=True, soft_wrap=True, highlight=False)

    def fail(self, sentence: str) -> None:
        """Print one sentence on standard error."""
        self._err.print(escape(sentence), style="red" if self._err.is_terminal else None)

    def note(self, key: str, **values: object) -> None:
        """Print a sentence on standard error that is no part of the answer."""
        self._err.print(escape(self._say(key, **values)))

    def json(self, value: object) -> None:
        """Print an answer for a program to read."""
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")

    @contextmanager
    def progress(self, key: str) -> Generator[Report]:
        """Show a bar on a terminal while the work lasts, and say at its end what was made; elsewhere only that."""
        with self._bar() as bar:
            task = bar.add_task(self._say(key), total=None, what="")
            began, made = monotonic(), (0, 0)

            def report(done: int, known: int, what: str) -> None:
                nonlocal made
                made = done, known
                bar.update(task, completed=done, total=known or None, what=escape(clipped(what, _TITLE)))

            yield report
        done, known = made
        if known:
            self.note("run.end.done", done=done, total=known, time=duration(monotonic() - began, self._say))

    def _bar(self) -> Progress:
        """Return a bar with counts, time left, and what is being done."""
        return Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[what]}"),
            console=self._err,
            transient=True,
            disable=not self._err.is_terminal,
        )

    @contextmanager
    def runs(self, key: str) -> Generator[Report]:
        """Show a bar on a terminal for each run that takes a while: counts, time left; elsewhere nothing."""
        began = monotonic()
        with self._bar() as bar:
            task: TaskID | None = None

            def report(done: int, known: int, what: str) -> None:
                nonlocal task, began
                if known <= _BRIEF or not self._err.is_terminal:
                    return
                if task is not None and done <= bar.tasks[0].completed:  # another run than the one shown
                    bar.remove_task(task)
                    task = None
                if task is None:
                    began, task = monotonic(), bar.add_task(self._say(key), total=known, what="")
                bar.update(task, completed=done, total=known, what=escape(clipped(what, _TITLE)))
                if done == known:
                    bar.remove_task(task)
                    task = None
                    self.note("run.end.done", done=done, total=known, time=duration(monotonic() - began, self._say))

            yield report

    @contextmanager
    def reading(self) -> Generator[Callable[[Step], None]]:
        """Show how far a reading is, on a terminal: pages, posts, time left; elsewhere nothing."""
        columns = (
            SpinnerColumn(),
            TextColumn(self._say("progress.reading")),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[posts]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[place]}"),
        )
        with Progress(*columns, console=self._err, transient=True, disable=not self._err.is_terminal) as bar:
            task = bar.add_task("", total=None, posts="", place="")

            def tell(step: Step) -> None:
                posts = self._say.count("progress.posts", step.posts)
                place = escape(step.place.rstrip("/").rpartition("/")[2][:_PLACE])
                bar.update(task, completed=step.done, total=step.known, posts=posts, place=place)

            yield tell

    def imported(self, report: ImportReport) -> None:
        """Print what came in and what changed."""
        say = self._say
        counts = [say.count(f"import.{name}", number) for name, number in report.counts.items()]
        self._out.print(f"[bold]{escape(report.title or say('import.untitled'))}[/bold]: {', '.join(counts)}")
        for change in sorted(report.changes, key=lambda change: change.action not in _PRESSING)[:_MOST]:
            number = f"#{change.key} " if change.kind is ImportKind.CONTRIBUTION else ""
            title = f"{number}{clipped(change.title, _TITLE)}"
            what = say(f"import.change.{change.action}", kind=say(f"kind_of.{change.kind}"), title=title)
            self._out.print(f"  {escape(what)}")
        if len(report.changes) > _MOST:
            self._out.print(f"  {say.count('import.more', len(report.changes) - _MOST)}")
        if not report.changes:
            self._out.print(f"  {say('import.unchanged')}")
        if report.kind is not None:
            pages, posts = say.count("import.pages", report.pages), say.count("progress.posts", report.posts)
            self._out.print(f"  {say(f'import.pass.{report.kind.value}')}: {pages}, {posts}")
        if report.waiting:
            self._out.print(escape(say.count("import.waiting", report.waiting)))
        self.troubles(report.troubles)
        if report.kind is not None and not report.whole:
            self.note("import.not_whole")

    def troubles(self, troubles: Sequence[Trouble]) -> None:
        """Print what could not be read, on standard error."""
        for trouble in troubles:
            self._err.print(escape(self._say(f"trouble.{trouble.key}", place=trouble.place)))

    def programme(self, programme: Programme) -> None:
        """Print the stored programme as a tree, after it what was proposed about sections that are none any more."""
        tree = Tree(f"[bold]{escape(programme.title or self._say('import.untitled'))}[/bold]")
        for chapter in programme.standing:
            branch = tree.add(f"[bold]{escape(chapter.code)} {escape(chapter.title)}[/bold]")
            for section in chapter.standing:
                label = f"{escape(section.code)} {escape(section.title)}  [dim]{self._measure(section)}[/dim]"
                self._amendments(branch.add(label), section)
        for _, section in programme.sections():
            if section.amendments and not section.standing:
                self._amendments(tree.add(escape(section_name(section, self._say))), section)
        self._tree(tree)

    def _amendments(self, leaf: Tree, section: Section) -> None:
        for amendment in section.amendments:
            status = self._say(f"status.{amendment.status.value}")
            label = amendment.reference or self._say("show.receipt", receipt=amendment.receipt)
            leaf.add(f"{escape(label)} · {escape(amendment.title)} · {status}")

    def _tree(self, tree: Tree) -> None:
        """Print a tree whole: a terminal's own width cuts nothing that a file would need."""
        self._out.print(tree, width=None if self._out.is_terminal else _WIDE, soft_wrap=False)

    def _measure(self, section: Section) -> str:
        blocks = self._say.count("show.blocks", len(section.blocks))
        replies = self._say.count("show.contributions", sum(reply.gone is None for reply in section.contributions))
        return f"#{section.post_id} · {blocks} · {replies}"

    def plan(self, preview: Preview) -> None:
        """Print what a sync would change, by section, what it costs and what people changed."""
        plan = preview.plan
        if plan.changes:
            self._out.print(self._say.count("plan.changes", len(plan.changes)))
            for line in plan_lines(preview, self._say, most=None):
                self._out.print(f"  {_plain(line)}")
        else:
            self._out.print(self._say(nothing_key(plan)))
            for line in unchanged_lines(preview, self._say):
                self._out.print(_plain(line))

    def invite(self, application_id: Snowflake) -> None:
        """Print the invite link, and below it what each permission in it is for."""
        self._out.print(escape(self._say("cli.invite", link=invite_link(application_id))))
        for each in listed(needed_in(Spot.GUILD)):
            name, why = self._say(f"permission.{each.key}"), self._say(f"permission.{each.key}.why")
            self._out.print(f"  {escape(name)}: {escape(why)}")

    def findings(self, found: Sequence[Finding]) -> tuple[str, ...]:
        """Return what is to be mended, in this person's language."""
        return tuple(finding.said(self._say) for finding in found)

    def well(self) -> None:
        """Print that all is well."""
        self._out.print(self._say("check.well"))

    def guild(self, dump: Mapping[str, Any]) -> None:
        """Print a guild as a tree: categories, channels, posts, and the references of the amendments in them."""
        tree = Tree(f"[bold]{escape(dump['guild']['name'])}[/bold]")
        channels: Sequence[Mapping[str, Any]] = sorted(
            dump["channels"], key=lambda item: (item["position"], int(item["id"]))
        )
        for top in (channel for channel in channels if not channel.get("parent_id")):
            node = tree.add(_channel_label(top))
            _posts(node, top, dump)
            for channel in (inner for inner in channels if inner.get("parent_id") == top["id"]):
                _posts(node.add(_channel_label(channel)), channel, dump)
        self._tree(tree)


def _plain(line: str) -> str:
    """Return a line of markdown as a terminal shows it: bold is bold, and no sign stands before another."""
    return re.sub(r"\*\*(.+?)\*\*", r"[bold]\1[/bold]", escape(_ESCAPED.sub(r"\1", line)))


def _channel_label(channel: Mapping[str, Any]) -> str:
    name = escape(str(channel["name"]))
    return (
        f"[bold]{name}[/bold]"
        if channel["type"] == _CATEGORY
        else f"💬 {name}"
        if channel["type"] == _FORUM
        else f"# {name}"
    )


def _posts(node: Tree, channel: Mapping[str, Any], dump: Mapping[str, Any]) -> None:
    for thread in sorted(dump["threads"], key=lambda item: int(item["id"])):
        if thread["parent_id"] != channel["id"]:
            continue
        messages: Sequence[Mapping[str, Any]] = dump["messages"].get(thread["id"], [])
        references = ", ".join(dict.fromkeys(_references(messages)))
        node.add(
            f"{escape(str(thread['name']))}  [dim]({len(messages)})[/dim]"
            + (f"  [green]{references}[/green]" if references else "")
        )


def _references(messages: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the reference that opens each amendment card: a card is what carries the button that supports it."""
    for message in messages:
        parts = list(_parts(message.get("components") or []))
        if any(str(part.get("custom_id", "")).startswith(f"{SUPPORT}:") for part in parts):
            found = _REFERENCE.search("\n".join(str(part.get("content", "")) for part in parts))
            if found:
                yield found[0]


def _parts(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        yield component
        yield from _parts(component.get("components") or [])
