"""What a camera could not film, in words. People add words here, never patterns; wording.py says how they are used.

Every list is of small letters; verbs stand in their first form, the others are made of it.
"""

from goals.wording_film import NUMBERS, words


def _(sentence: str) -> str:
    """Marks a sentence for the catalogues; it is translated where it is shown."""
    return sentence


def phrases(text: str) -> frozenset[str]:
    """Several words that are marked together, separated by a bar."""
    return frozenset(" ".join(part.split()) for part in text.split("|"))


# What somebody thinks of a person or a thing. Endings that nearly always say so (-ful, -ous, -able …) are ENDINGS.
JUDGEMENTS = words("""
    accommodating accurate adequate agreeable aloof amazing ambitious amicable angry annoying approachable appropriate
    articulate assertive attentive awesome awful awkward bad beautiful best boring brave brilliant broad-minded bubbly
    calm can-do careless caring charming cheerful cheery civil clearer cohesive collaborative collegial committed
    communicative compassionate competent confident conscientious considerate consistent constructive cooperative
    cordial correct creative crucial curious decent decisive dedicated deep dependable difficult diligent diplomatic
    disciplined discreet diverse down-to-earth dynamic eager earnest easy easy-going easygoing effective efficient
    eloquent emotional empathetic empathetical empathic empowered energetic engaging enthusiastic essential ethical
    excellent exceptional exciting extraordinary extrovert extroverted fantastic fascinating first-class first-rate
    forgiving forthcoming friendly fruitful frustrated fun funny generous gentle genuine good grateful great grumpy
    hands-on happy hard-working hardworking harmonious healthy helpful high-performing high-quality honest hostile
    humble idle ill-tempered impactful impartial impatient important impressive inactive inclusive indifferent
    influential inquisitive inspirational inspiring intelligent interesting intimate introvert introverted irritable
    jolly joyful joyous kind-hearted kindly laid-back lazy level-headed likeable lively lonely loud-mouthed lovely
    loyal lukewarm mature meaningful meaningless mindful modest moody motivated motivating mutual nasty neat necessary
    negative nervous nice non-judgmental nonjudgmental observant open-minded optimal optimistic outgoing outstanding
    passionate patient peaceful perfect pessimistic pleasant pleasing polite poor positive powerful precise pro-active
    proactive productive professional proper proud punctual purposeful quick realistic reasonable regretful relaxed
    relevant reliable resilient resourceful respectful rewarding robust rude satisfying seamless self-assured
    self-aware self-confident self-motivated selfless sensitive shy significant simple sincere skilful skilled
    skillful sloppy slow smart sociable solid sophisticated stellar stressed stressful strong stubborn successful
    suitable super superb supportive sympathetic tactful talented terrible terrific thankful thick-skinned thorough
    thoughtful timely tolerant top-notch tough toxic transparent trusted trustful trusting trustworthy truthful
    two-way unbiased uncomfortable understanding unfriendly unhappy unhelpful unique unprofessional upbeat useful
    useless user-friendly valued vibrant vital vivid vulnerable warm-hearted weak welcoming well-liked well-mannered
    willing win-win witty wonderful world-class worst worthwhile worthy
""")

# More of a judgement than before. Numbers and times have comparatives too (later, longer, larger): those pass.
COMPARATIVES = words("""
    better bolder braver calmer chattier cheerier cleverer closer deeper easier fairer faster finer firmer friendlier
    funnier gentler gladder greater grumpier happier harder healthier humbler keener kinder lazier livelier nicer
    politer prouder quicker richer ruder sincerer slower smarter smoother softer sooner stronger tighter tougher
    warmer weaker wiser worse
""")

# Judgements only behind a form of "be" or a degree ("be open"): elsewhere they are something else ("open the door").
ONLY_AFTER_BE = words("""
    able accessible accountable available aware bold brief capable clear close cold complex connected cool direct
    engaged equal excited fair fast fine firm flexible frank hard heard helpful human hungry included independent
    informed interested involved keen kind known light liked loud mindful natural neutral noisy nosy ok okay open
    organised organized pleased popular prepared present prompt quiet reachable ready real reserved respected
    responsible responsive safe satisfied seen serious smooth social sound strict sweet tense thankful there tidy true
    vague valuable visible vocal warm
""")
BE = words("""
    always am and appear are be become becoming been being extra feel feeling fully generally get getting highly is
    keep keeping less more most quite really remain remaining seem seeming so stay staying super too very was were
""")

