"""What entries say, in words: one sentence part for each verb, one name for each sort of thing. No database.

Every app's pages read them here: `said("goal.agree")` → "Agreed to". An app with a new verb adds its line; a test
(tests/journal/test_words.py) finds the verbs that have none.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SAID: dict[str, Promise] = {
    "employee.join": _("Joined"),
    "employee.invite": _("Invited to sign in"),
    "employee.ask_link": _("A link to set the password was asked for"),
    "employee.set_password": _("Password set"),
    "employee.add_totp": _("Authenticator app added"),
    "employee.remove_totp": _("Authenticator app removed"),
    "employee.add_passkey": _("Passkey or security key added"),
    "employee.remove_passkey": _("Passkey or security key removed"),
    "employee.new_recovery_codes": _("New recovery codes made"),
    "employee.connect_sso": _("Single sign-on used for the first time"),
    "employee.assign_manager": _("Manager changed"),
    "employee.revise": _("Record changed"),
    "employee.settle_in": _("Own wishes changed"),
    "employee.leave": _("Last working day noted"),
    "employee.stay": _("Leaving taken back"),
    "employee.come_back": _("Came back"),
    "employee.give_role": _("Role in HR changed"),
    "employee.download": _("Everything held about them was downloaded"),
    "employee.erase": _("Erased after leaving"),
    "department.found": _("Founded"),
    "department.revise": _("Changed"),
    "site.found": _("Founded"),
    "site.revise": _("Changed"),
    "import.choose": _("File chosen"),
    "import.check": _("Rows checked"),
    "import.apply": _("Word given to take the rows in"),
    "import.done": _("Rows taken in"),
    "import.withdraw": _("Withdrawn"),
    "job.begin": _("Draft begun"),
    "job.save": _("Draft saved"),
    "job.offer": _("Support asked for"),
    "job.hand_in": _("Handed to HR"),
    "job.support": _("Supported"),
    "job.return": _("Sent back"),
    "job.take_back": _("Taken back to be changed"),
    "job.withdraw": _("Draft withdrawn"),
    "job.publish": _("Published"),
    "job.assign": _("Given to somebody"),
    "job.release": _("Taken from somebody"),
    "job.open": _("Opened to be read"),
    "job.acknowledge": _("Acknowledged as read"),
    "clause.rule": _("HR ruled"),
    "clause.answer": _("HR’s question answered"),
    "clause.comment": _("Commented on"),
    "clause.answer_comment": _("A comment was answered"),
    "clause.drop": _("Clause taken out"),
    "ground.add": _("Ground added"),
    "ground.put_aside": _("Ground put aside"),
    "year.open": _("Year opened"),
    "year.revise": _("Year changed"),
    "idea.add": _("Idea added to the catalogue"),
    "idea.revise": _("Idea changed"),
    "case.write": _("The case of a team written"),
    "case.hand_on": _("The case of a team handed on"),
    "case.take_back": _("The case of a team taken back"),
    "story.tell": _("A story told"),
    "story.retell": _("A story changed"),
    "story.drop": _("A story taken off"),
    "story.answer": _("Answered whether a story may be told"),
    "goal.offer": _("Offered"),
    "goal.propose": _("Proposed"),
    "goal.pick": _("Taken"),
    "goal.agree": _("Agreed to"),
    "goal.send_back": _("Sent back"),
    "goal.take_back": _("Taken back to be changed"),
    "goal.withdraw": _("Withdrawn"),
    "goal.take_off": _("Offered no longer"),
    "goal.draft": _("Drafted"),
    "goal.revise": _("Words changed"),
    "goal.complete": _("What was missing added"),
    "goal.change": _("Change asked for"),
    "goal.agreed": _("Change agreed to"),
    "goal.declined": _("Change declined"),
    "goal.taken_back": _("Change taken back"),
    "notices.hold": _("Mails of a kind held back"),
    "notices.release": _("Mails of a kind let go"),
    "notices.send_now": _("Waiting mails sent again"),
}
THINGS: dict[str, Promise] = {
    "people.employee": _("Person"),
    "people.department": _("Department"),
    "people.site": _("Site"),
    "people.importrun": _("People from a file"),
    "jobs.jobdescription": _("Job description"),
    "jobs.version": _("Version of a job description"),
    "jobs.clause": _("Clause"),
    "jobs.ground": _("Ground"),
    "goals.year": _("Year"),
    "goals.idea": _("Idea of the catalogue"),
    "goals.goal": _("Goal"),
    "outbox.hold": _("Switch for mails"),
}


def said(verb: str) -> str:
    """The words for a verb; for one that has none (yet) the verb itself, readable."""
    words = SAID.get(verb)
    return str(words) if words else verb.partition(".")[2].replace("_", " ").capitalize()


def thing(label: str) -> str:
    """What sort of thing "goals.goal" is."""
    words = THINGS.get(label)
    return str(words) if words else label
