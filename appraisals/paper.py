"""An appraisal on paper: the sheet's figures and sentences as facts for templates/appraisals/appraisal.typ.

The words of the paper are translated here, so that the template holds none.
"""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from appraisals.models import Appraisal
from appraisals.showing import SectionLine, Sheet, points


def facts_of(appraisal: Appraisal, sheet: Sheet) -> dict[str, Any]:
    content = sheet.content
    person, year = content["person"], content["year"]
    signature = content.get("signature")
    return {
        "title": _("Appraisal %(year)s of %(name)s") % {"year": year["name"], "name": person["name"]},
        "lines": _head(appraisal, sheet),
        "sections": [_section(line, content) for line in sheet.sections],
        "weights_title": _("What each section weighs"),
        "weights_head": [_("Section"), _("Weight"), _("Score"), _("Weight × score")],
        "weights": [
            [line.content["name"], str(line.content["weight"]), line.score, line.product] for line in sheet.counting
        ]
        + ([[_("Together"), str(sheet.weight), "", sheet.product]] if sheet.total else []),
        "total_title": _("The total"),
        "total": _total(sheet),
        "scale_title": _("What the points mean"),
        "scale": [[str(value), name, anchor] for value, name, anchor in content["scale"]],
        "whole_title": _("The year as a whole"),
        "whole": _words(content["words"]),
        "others": [[_("Words of %(name)s") % {"name": name}, words] for name, _why, words in content["other_words"]],
        "signed_title": _("Signature"),
        "signed": _signed(signature) if signature else [],
        "digest": _digest(appraisal) if signature else "",
        "footer": f"{person['name']} · {year['name']} · " + _("version %(number)s") % {"number": content["version"]},
    }


def day(iso: str) -> str:
    return date_format(date.fromisoformat(iso[:10]), "DATE_FORMAT")


def _head(appraisal: Appraisal, sheet: Sheet) -> list[str]:
    content = sheet.content
    person, reviewer = content["person"], content["reviewer"]
    lines = [", ".join(part for part in (person["job_title"], person["department"]) if part)]
    lines.append(_("Reviewed by %(name)s") % {"name": reviewer["name"]} if reviewer else _("Reviewed by nobody yet"))
    lines.append(_("From %(first)s to %(last)s") % {"first": day(content["from_on"]), "last": day(content["until_on"])})
    lines.append(_("Stage: %(stage)s") % {"stage": appraisal.get_state_display()})
    if appraisal.is_replaced:
        lines.append(_("Replaced by a later version."))
    return [line for line in lines if line]


def _section(line: SectionLine, content: dict[str, Any]) -> dict[str, Any]:
    criteria = []
    for criterion in line.criteria:
        own = criterion.content
        notes = [note for note in (criterion.figure, criterion.basis, own["words"]) if note]
        notes += [
            f"{day(item['on'])}: {item['label']}" + ("" if item["accepted"] else f" ({_('not accepted as a fact')})")
            for item in own["evidence"]
        ]
        notes += [
            _("Moved from %(before)s to %(after)s by %(by)s on %(day)s: %(words)s")
            % {"before": points(before) or "–", "after": points(after), "by": by, "day": day(on), "words": words}
            for before, after, words, by, on in own["moves"]
        ]
        criteria.append([own["name"], criterion.rating or "–", criterion.percent, notes])
    goals = line.content["goals"].get("goals", []) if line.content["goals"] else []
    return {
        "name": line.content["name"],
        "score": _("Score %(score)s") % {"score": line.score} if line.score else _("left out"),
        "how": line.how,
        "criteria": [] if line.content["kind"] == "relationship" else criteria,
        "override": criteria[0][3] if line.content["kind"] == "relationship" and criteria else [],
        "goals": [_goal(goal) for goal in goals],
        "goals_head": [_("Goal"), _("Confirmed"), _("Days")],
        "words": _words(line.content["words"]),
    }


def _goal(goal: dict[str, Any]) -> list[str]:
    days = ", ".join(day(on) for on, counts, _confirmed in goal["steps"] if counts)
    counted = _("%(done)s of %(of)s") % {"done": goal["counted"], "of": goal["target"]}
    return [goal["behaviour"], counted, days]


def _words(words: dict[str, str]) -> list[list[str]]:
    labels = {"self": _("Self-review"), "manager": _("Manager’s review")}
    return [[labels[side], text] for side, text in words.items() if text]


def _total(sheet: Sheet) -> list[str]:
    if not sheet.total:
        return [_("There is no total yet.")]
    lines = [sheet.division, _("%(total)s of %(top)s reads “%(name)s”.") % _read(sheet)]
    if sheet.spread:
        lines.append(sheet.spread)
    lines.append(
        _("%(facts)s of 100 rest on dated, confirmed evidence; %(rest)s on judgement alone.")
        % {"facts": sheet.facts, "rest": sheet.judgement}
    )
    return lines


def _read(sheet: Sheet) -> dict[str, Any]:
    return {"total": sheet.total, "top": sheet.top, "name": sheet.reads}


def _signed(signature: dict[str, Any]) -> list[str]:
    if signature["signer"]:
        said = _("Received by %(name)s on %(day)s, not necessarily agreed.")
        lines = [said % {"name": signature["signer"], "day": day(signature["at"])}]
        return [*lines, _("Answer: %(words)s") % {"words": signature["comment"]}] if signature["comment"] else lines
    return [_("Closed without a signature: %(reason)s") % {"reason": signature["reason"]}]


def _digest(appraisal: Appraisal) -> str:
    signature = appraisal.signature
    return _("Signature %(number)s, SHA-256 %(digest)s") % {"number": signature.number, "digest": signature.digest}
