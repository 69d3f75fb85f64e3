from django.urls import path

from goals.views import catalogue, coverage, wording, years

app_name = "goals"
urlpatterns = [
    path("years/", years.years, name="years"),
    path("years/new/", years.year_new, name="year_new"),
    path("years/<int:pk>/edit/", years.year_edit, name="year_edit"),
    path("wording/", wording.wording, name="wording"),
    path("ideas/", catalogue.catalogue, name="catalogue"),
    path("ideas/new/", catalogue.idea_new, name="idea_new"),
    path("ideas/new/<slug:measure>/", catalogue.idea_new, name="idea_new"),
    path("ideas/<uuid:uuid>/", catalogue.idea, name="idea"),
    path("ideas/<uuid:uuid>/edit/", catalogue.idea_edit, name="idea_edit"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage/export/", coverage.coverage_export, name="coverage_export"),
    path("coverage/<int:pk>/", coverage.coverage_of, name="coverage_of"),
]
