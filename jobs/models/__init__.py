from jobs.models.descriptions import Assignment, Clause, JobDescription, Version
from jobs.models.imports import DescriptionFile
from jobs.models.reading import Comment, Reading
from jobs.models.rulings import Ground, Objection, Ruling

__all__ = [
    "Assignment",
    "Clause",
    "Comment",
    "DescriptionFile",
    "Ground",
    "JobDescription",
    "Objection",
    "Reading",
    "Ruling",
    "Version",
]
