"""The pages of one small forum as bbPress's own templates print them, in every set-up.

Wonen (5) has Huren (6) below it and the topic Groen (70) with four replies; Zorg (9) is closed and has a super sticky.
"""

from tests.forum.setups import SITE, Setup

TOPIC_TEXT = """<p>Wij planten bomen.</p>
<ul>
<li>Eik</li>
<li>Es, zie <a href="https://bomen.example/">hier</a></li>
</ul>"""
LOG = """

<ul id="bbp-{what}-revision-log-{number}" class="bbp-{what}-revision-log">

	<li class="bbp-{what}-revision-log-item">Aangepast, 2 dagen geleden door
	<a href="/x" class="bbp-author-link"><span class="bbp-author-name">Iemand Anders</span></a>.</li>

</ul>

"""
NOT_LOGGED_IN = '<div class="bbp-template-notice"><p>Log in om mee te doen.</p></div>'


def index_page(setup: Setup) -> str:
    """Print the forum's root."""
    link = f'<a href="{setup.forum("wonen/huren")}" class="bbp-forum-link">Huren (1.204, 12)</a>'
    below = f'<ul class="bbp-forums-list"><li class="bbp-forum css-sep">{link}</li></ul>'
    rows = _forum_row(5, "Wonen", setup.forum("wonen"), below=below)
    rows += _forum_row(9, "Zorg", setup.forum("zorg"), state="closed")
    return _page(setup, "forum-archive", "", "Forums", _forum_list(0, rows))


def forum_page(setup: Setup, number: int = 1) -> str:
    """Print the first or the second page of Wonen."""
    if number == 1:
        after = setup.page(setup.forum("wonen"), 2)
        links = f'<a class="page-numbers" href="{after}">2</a><a class="next page-numbers" href="{after}">&rarr;</a>'
        rows = _topic_row(17, "Welkom", setup.topic("welkom"), setup.topic("welkom"), (1, 1), "super-sticky", forum=9)
        rows += _topic_row(70, "Groen &amp; blauw", setup.topic("groen"), setup.post(84), (4, 5), "sticky")
    else:
        links = f'<a class="prev page-numbers" href="{setup.forum("wonen")}">&larr;</a>'
        bomen = setup.topic("bomen")
        rows = _topic_row(71, "Bomen", bomen, f"{bomen}#post-90", (2, 1204), state="closed")
        rows += _topic_row(72, "Zonder titel", setup.topic("72"), None, (1, 1))
    root = f"""{_forum_list(5, _forum_row(6, "Huren", setup.forum("wonen/huren"), parent=5))}
{_pages(links)}
<ul id="bbp-forum-5" class="bbp-topics">
	<li class="bbp-header"><ul class="forum-titles">
		<li class="bbp-topic-title">Onderwerp</li><li class="bbp-topic-voice-count">Stemmen</li>
		<li class="bbp-topic-reply-count">Berichten</li><li class="bbp-topic-freshness">Laatst</li></ul></li>
	<li class="bbp-body">{rows}</li>
	<li class="bbp-footer"></li>
</ul>
{_pages(links)}
<div id="no-topic-{0 if setup.version == "2.5" else 5}" class="bbp-no-topic">{NOT_LOGGED_IN}</div>"""
    classes = "post-5 forum type-forum status-publish"
    return _page(setup, "forum bbpress single single-forum postid-5", classes, "Wonen", root)


def topic_page(setup: Setup, number: int = 1) -> str:
    """Print Groen. A flat set-up has three posts on a page."""
    posts = [
        *([] if setup.lead else [_post(setup, 70, "topic", "Noor Bakker", TOPIC_TEXT)]),
        _post(setup, 81, "reply", "Sam de Wit", "<p>Eens.</p>"),
        _post(setup, 82, "reply", None, "<p>Ik niet.</p>"),
        _post(setup, 83, "reply", "Noor Bakker", "<p>Fijn, Sam.</p>"),
        _post(setup, 84, "reply", "", "<p>Weg.</p>"),
    ]
    if setup.threaded:
        *before, answered, other, answer, last = posts
        nested = f'{answered}<ul class="bbp-threaded-replies"><li>{answer}</li></ul>'
        body = "".join(f"<li>{post}</li>" for post in (*before, nested, other, last))
        return _topic_page(setup, f"<ul>{body}</ul>", "")
    if number == 1:
        after = setup.page(setup.topic("groen"), 2)
        return _topic_page(setup, "".join(posts[:3]), f'<a class="next page-numbers" href="{after}">&rarr;</a>')
    before = setup.topic("groen")
    return _topic_page(setup, "".join(posts[3:]), f'<a class="prev page-numbers" href="{before}">&larr;</a>')


