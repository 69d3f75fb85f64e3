from django.urls import path

from people.views import chart, directory, imports, organisation, profile, records

app_name = "people"
urlpatterns = [
    path("", directory.directory, name="directory"),
    path("find/", directory.find, name="find"),
    path("new/", records.join, name="join"),
    path("<int:pk>/", directory.person, name="person"),
    path("<int:pk>/record/", records.revise, name="revise"),
    path("<int:pk>/manager/", records.move, name="move"),
    path("<int:pk>/leave/", records.leave, name="leave"),
    path("<int:pk>/invite/", records.invite, name="invite"),
    path("<int:pk>/stay/", records.stay, name="stay"),
    path("<int:pk>/return/", records.come_back, name="come_back"),
    path("<int:pk>/role/", records.role, name="role"),
    path("chart/", chart.chart, name="chart"),
    path("chart/<int:pk>/", chart.chart, name="chart_of"),
    path("chart/<int:pk>/branch/", chart.branch, name="branch"),
    path("departments/", organisation.departments, name="departments"),
    path("departments/new/", organisation.department_new, name="department_new"),
    path("departments/<int:pk>/", organisation.department, name="department"),
    path("departments/<int:pk>/edit/", organisation.department_edit, name="department_edit"),
    path("sites/", organisation.sites, name="sites"),
    path("sites/new/", organisation.site_new, name="site_new"),
    path("sites/<int:pk>/edit/", organisation.site_edit, name="site_edit"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<uuid:uuid>/", imports.one, name="import"),
    path("imports/<uuid:uuid>/columns/", imports.columns, name="import_columns"),
    path("imports/<uuid:uuid>/apply/", imports.apply, name="import_apply"),
    path("imports/<uuid:uuid>/withdraw/", imports.withdraw, name="import_withdraw"),
    path("imports/<uuid:uuid>/invite/", imports.invite, name="import_invite"),
    path("imports/<uuid:uuid>/bad-rows.csv", imports.bad_rows, name="import_bad_rows"),
    path("me/", profile.profile, name="profile"),
]
