"""The lexicon: which words undertake, ask, hedge, refuse, or only sound like it.

Tables of plain words, one idea a row, meant to be read and corrected by people. A phrase is
written as spoken after contractions are opened ("we'll" is "we will"). `…` does not occur: what
may stand between words is the business of `frames`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Entry:
    """The phrases that begin with one word: that word alone, and by their second word."""

    alone: list[str] = field(default_factory=list)
    longer: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)


Index = dict[str, Entry]


def index(table: Mapping[str, str]) -> Index:
    """Name → phrases parted by "|" becomes first word → its phrases, the longest first."""
    found: Index = {}
    for name, phrases in table.items():
        for phrase in phrases.split("|"):
            first, *rest = phrase.split()
            entry = found.setdefault(first, Entry())
            if rest:
                entry.longer.setdefault(rest[0], []).append((tuple(rest), name))
            else:
                entry.alone.append(name)
    for entry in found.values():
        for rows in entry.longer.values():
            rows.sort(key=lambda row: -len(row[0]))
    return found


def inflected(table: Mapping[str, str]) -> dict[str, str]:
    """The same table with -s, -ing and -ed forms of each phrase's first word."""
    return {
        name: " | ".join(
            form for phrase in phrases.split("|") for form in _forms(*phrase.split(maxsplit=1))
        )
        for name, phrases in table.items()
    }


def _forms(verb: str, rest: str = "") -> Iterator[str]:
    stem = verb.removesuffix("e") if len(verb) > 2 else verb
    y_stem = verb[:-1] + "i" if verb.endswith("y") and verb[-2] not in "aeou" else stem
    doubled = stem + stem[-1] if verb in DOUBLING else stem
    for form in (verb, verb + "s", doubled + "ing", (doubled if y_stem == stem else y_stem) + "ed"):
        yield f"{form} {rest}".strip()


def verb_bases() -> Iterator[tuple[str, str]]:
    """Every (form, base form) of the verbs: ("sending you", "send you")."""
    for phrases in VERB_CLASSES.values():
        for phrase in phrases.split("|"):
            spoken = phrase.split(maxsplit=1)
            yield from ((form, " ".join(spoken)) for form in _forms(*spoken))


DOUBLING = frozenset(("get", "let", "put", "set", "sit", "submit", "plan", "stop", "dig", "run"))


def match(table: Index, words: Sequence[str], at: int) -> tuple[str, int] | None:
    """The name and length of the longest phrase of the table that starts at `at`."""
    entry = table.get(words[at])
    if entry is None:
        return None
    if at + 1 < len(words):
        for rest, name in entry.longer.get(words[at + 1], ()):
            if len(rest) == 1 or tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                return name, 1 + len(rest)
    return (entry.alone[0], 1) if entry.alone else None


def names_in(table: Index, words: Sequence[str]) -> list[tuple[str, int]]:
    """Every (name, position) of the table's phrases among the words."""
    found: list[tuple[str, int]] = []
    last = len(words) - 1
    for at, word in enumerate(words):
        entry = table.get(word)
        if entry is None:
            continue
        found.extend((name, at) for name in entry.alone)
        if at < last and words[at + 1] in entry.longer:
            for rest, name in entry.longer[words[at + 1]]:
                if len(rest) == 1 or tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                    found.append((name, at))
    return found


def names(table: Index, words: Sequence[str]) -> set[str]:
    """The names of all phrases of the table among the words."""
    return {name for name, _ in names_in(table, words)}


def words(*rows: str) -> frozenset[str]:
    return frozenset(" ".join(rows).split())


