from appraisals.models.appraisals import Appraisal, Passage, Words
from appraisals.models.ratings import Evidence, MovedRating, Rating
from appraisals.models.schemes import Criterion, ScalePoint, Scheme, Section, WeightChange
from appraisals.models.scores import Aggregate, Changed, Roll, Score, SectionScore
from appraisals.models.signatures import Chain, Signature

__all__ = [
    "Aggregate",
    "Appraisal",
    "Chain",
    "Changed",
    "Criterion",
    "Evidence",
    "MovedRating",
    "Passage",
    "Rating",
    "Roll",
    "ScalePoint",
    "Scheme",
    "Score",
    "Section",
    "SectionScore",
    "Signature",
    "WeightChange",
    "Words",
]
