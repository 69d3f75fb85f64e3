from django.urls import path

from jobs.views import clauses, descriptions, desk, prints, reading, versions

app_name = "jobs"
urlpatterns = [
    path("", reading.mine, name="mine"),
    path("readings/<int:pk>/", reading.task, name="reading"),
    path("readings/<int:pk>/acknowledge/", reading.acknowledge, name="acknowledge"),
    path("comments/<uuid:uuid>/", reading.comment, name="comment"),
    path("descriptions/", descriptions.descriptions, name="descriptions"),
    path("descriptions/new/", descriptions.begin, name="begin"),
    path("descriptions/<int:pk>/", descriptions.description, name="description"),
    path("descriptions/<int:pk>/next/", descriptions.draft_next, name="draft_next"),
    path("descriptions/<int:pk>/people/new/", descriptions.assign, name="assign"),
    path("assignments/<int:pk>/end/", descriptions.release, name="release"),
    path("versions/<int:pk>/", versions.version, name="version"),
    path("versions/<int:pk>/edit/", versions.edit, name="edit"),
    path("versions/<int:pk>/move/<slug:name>/", versions.move, name="move"),
    path("versions/<int:pk>/publish/", versions.publish, name="publish"),
    path("versions/<int:pk>/print/", prints.paper, name="print"),
    path("versions/<int:pk>/changes/", prints.changes, name="changes"),
    path("versions/<int:pk>/version.pdf", prints.pdf, name="pdf"),
    path("versions/<int:pk>/changes.pdf", prints.changes_pdf, name="changes_pdf"),
    path("versions/<int:pk>/version.md", prints.markdown, name="markdown"),
    path("versions/<int:pk>/clauses.csv", prints.csv, name="csv"),
    path("clauses/", desk.desk, name="desk"),
    path("clauses/same/<slug:mark>/", desk.same, name="same"),
    path("clauses/<int:pk>/", clauses.clause, name="clause"),
    path("clauses/<int:pk>/rule/", clauses.rule, name="rule"),
    path("clauses/<int:pk>/answer/", clauses.answer, name="answer"),
    path("clauses/<int:pk>/drop/", clauses.drop, name="drop"),
    path("clauses/<int:pk>/comment/", reading.comment_on, name="comment_on"),
    path("coverage/", desk.coverage, name="coverage"),
    path("grounds/", desk.grounds, name="grounds"),
    path("grounds/<int:pk>/aside/", desk.put_aside, name="put_aside"),
    path("rulings/<uuid:uuid>/", desk.cited, name="cited"),
]