# How an undertaking is put: the words between who and what.
MODALS = index(
    {
        "will": "will | shall | going to | are going to | is going to | am going to",
        "can": "can | able to | are able to | am able to",
        "could": "could | might | may",
        "would": "would",
        "glad": """
        happy to | glad to | pleased to | willing to | delighted to | welcome to | love to |
        happily | welcome the opportunity to | welcome the chance to | welcome a chance to |
        pleasure to | fine to | open to | ready to | prepared to | stand ready to |
        available to | happy
        """,
        "like": "like to | very much like to | want to | wish to",
        "plan": """
        plan to | plan on | plans to | plans on | planning to | planning on | intend to |
        intends to | intending to | our plan is to | my idea is to | our intention is to |
        aim to | aiming to | our goal is to | the goal is to | the plan is to |
        with the plan to | in the process of | our next step is | working on | working to |
        agreed to | commits to
        """,
        "expect": """
        expect to | expects to | expecting to | anticipate | anticipates | anticipating |
        expect | expected to | expectation is | anticipated to | projected to
        """,
        "hope": """
        hope to | hopes to | hoping to | hopeful | hope | hopefully | looking to | looking at
        | try to
        """,
        "scheduled": """
        scheduled to | slated to | slated for | set to | on track to | on track for | due to |
        about to | on schedule to | targeted for | scheduled for | scheduled
        """,
        "must": """
        need to | needs to | have to | has to | ought to | got to | should | must
        """,
        "let": "let me | let us",
        "commit": """
        commit to | committed to | my commitment | our commitment | commitment to | pledge to
        | promise to | my word | i promise | we promise | i commit | we commit | i pledge
        """,
    }
)

ADVERBS = words(
    "absolutely certainly definitely probably also then just of course again actually really",
    "always immediately shortly soon promptly gladly personally simply now still only very much",
    "more than so too even quickly directly continually further surely sure perfectly be been",
    "all both obviously clearly like either first basically ultimately most quite well kind sort",
    "have easily specifically maybe perhaps potentially possibly",
)

NEGATIONS = words("not never no nor neither cannot without unable")