# Abstract nouns: what grows in people and between them. Nobody has seen one.
STATES = words("""
    acceptance accountability adaptability affection agility alignment ambition appreciation assertiveness atmosphere
    attentiveness authenticity awareness bond bonding bonds buy-in camaraderie candor candour character charisma charm
    cheer climate co-operation coherence cohesion cohesiveness collaboration collaborations collegiality commitment
    comms communication communications compassion competence competencies competency comprehension confidence
    connectedness connection connections consideration contribution contributions cooperation courage courtesy
    creativity credibility culture curiosity decency dedication dependability determination devotion dialogue
    diligence diplomacy discipline discretion diversity dynamics ease effectiveness efficiency effort efforts empathy
    empowerment encouragement engagement enjoyment enthusiasm equality equity ethic ethics ethos excellence
    expectation expectations fairness faith familiarity flexibility friendliness friendship friendships fun generosity
    goodwill grace gratitude happiness harmony helpfulness honesty hospitality humility humor humour inclusion
    inclusiveness inclusivity influence initiative innovation insight insights inspiration integration integrity
    intelligence interaction interactions interest intimacy involvement joy kindness leadership likeability loyalty
    maturity mindfulness mood morale motivation mutuality networking niceness openness optimism outlook ownership
    participation partnership partnerships passion patience perseverance personality politeness popularity positivity
    presence prestige pride proactivity productivity professionalism punctuality rapport reciprocity recognition
    relatedness reliability reputation resilience respect respectfulness responsibility responsiveness satisfaction
    self-awareness self-confidence self-esteem selflessness sensitivity shyness silo silos sincerity skill skills
    sociability solidarity spirit synergies synergy tact tactfulness team-building team-work teambuilding teamwork
    tenacity ties togetherness tolerance transparency trust trustworthiness understanding unity values vibe vibes
    visibility vulnerability warmth well-being wellbeing willingness wisdom
""")
RELATIONSHIPS = words("""
    interrelation interrelations relation relations relationship relationship-building relationships
""")
ATTITUDES = words("""
    attitude attitudes demeanor demeanour disposition manners mentality mind-set mindset mindsets temperament
""")

# Directly before one of these an abstract noun is part of a name: the communication course, the engagement group.
HEADS = words("""
    academy adviser advisor agenda agreement app area assembly association audit award awards board body book
    breakfast brochure building cable campaign card cards center centre certificate certification chair champion
    chapter charter checklist circle class classes clinic club clubs coach coffee committee committees community
    conference consultant coordinator council course courses day days dean department departments desk dinner director
    directorate division drive e-learning evening evenings event events exam exercise exhibition expo fair festival
    file folder form forms forum function functions group groups guide hall handbook handout hub initiative institute
    intern lab leaflet lecture lectures lesson library line list lounge lunch lunches manager managers manual meeting
    meetings mentor module modules network newsletter night notice office officer officers officials page panel plan
    platform podcast policy poster prize program programme programmes programs project questionnaire quiz rally report
    review room rooms rota round-table roundtable scheme school section seminar seminars series service services
    session sessions sheet slides society space specialist staff stall statement strategy summit survey surveys table
    talk talks task task-force taskforce team teams test tests tool toolkit tour trainer training trainings union unit
    wall web webinar webinars week weeks workbook workshop workshops
""")

