from people.models.accounts import LinkRequest
from people.models.employees import Employee, Line
from people.models.imports import ImportRow, ImportRun
from people.models.organisation import Department, DepartmentLine, Site

__all__ = ["Department", "DepartmentLine", "Employee", "ImportRow", "ImportRun", "Line", "LinkRequest", "Site"]
