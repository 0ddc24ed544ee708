//! The small words of a sentence, and the nouns of speech and of speakers, by what they do in it.

use super::word::Tags;

/// Words and what they do.
pub(super) const WORDS: &[(Tags, &str)] = &[
    (Tags::BE, "be am is are was were been being 's 're isn't aren't wasn't weren't"),
    (Tags::HAVE, "have has had having 've hasn't haven't hadn't"),
    (
        Tags::AUX,
        "do does did don't doesn't didn't will would shall should can could may might must ought won't wouldn't can't cannot couldn't shouldn't 'll 'd",
    ),
    (
        Tags::NOT,
        "not never no isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot couldn't shouldn't nor neither",
    ),
    (
        Tags::ADVERB,
        "also then later again once now often still even just already ever always yet soon earlier previously too first only further instead meanwhile reportedly allegedly indeed rather almost simply himself herself itself themselves seldom sometimes thus hence therefore however perhaps maybe here there today twice over long well",
    ),
    (
        Tags::DET,
        "the a an this that these those some any every each another all both many several few most more no one two three four five six seven eight nine ten dozens hundreds thousands",
    ),
    (Tags::POSSESSIVE, "my your his her its our their whose"),
    (Tags::SUBJECT, "i he she we they it you who there everyone everybody someone somebody nobody anyone"),
    (Tags::OBJECT, "me him her us them you it himself herself themselves itself each other"),
    (
        Tags::PREP,
        "of in on at by for from with about to into over under after before during since between among against through without within toward towards upon across behind beyond near amid despite per via around inside outside along alongside regarding concerning ahead as like until till than because off",
    ),
    (Tags::AND, "and or &"),
    (Tags::BUT, "but yet nor so"),
    (
        Tags::SUBORDINATE,
        "because although though while whereas if unless when whenever as since after before until once whether lest",
    ),
    (Tags::RELATIVE, "who which whom whose that where what why how"),
    (Tags::WH, "what why how whether who where when which if"),
    (Tags::THAT, "that"),
    (Tags::TO, "to"),
    (
        Tags::TIME,
        "monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight january february march april june july august september october november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec last next week month year years day days morning afternoon evening night earlier later recently ago hours minutes moments now then once again early late previously separately afterward afterwards subsequently repeatedly publicly privately bluntly flatly simply clearly",
    ),
    (
        Tags::PERSON,
        "official officials spokesman spokeswoman spokesperson spokespeople spokesmen minister ministers president presidents premier chancellor governor mayor senator senators secretary director head chief chairman chairwoman chair leader leaders member members expert experts analyst analysts economist economists researcher researchers scientist scientists professor professors doctor doctors lawyer lawyers attorney attorneys judge judges prosecutor prosecutors police officer officers soldier soldiers general commander diplomat diplomats ambassador ambassadors envoy lawmaker lawmakers politician politicians candidate candidates nominee critic critics supporter supporters opponent opponents activist activists resident residents witness witnesses source sources author authors writer writers reporter reporters journalist journalists editor editors columnist columnists commentator commentators observer observers executive executives manager managers worker workers owner owners founder student students teacher teachers parent parents father mother son daughter wife husband brother sister friend friends family neighbour neighbours neighbor neighbors man woman men women people person farmer farmers trader traders investor investors adviser advisers advisor advisors aide aides insider insiders counterpart representative representatives delegate delegates deputy deputies king queen prince princess pope bishop priest coach player captain actor actress singer artist historian historians others colleague colleagues ally allies defender defenders participant participants respondents voters protesters demonstrators democrats republicans",
    ),
    (
        Tags::BODY,
        "government governments ministry administration party council committee commission parliament senate congress court agency department office bureau company firm bank group organisation organization institute institution foundation union association federation authorities authority regime opposition military army navy police campaign team newspaper magazine paper daily website outlet media press service university school church embassy side leadership kremlin coalition alliance board staff city state country nation states countries",
    ),
    (
        Tags::PAPER,
        "report reports study studies survey surveys poll polls census statement statements letter letters document documents memo article articles book email e-mail post posts tweet tweets message messages figures data statistics records research analysis findings results filing filings lawsuit complaint indictment transcript text ad advert advertisement sign banner headline resolution declaration communique release rumour rumor announcement law rule rules constitution",
    ),
    (
        Tags::SPEECH,
        "claim claims statement statements assertion assertions allegation allegations announcement announcements admission argument arguments contention suggestion suggestions warning warnings prediction predictions promise promises pledge pledges vow vows threat threats assurance assurances reassurance reassurances declaration declarations insistence denial denials complaint complaints accusation accusations remark remarks comment comments report reports rumour rumours rumor rumors reminder disclosure revelation proposal proposals demand demands conclusion charge charges observation question speculation theory reference references mention allusion hint hints testimony account apology appeal appeals call calls criticism message explanation",
    ),
];