# Does not say what happens, whatever it is done to.
VAGUE_VERBS = words("""
    achieve act adapt advance advocate ameliorate behave bolster bond boost champion co-operate collaborate
    communicate contribute cooperate cultivate deal deepen embody embrace empower enable encourage endorse energise
    energize engage enhance enrich ensure exemplify exhibit expedite facilitate foster further handle harmonise
    harmonize harness heighten impress improve incorporate increase influence inspire integrate interact leverage
    liaise maximise maximize mingle minimise minimize model motivate network nurture optimise optimize partner perform
    persevere prioritise prioritize professionalise promote reinforce resolve safeguard secure solidify spearhead
    streamline strengthen succeed support sustain synergise synergize uphold utilise utilize
""")
# Does not say what happens when its object is abstract or judged: build trust, but: build a shelf.
VAGUE_WITH_ABSTRACT = words("""
    address advance broaden build create develop establish expand form generate grow increase maintain manage preserve
    promote refine shape sharpen spread tackle treat uphold widen work
""")
# Happens inside a head.
INNER_VERBS = words("""
    admire appreciate believe comprehend consider contemplate dislike empathise empathize enjoy feel forgive grasp
    imagine internalise internalize know like love overcome realise realize reflect relate remember respect sympathise
    sympathize think tolerate trust understand value worry
""")
# Done before it begins.
EFFORT_VERBS = words("aim aspire attempt endeavor endeavour hope intend seek strive struggle try want wish")

# A little more of the sentence decides: these are marked as a whole.
BE_MORE = phrases("""
    be as | be better | be less | be more | be so | be too | become better | become less | become more | being less
    | being more | do less | do more | get better | get more
""")
OFTEN = phrases("""
    all the time | any time | around the clock | as much as | as often as | at all times | at times | day to day |
    every now and then | every so often | from time to time | here and there | less often | more frequently | more
    often | more regularly | most of the time | now and again | now and then | on occasion | once in a while |
    regular basis
""")
OFTEN_WORDS = words("""
    always consistently constant constantly continual continually continuous continuously ever frequent frequently
    generally infrequently intermittently mostly never normally occasional occasionally often oftener ongoing periodic
    periodically permanent permanently perpetually rarely regular regularly repeated repeatedly routinely seldom
    sometime sometimes soon steadily typically usually
""")
ESCAPES = phrases("""
    and so forth | and so on | as applicable | as appropriate | as far as possible | as necessary | as needed | as
    possible | as required | as soon as possible | as time allows | at some point | going forward | if i can | if
    necessary | if needed | if possible | if required | if time permits | in a timely manner | in due course | in
    due time | in good time | in the near future | moving forward | one day soon | or similar | time permitting | to
    some extent | under pressure | when appropriate | when i can | when necessary | when needed | when possible |
    when required | when things are slow | whenever i can | whenever necessary | whenever needed | whenever possible
    | where appropriate | where i can | where necessary | where needed | where possible | wherever possible
""")
ESCAPE_WORDS = words("asap etc hopefully ideally maybe perhaps possibly potentially somehow whenever wherever")
AMOUNTS = phrases("""
    a bit | a bunch of | a couple | a few | a good number | a great deal | a handful of | a little | a lot | a
    number of | a range of | a variety of | as many as | loads of | lots of | more or less | most of | plenty of |
    tons of
""")
AMOUNT_WORDS = words("""
    ample certain considerable countless enough fewer less lots many much multiple numerous plenty several some
    somewhat sufficient sundry various
""")
INNER = phrases("""
    be aware | be interested | be mindful | be there for | bear in mind | care about | care for | cares about |
    caring about | feel at home | feel comfortable | feel included | feel valued | feel welcome | get to know | gets
    to know | getting to know | got to know | keep in mind | learn to | look forward | open to | pay attention |
    point of view | points of view | take an interest | take interest | take it personally | take seriously
""")
EFFORT = phrases("""
    be prepared to | be ready to | be willing to | challenge myself | commit to | committed to | concentrate on | do
    my best | do our best | do their best | do your best | focus on | focusing on | give my best | look to | make an
    effort | make efforts | make every effort | makes an effort | pay more attention | push myself | put effort |
    put in effort | work hard | work harder | work on | work toward | work towards | working on | working towards |
    works on
""")
VAGUE = phrases("""
    be friends | be in contact | be in touch | be part of | become part of | bring people together | bring together
    | build up | come out of my shell | connect with | connecting with | connects with | deal with | dealing with |
    deals with | fit in | follow through | get along | get closer | get involved | get on better | get on well | get
    on with | have fun | help out | interact with | keep in contact | keep in touch | keep up | look after | look
    out for | make connections | make contacts | make friends | make new friends | open up | pitch in | reach out |
    reaching out | smooth over | speed up | stand out | stay connected | stay in contact | stay in touch | step up |
    take care of | take part actively | touch base | warm up to | work better | work closely | work effectively |
    work efficiently | work together | work well | working closely | working together | working well | works closely
    | works well
""")
SLOGANS = phrases("""
    a resource | above and beyond | active listener | add value | added value | best foot forward | best practice |
    best practices | better listener | big picture | break down barriers | break down silos | break the ice | bridge
    gaps | bridge the gap | build bridges | building bridges | by example | can count on | can rely on | can-do
    attitude | comfort zone | common ground | communication skills | customer focus | customer service | extra mile
    | friendly face | give and take | go above and beyond | go the extra mile | go-to person | good ambassador |
    good citizen | good communicator | good example | good listener | good terms | heart and soul | in the loop |
    interpersonal skills | leadership skills | level best | listening skills | my network | on the same page | one
    team | open door | open mind | open-door policy | our network | outside the box | people person | people skills
    | personal growth | positive energy | role model | role models | safe space | self starter | sense of belonging
    | social skills | soft skills | team player | team players | team spirit | thick skin | walk the talk | win
    hearts | with a smile | work environment | work ethic | working atmosphere | working environment
""")

