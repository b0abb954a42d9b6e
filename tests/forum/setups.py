"""The ways in which a bbPress forum is set up: version, permalinks, theme, language, flat or threaded, topic apart."""

from collections.abc import Callable
from dataclasses import dataclass

SITE = "https://forum.duinveen.example"
Theme = Callable[[str, str, str, str], str]
"""What a theme makes of a page: its body's classes, those of the post that is shown, its title and bbPress's part."""


def classic(body: str, post: str, title: str, root: str) -> str:
    """Wrap as the themes before the block editor do: an article with the post's classes."""
    number = post.split()[0] if post else "post-0"
    return f"""<body class="{body} has-sidebar">
<div id="page"><header><p class="site-title"><a href="{SITE}/">Duinveen vooruit</a></p>
<ul class="menu"><li><a href="{SITE}/forums/">Forum</a></li></ul></header>
<main id="main"><article id="{number}" class="{post} hentry entry"><h1 class="entry-title">{title}</h1>
<div class="entry-content">{root}</div></article></main>
<aside><ul class="bbp-topics-widget"><li><a class="bbp-forum-title" href="/x">Elders</a></li></ul></aside>
</div></body>"""


def blocks(body: str, _post: str, title: str, root: str) -> str:
    """Wrap as Twenty Twenty-Two and later do: no article and no post's classes, titles in blocks."""
    return f"""<body class="{body} wp-embed-responsive">
<div class="wp-site-blocks"><header class="wp-block-template-part">
<h1 class="wp-block-site-title"><a href="{SITE}" rel="home">Duinveen vooruit</a></h1>
<nav class="wp-block-navigation"><ul><li class="wp-block-pages-list__item">Forum</li></ul></nav></header>
<main class="wp-block-group is-layout-flow"><h1 class="alignwide wp-block-post-title">{title}</h1>
<div class="entry-content wp-block-post-content is-layout-constrained">{root}</div></main></div></body>"""


def homemade(_body: str, _post: str, title: str, root: str) -> str:
    """Wrap as a theme without body_class() and post_class() does, with a card around every post."""
    cards = root.replace('<div id="post-', '<div class="card"><span></span><div id="post-')
    cards = cards.replace("</div><!-- .reply -->", "</div></div>").replace("</div><!-- .topic -->", "</div></div>")
    return f"""<body><div class="top"><strong id="site-title">Duinveen vooruit</strong></div>
<div class="box"><h2>{title}</h2><div class="box"><div class="pad">{cards}</div></div></div></body>"""


@dataclass(frozen=True)
class Setup:
    """One way to set up the forum."""

    name: str
    version: str = "2.6"
    pretty: bool = True
    root: str = "/forums/"
    threaded: bool = False
    lead: bool = False
    theme: Theme = classic
    dutch: bool = True
    breadcrumb: bool = True

    def __str__(self) -> str:
        return self.name

    @property
    def index(self) -> str:
        return f"{SITE}{self.root}" if self.pretty else f"{SITE}/?post_type=forum"

    def forum(self, path: str) -> str:
        return f"{SITE}{self.root}forum/{path}/" if self.pretty else f"{SITE}/?forum={path}"

    def topic(self, slug: str) -> str:
        return f"{SITE}{self.root}topic/{slug}/" if self.pretty else f"{SITE}/?topic={slug}"

    def page(self, address: str, number: int) -> str:
        return f"{address}page/{number}/" if self.pretty else f"{address}&paged={number}"

    def post(self, number: int) -> str:
        return f"{self.topic('groen')}#post-{number}"

    def say(self, dutch: str, english: str) -> str:
        return dutch if self.dutch else english


SETUPS = (
    Setup("2.6, threaded", threaded=True),
    Setup("2.6, flat"),
    Setup("2.6, flat, plain permalinks, English", pretty=False, dutch=False),
    Setup("2.6, flat, block theme", theme=blocks),
    Setup("2.6, threaded, block theme, plain permalinks", threaded=True, theme=blocks, pretty=False),
    Setup("2.6, topic apart", lead=True),
    Setup("2.6, topic apart, threaded, home-made theme", lead=True, threaded=True, theme=homemade),
    Setup("2.6, home-made theme, elsewhere", theme=homemade, root="/leden/praat/"),
    Setup("2.6, block theme, no breadcrumb", theme=blocks, breadcrumb=False),
    Setup("2.5, flat", version="2.5"),
    Setup("2.5, threaded, English, home-made theme", version="2.5", threaded=True, dutch=False, theme=homemade),
    Setup("2.5, flat, plain permalinks", version="2.5", pretty=False),
    Setup("2.5, topic apart, block theme, elsewhere", version="2.5", lead=True, theme=blocks, root="/praat/"),
)
