"""Topic pages as bbPress 2.6 prints them in a plain theme: white space, comments and all. The same ones every time."""

import random

_SITE = "https://forum.duinveen.example"
_TOPIC = f"{_SITE}/forums/topic/groen-in-de-wijk/"
_WORDS = (
    "de het een wij gemeente inwoners bomen wonen zorg jongeren ouderen Duinveen Waterdrecht betaalbaar samen buurt",
    "school straat veilig groen energie wijk krijgt maakt steunt investeert in en van voor met dat die ook ’s avonds",
)


def page_of_replies(size: int = 120_000) -> str:
    """Return a page of a topic and its replies, each with some paragraphs and at times a list or a link."""
    return _discussion(70, size)


def saved_page(topic_id: int) -> str:
    """Return a page of 30 KB; the ids of its replies are the hundred that follow the topic's."""
    return _discussion(topic_id, 30_000)


def _discussion(topic_id: int, size: int) -> str:
    chance = _chance(topic_id)
    posts = _post(topic_id, topic_id, "topic", _section(chance))
    number = topic_id
    while len(posts.encode()) < size - 5_000:
        number += 1
        posts += _post(topic_id, number, "reply", _reply(chance))
    return _page(topic_id, posts)


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same page every time


def _section(chance: random.Random) -> str:
    paragraphs = "".join(f"<p>{_prose(chance, 4)}</p>\n" for _ in range(3))
    items = "".join(f"<li>{_prose(chance, 2)}</li>\n" for _ in range(5))
    return f"<h3>{_prose(chance, 1)}</h3>\n{paragraphs}<p>Hoe gaan we dit doen?</p>\n<ul>\n{items}</ul>\n"


def _reply(chance: random.Random) -> str:
    text = f"<p>WIJZIGEN:</p>\n<p>{_prose(chance, 1)}</p>\n<p>TOELICHTING:</p>\n<p>{_prose(chance, 2)}</p>\n"
    if chance.random() < 0.2:
        text += f'<p>Zie <a href="{_SITE}/stukken/" rel="nofollow">het stuk</a>.<br />\n{_prose(chance, 1)}</p>\n'
    if chance.random() < 0.2:
        text += f"<ul>\n{''.join(f'<li>{_prose(chance, 1)}</li>' for _ in range(3))}\n</ul>\n"
    return text


def _prose(chance: random.Random, sentences: int) -> str:
    words = " ".join(_WORDS).split()
    return " ".join(
        " ".join(chance.choices(words, k=chance.randint(8, 18))).capitalize() + "." for _ in range(sentences)
    )


def _page(topic_id: int, posts: str) -> str:
    menu = "".join(f'<li class="menu-item"><a href="{_SITE}/{number}/">Pagina {number}</a></li>' for number in range(9))
    return f"""<!doctype html>
<html lang="nl-NL">
<head>
<meta charset="UTF-8" />
<title>Groen in de wijk &#8211; Duinveen vooruit</title>
<link rel="canonical" href="{_TOPIC}" />
<link rel='shortlink' href='{_SITE}/?p={topic_id}' />
</head>
<body class="topic bbpress single single-topic postid-{topic_id}">
<header class="site-header"><p class="site-title"><a href="{_SITE}/">Duinveen vooruit</a></p>
<nav><ul>{menu}</ul></nav></header>
<main><article id="post-{topic_id}" class="post-{topic_id} topic type-topic status-publish hentry">
<h1 class="entry-title">Groen in de wijk</h1>
<div class="entry-content">
<div id="bbpress-forums" class="bbpress-wrapper">
<div class="bbp-breadcrumb"><p><a href="{_SITE}" class="bbp-breadcrumb-home">Home</a>
<span class="bbp-breadcrumb-sep">&rsaquo;</span> <a href="{_SITE}/forums/" class="bbp-breadcrumb-root">Forums</a>
<span class="bbp-breadcrumb-sep">&rsaquo;</span>
<a href="{_SITE}/forums/forum/wonen/" class="bbp-breadcrumb-forum">Wonen</a>
<span class="bbp-breadcrumb-sep">&rsaquo;</span>
<span class="bbp-breadcrumb-current">Groen in de wijk</span></p></div>
<div class="bbp-pagination">
	<div class="bbp-pagination-count">Weergave van 60 reactie threads</div>
	<div class="bbp-pagination-links"></div>
</div>
<ul id="topic-{topic_id}-replies" class="forums bbp-replies">
	<li class="bbp-header">
		<div class="bbp-reply-author">Auteur</div><!-- .bbp-reply-author -->
		<div class="bbp-reply-content">Berichten</div><!-- .bbp-reply-content -->
	</li><!-- .bbp-header -->
	<li class="bbp-body">
		<ul>{posts}</ul>
	</li><!-- .bbp-body -->
	<li class="bbp-footer">
		<div class="bbp-reply-author">Auteur</div>
		<div class="bbp-reply-content">Berichten</div><!-- .bbp-reply-content -->
	</li><!-- .bbp-footer -->
</ul><!-- #topic-{topic_id}-replies -->
<div id="no-reply-{topic_id}" class="bbp-no-reply"><div class="bbp-template-notice"><p>Log in.</p></div></div>
</div>
</div></article></main>
<footer class="site-footer"><p>Duinveen vooruit</p></footer>
</body>
</html>
"""


def _post(topic_id: int, number: int, kind: str, text: str) -> str:
    parents = f"bbp-parent-forum-5 bbp-parent-topic-{5 if kind == 'topic' else topic_id}"
    position = f"bbp-reply-position-{number - topic_id + 1}"
    picture = "<img alt='' src='https://avatar.example/5f?s=80' class='avatar avatar-80 photo' height='80' width='80'/>"
    return f"""<li>

<div id="post-{number}" class="bbp-reply-header">
	<div class="bbp-meta">
		<span class="bbp-reply-post-date">{number % 28 + 1} november 2021 om 14:07</span>


		<a href="{_TOPIC}#post-{number}" class="bbp-reply-permalink">#{number}</a>


		<span class="bbp-admin-links"></span>

	</div><!-- .bbp-meta -->
</div><!-- #post-{number} -->

<div class="loop-item-0 user-id-3 {parents} {position} odd  post-{number} {kind} type-{kind} status-publish hentry">
	<div class="bbp-reply-author">


		<a href="{_SITE}/forums/users/noor/" title="Bekijk Noor Bakker&#039;s profiel" class="bbp-author-link">
		<span  class="bbp-author-avatar">{picture}</span><span  class="bbp-author-name">Noor Bakker</span></a>
		<div class="bbp-author-role">Deelnemer</div>


	</div><!-- .bbp-reply-author -->

	<div class="bbp-reply-content">


		{text}


	</div><!-- .bbp-reply-content -->
</div><!-- .reply -->
</li>
"""
