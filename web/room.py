"""A disk without room for what people upload: said in a sentence beside the field, with nothing half written."""

import errno
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_ROOM = "no_room"  # the code: views put it beside the field of the file


def no_room() -> ValidationError:
    sentence = _("There is no room for files just now, so nothing was saved. Try again later, or without the file.")
    return ValidationError(sentence, NO_ROOM)


def put_beside(error: ValidationError, form: BaseForm, file: str) -> None:
    """Put a rule's refusal beside its field, or above the form; a disk without room beside the field `file`."""
    if not hasattr(error, "error_dict"):
        form.add_error(file if error.code == NO_ROOM else None, error.error_list)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


class Storage(FileSystemStorage):
    """Files in MEDIA_ROOT. Raises ValidationError("no_room") where the disk is full; what was begun is gone then."""

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        was_there = path.exists()
        try:
            return str(super()._save(name, content))  # type: ignore[misc]
        except OSError as error:
            if error.errno not in FULL:
                raise
            if not was_there:
                path.unlink(missing_ok=True)
            raise no_room() from error


class Unkept(SimpleUploadedFile):
    """Stands for an upload that found no room on its way in; its field says so."""


class SpilledFiles(TemporaryFileUploadHandler):
    """Uploads too large for memory. A full disk ends none of the request's other fields: the file becomes Unkept."""

    is_full = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.is_full = False
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._note(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.is_full:
            return
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._note(error)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        try:
            if not self.is_full:
                self.file.flush()  # what the buffer still holds may be what does not fit
                return super().file_complete(file_size)
        except OSError as error:
            self._note(error)
        return Unkept(self.file_name or "file", b"")

    def _note(self, error: OSError) -> None:
        if error.errno not in FULL:
            raise error
        self.is_full = True
        with suppress(OSError, AttributeError):  # what it held is room for somebody else
            self.file.close()
