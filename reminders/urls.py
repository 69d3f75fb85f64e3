from django.urls import path

from reminders.views import bell, desk, wishes

app_name = "reminders"
urlpatterns = [
    path("", bell.bell, name="bell"),
    path("read/", bell.read_all, name="read_all"),
    path("<int:pk>/read/", bell.read_one, name="read_one"),
    path("summary/", bell.summary, name="summary"),
    path("desk/", desk.desk, name="desk"),
    path("desk/tomorrow/", desk.tomorrow, name="tomorrow"),
    path("desk/send/", desk.send_now, name="send_now"),
    path("desk/<str:kind>/hold/", desk.hold, name="hold"),
    path("desk/<str:kind>/release/", desk.release, name="release"),
    path("wishes/", wishes.wishes, name="wishes"),
    path("stop/<str:token>/", wishes.stop, name="stop"),
]
