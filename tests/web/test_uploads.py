import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from web import uploads
from web.uploads import EvidenceField, PhotoField


def picture(size=(40, 20), kind="JPEG", **extra):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **extra)
    return SimpleUploadedFile(f"x.{kind.lower()}", out.getvalue())


def with_place():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photo_becomes_a_jpeg_of_ours(kind):
    file = PhotoField().clean(picture(kind=kind))

    assert file.name.endswith(".jpg")
    assert Image.open(file).format == "JPEG"


def test_photo_loses_place_and_device_and_stands_upright():
    with Image.open(PhotoField().clean(with_place())) as clean:
        assert clean.size == (20, 40)
        assert not clean.getexif()
        assert "exif" not in clean.info


def test_large_photo_is_made_smaller():
    with Image.open(PhotoField().clean(picture((3000, 100)))) as clean:
        assert clean.size == (2000, 67)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.jpg", b"no picture"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 50),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.gif", b"GIF89a" + b"\x00" * 20),
        ("a.jpg", b"%PDF-1.7"),
    ],
)
def test_what_is_no_photo_is_refused(name, body):
    with pytest.raises(ValidationError) as refused:
        PhotoField().clean(SimpleUploadedFile(name, body))

    assert [error.code for error in refused.value.error_list] == ["no_photo"]


def test_too_many_pixels_are_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_PIXELS", 100)

    with pytest.raises(ValidationError, match="too large"):
        PhotoField().clean(picture())


def test_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 100)

    with pytest.raises(ValidationError, match="10 MB"):
        PhotoField().clean(picture())


def test_cut_photo_is_refused():
    whole = picture((400, 400), "PNG").read()

    with pytest.raises(ValidationError):
        PhotoField().clean(SimpleUploadedFile("a.png", whole[: len(whole) // 2]))


def test_evidence_may_be_a_pdf_and_nothing_else():
    kept = EvidenceField().clean(SimpleUploadedFile("a.pdf", b"%PDF-1.7 body"))

    assert (kept.name.endswith(".pdf"), kept.read()) == (True, b"%PDF-1.7 body")
    with pytest.raises(ValidationError):
        EvidenceField().clean(SimpleUploadedFile("a.pdf", b"MZ"))


def test_no_file_where_none_is_required():
    assert PhotoField(required=False).clean(None) is None
