"""Is a member a picture, a film or a sound?  Such a member is never taken out of an archive, not even to look at it."""

_ENDINGS = frozenset((
    "3gp", "aac", "amr", "avi", "avif", "bmp", "caf", "flac", "flv", "gif", "heic", "heif", "jpe", "jpeg", "jpg", "m4a",
    "m4v", "mkv", "mov", "mp3", "mp4", "mpeg", "mpg", "oga", "ogg", "opus", "png", "tif", "tiff", "wav", "webm", "webp",
    "wma", "wmv",
))
_BEGINNINGS = (
    b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF87a", b"GIF89a", b"\x1aE\xdf\xa3", b"OggS", b"ID3", b"fLaC", b"#!AMR",
    b"II*\x00", b"MM\x00*", b"FLV\x01", b"\x00\x00\x01\xba",
)
_IN_RIFF = (b"WEBP", b"AVI ", b"WAVE")
HEAD = 16
"""As many bytes tell it."""


def named_as_media(name: str) -> bool:
    return name.rpartition(".")[2].lower() in _ENDINGS


def begins_as_media(head: bytes) -> bool:
    """``head``: the first HEAD bytes."""
    return head.startswith(_BEGINNINGS) or head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and head[8:12] in _IN_RIFF)