# -- what passes although an ending or a list would mark it
NOT_ADVERBS = words("""
    additionally ally alphabetically alternately annually anomaly anonymously apply approximately assembly barfly
    belly bi-monthly bi-weekly bilingually billy bimonthly biweekly bully butterfly comply consecutively costly curly
    currently daily dally digitally directly disassembly doily dragonfly early elderly electronically emily entirely
    exactly externally family finally firefly firstly fly formerly fortnightly gully half-hourly half-yearly holly
    homily horizontally hourly imply individually initially internally italy jelly jointly july kelly lastly likely
    lily locally mainly manually melancholy molly monopoly monthly multiply namely nearly newly nightly only orally
    originally panoply partly personally physically ply polly poly potbelly previously publicly quarterly rally
    reassembly recently rely reply respectively sally secondly separately sicily simultaneously supply tally termly
    thirdly thrice-weekly trolley twice-monthly twice-weekly underbelly unlikely verbally vertically virtually weekly
    woolly yearly
""")
NOT_JUDGED = words("""
    able-seaman active-duty additive adhesive adjustable administrative alternative anonymous aqueous archive armful
    arrive asynchronous automotive autonomous bagful bible billable bless boxful cable cables campus cashless
    collapsible collectible collective colorful colourful conceive consecutive constable consumable consumables
    contactless contiguous continuous cordless cupful cursive deceive deliverable deliverables derive detective
    digestive digital directive disposable dive downloadable drive drive-in driverless edible editable eligible enable
    executive explosive faithful famous ferrous festive fibrous five foldable forgive gaseous give glassful handful
    hazardous heterogeneous hive homeless homogeneous homogenous incentive indigenous inflatable initiative
    interactive invisible lawful legislative less live live-in locomotive motive mouthful mucous narrative native
    nevertheless nonetheless numerous objective olive operative paperless payable perceive perspective plateful porous
    portable possible preventive previous printable progressive prospective receivable receive rechargeable recyclable
    regardless relative religious removable renewable rentable representative retrospective reversible revive roomful
    roundtable searchable seedless simultaneous spoonful stable stainless strive successive sugarless survive syllable
    synchronous table tables taxable tentative thrive timetable timetables truckful turntable unable unless variable
    various vegetable vegetables washable wearable wheelchair-accessible wireless
""")
GOOD_DAYS = words("afternoon bye byes day evening friday morning mornings night wishes")
NOT_PROFESSIONAL = words("""
    association associations baker bodies body certificate chef cook development driver exam exams institute kitchen
    library photographer qualification register school service services societies society staff
""")
STARTS_A_NAME = words("""
    attend book chair complete enrol enroll finish join lead meet present read register see take teach visit
""")
BEHIND_SUPPORT = words("""
    admin administrative applications customer desktop it it's learning library peer student students tech technical
    user
""")