# What is undertaken, by base form; `inflected` adds "sending", "sent" is listed by itself.
VERB_CLASSES = {
    "answer": """
    get back | come back | circle back | loop back | report back | report out | report |
    respond | write back | follow up | let you know | let the committee know |
    let the council know | let your office know | get an answer | return to | return with |
    touch base | get in touch | be in touch | reply | come forward | got back | email you back
    | call you back | have an answer | answer that | answer it | answer | be back |
    come to you | get with you
    """,
    "inform": """
    inform | notify | update you | update the committee | update the council | keep you |
    keep the committee | keep the council | keep your | keep committee | keep council | advise
    | apprise | brief | clarify | alert | explain to you | make you aware
    """,
    "give": """
    get you | get your | get the | get that | get those | get this | get it | get them | get a
    | get some | get something | get all | get an | get to you | send | sent | send out | give
    | provide | share | submit | forward | supply | furnish | email | mail | present |
    make available | make a copy | bring | bring back | deliver | offer | pull | pass along |
    pass on | distribute | transmit | file | show you | put that in the record |
    make sure you get | make sure you have | have that for you | have it to you |
    have it for you | have that to you | have those for you | have something for you |
    have more for you
    """,
    "check": """
    check | double check | verify | find out | find | confirm | look into | look at |
    look and see | look again | look up | look to see | investigate | go back | research |
    review | examine | revisit | consider | take a look | take a good look | take another look
    | take a closer look | take that back | take it back | take this back | take back | dig |
    inquire | explore | evaluate | re evaluate | assess | look | pull up | see if | see what |
    see how | see whether | consult | monitor | keep an eye | analyze | think about |
    think more | follow through | track down | run the | rerun the | ask my | ask our |
    ask them | ask him | ask her | work on that | work on it
    """,
    "meet": """
    meet | set up | sit down | schedule | arrange | discuss with | talk to | talk with |
    talk further | talk more | visit | walk you | coordinate | reach out | call | contact |
    convene | host | invite | join | connect | speak with | speak to you | have a meeting |
    have a conversation | have a discussion | have a work | have a briefing | have meetings |
    be available | dialogue | hold a | discuss it | discuss that | talk about that
    """,
    "work": """
    work with | engage | partner | collaborate | help | assist | support | work together |
    provide technical assistance | work closely | cooperate | be helpful
    """,
    "begin": """
    start | begin | launch | open | roll out | go live | be live | deploy | implement | resume
    | commence | initiate | reopen | kick off | go into effect | take effect | be available |
    be in place | be online | be operational | be up and running | undertake
    """,
    "publish": """
    publish | release | post | issue | announce | introduce | come out | be out | put out |
    make public | be posted | put it on | put that on | put them on | make announcements
    """,
    "finish": """
    complete | finish | finalize | wrap up | be complete | be done | be ready | be finished |
    have it done | have that done | have this done | have completed | conclude the
    """,
    "create": """
    hire | build | develop | create | install | draft | write | construct | award | plant |
    document | prepare | design | produce | establish | put together | form | set aside
    """,
    "change": """
    update | add | put | expand | move | adopt | negotiate | amend | fix | replace | repair |
    clean | place | include | collect | handle | conduct | test | take care | take up |
    transfer | convert | use | apply | select | name | proceed | pay | stop | allow | change |
    train | address | identify | raise | remove | correct | increase | reduce | improve |
    extend | bid | honor | waive | restore | hold
    """,
    "do": "do that | do it | do so | do this | do those | make that happen | do",
    "ensure": "make sure | ensure | see to it | guarantee | be sure",
    "have": """
    have it | have that | have this | have those | have them | have a | have an | have some |
    have results | have something | have more | have someone | have somebody | have the | have
    """,
    "go on": "continue | keep | maintain | stay | remain | always",
    "speak": """
    share how | share if | share what | share whether | share a bit | share a little |
    share with us how | explain | elaborate | expand on | describe | talk to us |
    give us an overview | give us a sense | give us an update | give us some | tell us |
    tell me | remind us | say | tell | note | mention | turn to | turn it | turn | start with
    | start by | start off | start out | begin with | begin by | begin my | read | show |
    talk about | touch on | highlight | hand | hand it | hand over | introduce you |
    introduce myself | go over | go through | walk through | speak to | speak on | speak about
    | get into | go into | move on | move to | recognize | call on | call to | call up |
    call the | defer | pass it | open it | open up | open the | summarize | conclude |
    take questions | answer questions | answer any | answer your | take any | take your |
    pause | stop there | keep it | try to answer | respond to questions | respond to any |
    be brief | be quick | give you an example | give an example | give you a quick |
    give you a brief | give you some context | share my | share the screen |
    share some thoughts | present today | yield | vote | second | echo | emphasize | point out
    | argue | preface | skip | come back to that | come back to this | get to that |
    get to this | turn over | go first | go to | go ahead | ask the | ask that | ask for |
    ask a | ask if | ask you | ask about | ask one | ask staff | ask everyone |
    begin the meeting | hear from | take public | take a break | move forward with a motion |
    make a motion | make a comment | add that | just add | say that | review the agenda | let
    """,
    "think": "think | see | know | understand | want | mean | hope | believe | love | feel",
    "be": "be | get | go | come | need | look like | take | make | require",
}

VERBS = index(inflected(VERB_CLASSES))

# Who is told: the recipient who makes an undertaking one to the council.
RECIPIENTS = index(
    {
        "you": "you | your office | your staff | your team | yourself | you all",
        "body": """
        the committee | this committee | the council | council | the commission | committee |
        the board | the body | this body | the legislature | the chair | council members |
        members | the members | committee staff | the subcommittee | the congress | congress |
        mayor and council | your committee | the panel | the speaker | board members |
        commissioners
        """,
        "record": "for the record | in writing | written response | the record | writing",
        "offline": """
        offline | after the hearing | after this | after the meeting | afterwards | off line
        """,
        "others": """
        them | the public | the community | stakeholders | residents | advocates | him | her |
        tribes
        """,
    }
)

