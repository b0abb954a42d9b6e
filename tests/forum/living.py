"""A small forum of Duinveen that lives: moderators move, split, merge and hide, and pages are printed of what is left.

Its pages are those of a bbPress 2.6 without threads. `truth` is what a visitor may see.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.forum.site import SITE, breadcrumb, forum_list, forum_row, page, post_26, replies, topic_list

Post = tuple[object, ...]
ROOT = "/praat/"


@dataclass
class Topic:
    forum: int
    title: str
    text: str
    closed: bool = False


@dataclass
class Reply:
    topic: int
    text: str


@dataclass
class LivingForum:
    """Forums with their titles, posts by id, and what visitors do not see of them."""

    forums: dict[int, str] = field(default_factory=lambda: {4: "Groen", 5: "Wonen", 6: "Zorg"})
    topics: dict[int, Topic] = field(default_factory=dict[int, Topic])
    replies: dict[int, Reply] = field(default_factory=dict[int, Reply])
    hidden: set[int] = field(default_factory=set[int])
    """Private forums and trashed posts."""
    broken: dict[str, Callable[[str], web.Response]] = field(default_factory=dict[str, Callable[[str], web.Response]])
    url: str = ""
    last_id: int = 100

    # What moderators and members do.

    def add_topic(self, forum: int, title: str, text: str) -> int:
        self.last_id += 1
        self.topics[self.last_id] = Topic(forum, title, text)
        return self.last_id

    def add_reply(self, topic: int, text: str) -> int:
        self.last_id += 1
        self.replies[self.last_id] = Reply(topic, text)
        return self.last_id

    def split(self, reply: int) -> None:
        """Make a reply a topic of its own, with the replies after it."""
        old = self.replies.pop(reply)
        self.topics[reply] = Topic(self.topics[old.topic].forum, f"Afgesplitst {reply}", old.text)
        for post_id, other in self.replies.items():
            if other.topic == old.topic and post_id > reply:
                other.topic = reply

    def merge(self, topic: int, into: int) -> None:
        """Make a topic a reply of another, with its replies."""
        old = self.topics.pop(topic)
        self.replies[topic] = Reply(into, old.text)
        for other in self.replies.values():
            if other.topic == topic:
                other.topic = into

    # What a visitor sees.

    def visible_topics(self) -> dict[int, Topic]:
        return {
            topic_id: topic
            for topic_id, topic in sorted(self.topics.items())
            if topic_id not in self.hidden and topic.forum not in self.hidden
        }

    def visible_replies(self, topic_id: int) -> dict[int, Reply]:
        return {
            reply_id: reply
            for reply_id, reply in sorted(self.replies.items())
            if reply.topic == topic_id and reply_id not in self.hidden
        }

    def truth(self) -> tuple[set[int], dict[int, Post]]:
        """Return the forums and the posts that are to be seen, and what of them."""
        posts: dict[int, Post] = {}
        for topic_id, topic in self.visible_topics().items():
            posts[topic_id] = ("topic", topic.forum, topic.title, topic.text, topic.closed)
            for reply_id, reply in self.visible_replies(topic_id).items():
                posts[reply_id] = ("reply", topic_id, reply.text)
        return self.forums.keys() - self.hidden, posts

    # Its pages.

    def paths(self) -> list[str]:
        """Return the addresses of all pages but the index."""
        forums = [f"{ROOT}forum/f{forum}/" for forum in self.forums if forum not in self.hidden]
        return [*forums, *(f"{ROOT}onderwerp/t{topic_id}/" for topic_id in self.visible_topics())]

    def html(self, path: str) -> str | None:
        """Return the page at an address, or None where there is none for a visitor."""
        if path == ROOT:
            rows = (self._forum_row(forum) for forum in self.forums if forum not in self.hidden)
            return page(breadcrumb("Praat", root=False) + forum_list(0, "".join(rows)))
        if path not in self.paths():
            return None
        number = int(path.strip("/").rpartition("/")[2][1:])
        return self._topic_page(number) if "onderwerp" in path else self._forum_page(number)

    def _forum_row(self, forum: int) -> str:
        return forum_row(forum, self.forums[forum], f"{SITE}{ROOT}forum/f{forum}/")

    def _forum_page(self, forum: int) -> str:
        topics = [each for each, topic in self.visible_topics().items() if topic.forum == forum]
        return page(breadcrumb(self.forums[forum]) + topic_list(forum, "".join(map(self._topic_row, topics))))

    def _topic_row(self, topic_id: int) -> str:
        topic = self.topics[topic_id]
        address = f"{SITE}{ROOT}onderwerp/t{topic_id}/"
        inside = self.visible_replies(topic_id)
        latest = f"{address}#post-{max(inside)}" if inside else address
        return (
            f'<ul id="bbp-topic-{topic_id}" class="bbp-parent-forum-{topic.forum} status-publish'
            f'{" status-closed" if topic.closed else ""} post-{topic_id} topic type-topic">'
            f'<li class="bbp-topic-title"><a class="bbp-topic-permalink" href="{address}">{topic.title}</a></li>'
            f'<li class="bbp-topic-voice-count">1</li><li class="bbp-topic-reply-count">{len(inside) + 1}</li>'
            f'<li class="bbp-topic-freshness"><a href="{latest}">1 dag geleden</a></li></ul>'
        )

    def _topic_page(self, topic_id: int) -> str:
        topic = self.topics[topic_id]
        status = "closed" if topic.closed else "publish"
        posts = [post_26(topic_id, "topic", f"bbp-parent-topic-{topic.forum}", f"<p>{topic.text}</p>", status=status)]
        parents = f"bbp-parent-forum-{topic.forum} bbp-parent-topic-{topic_id}"
        posts += [
            post_26(reply_id, "reply", parents, f"<p>{reply.text}</p>")
            for reply_id, reply in self.visible_replies(topic_id).items()
        ]
        above = [(self.forums[topic.forum], f"{SITE}{ROOT}forum/f{topic.forum}/")]
        return page(breadcrumb(topic.title, above) + replies(topic_id, "".join(posts)))

    async def answer(self, request: web.Request) -> web.Response:
        html = self.html(request.path)
        if html is None:
            return web.Response(status=404)
        here = html.replace(SITE, f"http://{request.host}")
        if request.path in self.broken:
            return self.broken[request.path](here)
        return web.Response(text=here, content_type="text/html")


@asynccontextmanager
async def living(forum: LivingForum) -> AsyncGenerator[LivingForum]:
    """Serve a forum while the block lasts."""
    app = web.Application()
    app.router.add_get("/{path:.*}", forum.answer)
    async with TestServer(app) as server:
        forum.url = str(server.make_url(ROOT))
        yield forum
