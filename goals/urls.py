from django.urls import path

from goals.views import years

app_name = "goals"
urlpatterns = [
    path("years/", years.years, name="years"),
    path("years/new/", years.year_new, name="year_new"),
    path("years/<int:pk>/edit/", years.year_edit, name="year_edit"),
]
