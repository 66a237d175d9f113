"""What everyday words stand for one another: the data of the thesaurus, one entry a line, longer ones indented."""

EXPRESSIONS = """
leave: walk out, walk away, run away, run off, go away, say goodbye, say good bye, say bye, turn back on us,
    jump ship, move on, part ways, out door, drop out, slip away, head for exit, call it quits, get away,
    take off, take hat, pack up, pack bags, check out, go elsewhere, go somewhere else, move elsewhere, go
    to competitor, go to competition, gone from us, jump off, bail out, walk off, fall away, no longer with
    us, no longer here, stop pay, stop be customer, turn away, no longer pay, quit on us, gone for good
resign voluntary: hand in notice, hand in resignation, give notice, throw in towel, by own choice, of own
    choice, by own will, of own will, out of own will, on own will, own accord, own decision, own wish, free
    will, by choice, own free will, put in notice, put in resignation, because they want to, willingly, hand
    notice in, own initiative, themselves leave
stay: stick around, stick with us, stay with us, stay loyal, stay on board, remain loyal, hang around, hang
    on to, hold on to, not leave, stay put, keep on board, stay on, still with us, still here, still
    customer, still around, still on payroll, still employed, still work here, still there, still active,
    carry on with us, continue with us, keep with us
ramp productive: get up to speed, up to speed, get going, fully productive, full speed, find feet, up and
    running, carry full quota, carry full load, start deliver, start to deliver, start produce, fully
    effective, full productivity, get productive, sell properly, sell on own, pull own weight, pull weight,
    earn keep, earn own keep, worth salary, stand on own feet, full strength, hit stride, fully ramped, work
    at full
discount price: price reduction, price cut, price concession, money off, off list, below list, under list,
    knock off, give away, mark down, come down on price, go down on price, go down with price, come down in
    price, cheaper than list, off price, let price go, concede on price, leave on table, list price, price
    down, lower price
vacancy open: open position, open role, open job, open seat, open req, open requisition, open post,
    unfilled, vacant, vacancy, position open, role open, job open, seat open, empty seat, seat empty, empty
    desk, empty chair, desk empty, unfilled job, missing people, short of people, short of staff, short
    staffed, free position, free job, people missing, positions free, hole in team, still search
hire: take on, take somebody on, take someone on, bring on board, take on board, bring somebody in, bring
    someone in, add somebody, add someone, get somebody, get someone, find somebody, find someone, land
    somebody
accept: say yes, sign offer, take offer, take job
decline: say no, turn down, turn us down, turn it down, knock back, get no, walk away from offer
first contact: first call, first touch, first try, first attempt, first time, first go, first reply, first
    answer, first response, one go, one touch, one call, one contact, one reply, straight away, on spot,
    single call, single contact, one email, first contact, first email
escalate: pass on, pass up, hand up, hand over, hand off, next level, second line, second level, third line,
    to manager, to supervisor, to boss, higher up, pass along, need manager, up line, up ladder, up chain,
    somebody senior, someone senior, kick up, specialist
immediately: at once, right away, right off, straight off, one page, single page, in second, within second,
    without doing, without click, instantly, immediate, directly, without looking, first page, one look
newcomer: new hire, new joiner, new starter, new people, new employee, new staff, new folk, new colleague,
    new guy, new recruit, new team member, new face, fresh hire, fresh blood, people we hire, people we just
    hire, people we recruit, person we hire, people hired, new person, new worker, new one, newly hired,
    just hired, just joined, recently hired, recently joined, people who join
newcomer rep: new rep, new seller, new ae, new salesperson, new salespeople, sales hire, new sales hire,
    sales newcomer, new sales rep, fresh rep, young rep, ramping rep, sales newbie, new account executive
star: best people, top people, star people, strong people, strongest people, high performer, top performer,
    best performer, star performer, best employee, top employee, top talent, best talent, best staff, top
    staff, top player, best player, best one, best colleague, best folk, top contributor, star player, key
    player, key people, a-player, best rep, top rep, top seller, best seller, star seller, rising star
regret keep: good people, good one, good employee, good staff, want to keep, wanted to keep, like to keep,
    would have kept, wish to keep, need to keep, hate to lose, sorry to lose, hurt to lose, hurt us, hurt
    most, miss most, rather keep, should have kept, wrong people, people who matter, cannot afford to lose,
    did not want to lose, do not want to lose, not want to lose, want to lose
sick: sick day, sick leave, off sick, out sick, call in sick, day off, home ill, home sick, sick note, stay
    home, ill at home, unplanned absence, not at work, health reason, miss work, not come to work, away from
    work, fall ill, get sick, off work
overtime: long hour, many hour, extra hour, work late, work night, work weekend, work evening, extra time,
    after hour, beyond hour, over hour, more hour, too long, contracted hour, hour above contract, late
    night, stay late, longer than they should, night and weekend
burnout overload: burn out, burned out, burnt out, at limit, on plate, run on empty, under pressure, worn
    out, wiped out, near collapse, overworked, overload, overloaded, overstretched, stretch too thin,
    breaking point, near limit, over capacity, above capacity, close to edge, on edge, cannot cope, drown in
    work
oneonone: check in, one on one, one to one, regular talk, weekly talk, talk with manager, private talk,
    catch up, face to face, personal talk, individual meeting, sit down with, meet one, jour fixe, talk to
    each person
women men gender: male and female, female and male, both sexes, men and women, women and men
runway cash: run out of cash, run out of money, run out, keep lights on, stay afloat, go broke, go bust, dry
    up, bankrupt, insolvent, new money, fresh money, new funding, fresh capital, raise again, next round,
    money left, cash left, bank empty, zero cash, coffers empty, account empty, money in bank, cash in bank,
    hold out, reserves last
release deploy: go live, put into production, put live, code live, in production, push code, push to
    production, roll out, bring out, new version, code into production, changes live, get code out, new
    release, update live
fail break: go wrong, break production, break prod, break something, break things, cause outage, cause
    incident, cause trouble, cause problem, roll back, rollback, hotfix, blow up, need fix, cause fault,
    take down, bring down, go bad, reverted
hit quota: hit target, hit number, hit goal, make target, make number, make goal, make plan, reach target,
    reach number, reach goal, reach quota, meet target, meet quota, meet goal, achieve target, achieve
    quota, achieve goal, achieve number, make quota, hit plan, get to target, get to quota, deliver quota,
    deliver number, deliver target, at target, at quota, on target, on quota, fulfil quota, fulfil target,
    fulfill quota, fulfill target, over quota, above quota, over target, sales goal, sales target, sales
    quota, reach plan
return back: come back, get back again, again come
recommend: tell friend, tell other, speak well, good word, word of mouth, refer us, refer friend, tell
    colleague, advise us, spread word, suggest us, bring friend
payback: break even, pay for itself, pay for themselves, pay back, pay off, pay itself off, earn back, earn
    it back, money back, get back, recoup, recover, amortise, amortize, get our money back, get it back, win
    back, cover own cost, cover cost, be in profit, worth cost, worth money, worth it, worth spend, pay
    themselves
bring: bring in, rake in, take in, pull in, come in, contribute, flow in
profit margin: bottom line, left over, what remain, keep of each, keep of every, in black, in red, we keep,
    what stay, end up with, after cost, after all cost, above water
cart: shopping cart, shopping basket, shopping bag, basket, trolley, checkout, buying process
experiment test: a/b test, ab test, split test, experiment, variant, b test, test variant
upsell expand: buy more, buy extra, spend more, pay more, take more, order more, upgrade, upsell, cross
    sell, cross-sell, more seat, extra seat, bigger package, bigger plan, additional product, more product,
    grow account, more from existing, more from same, from existing customer, existing customer grow, add
    seat, add module, more licence, more license, book more, extend contract, increase spend, larger plan
downgrade lose: cut back, downgrade, reduce seat, smaller plan, pay less, spend less, buy less, take less,
    cut spend, reduce spend
span reports: direct report, report to, answer to, under one boss, under one lead, under each boss, people
    per manager, people under, people each manager, per boss, each boss, team size, size of team, under one
    manager, employees per manager, per manager, each manager have, big team, large team
leadership: leadership team, senior management, senior leader, senior leadership, top management, upper
    management, at top, c suite, c-suite, senior team, people at top, management team, head of company,
    company leader, those in charge, exec team, management board
manager: team lead, team leader, line manager, direct manager, direct boss, people manager, boss,
    supervisor, direct superior
daily: every day, each day, day to day, daily, day by day, per day
punctual: on time, in time, on schedule, punctually, deadline, overdue, due date, due day, when due, not
    late
track: on course, on track, on pace, go to make it, as planned, as plan, to plan, come along, good way,
    right path, right way, well under way
long time: drag on, drag, take so long, need so long, take forever, from first to last, how slow, take ages,
    much time, go by, pass until
successor: step in, take over, jump in, fill shoe, stand in, stand-in, backup, back-up, heir, replace,
    replacement, hit by bus, under bus, behind them, next in line, crown prince, plan b, key person leave,
    key people leave
ready now: tomorrow, ready today, straight into, now ready, without delay
close win: end well, end in order, end in contract, end in deal, turn into order, come out on top, get deal,
    get order, go our way, say yes to us, choose us, pick us, get signed, buy from us, become deal, bring
    home, bring over line, cross line, decide for us
employer recommend: place to work, work for us, as employer, good employer, great employer
signup: sign up, register, registration, signup, signed up, open account, create account
data crm field: crm hygiene, crm data, data in crm, data hygiene, salesforce data, records complete,
    customer record, field empty, empty field, field filled, fill field, data quality, data clean, clean
    crm, field missing, missing field
page load: page load, loading time, load time, slow page, slow site, site slow, page slow, page open, page
    appear, wait for page, site respond, show up on screen
average deal size: deal size, size of deal, big deal, contract value, contract size, size of contract, value
    of contract, deal worth, worth per deal, deal value, value of deal, order volume per deal
short absence: short absence, single day off, one day off, day here and there
discriminate group: discriminate, bias, treat equally, same chance, equal chance, fair chance, certain
    group, minority, equal treatment
"""
"""What a question says in several words, after the words that it is compared as.

Each word stands for all its forms; articles and pronouns are left out.
"""

