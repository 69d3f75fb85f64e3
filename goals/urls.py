from django.urls import path

from goals.views import catalogue, coverage, goal, offering, team, wording, years

app_name = "goals"
urlpatterns = [
    path("team/", team.board, name="board"),
    path("team/act/", team.act, name="act"),
    path("team/offer/", offering.offer, name="offer"),
    path("shortlist/<uuid:uuid>/", offering.shortlist, name="shortlist"),
    path("shortlist/<uuid:uuid>/other/", offering.ask_other, name="ask_other"),
    path("example/", team.example, name="example"),
    path("propose/", goal.propose, name="propose"),
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
    path("<uuid:uuid>/", goal.goal, name="goal"),
    path("<uuid:uuid>/edit/", goal.edit, name="edit"),
    path("<uuid:uuid>/move/<slug:name>/", goal.move, name="move"),
    path("<uuid:uuid>/complete/", goal.complete, name="complete"),
    path("<uuid:uuid>/reason/", goal.reason, name="reason"),
    path("<uuid:uuid>/reasons/read/", goal.reasons_read, name="reasons_read"),
    path("<uuid:uuid>/reasons/<slug:name>/", goal.doubt, name="doubt"),
    path("<uuid:uuid>/end/", goal.end, name="end"),
    path("<uuid:uuid>/change/<uuid:turn>/<slug:name>/", goal.answer, name="change_answer"),
]
