"""Files that come with a message: kept in memory and handed out under an address of this server."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.sandbox.forms import Form
from bot.sandbox.wire import Json, rows
from bot.sandbox.world import StoredFile, World


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart request."""

    filename: str
    content_type: str
    content: bytes


def attach(
    world: World, channel_id: str, form: Form, uploads: dict[str, Upload], standing: list[Json] | None = None
) -> list[Json]:
    """Store what was uploaded and keep, of what stands on the message, what the request still names."""
    named = {str(item.get("id")): item for item in rows(form.data, "attachments")}
    if len(named) > 10 or len(uploads) > 10:
        form.wrong("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    kept = [file for file in standing or [] if "attachments" not in form.data or file["id"] in named]
    return kept + [_store(world, channel_id, upload, named.get(key, {})) for key, upload in uploads.items()]


def _store(world: World, channel_id: str, upload: Upload, described: Json) -> Json:
    file_id = world.ids.mint()
    filename = str(described.get("filename") or upload.filename).replace(" ", "_")
    path = f"/attachments/{channel_id}/{file_id}/{filename}"
    world.files[path] = StoredFile(upload.content, upload.content_type)
    url = world.base_url + quote(path)
    shown: dict[str, Any] = {
        "id": file_id,
        "filename": filename,
        "size": len(upload.content),
        "url": url,
        "proxy_url": url,
        "content_type": upload.content_type,
    }
    for key in ("description", "title"):
        if described.get(key):
            shown[key] = described[key]
    return shown