THINGS = index(
    {
        "document": """
        report | reports | document | documents | list | copy | copies | plan | study | memo |
        letter | presentation | slides | link | links | email | breakdown | spreadsheet |
        chart | map | draft | language | legislation | budget | guidance | response | written
        | guide | dashboard | data set | addendum | proposal | recommendations | procedures |
        website | resolution | link to | analysis | assessment
        """,
        "information": """
        information | number | numbers | data | answer | answers | figure | figures | details
        | detail | exact | specifics | statistics | stats | results | update | updates | names
        | percentage | amount | cost | costs | specific | status | timeline | estimate |
        question
        """,
        "meeting": """
        meeting | meetings | briefing | conversation | conversations | tour | call |
        discussion | one on ones | session | sit down | webinar | open house
        """,
        "correction": """
        correct | correction | typo | mistake | error | clean up | cleanup | amend
        """,
    }
)

SUBJECTS = {
    "i": "i",
    "we": "we",
    "you": "you",
    "they": "they",
    "he": "they",
    "she": "they",
    "it": "it",
    "that": "it",
    "this": "it",
    "there": "it",
    "those": "it",
    "these": "it",
    "which": "which",
    "who": "which",
    "what": "which",
    **dict.fromkeys(
        words(
            "staff team department agency administration manager director office city bureau",
            "division authority engineering finance commissioner secretary attorney county dep dot",
            "chief colleagues government company contractor",
        ),
        "staff",
    ),
}

# Phrases that say by themselves what the sentence is.
SIGNALS = index(
    {
        "strong": """
        get back to you | get back to your | back to you on | back to you with |
        back to the committee | back to the council | follow up with you | follow up with your
        | follow up on that | follow up with that | report back | let you know |
        let the committee know | get you that | get that to you | get it to you |
        get those to you | get you those | get you the | send you | send that | send it |
        share that with | share it with | share those | share with the committee |
        provide that | provide you | provide the committee | for the record | look into that |
        look into it | look into this | take that back | double check | check on that |
        check with | have my commitment | you have our commitment | you have my word |
        come back to you | find out | get in touch | give you the | get you an |
        something back to you | check that | follow up
        """,
        "lack": """
        do not know | do not have | do not recall | not sure | not certain | not aware |
        off the top | in front of me | with me | at my fingertips | on hand | offhand |
        not familiar | have to check | would have to | will have to | exact number |
        exact numbers | exact figure | not have that
        """,
        "courtesy": """
        any questions | answer questions | your questions | answer your | take questions |
        look forward to working | looking forward | look forward | work with you |
        working with you | thank you for | open to suggestions | happy to answer |
        happy to take | available for questions | here to answer | any other questions |
        happy to discuss | be happy to respond | questions you may have |
        questions you might have | questions that you | at this time
        """,
        "values": """
        committed to ensuring | committed to making | are committed | is committed |
        remain committed | fully committed | strive | continue to | will continue |
        continuing to | always | every day | as we always | priority | work hard | do our best
        | do everything | our mission | ongoing
        """,
        "hypothetical": """
        would be | would have | would like | could be | if we were | if it were | if you were
        | would mean | would require | hypothetically | in theory | would need
        """,
        "procedure": """
        next item | agenda | call the roll | roll call | motion | second the | public hearing
        | public comment | minutes | adjourn | recess | quorum | ordinance | vote |
        next speaker | next witness | opening statement | opening remarks | testimony |
        testify | unanimous consent | without objection | recognize | the gentleman | yield |
        gavel | take a break | next panel | next slide | slide | turn it over | hand it over |
        turn to | pass it to | introduce | this evening | briefly | start with | in a moment |
        in a minute | in a second | later in | right now | today
        """,
        "past": """
        last year | last week | last month | previously | in the past | yesterday | already |
        had been | we did | i did | used to | we were | was going to | were going to |
        have been working
        """,
        "quoted": """
        he said | she said | they said | i said | said that | told me | told us | quote |
        according to | says
        """,
        "condition": """
        if | when | once | unless | should you | assuming | provided that | depending | upon |
        as soon as | subject to | contingent | as needed | until | pending | whether |
        as long as
        """,
        "question": "the question | my question | question is",
        "thanks": "thank you | thanks",
        "presenting": """
        issue number | item number | pull it up | read it | brief summary | quick summary |
        bring up the slides | slides | wrap up | the dais | this panel | next panel |
        next speaker | come forward | line up | with that i will | take public | come back at
        | do it now | right here | explain it to you | walk you through it |
        be happy to answer | next slide | next slides | few slides | this slide | on the slide
        | in a moment | in a minute | in just a minute | in a second | in a bit | later in |
        briefly | overview | i will now | we will now | turn it over | for example |
        as you can see | you can see | you will see | walk through | today | tonight |
        this evening | right now | real quick | quickly | shortly
        """,
        "testifying": """
        my name is | my name | i live | resident | urge you | i urge | strong support |
        my family | my children | my son | my daughter | coalition | on behalf of |
        in opposition | neighbor | neighbors | neighborhood | thank you for your time |
        thank you for the opportunity | nonprofit | our members | our organization | advocates
        """,
        "provides": """
        the ordinance | the bill | the law | the agreement | the statute | the policy |
        legislation | the plan | would require | specifies | provides that | the rule |
        the proposal | the contract | the county | the applicant | the developer | the budget
        | program | under the
        """,
        "generally": """
        for example | whenever | every time | typically | normally | usually | generally |
        each | regularly | any time | always | often | sometimes | people | somebody | someone
        | everybody | anybody | anyone
        """,
        "dollars": "million | billion | percent | dollars",
        "hedged": "i think | i believe | i guess | maybe | perhaps | probably | i imagine",
        "staffing": """
        my team | our team | my staff | our staff | the team | my colleagues | the department
        | director | manager | engineer | finance | legal | counsel
        """,
        "back": "back to | back with | back on | back",
        "for you": "for you | to you | with you | your office | your staff | your team",
        "for us": "for us | to us | with us | give us | tell us | let us | get us | send us",
        "doable": """
        do that | make that happen | that done | have that | can do | will do | do so | do it
        """,
    }
)

