"""Media that components point at: a web address, or a file sent along."""

from collections.abc import Callable

from bot.sandbox.forms import Form
from bot.sandbox.wire import Json


def media(form: Form, name: str, files: dict[str, Json], mint: Callable[[], str], *, attached: bool = False) -> Json:
    """Read one media item; `attachment://` must name a file of this message."""
    item = form.child(name, required=True)
    url = item.text("url", 2048, low=1, required=True) if item else None
    if item is None or url is None:
        return {}
    if url.startswith("attachment://"):
        stored = files.get(url.removeprefix("attachment://"))
        if stored is None:
            item.wrong(
                "url", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", "The referenced attachment was not found"
            )
            return {}
        return {
            "id": mint(),
            "url": stored["url"],
            "proxy_url": stored["proxy_url"],
            "content_type": stored.get("content_type"),
            "attachment_id": stored["id"],
        }
    if attached:
        item.wrong("url", "UNFURLED_MEDIA_ITEM_MUST_REFERENCE_ATTACHMENT", "Must be an attachment:// reference")
    elif not url.startswith(("http://", "https://")):
        item.wrong("url", "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https').")
    return {"id": mint(), "url": url, "proxy_url": url}
