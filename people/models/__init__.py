from people.models.accounts import LinkRequest
from people.models.employees import ERASED, Employee, Line
from people.models.imports import ImportRow, ImportRun
from people.models.organisation import Department, DepartmentLine, Site

__all__ = [
    "ERASED",
    "Department",
    "DepartmentLine",
    "Employee",
    "ImportRow",
    "ImportRun",
    "Line",
    "LinkRequest",
    "Site",
]