DETERMINERS = words("a an another any each every her his its my no our that the their these this those your")
LEADS_A_VERB = words("and can don't dont help i must not or please pls should then to we will would")
# Verbs in these forms are nouns as often: they count as verbs only where a verb begins.
NOUNS_TOO = words("""
    act address advance aim attempt bond boost champion deal form further hope impact increase influence interest like
    love model network partner respect secure shape struggle support treat trust value want wish work worry
""")
TELLERS = words("don't dont he i it never not she that they we who whoever whom you")
QUESTIONS = words("how what where whether which why")
ENDS_AN_OBJECT = words("at before by during for from in on that to until when which while who with")
DEGREES = words("better closely closer deeper faster harder less more often together well")
COUNTED_MORE = NUMBERS | words("or no any at once")
# Not marked before these words, or behind those.
EXCEPT: dict[str, frozenset[str]] = {
    "good": GOOD_DAYS,
    "best": words("wishes regards"),
    "well": words("as known"),
    "professional": NOT_PROFESSIONAL,
    "great": words("hall"),
    "fun": words("run fair day"),
    "interest": HEADS,
    "creative": words("writing arts commons"),
    "emotional": words("intelligence"),
    "active": words("learning directory"),
    "quick": words("start"),
    "natural": words("history sciences science"),
    "inclusive": words("teaching design"),
}
EXCEPT_AFTER: dict[str, frozenset[str]] = {
    "many": words("how"),
    "much": words("how"),
    "often": words("how"),
    "well": words("as"),
    "less": words("or"),
}
ENDINGS = tuple(
    sorted(
        words("ful ous able ible less ive minded hearted oriented focused focussed driven centred centered tempered")
    )
)

WHY = {
    "more": _("“%(words)s” has no end. Say what you will do, and how often."),
    "judgement": _("“%(words)s” is a judgement. What would you do: greet, ask, carry, invite?"),
    "adverb": _("“%(words)s” colours an action; a camera sees the action alone. Leave it out."),
    "vague": _("“%(words)s” does not say what happens. Name one action."),
    "inner": _("“%(words)s” happens inside a head. What would you ask, write down or show?"),
    "effort": _("“%(words)s” is done before anything has happened. Name the thing itself."),
    "often": _("“%(words)s” can be any number of times. Say how many, or on which days."),
    "amount": _("“%(words)s” cannot be counted. Give a number."),
    "escape": _("“%(words)s” lets everybody decide anew whether it was due. Say when it is."),
    "state": _("“%(words)s” cannot be filmed; what people do because of it can."),
    "relationship": _("A relationship cannot be filmed. Two people talking at a counter can."),
    "attitude": _("An attitude cannot be filmed. What somebody says or does can."),
    "slogan": _("“%(words)s” is a figure of speech. What would one see?"),
}
KINDS_OF_VERBS = words("effort inner more vague")
KINDS_OF_NOUNS = words("attitude relationship slogan state")
PHRASES = (
    ("more", BE_MORE),
    ("often", OFTEN),
    ("escape", ESCAPES),
    ("amount", AMOUNTS),
    ("inner", INNER),
    ("effort", EFFORT),
    ("vague", VAGUE),
    ("slogan", SLOGANS),
)
VERBS = (("abstract", VAGUE_WITH_ABSTRACT), ("vague", VAGUE_VERBS), ("inner", INNER_VERBS), ("effort", EFFORT_VERBS))
QUALITIES = (
    ("judgement", JUDGEMENTS | COMPARATIVES),
    ("often", OFTEN_WORDS),
    ("amount", AMOUNT_WORDS),
    ("escape", ESCAPE_WORDS),
    ("adverb", words("well")),
)
NOUNS = (("relationship", RELATIONSHIPS), ("attitude", ATTITUDES), ("state", STATES))