def other_page(setup: Setup, body: str, root: str) -> str:
    """Print a page of bbPress that is neither index, forum nor topic."""
    return _page(setup, f"bbpress {body}", "", "Iets anders", root)


def _topic_page(setup: Setup, body: str, links: str) -> str:
    head = '<div class="bbp-reply-author">Auteur</div><div class="bbp-reply-content">Berichten</div>'
    root = f"""{_lead(setup) if setup.lead else ""}
{_pages(links)}
<ul id="topic-70-replies" class="forums bbp-replies">
	<li class="bbp-header">{head}<!-- .bbp-reply-content --></li>
	<li class="bbp-body">{body}</li>
	<li class="bbp-footer">{head}</li>
</ul><!-- #topic-70-replies -->
{_pages(links)}
<div id="no-reply-70" class="bbp-no-reply">{NOT_LOGGED_IN}</div>"""
    classes = "post-70 topic type-topic status-publish"
    return _page(setup, "topic bbpress single single-topic postid-70", classes, "Groen &amp; blauw", root)


def _page(setup: Setup, body: str, post: str, title: str, root: str) -> str:
    trail = _breadcrumb(setup, title, body) if setup.breadcrumb else ""
    wrapper = ' class="bbpress-wrapper"' if setup.version == "2.6" else ""
    whole = setup.theme(body, post, title, f'\n<div id="bbpress-forums"{wrapper}>\n\n\t{trail}\n{root}\n</div>\n')
    return f"<!doctype html><html><head><title>{title} &#8211; Duinveen vooruit</title></head>{whole}</html>"


def _breadcrumb(setup: Setup, title: str, body: str) -> str:
    steps = [f'<a href="{SITE}" class="bbp-breadcrumb-home">Home</a>']
    if body != "forum-archive":
        steps.append(f'<a href="{setup.index}" class="bbp-breadcrumb-root">Forums</a>')
    if "single-topic" in body:
        steps.append(f'<a href="{setup.forum("wonen")}" class="bbp-breadcrumb-forum">Wonen</a>')
    steps.append(f'<span class="bbp-breadcrumb-current">{title}</span>')
    sign = '<span class="bbp-breadcrumb-sep">&rsaquo;</span>'
    return f'<div class="bbp-breadcrumb"><p>{f" {sign} ".join(steps)}</p></div>'


def _pages(links: str) -> str:
    return f"""<div class="bbp-pagination">
	<div class="bbp-pagination-count">3 van 99 berichten aan het bekijken</div>
	<div class="bbp-pagination-links">{links}</div>
</div>"""


def _forum_list(owner: int, rows: str) -> str:
    return f"""<ul id="forums-list-{owner}" class="bbp-forums">
	<li class="bbp-header"><ul class="forum-titles"><li class="bbp-forum-info">Forum</li></ul></li>
	<li class="bbp-body">{rows}</li>
	<li class="bbp-footer"></li>
</ul>"""


def _forum_row(number: int, title: str, url: str, parent: int = 0, state: str = "open", below: str = "") -> str:
    states = f"bbp-forum-status-{state} bbp-forum-visibility-publish"
    above = f"bbp-parent-forum-{parent}" if parent else ""
    return f"""<ul id="bbp-forum-{number}" class="{states} odd {above} post-{number} forum type-forum status-publish">
	<li class="bbp-forum-info">
		<a class="bbp-forum-title" href="{url}">{title}</a>
		<div class="bbp-forum-content">Over {title}</div>
		{below}
	</li>
	<li class="bbp-forum-topic-count">3</li>
	<li class="bbp-forum-freshness"><a href="{url}">1 dag geleden</a></li>
</ul>"""


