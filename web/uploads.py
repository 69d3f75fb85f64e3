"""Files in and out: what people attach is checked by what it is, not by what it calls itself, and served to them only.

Photos are written anew, upright and without what a camera adds (place, device, time). Nothing in MEDIA_ROOT has an
address: a view that has asked who is asking answers with `private_file`.
"""

import io
import uuid
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from web.export import attachment
from web.room import Unkept, no_room

LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
EDGE = 2000  # pixels of the longer side that are kept: a receipt stays readable
PHOTOS = ("JPEG", "PNG", "WEBP")

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class UploadField(forms.FileField):
    """A file; where the disk was full on its way in, the field says so."""

    def to_python(self, data: Any) -> Any:
        if isinstance(data, Unkept):
            raise no_room()
        return super().to_python(data)


class PhotoField(UploadField):
    """A photo: JPEG, PNG or WebP, 10 MB at most. Cleans to a fresh JPEG under a name of ours, or None."""

    widget = forms.ClearableFileInput
    accept = "image/jpeg,image/png,image/webp"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("accept", self.accept)

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is None:
            return None
        if (file.size or 0) > LARGEST:
            raise ValidationError(_("This file is larger than 10 MB. Choose a smaller one."), "too_large")
        return self.checked(cast(UploadedFile, file))

    def checked(self, file: UploadedFile) -> UploadedFile:
        return photo(file)


class EvidenceField(PhotoField):
    """A photo or a PDF, 10 MB at most. A PDF is kept as it is."""

    accept = f"{PhotoField.accept},application/pdf"

    def checked(self, file: UploadedFile) -> UploadedFile:
        start = file.read(5)
        file.seek(0)
        if start != b"%PDF-":
            return photo(file)
        return SimpleUploadedFile(f"{uuid.uuid4().hex}.pdf", file.read(), "application/pdf")


def photo(file: UploadedFile) -> UploadedFile:
    """`file` as an upright JPEG of at most 2,000 pixels a side, with nothing in it but the picture.

    Raises ValidationError("no_photo") if it is no picture, is broken, or has more than fifty million pixels.
    """
    try:
        with Image.open(file, formats=PHOTOS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("This picture is too large. Choose a smaller one."), "no_photo")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail((EDGE, EDGE))
        out = io.BytesIO()
        Image.frombytes("RGB", upright.size, upright.tobytes()).save(out, "JPEG", quality=85)
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError) as error:
        raise ValidationError(_no_photo(), "no_photo") from error
    except (ValueError, SyntaxError, TypeError) as error:  # what Pillow's readers say of broken files
        raise ValidationError(_no_photo(), "no_photo") from error
    return SimpleUploadedFile(f"{uuid.uuid4().hex}.jpg", out.getvalue(), "image/jpeg")


def _no_photo() -> Any:
    return _("This is not a photo that can be read. Choose a JPEG, PNG or WebP file.")


def private_file(file: FieldFile, name: str) -> FileResponse:
    """`file` for somebody who may see it: never kept in caches, never run. name: how it is saved, without ending."""
    ending = file.name.rpartition(".")[2] if file.name else "bin"
    kind = {"jpg": "image/jpeg", "pdf": "application/pdf"}.get(ending, "application/octet-stream")
    headers = attachment(f"{name}.{ending}")
    if kind == "image/jpeg":  # shown in the page that links it
        headers["Content-Disposition"] = headers["Content-Disposition"].replace("attachment", "inline", 1)
    headers |= {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store"}
    return FileResponse(file.open("rb"), content_type=kind, headers=headers)