ALIKE = """
people employee team folk colleague teammate staff worker workforce person crew personnel human everybody
    everyone workmate headcount guys member
engineer developer programmer coder
rep seller salesperson salespeople ae sdr salesman sales
customer client account buyer shopper subscriber logo consumer patron purchaser
user customer participant
visitor surfer guest browser visit session traffic
hire recruit newcomer joiner starter employ recruitment onboard recruiting hiring
newcomer new hire joiner starter fresh rookie
leave go depart exit quit resign churn lose leaver cancel turnover attrition bail desert defect abandon
    fluctuation departure loss escape disappear vanish separate vanishing
quit resign resignation voluntary notice
cancel churn terminate unsubscribe cancellation
keep retain stay hold remain retention renew renewal loyal stick continue prolong extend loyalty
star best top talent high performer excellent strongest strong
regret regrettable unwanted regretted undesired painful
cost spend price expense expensive pay costly outlay expenditure spending cheap burn
pay salary wage compensation earn remuneration paid income
earn make generate bring produce deliver yield income revenue
revenue turnover income sale earnings money takings proceeds billing
profit profitable profitability margin earnings ebitda surplus
deal opportunity opp contract order business bid
contract agreement subscription
win close land succeed convert sign secure success winning successful bag
ticket case inquiry enquiry issue problem request complaint question call concern
money cash fund bank liquidity capital
solve resolve fix close finish clear settle complete resolution solution sort handle
answer respond reply react response reaction contact reach call callback
job position vacancy role seat post vacant opening
fill staff occupy find
manager boss supervisor lead leader chief superior foreman head
leadership executive management board brass director
sick ill absent unwell absence illness sickness absenteeism missing
happy content pleased satisfy satisfaction satisfied happiness delight glad joy enjoy like love mood morale
    feel motivate spirit engage engagement atmosphere vibe enthusiastic contentment fun enjoyment
site website page webshop shop store online web homepage
load speed slow fast open
fast quick speed rapid swift soon quickly long slow time duration pace prompt slowly wait delay
long time duration length day week month
invoice bill payment receivable debt outstanding unpaid due debtor
target goal quota number plan objective budget
buy purchase order checkout
often frequently frequency many times regularly frequent
big large size high worth value huge small great valuable little tiny larger bigger smaller
grow increase rise expand growth growing expansion more upsell
upsell expand expansion extra more additional upgrade extend
discount rebate reduction cut concession
ramp productive productivity onboard effective
forecast predict expect estimate projection prediction guess
accurate reliable trust right precise correct close accuracy rely believe good exact
trust believe confidence faith rely
recommend refer promote advocate vouch endorse reference
survey questionnaire poll feedback
mark grade score rating note
participate answer fill return complete join respond
promote promotion advance career rise climb
move transfer switch change rotate mobility
inside internal within own internally
successor backup bench replacement cover succession heir
women female diverse diversity gender woman balance lady ladies girl sex
men male man gentleman gentlemen
train learn course training learning develop education educate teach skill seminar workshop
coach mentor coaching guide
oneonone meeting meet talk
review appraisal evaluation assessment
burnout overload overwork exhaust stress tired workload strain
overtime extra
accident injury incident safe safety hurt injure hazard harm dangerous wound
release deploy ship deployment version rollout
fail break error mistake wrong failure bug fault failing flop faulty crash
test experiment trial
cart basket checkout
abandon leave drop
ad advert advertising advertisement campaign promotion
marketing campaign advertising programme promotion
lead prospect mql inquiry contact
qualify sql accept accepted qualified acceptance good quality
click tap
view see impression saw
feature function functionality module capability
use adopt usage adoption utilise utilisation uptake
tool solution system software platform app
automation automate robot bot script
save gain free spare drudgery manual
complete fill clean full completeness filled tidy missing empty mess messy dirty maintain finish done
crm data record field salesforce box entry hubspot
pipeline pipe funnel open
stage step phase funnel
stuck drop stall lost
month monthly recurring mrr
year annual yearly arr
market share competitor industry
offer proposal
decline reject refuse
escalate supervisor escalation
reopen again return
support service helpdesk desk hotline helpline
visit session
first immediately
hour time minute
marketplace platform
bill billable charge chargeable client
busy utilise occupied
stable stability long same
again second twice repeat return back
daily day habit habitual
three third 90
waste wasted worth efficient
value benefit result worth aha use useful help
group minority
fair bias discriminate equal equity unfair same
band range midpoint scale
runway survive afloat last cash
efficient efficiency return effective
payback recover recovery back
scroll down
read scroll see
bounce immediately leave
implement deliver roll deploy project
commission cut fee take
per each every
"""
"""Words that stand for one another in questions about metrics; a word may be in several rows."""