# How each side talks.
MANNERS = index(
    {
        "address": """
        mr chair | mr chairman | madam chair | madam chairman | mr mayor | chair | chairman |
        chairwoman | council member | councilmember | councilman | councilwoman | senator |
        congressman | congresswoman | assemblymember | assembly member | madam president |
        mr president | speaker | sir | ma am | vice mayor | mayor | members of the |
        commissioner | your honor | deputy speaker
        """,
        "asks": """
        my question | my questions | more question | last question | final question |
        first question | next question | quick question | follow up question |
        couple of questions | few questions | a question | another question | previous hearing
        | our concern | my concern | i yield | yield back | reclaiming | reclaim | my time |
        my colleague | my colleagues | my district | my constituents | constituents |
        my office | my staff | my bill | this council | this committee | i sponsored |
        thank you for your testimony | thank you for being | the witnesses | our witnesses |
        this legislation | my amendment | pass it to | this administration
        """,
        "answers": """
        our agency | our department | our program | our division | our office | our team |
        our budget | we administer | our employees | our partners | our website |
        the department | our staff | our plan | our contractor | our system | your question |
        great question | good question | the question | know the answer | get back to you |
        back to you on | answer that question | appreciate the question
        """,
    }
)

# Times to come. `due_words` finds the whole expression; these only say that there is one.
DUE = index(
    {
        "month": """
        january | february | march | april | may first | june | july | august | september |
        october | november | december
        """,
        "day": """
        tomorrow | tonight | this evening | monday | tuesday | wednesday | thursday | friday |
        this afternoon | next day | by the end of the day | end of day | end of the day
        """,
        "week": """
        next week | this week | coming weeks | few weeks | couple of weeks | two weeks |
        week or two | next two weeks | coming week | several weeks
        """,
        "month_span": """
        next month | this month | end of the month | few months | couple of months |
        coming months | month or so | months | thirty days | 30 days | 60 days | sixty days |
        90 days
        """,
        "season": """
        this summer | this fall | this spring | this winter | in the fall | in the spring |
        summer of | spring of | winter of | fall of | early summer | next spring | next fall |
        next summer | later this | in spring | in the summer | summer
        """,
        "year": """
        this year | next year | end of the year | fiscal year | first quarter | second quarter
        | third quarter | fourth quarter | quarter | 2024 | 2025 | 2026 | 2027 | 2028 |
        by 2030 | year
        """,
        "soon": """
        soon | shortly | as soon as | promptly | right away | immediately | very soon |
        near future | as possible
        """,
        "meeting": """
        next meeting | next hearing | our next | may revision | before the budget |
        next budget | next update | next report | budget hearing | next cycle
        """,
    }
)

