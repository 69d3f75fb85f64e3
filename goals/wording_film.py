"""Words that a camera can film or a calendar knows: deeds, people, numbers, days. wording_words.py has the others.

Every list is of small letters; verbs stand in their first form, the others are made of it.
"""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# -- what a sentence needs
DEEDS = words("""
    accompany address agree announce answer apply arrange ask assemble assist attend bake be beat book borrow brief
    bring build buy call camp canvass carry catch celebrate chair charge chat check clap clean clear climb coach
    collect come compile complete conduct congratulate connect cook copy count cover cut cycle dance decorate deliver
    demonstrate design dig dine discuss distribute do document donate draft draw drink drive drop e-mail eat edit
    elect email empty enrol enroll escort exchange explain feed fetch file fill film find finish fix fold form gather
    get give go greet guard guide hand hand-deliver hang have help hike hire hold host hug install interpret interview
    introduce invite iron jog join judge juggle kick knit knock label lay lead learn leave lecture lend lift list
    listen load log look mail make march mark measure meet mend mentor moderate mop move mow name nominate note offer
    onboard open order organise organize orient pack paint pair park partake participate pass pay phone photograph
    pick pin pitch place plan plant play post pour practise prepare present press print proofread publish pull push
    put quote race read rebuild receive record recruit ref referee refill register rehearse repair repeat replace
    reply report represent request reserve return review ride ring rotate row run sand say scan schedule score screen
    see sell send serve set set-up settle sew shadow shake share shop show sign sing sit sketch skype socialise
    socialize solder sort speak spend sponsor stack staff stand start stay stitch stock stop strip submit subscribe
    supply survey swap sweep swim take talk teach telephone tell tend test text thank tidy toast tour track trade
    train translate transport travel trial tune turn tutor type umpire unload unpack update upload use vacuum verify
    video visit volunteer vote wait walk wash watch water wave wear weigh welcome win work wrap write yoga zoom
""")

EVENTS = words("""
    breakfast breakfasts call calls chat chats class classes coffee coffee-break coffees conversation conversations
    deliveries delivery demo demos dinner dinners drink drinks event events game games interview interviews lunch
    lunches meeting meetings picnic picnics round rounds session sessions shift shifts stand-up talk talks tea teas
    tour tours training trainings trip trips visit visits walk walks workshop workshops
""")

ENDS_BY_ITSELF = words("""
    apply attend bake celebrate chair complete donate emcee enrol enroll fill film finish give host join moderate
    organise organize participate perform play present publish register serve set-up shadow sign sit stand submit swap
    translate visit
""")

NUMBERS = words("""
    annually both daily dozen each eight eighteen either eleven every fifteen fifty five
    fortnightly forty four fourteen half hourly hundred monthly nightly nine nineteen once one
    pair quarterly seven seventeen single six sixteen ten thirteen thirty three thrice twelve twenty
    twice two weekly yearly
""")

PERIODS = words("""
    annually apr april aug august autumn autumns birthday carnival christmas daily day days deadline dec
    december diwali easter eid fall feb february fortnight fortnightly fri friday fridays graduation h1 h2 halloween
    hanukkah holiday holidays jan january jul july jun june lent mar midsummer mon monday mondays month monthly months
    new-year nightly noon nov november oct october open-day pentecost q1 q2 q3 q4 quarter quarterly quarters rally
    ramadan sat saturday saturdays season semester semesters sep sept september spring summer summers sun sunday
    sundays term terms thanksgiving thu thursday thursdays today tomorrow tonight tue tuesday tuesdays wed wednesday
    wednesdays week weekend weekends weekly weeks whitsun winter winters xmas year yearly years
""")

MONTH_OR_VERB = words("march may")

BEFORE_A_DATE = words("""
    and around before by during each early end every from in last late mid next of on since this through till to until
""")

PEOPLE = words("""
    accountant accountants accounting accounts admissions alumni alumnus annex anybody anyone applicant applicants
    apprentice apprentices assistant assistants attendee attendees beginner beginners boss branch branches building
    buyer buyers campus candidate candidates canteen catering chair charity choir class classes cleaner cleaners clerk
    clerks client clients club co-worker co-workers colleague colleagues committee committees communities community
    company contact contacts corridor council counter counterpart counterparts courier couriers course courses
    coworker coworkers crew customer customers dean deans department departments dept depts desk developer developers
    director directors division divisions dock driver drivers employee employees engineer engineers event events
    everybody everyone face faces facilities faculty finance floor group groups guest guests her him hire hires
    house hr institute institutes intern interns lab laboratory labs lecturer lecturers legal librarian
    librarians library mailroom manager managers marketing meeting meetings member members mentee mentor
    neighbor neighbors neighbour neighbours newcomer newcomers night-shift nurse nurses office officer officers
    offices organisation organization orientation others panel parent parents participant participants partner
    partners party patient patients payroll peer peers people person persons porter porters ppl procurement professor
    professors public purchasing rally reader readers reception receptionist receptionists registrar representative
    representatives retiree retirees sales school schools secretaries secretary section security seminar seminars
    service services session shift shop somebody someone staff stakeholder stakeholders starter starters stores
    student students supervisor supervisors supplier suppliers teacher teachers team teams technician technicians
    tenant tenants tester testers them they trainee trainees training trainings union unit units university us user
    users vendor vendors visitor visitors volunteer volunteers ward warehouse whoever workshop workshops
""")

EMPTY = words("""
    a about across after all also am an and any are as at be been before being between but by can could did do does
    don't dont down during each every for from had has have he her his i in into is it its just less may me might more
    most must my no not o of off on onto or our out over per please pls really shall she should so some than that the
    their them then these they this those to too under until up very via w was we were when while will with within
    would you your
""")

MONTHS = words("""
    apr april aug august dec december feb february jan january jul july jun june mar march may nov november oct
    october sep sept september
""")

ALONE = words("counterpart somebody someone")

BEFORE_A_THING = words("a an at by for from her his in its my of on our that the their this those with your")

ENDS_A_THING = words("and at by for from in of on or so to when where who with")

NO_PERIOD = words("day-to-day long-term short-term")

BECOMING = words("be become becomes becoming being")

QUALITIES_OF_PEOPLE = words("""
    attitude building communication culture engagement experience focus morale orientation player players relations
    relationship relationships satisfaction skill skills spirit work
""")

WEEKDAYS = words("monday tuesday wednesday thursday friday saturday sunday")
