"""How many saved topic pages are read into a database in a second, and what memory a large programme takes.

Each import is a process of its own, so that its memory is its own. Seconds are those of the processor, which other work
on the machine hardly changes.
"""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.figure import Figure
from tests.forum.site import SITE, breadcrumb, page, post_26, replies

_MANY, _FEW = 1000, 250
_SENTENCE = "wij willen dat iedereen in de stad een betaalbare woning kan vinden en veilig over straat kan"
_IMPORT = """
import asyncio, json, resource, sys, time
from pathlib import Path
from bot.forum.sources import read_source
from bot.services.importing import Importing
from bot.wiring import now
from db.database import Database

async def main(folder):
    async with await Database.open(Path(folder) / "bench.db") as store:
        began = time.process_time()
        report = await Importing(store, now, language="nl", screening=False).take_in(read_source(Path(folder)))
        seconds = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "memory": memory, "sections": report.counts["sections"]}))

asyncio.run(main(sys.argv[1]))
"""


def measure() -> Iterator[Figure]:
    few, many = _imported(_FEW), _imported(_MANY)
    yield Figure("saved topic pages read into the database", _MANY / many["seconds"], 100, "pages/s", at_least=True)
    growth = (many["memory"] - few["memory"]) * 1024 / (_MANY - _FEW)
    yield Figure("memory for each further page of 30 KB", growth / 1000, 20, "KB")


def _imported(pages: int) -> dict[str, Any]:
    with TemporaryDirectory(prefix="programmabrug-bench-") as folder:
        for number in range(pages):
            (Path(folder) / f"topic-{number}.html").write_text(_saved_page(1000 + number * 100), "utf-8")
        done = subprocess.run([sys.executable, "-c", _IMPORT, folder], check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(done.stdout)
    assert result["sections"] == pages
    return result


def _saved_page(topic_id: int) -> str:
    """Return a topic page of about 30 KB: a text with a list, and replies of which two are amendments."""
    chance = random.Random(topic_id)  # noqa: S311 - the same page every time
    paragraphs = "".join(f"<p>{_prose(chance, 60)}</p>" for _ in range(4))
    bullets = "".join(f"<li>{_prose(chance, 30)}</li>" for _ in range(10))
    text = f"{paragraphs}<p>Hoe gaan we dit doen?</p><ul>{bullets}</ul>"
    posts = [post_26(topic_id, "topic", "bbp-parent-forum-0 bbp-parent-topic-5", text)]
    for number in range(1, 20):
        said = [_prose(chance, 40) for _ in range(3)]
        if number % 10 == 0:
            said = ["EEN EXTRA BULLET INVOEGEN:", said[0], "TOELICHTING:", said[1]]
        words = "".join(f"<p>{paragraph}</p>" for paragraph in said)
        posts.append(post_26(topic_id + number, "reply", f"bbp-parent-forum-5 bbp-parent-topic-{topic_id}", words))
    above = breadcrumb(f"Onderwerp {topic_id}", [("Groen", f"{SITE}/praat/forum/groen/")])
    return page(above + replies(topic_id, "".join(posts)), f"single-topic postid-{topic_id}")


def _prose(chance: random.Random, words: int) -> str:
    return f"{' '.join(chance.choices(_SENTENCE.split(), k=words)).capitalize()}."
