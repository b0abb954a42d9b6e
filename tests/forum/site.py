"""Pages of an invented forum, as bbPress 2.5 and 2.6 print them in the set-ups that no capture shows."""

from collections.abc import Sequence

SITE = "https://forum.duinveen.example"


def page(root: str, body_class: str = "", title: str = "Groen – Duinveen vooruit", head: str = "") -> str:
    """Wrap a forum root in a page without any theme's decoration."""
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f'<body class="{body_class}"><div id="bbpress-forums">{root}</div></body></html>'
    )


def breadcrumb(current: str, forums: Sequence[tuple[str, str]] = (), root: bool = True) -> str:
    """Print a breadcrumb; `forums` are title and address of those above."""
    steps = [f'<a href="{SITE}" class="bbp-breadcrumb-home">Home</a>']
    if root:
        steps.append(f'<a href="{SITE}/praat/" class="bbp-breadcrumb-root">Praat</a>')
    steps += [f'<a href="{url}" class="bbp-breadcrumb-forum">{title}</a>' for title, url in forums]
    steps.append(f'<span class="bbp-breadcrumb-current">{current}</span>')
    return f'<div class="bbp-breadcrumb"><p>{" &rsaquo; ".join(steps)}</p></div>'


def post_26(
    post_id: int, kind: str, parents: str, text: str, author: str = "Noor Bakker", status: str = "publish"
) -> str:
    """Print a post among replies as 2.6 does."""
    return (
        f'<div id="post-{post_id}" class="bbp-reply-header"><div class="bbp-meta">'
        f'<span class="bbp-reply-post-date">9 november 2021 om 14:07</span>'
        f'<a href="{SITE}/praat/onderwerp/groen/#post-{post_id}" class="bbp-reply-permalink">#{post_id}</a>'
        "</div></div>\n"
        f'<div class="{parents} post-{post_id} {kind} type-{kind} status-{status}"><div class="bbp-reply-author">'
        f'<a class="bbp-author-link" href="#"><span class="bbp-author-avatar"></span>'
        f'<span class="bbp-author-name">{author}</span></a><div class="bbp-author-role">Deelnemer</div></div>'
        f'<div class="bbp-reply-content">{text}</div><!-- .bbp-reply-content --></div><!-- .reply -->'
    )


def post_25(post_id: int, kind: str, parents: str, text: str, author: str, role: str) -> str:
    """Print a post as 2.5 does; `author` is the HTML between avatar and role."""
    return (
        f'<div id="post-{post_id}" class="bbp-reply-header"><div class="bbp-meta">'
        f'<span class="bbp-reply-post-date">November 9, 2021 at 2:07 pm</span>'
        f'<a href="{SITE}/?topic=groen#post-{post_id}" class="bbp-reply-permalink">#{post_id}</a></div></div>'
        f'<div class="odd {parents} post-{post_id} {kind} type-{kind} status-publish hentry">'
        f'<div class="bbp-reply-author"><a class="bbp-author-avatar" href="#"><img src="a.png" alt=""></a><br />'
        f'{author}<br /><div class="bbp-author-role">{role}</div></div>'
        f'<div class="bbp-reply-content">{text}</div><!-- .bbp-reply-content --></div><!-- .reply -->'
    )


def lead_topic(topic_id: int, forum_id: int, text: str) -> str:
    """Print a topic apart from its replies."""
    return (
        f'<ul id="bbp-topic-{topic_id}-lead" class="bbp-lead-topic"><li class="bbp-header">'
        '<div class="bbp-topic-author">'
        f'Maker</div><div class="bbp-topic-content">Onderwerp</div></li><li class="bbp-body">'
        '<div class="bbp-topic-header">'
        f'<div class="bbp-meta"><span class="bbp-topic-post-date">1 mei 2022 om 09:30</span>'
        f'<a href="{SITE}/praat/onderwerp/groen/" class="bbp-topic-permalink">#{topic_id}</a></div></div>'
        f'<div id="post-{topic_id}" class="bbp-parent-forum-{forum_id} sticky post-{topic_id} topic type-topic'
        f' status-closed">'
        f'<div class="bbp-topic-author"><a class="bbp-author-link"><span class="bbp-author-name">Noor Bakker</span></a>'
        f'<div class="bbp-author-role">Moderator</div></div>'
        f'<div class="bbp-topic-content">{text}</div><!-- .bbp-topic-content --></div></li></ul>'
    )


def replies(topic_id: int, body: str, pages: str = "") -> str:
    """Print a list of posts with its header, which bears the classes of a post's own parts."""
    return (
        f'<div class="bbp-pagination"><div class="bbp-pagination-links">{pages}</div></div>'
        f'<ul id="topic-{topic_id}-replies" class="forums bbp-replies"><li class="bbp-header">'
        f'<div class="bbp-reply-author">Auteur</div><div class="bbp-reply-content">Berichten</div></li>'
        f'<li class="bbp-body">{body}</li></ul>'
    )


def forum_row(forum_id: int, title: str, url: str, classes: str = "", below: str = "") -> str:
    """Print a forum in a list."""
    return (
        f'<ul id="bbp-forum-{forum_id}" class="bbp-forum-status-open {classes} post-{forum_id} forum type-forum">'
        f'<li class="bbp-forum-info"><a class="bbp-forum-title" href="{url}">{title}</a>'
        f'<div class="bbp-forum-content">Over {title}</div>{below}</li></ul>'
    )


def forum_list(owner: int, rows: str) -> str:
    """Print a list of forums: the index's own has owner 0."""
    return f'<ul id="forums-list-{owner}" class="bbp-forums"><li class="bbp-body">{rows}</li></ul>'


def topic_row(topic_id: int, title: str, url: str, forum_id: int, classes: str = "status-publish") -> str:
    """Print a topic in a list."""
    return (
        f'<ul id="bbp-topic-{topic_id}" class="bbp-parent-forum-{forum_id} {classes} post-{topic_id} topic type-topic">'
        f'<li class="bbp-topic-title"><a class="bbp-topic-permalink" href="{url}">{title}</a></li></ul>'
    )


def topic_list(forum_id: int, rows: str, pages: str = "") -> str:
    """Print a forum's list of topics."""
    return (
        f'<div class="bbp-pagination"><div class="bbp-pagination-links">{pages}</div></div>'
        f'<ul id="bbp-forum-{forum_id}" class="bbp-topics"><li class="bbp-body">{rows}</li></ul>'
    )
