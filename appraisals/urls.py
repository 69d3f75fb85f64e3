from django.urls import path

from appraisals.views import arithmetic, calibration, exports, mine, review, rounds, schemes, steps

app_name = "appraisals"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("people/<int:pk>/", mine.history, name="history"),
    path("calibration/", calibration.calibration, name="calibration"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/<int:pk>/", rounds.round_, name="round"),
    path("rounds/<int:pk>/roll/", rounds.roll, name="roll"),
    path("rounds/<int:pk>/share/", rounds.share_all, name="share_all"),
    path("rounds/<int:pk>/round.csv", exports.export_csv, name="export_csv"),
    path("rounds/<int:pk>/round.xlsx", exports.export_xlsx, name="export_xlsx"),
    path("years/<int:year>/scheme/", rounds.scheme_begin, name="scheme_begin"),
    path("schemes/<int:pk>/", schemes.scheme, name="scheme"),
    path("schemes/<int:pk>/edit/", schemes.scheme_edit, name="scheme_edit"),
    path("schemes/<int:pk>/weights/", schemes.weights, name="weights"),
    path("schemes/<int:pk>/scale/", schemes.scale, name="scale"),
    path("schemes/<int:pk>/start/", schemes.scheme_start, name="scheme_start"),
    path("sections/<int:pk>/", schemes.section, name="section"),
    path("words/<uuid:uuid>/", review.words, name="words"),
    path("evidence/<uuid:uuid>/file/", review.evidence_file, name="evidence_file"),
    path("evidence/<uuid:uuid>/accept/", review.evidence_accept, name="evidence_accept"),
    path("evidence/<uuid:uuid>/release/", review.note_release, name="note_release"),
    path("evidence/<uuid:uuid>/remove/", review.evidence_remove, name="evidence_remove"),
    path("<uuid:uuid>/", mine.appraisal, name="appraisal"),
    path("<uuid:uuid>/self-review/", mine.self_review, name="self_review"),
    path("<uuid:uuid>/review/", review.review, name="review"),
    path("<uuid:uuid>/words/", review.words_ask, name="words_ask"),
    path("<uuid:uuid>/criteria/<int:criterion>/evidence/", review.evidence_new, name="evidence_new"),
    path("<uuid:uuid>/criteria/<int:criterion>/move/", calibration.move_rating, name="move_rating"),
    path("<uuid:uuid>/arithmetic/", arithmetic.arithmetic, name="arithmetic"),
    path("<uuid:uuid>/appraisal.pdf", arithmetic.document, name="document"),
    path("<uuid:uuid>/sign/", steps.sign, name="sign"),
    path("<uuid:uuid>/move/<slug:name>/", steps.move, name="move"),
]