# How the council's side asks; what it asks for follows the form and is read from VERBS.
REQUESTS = index(
    {
        "can you": """
        can you | could you | will you | would you | can we | could we | may we | can i |
        could i | might you | are you able to | would it be possible | is it possible |
        is there a way | could somebody | could someone | can somebody | can someone |
        do you mind | can your | could your | would your | would the | could the | can the |
        will the | how soon can | are you going to | would i be able to | would we be able to
        | could staff | can staff
        """,
        "want": """
        i would like | we would like | i want | we want | i would ask | i ask | we ask |
        i am asking | would appreciate | appreciate it if | i would love | we would love |
        i wish | i would request | we would request | i am requesting | we request | i request
        | i would suggest | i would encourage | i encourage | i urge | it would be helpful |
        would be helpful | would be great | would be good | would be nice | would be useful |
        might be nice | asking you | ask you to | want you to | like you to | need you to |
        we need | i need | like to see | like to know | like to have | like to get |
        look forward to | looking forward to | interested in | be interested | i hope you |
        curious | ought to | you should | i would advocate | i would recommend |
        would highly recommend
        """,
        "please": """
        please | if you could | if you can | if you would | if you will | if we could |
        if we can | you can | you could | maybe you | perhaps you |
        when you get an opportunity | let us have | make sure
        """,
        "record": """
        for the record | in writing | put that in the record | submit for the record |
        for the committee | to the committee | to this committee | to the council |
        to my office
        """,
        "commit": """
        commit to | your commitment | have your commitment | are you willing to | willing to |
        do you commit | you commit | a commitment | pledge | promise | assure us | assurance
        """,
        "when": """
        when will | when can | when do you | when is | when are | when should | can we expect
        | should we expect | how soon | what is the timeline | timeline | by when |
        what is the time frame | when would | do you plan | do you intend | do you have plans
        | expected date
        """,
        "repeats": """
        you will get | so you will | you are going to | so you are | you will provide |
        you will send | going to get back | so we will | so we can expect
        """,
    }
)
YES = index(
    {
        "absolutely": """
        absolutely | of course | certainly | definitely | for sure | by all means | gladly
        """,
        "yes": """
        yes | yes sir | yes ma am | yes we will | yes i will | yes we can | yes i can |
        yes mr chairman
        """,
        "sure": """
        sure | no problem | not a problem | sounds good | understood | you got it | will do |
        happy to | glad to | pleased to | fair enough | we can do that | i can do that |
        we will do that | i will do that | we would be happy to | i would be happy to |
        would be happy | be glad to | i am on it | consider it done
        """,
        "okay": """
        okay | ok | right | all right | alright | good | great | very good | correct |
        that is right | exactly | uh huh | agreed
        """,
    }
)
# "It will." alone repeats the verb of the question; in a longer sentence the words say nothing.
ECHOES = frozenset(
    tuple(f"{who} {verb}".split())
    for who in ("i", "we", "they", "it", "you", "yes i", "yes we", "yes it", "yes they")
    for verb in ("will", "do", "can", "would", "will do", "can do", "are", "am", "is")
)
REFUSALS = index(
    {
        "refusal": """
        can not commit | will not be able | not able to | unable to | not going to |
        do not think we can | not at liberty | can not speak | defer to | not in a position |
        will not | would not | can not | not willing | no plans | do not have a date |
        not prepared
        """,
    }
)
