"""The verbs with which schools are asked to do things."""

_PLAIN = """
    accept acknowledge act add address adopt advise agree alert amend analyse answer apply appoint approve arrange
    assess assign assume attach attend avoid be bear begin bring build buy call cancel carry cascade change check
    choose circulate claim clear codify collate collect come compare complete conduct confirm consider consult
    continue contribute convey copy correct count create date decide delete deliver describe destroy develop dial
    discuss display distribute do draft draw email e-mail encourage enrol ensure enter escalate establish evaluate
    explain familiarise fetch file fill find finish follow forward gather get give go hand hold identify implement
    include inform insert invite involve keep leave let limit list listen load log look maintain make mark meet
    monitor move name nominate notify obtain offer open order organise organize pass pay phone photograph place
    plan post prepare present print prioritise promise promote protect provide publish put query quote raise rate
    re-book re-read re-send read rebook recheck reconfirm record redo reduce refer refresh register reinforce
    reject rely remember remind remove renew repeat replace reply report request reread resend reserve reset
    respond resubmit retain return review revise ring save schedule scan search secure see seek select send serve
    set share show sign speak speculate spend start stop store submit supply support surrender swap switch take
    talk tell text thank think tick train transfer treat try turn undertake update upload use verify visit wait
    walk watch wear work write aim allow ask assemble audit avail back backup block book brief cease challenge
    chase close collaborate commit communicate compile comply connect contact convene cooperate cover debrief
    declare delegate demonstrate determine direct disclose discourage disregard document download embed engage
    enable escort exchange exclude extend feed field fix flag fund handle help highlight host ignore increase
    instruct interview introduce investigate invoice join lead learn liaise link lock match measure mention minute
    note observe operate outline own pause perform pick pilot point practise press produce propose prove pursue
    push question quiz reach recruit rectify redact regard rehearse release require research resist resolve
    bin throw pin hang recycle scrap ditch tear wipe erase archive staple laminate lift mind weigh satisfy
    discard label colour stamp sort spread shut resign sweep trace rest restrict resume retrain retrieve run
    screen settle shred specify state step stick strengthen study suggest summarise supervise suspend sustain
    tackle target teach test track translate trial undo unsubscribe use validate view volunteer warn withdraw
    withhold word
""".split()
VERBS = frozenset(_PLAIN)

NOUNS_TOO = frozenset(
    """
    mind pin bin act address advise answer approach attach correct label sort stamp shut act audit back block book
    brief call cancel chase challenge change check claim close contact copy count cover date display document draft draw
    email e-mail exchange field file find flag follow fund go guide hand handle help host invoice join key
    lead leave limit link list load lock log look mark match measure mention minute move name note number offer
    open order own page pass pause pay phone pick pilot place plan point post practice present press print pupil
    push query question quiz quote raise rate reach read record refresh register release rely report request
    research reserve reset respect rest return review ring run scan schedule screen search secure set share show
    sign speak stand start state step stick store study summer supply support survey switch talk target test text
    tick time track train transfer treat trial turn update upload use view visit wait walk watch water wear word
    work
""".split()
)

NOT_ASKED = frozenset(
    """see thank thanks welcome note view watch enjoy join unsubscribe be bear let assume learn meet come find think
    stay have click listen""".split()
)

RECORDING = frozenset(
    """
    confirmed completed returned sent signed submitted marked uploaded recorded reported logged approved checked
    updated reviewed displayed kept stored shared circulated transferred notified informed referred amended
    removed replaced destroyed deleted used adopted read followed sought made obtained given put included entered
    held secured stopped renewed registered nominated raised discussed agreed filed locked trained corrected
    finished paid carried undertaken applied published spent addressed emailed posted forwarded directed tested
    audited cascaded told reflected consulted shredded binned recycled thrown handed brought taken worn asked warned
    marked photographed minuted rung seen filled typed mentioned named left locked switched placed passed copied
""".split()
)
