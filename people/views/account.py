"""What signing in needs beyond allauth's own pages: links that set a password, the QR code, refusals as 422."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

import qrcode
import structlog
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.socialaccount.adapter import get_adapter as single_sign_on
from allauth.socialaccount.helpers import render_authentication_error
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET
from qrcode.image.svg import SvgPathFillImage
from requests import RequestException

from people.forms.account import PasswordByLinkForm
from people.links import INVITATION
from people.rules import signing_in
from web.http import Request, status_of

log = structlog.get_logger("relgoals.sign_in")
LINK = "people.link"  # in the session: the token, so that it stands in no address and no Referer


def refusing(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """One of allauth's views; a form that it refuses is answered 422, as all our forms are, and not 200."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse) and response.status_code == 200 and request.method == "POST":
            forms = [(response.context_data or {}).get(name) for name in ("form", "webauthn_form")]
            response.status_code = max([200, *(status_of(form) for form in forms if form is not None)])
        return response

    return answered


def asking_elsewhere(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """One of allauth's views of single sign-on; it does not expect that the other side is away, or answers nonsense."""

    @login_not_required
    @wraps(view)
    def answered(request: HttpRequest, provider_id: str) -> HttpResponseBase:
        try:
            return view(request, provider_id)
        except (RequestException, KeyError) as error:
            log.warning("single_sign_on_away", provider=provider_id, error=type(error).__name__)
            provider = single_sign_on().get_provider(request, provider_id)
            return cast(HttpResponseBase, render_authentication_error(request, provider, exception=error))

    return answered


@login_not_required
@never_cache
@require_GET
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Where a mail leads: the token goes into the session, the browser on to the form."""
    request.session[LINK] = token
    return redirect("account_password_by_link")


@login_not_required
@never_cache
@sensitive_post_parameters()
def password_by_link(request: HttpRequest) -> HttpResponse:
    token = request.session.get(LINK, "")
    try:
        person, purpose = signing_in.owner_of(token)
        form = PasswordByLinkForm(request.POST or None, person=person)
        if form.is_valid():
            signing_in.set_password_by_link(token, form.cleaned_data["password1"])
            logout(request)  # whoever was signed in here; and the token is gone with the session
            messages.success(request, _("Your password is set. Sign in with it."))
            return redirect("account_login")
    except ValidationError as error:
        request.session.pop(LINK, None)
        return render(request, "account/link_dead.html", {"reason": error.messages[0]}, status=410)
    context = {
        "form": form,
        "person": person,
        "is_invitation": purpose == INVITATION,
        "providers": single_sign_on().list_providers(request),
    }
    return render(request, "account/password_by_link.html", context, status=status_of(form))


@require_GET
@never_cache
def qr(request: Request) -> HttpResponse:
    """The secret of the authenticator app that is being set up, as a picture of our own (data: images are refused)."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    address = get_adapter().build_totp_url(request.user, secret)
    picture = qrcode.make(address, image_factory=SvgPathFillImage, box_size=12)
    return HttpResponse(picture.to_string(), content_type="image/svg+xml")