def _topic_row(
    number: int,
    title: str,
    url: str,
    freshness: str | None,
    counts: tuple[int, int],
    sticky: str = "",
    forum: int = 5,
    state: str = "publish",
) -> str:
    classes = f"user-id-3 bbp-parent-forum-{forum} odd {sticky} post-{number} topic type-topic status-{state} hentry"
    link = f'<a href="{freshness}" title="x">1 dag geleden</a>' if freshness else "Geen reacties"
    author = '<a class="bbp-author-link" href="/u"><span class="bbp-author-name">Noor</span></a>'
    return f"""<ul id="bbp-topic-{number}" class="{classes}">
	<li class="bbp-topic-title">
		<a class="bbp-topic-permalink" href="{url}">{title}</a>
		<p class="bbp-topic-meta"><span class="bbp-topic-started-by">Gestart door: {author}</span></p>
	</li>
	<li class="bbp-topic-voice-count">{counts[0]}</li>
	<li class="bbp-topic-reply-count">{counts[1]:,}</li>
	<li class="bbp-topic-freshness">
		{link}
		<p class="bbp-topic-meta"><span class="bbp-topic-freshness-author">{author}</span></p>
	</li>
</ul>"""


def _post(setup: Setup, number: int, kind: str, author: str | None, text: str) -> str:
    own = 70 if kind == "reply" or setup.version == "2.5" else 5
    parents = f"bbp-parent-forum-5 bbp-parent-topic-{own} bbp-reply-position-2"
    return f"""<div id="post-{number}" class="bbp-reply-header">
	<div class="bbp-meta">
		<span class="bbp-reply-post-date">{_date(setup)}</span>
		<a href="{setup.post(number)}" class="bbp-reply-permalink">#{number}</a>
		<span class="bbp-admin-links"></span>
	</div><!-- .bbp-meta -->
</div><!-- #post-{number} -->

<div class="odd {parents} user-id-3 topic-author post-{number} {kind} type-{kind} status-publish hentry">
	<div class="bbp-reply-author">
		{_author(setup, author)}
	</div><!-- .bbp-reply-author -->
	<div class="bbp-reply-content">

		{text}{LOG.format(what=kind, number=number)}

	</div><!-- .bbp-reply-content -->
</div><!-- .reply -->
"""


def _lead(setup: Setup) -> str:
    head = '<div class="bbp-topic-author">Maker</div><div class="bbp-topic-content">Onderwerp</div>'
    return f"""<ul id="bbp-topic-70-lead" class="bbp-lead-topic">
	<li class="bbp-header">{head}</li>
	<li class="bbp-body">
		<div class="bbp-topic-header"><div class="bbp-meta">
			<span class="bbp-topic-post-date">{_date(setup)}</span>
			<a href="{setup.topic("groen")}" class="bbp-topic-permalink">#70</a>
		</div></div>
		<div id="post-70" class="odd bbp-parent-forum-5 user-id-3 post-70 topic type-topic status-publish hentry">
			<div class="bbp-topic-author">{_author(setup, "Noor Bakker")}</div>
			<div class="bbp-topic-content">{TOPIC_TEXT}{LOG.format(what="topic", number=70)}
			</div><!-- .bbp-topic-content -->
		</div><!-- .topic -->
	</li>
	<li class="bbp-footer">{head}</li>
</ul>"""


def _date(setup: Setup) -> str:
    return setup.say("9 november 2021 om 14:07", "November 9, 2021 at 2:07 pm")


def _author(setup: Setup, name: str | None) -> str:
    """Print a member, a guest (None) or somebody who was removed (an empty name)."""
    picture = "<img alt='' src='https://avatar.example/1' class='avatar' />"
    shown = name or (setup.say("Een Gast", "A Guest") if name is None else setup.say("Anoniem", "Anonymous"))
    role = f'<div class="bbp-author-role">{setup.say(*(MEMBER if name else GUEST))}</div>'
    if setup.version == "2.5" and not name:
        return f"{picture}<br />{shown}"
    if setup.version == "2.5":
        avatar = f'<a href="/u" title="Bekijk" class="bbp-author-avatar">{picture}</a>'
        return f'{avatar}<br /><a href="/u" title="Bekijk" class="bbp-author-name">{shown}</a><br />{role}'
    parts = f'<span  class="bbp-author-avatar">{picture}</span><span  class="bbp-author-name">{shown}</span>'
    return f'<a href="/u" title="Bekijk" class="bbp-author-link">{parts}</a>{role}' if name else f"{parts}{role}"


MEMBER = ("Deelnemer", "Participant")
GUEST = ("Gast", "Guest")
