from django.contrib import admin
from django.urls import include, path

from relgoals import views

urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
    path("signed-in/", views.signed_in, name="signed_in"),
    path("today/", views.today, name="today"),
    path("people/me/data/", views.own_data, name="own_data"),
    path("people/<int:pk>/erase/", views.erase, name="erase"),
    path("people/", include("people.urls")),
    path("goals/", include("goals.urls")),
    path("one-on-ones/", include("conversations.urls")),
    path("jobs/", include("jobs.urls")),
    path("journal/", views.journal, name="journal"),
    path("appraisals/", include("appraisals.urls")),
    path("notices/", include("reminders.urls")),
    path("dev/mail/", views.mailbox, name="mailbox"),
    path("dev/mail/<str:file>/<int:number>/", views.mailbox_letter, name="mailbox_letter"),
    path("dev/mail/<str:file>/<int:number>/html/", views.mailbox_html, name="mailbox_html"),
    path("dev/sign-in/", views.demo_sign_in, name="demo_sign_in"),
    path("account/", include("people.urls.account")),
    path("admin/", admin.site.urls),
]
handler400 = "relgoals.views.bad_request"
handler403 = "relgoals.views.not_yours"
handler404 = "relgoals.views.not_here"
handler500 = "relgoals.views.our_fault"
