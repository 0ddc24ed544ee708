//! The commonest words and the telling letters of the languages that share a script.

use super::script::Script;
use crate::word_table::WordTable;

/// A language, told from others of its script by words and letters.
pub(super) struct Language {
    /// BCP 47.
    pub(super) tag: &'static str,
    pub(super) script: Script,
    /// Whether it is met so seldom that chance hits are likelier than a text.
    pub(super) seldom: bool,
    /// Commonest words, in lower case.
    words: &'static str,
    /// Letters that few other languages of the script have, in lower case.
    letters: &'static str,
    /// Letters of the script that it does without, in lower case.
    lacks: &'static str,
}

/// Bit `n` of a word's value stands for language `n`.
pub(super) static WORDS: WordTable<4096, 8192> = {
    let mut table = WordTable::new();
    let mut at = 0;
    while at < LANGUAGES.len() {
        table.add(LANGUAGES[at].words, 1 << at);
        at += 1;
    }
    table
};

/// First character of the table of letters.
const FIRST_LETTER: usize = 0xc0;

/// The languages that a letter tells, from [`FIRST_LETTER`] on, as in [`WORDS`].
static LETTERS: Letters = Letters::new(false);

/// The languages that do without a letter.
static LACKS: Letters = Letters::new(true);

/// Languages by letters of two bytes.
struct Letters([u64; 0x700 - FIRST_LETTER]);

impl Letters {
    /// The letters that tell each language, or those that it lacks.
    const fn new(lacks: bool) -> Self {
        let mut table = [0; 0x700 - FIRST_LETTER];
        let mut at = 0;
        while at < LANGUAGES.len() {
            let letters = if lacks { LANGUAGES[at].lacks } else { LANGUAGES[at].letters }.as_bytes();
            let mut byte = 0;
            while byte < letters.len() {
                assert!(letters[byte] >= 0xc3 && letters[byte] < 0xe0, "letters of two bytes");
                let letter = (letters[byte] as usize & 0x1f) << 6 | (letters[byte + 1] as usize & 0x3f);
                table[letter - FIRST_LETTER] |= 1 << at;
                byte += 2;
            }
            at += 1;
        }
        Letters(table)
    }

    #[inline]
    fn of(&self, letter: char) -> u64 {
        let at = usize::try_from(u32::from(letter)).ok().and_then(|code| code.checked_sub(FIRST_LETTER));
        at.and_then(|at| self.0.get(at)).copied().unwrap_or(0)
    }
}

/// The languages that do without the letter, as in [`WORDS`].
#[inline]
pub(super) fn lacked_by(letter: char) -> u64 {
    LACKS.of(letter)
}

/// The languages that the letter tells, as in [`WORDS`].
#[inline]
pub(super) fn told_by(letter: char) -> u64 {
    match u32::from(letter) {
        // The letters with two marks are Vietnamese.
        0x1ea0..=0x1ef9 => VIETNAMESE,
        0x1a0 | 0x1a1 | 0x1af | 0x1b0 => VIETNAMESE,
        _ => LETTERS.of(letter),
    }
}

const VIETNAMESE: u64 = 1 << position("vi");

const fn position(tag: &str) -> usize {
    let mut at = 0;
    while LANGUAGES[at].tag.len() != tag.len()
        || LANGUAGES[at].tag.as_bytes()[0] != tag.as_bytes()[0]
        || LANGUAGES[at].tag.as_bytes()[1] != tag.as_bytes()[1]
    {
        at += 1;
    }
    at
}

const fn latin(tag: &'static str, letters: &'static str, words: &'static str) -> Language {
    Language { tag, script: Script::Latin, seldom: false, words, letters, lacks: "" }
}

const fn seldom(tag: &'static str, letters: &'static str, words: &'static str) -> Language {
    Language { tag, script: Script::Latin, seldom: true, words, letters, lacks: "" }
}

const fn cyrillic(
    tag: &'static str,
    letters: &'static str,
    lacks: &'static str,
    words: &'static str,
) -> Language {
    Language { tag, script: Script::Cyrillic, seldom: false, words, letters, lacks }
}

const fn arabic(
    tag: &'static str,
    letters: &'static str,
    lacks: &'static str,
    words: &'static str,
) -> Language {
    Language { tag, script: Script::Arabic, seldom: false, words, letters, lacks }
}

const fn devanagari(tag: &'static str, words: &'static str) -> Language {
    Language { tag, script: Script::Devanagari, seldom: false, words, letters: "", lacks: "" }
}

/// The languages; of two that score the same, the earlier one is meant.
#[rustfmt::skip]
pub(super) const LANGUAGES: &[Language] = &[
    latin("en", "", "the of and to in is that for was on with as at by from it be this are have has had not but they his her he she who which their were been will would more one all said its about after we you or an when what there can if out up into than other some could them only new also over two first time our your how most so may my do no just get like said years year people make made many way us back well still even should must here through while where between against under last three such those very good great day week use used using world home news free best see work life these being now while during before since until both each against because does did how why any"),
    latin("de", "ßäöü", "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei ich wir ihr kann gegen vom können schon wenn habe seine mark ihre dann unter hatte"),
    latin("fr", "œçèêîûëùàôé", "le la les de des du et en un une que qui dans pour pas sur au plus par ne se ce est il sont avec son sa ses aux mais comme on ou leur nous vous été cette être fait ont elle ils ces même après deux tout tous aussi entre sans peut bien sous dont avait était faire encore contre très depuis où si ans l d qu c n s j"),
    latin("es", "ñáíúóé", "el la los las de del que y en un una por con no para se su es al lo como más pero sus le ha o este sí porque esta entre cuando muy sin sobre ser también me hasta hay donde han quien desde todo nos durante todos uno ni contra otros fue ese eso había ante ellos e son está así tiene años según"),
    latin("pt", "ãõçâêáí", "o a os as de do da dos das que e em um uma para com não por mais como se na no nos nas ao aos foi ser é são ou mas pelo pela sua seu suas seus também já até isso ele ela entre quando muito está tem há depois sem mesmo sobre ainda anos pode foram disse à às este esta essa esse você eu"),
    latin("it", "èùòìà", "di il la che e è un una per in del della dei delle non con si da le i lo gli al alla alle ai nel nella nei più sono anche come ma se ha dal dalla sul sulla o questo questa ci su stato essere loro hanno suo sua tra fra due dopo anni ed era solo cui molto ancora così perché c l d dell all nell quando prima ad fatto sia"),
    latin("nl", "ëï", "de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar bij of uit nog naar door over heeft hij ze wordt werd kan tot meer zich hebben deze die was ik je we veel worden dit tegen geen waar nu zo moet hun zou na onder wat al wel haar had toch jaar zei zal"),
    latin("sv", "åäö", "och i att det som en på är av för med den till inte har de ett om han men var jag från vi så kan när nu år hade ska eller också ut efter under ha vara hon sig blir upp man mycket där än skulle mot alla blev vid över bara finns sedan mer in kommer sina säger två detta denna hans vill någon andra"),
    latin("da", "æøå", "og i at det er en den til på som de med for af ikke der har et om han var men sig fra vi kan også så jeg når efter eller nu blev bliver skal ud være havde ind over hun op mod end hvor hvad mere efter meget kun deres siger år alle andre dem få mange noget selv anden skulle blevet hans hendes ville mellem"),
    latin("nb", "æøå", "og i det er på som en til at med for de av ikke har den et om var men han seg fra vi kan også så jeg når etter eller nå ble blir skal ut være hadde inn over hun opp mot enn hvor hva mer bare deres sier år alle andre dem få mange noe selv skulle blitt hans hennes ville mellom bli slik sine vil"),
    latin("nn", "æøå", "og i det er på som ein til å med for dei av ikkje har den eit om var men han seg frå vi kan også så eg når etter eller no vart blir skal ut vere hadde inn ho opp mot enn kor kva meir berre seier år alle andre nokon noko mange sjølv vore meir mellom bli slik sine vil vere skulle desse denne dette"),
    latin("fi", "äö", "ja on ei että se oli hän mutta ovat kun myös joka niin mukaan voi tai ole jos sen kuin olla ne jo vain vuoden jotka nyt hänen sitä tämä mitä sekä ollut joita kanssa jälkeen olisi en vielä siitä tämän mukaan kuitenkin sanoo oma minä me he tulee koska jossa kaikki paljon ennen eli ollaan oman"),
    latin("et", "õäöü", "ja on ei et see oli ta kui ka mis aga oma või mille seda ning selle kes nii siis need välja veel olid juba saab ma me nad üks peale pärast poolt üle kõik kus olla vaid ütles aasta pole tema kuid mida vastu ole siin väga eesti aastal need kuni nende mitte sest"),
    latin("lv", "āēīūģķļņčšž", "un ir ka no ar par uz tas arī bet kas tā lai viņš gan vai nav kā pēc tikai jau gada pie vēl ja tiek to ko bija tika būs šo līdz gadā viņa ne pat starp tad kad savu kuri tie kuru var sava pret ap kurš vairāk es mēs mums tomēr latvijas šī šis"),
    latin("lt", "ėįųąęūčšž", "ir kad į su iš yra tai bet kaip o ne jo apie už nuo jis per savo po buvo jau taip dar ar iki tik metų gali bei prie jos prieš būti bus jie labai vis tačiau daugiau jog mes mano arba tuo kuris kurie jų kai pasak lietuvos šių dėl ant ji"),
    latin("pl", "łążśćńęźó", "w i na z się do nie że to o jest jak za od po co przez dla tym czy tego był ale ich jego już są oraz tak które może być przed także tylko jej który była ze było będzie pod jako ma które bardzo która lat jeszcze przy roku mnie gdy ten a też został tej między nad bez więc mówi"),
    latin("cs", "řůěčšžýáí", "a v se na je že to s z do o i ve jsem k pro za by ale si po jako jsou od které tak který při také byl bude jeho ze jen jejich už být aby však nebo má podle která roku před ještě mezi než bylo až byla může jsme když kde této co není řekl pak nebyl proti tento své mu ji jak"),
    latin("sk", "ľŕĺôäčšžýáí", "a v sa na je že to s z do o i vo k pre za by ale si po ako sú od ktoré tak ktorý pri aj bol bude jeho zo len ich už byť aby však alebo má podľa ktorá roku pred ešte medzi než bolo až bola môže sme keď kde tejto čo nie povedal potom proti tento svoje mu ju jej tým jeho boli"),
    latin("sl", "čšž", "in je v na da se za so z ki pa tudi ne bi po s kot od o ni iz pri bo še le ko a do ali že med bil leta pred več zaradi lahko k jih ga bilo kar te kako svoje mu kjer bila smo zelo sem nad samo oziroma njegov ter vendar proti bodo brez lahko to nekaj ljudi"),
    latin("hr", "đćčšž", "i je u na se da za su od s o kako koji što iz a koja ali ne bi sa nije do će kao te to po više prema ili još samo bio biti koje nakon oko bez rekao može svoje bila sve uz dok ima prije zbog kod jer već tko ovo ovaj gdje tijekom tjedna europske tisuća uvjeti vrijeme mjesto dvije dio htjeli ljudi godine"),
    latin("bs", "đćčšž", "i je u na se da za su od s o kako koji što iz a koja ali ne bi sa nije do će kao te to po više prema ili još samo bio biti koje nakon oko bez rekao može svoje bila sve uz dok ima prije zbog kod jer već ko ovo ovaj gdje tokom sedmice sedmica evropske evropska hiljada uslovi vrijeme mjesto dvije bih bosne općine fbih kantona ljudi godine lahko također"),
    latin("sr-Latn", "đćčšž", "i je u na se da za su od s o kako koji što šta iz a koja ali ne bi sa nije do će kao te to po više prema ili još samo bio biti koje nakon oko bez rekao može svoje bila sve uz dok ima pre zbog kod jer već ko ovo ovaj gde tokom nedelje evropske hiljada uslovi vreme mesto dve posle deo hteli ljudi godine srbije reč"),
    latin("hu", "őűáéíóöüú", "a az és hogy nem is egy de meg ez azt van volt csak már ha mint el még ki után lesz be így sem aki le kell pedig mert fel vagy minden olyan lehet nagyon ami majd az szerint lett magyar ezt között több nincs ezért amely arra akkor éves azonban illetve során ahol két most s ő mi"),
    latin("ro", "șțăşţâî", "și în de la a cu pe din care este nu că mai o un să au fost pentru al ale sau dar prin după ce sunt fi lui ei s acest această când între fără doar despre ani cel cea cei fiind avea către toate era va am ar foarte decât chiar unui unei aceste aceasta i li se le îi ş"),
    latin("tr", "ığşçöü", "ve bir bu da de için ile çok olarak daha olan gibi en var sonra kadar ne ama o her ise değil mi ya yeni olduğu göre oldu büyük iki ancak hem diye olduğunu tarafından türkiye veya nasıl bunu dedi şey kendi ben sen biz onun yok ki içinde ilk zaman önce bile"),
    latin("az", "əığşçöü", "və bir bu da də üçün ilə çox olan kimi ən var sonra qədər nə amma o hər isə deyil ya yeni görə oldu böyük iki həm diyə tərəfindən azərbaycan olub onun bunu edib ki ancaq artıq olaraq dedi deyib daha bütün öz mən biz sizin ildə il zaman"),
    seldom("uz", "", "va bilan uchun bu ham bir edi bo ular shu emas yoki lekin kerak haqida deb qilish zbekiston ning dan da keyin yil agar mumkin juda esa hamda boshqa shunday orqali kishi necha mana qanday endi barcha davlat yangi faqat kim nima"),
    latin("vi", "ăâêôơưđ", "và của là có các cho được trong với một người không những này để đã khi từ tại trên đến về ra như ở năm sẽ đó vào phải ông bà nhiều cũng hơn anh chị nhưng thì sau làm rằng lại còn vì theo bị hai nước nói đang rất"),
    latin("id", "", "yang dan di ini dengan untuk tidak itu dari dalam akan pada juga adalah ke karena tersebut bisa ada mereka lebih telah kata saat oleh sudah anda sebagai orang harus tahun saya hanya kita bahwa namun menjadi atau seperti kami sementara secara dapat belum para masih antara dia lalu beberapa agar maka bagi setelah uang kepada banyak"),
    latin("ms", "", "yang dan di ini dengan untuk tidak itu dari dalam akan pada juga adalah ke kerana tersebut boleh ada mereka lebih telah kata ketika oleh sudah anda sebagai orang perlu tahun saya hanya kita bahawa namun menjadi atau seperti kami manakala secara dapat belum para masih antara beliau lalu beberapa supaya bagi selepas wang kepada banyak iaitu ialah sahaja pihak katanya daripada"),
    seldom("tl", "", "ang ng sa na mga ay at para ni si kay nang ito hindi siya may mula kanyang ko mo niya nila ako kung ka sila din rin pa po isang lang ba pang kaya dahil naman natin namin lamang bilang kanilang wala doon dito noong ating iyon pero walang"),
    latin("sw", "", "na ya wa kwa katika ni la za kuwa hiyo huo cha kama lakini pia ili au si hii watu baada moja wake hata alisema yake sana zaidi kutoka bila mwaka wakati hivyo hayo kila huyo vya wao kuhusu kwenye mtu sasa huku ambao ambayo hilo tu bado"),
    seldom("so", "", "waa oo iyo ka ku in soo ee uu ah ay aad waxaa loo kala la u si inuu kaas kasta dadka wax wuxuu qof inay dalka somalia sheegay gudaha badan isku waxay laga lagu inta markii kale hadda mid dhex"),
    seldom("af", "ëêê", "die en van in is het wat nie om te vir met dat sy op hy aan ook by as was n daar sal tot deur ek jy ons hulle uit maar word kan al meer wees sou oor nog baie hierdie na haar so geen moet toe af jaar hom onder sê waar een self dit mense"),
    latin("ca", "çàèòóïü", "de la que i el a les en per un és amb del els al una no es més ha com són o però si d l s pel dels aquest aquesta també ser va han fa seva seu molt entre sobre sense hi tot ja perquè quan fins pot anys des on ara ens només fer havia tots cada està"),
    latin("gl", "ñ", "de que a o e do da en un os unha as para por con non se no na máis dos das ao como pola polo foi é são seu súa pero ser aos moi está tamén ten esta este entre cando onde sobre xa sen até hai desde anos pode eles galicia despois porque ata foron deste isto nos nas só"),
    seldom("eu", "", "eta da ez du bat ere dira zen izan egin dute zuen baina hau horrek beste bere dela duen dago bai edo nahi hori ditu gero arte oso behar gabe hori hala euskal ziren egiten izango diren baino daude zuten dut nire guztiak badira batzuk lehen arabera urte gehiago orain zer den"),
    latin("sq", "ëç", "e të në dhe i për me që një nga është se ka si u do nuk më por kjo ky janë tij ai ata edhe pas kanë ishte duke kur deri mund saj ajo vetëm këtë mbi tha ne po apo ku cilën pa kishte shumë jo sa tyre atij dy kështu gjithë gjatë cila"),
    latin("is", "þðæöáíúý", "og að í á er sem við til var hann það með um en ekki fyrir þetta ég frá af þá því eru hafa hefur þar svo eftir eða hún verið segir þeir ef vera verður voru upp sér eins mjög nú þegar út sé þess upp síðan hafi þeirra okkur hefði allt yfir væri"),
    seldom("fo", "ðøæáíúý", "og at í á er sum við til var hann tað við um men ikki fyri hetta eg frá av tá eru hava hevur har so eftir ella hon verið sigur teir um vera verður vóru upp sær eisini nógv nú tá út hesin hesum tey teimum føroyar hjá hendan"),
    seldom("ga", "áéíóú", "an na agus ar i go a is le tá do sé sí ag ní bhí leis bí mar ó den don de air chun faoi nó as siad raibh iad ach atá aon é í sa san seo sin féin gach eile ina idir nach gur níl siúl dá bheith anois nuair"),
    seldom("cy", "ŵŷ", "y yn i a o ar yr ac mae wedi am ei bod eu hyn gan oedd fod neu at fel hynny ond na ni os cael roedd mewn iddo dros cyn pan gyda un rhai dau gwneud ein pob yma nid bydd sydd wrth gall yw eich mwy hefyd rhwng cymru ddim"),
    seldom("mt", "ħġċż", "ta il li u f biex fil tal huwa hija ma dan din għal kien minn mill l lil kienet dwar bħal wara sa hemm kull iżda għandu aktar bil fuq jew meta mhux tiegħu ftit ukoll din id is ir it malta sena qal ghal tagħha jkun"),
    seldom("eo", "ĉĝĥĵŝŭ", "la de kaj en estas al ke ne por mi li kiu kun ĝi pri sed estis pli el tio ĉi oni aŭ iu se ĉiuj ili povas per tiu nur kiel tre iuj sur kiuj vi ni havas dum ankaŭ jam esti kio ol tamen lia post ĝis nun"),
    seldom("la", "", "et in est non ad ut cum qui quod sed ex quae per de esse si ab aut sunt hoc enim atque etiam quam autem eius pro nec quo ac se tamen ita nam neque quidem fuit sit inter haec post apud ne eorum quoque"),
    seldom("lb", "ëéä", "de an d den déi et dat vun ass eng en fir mat op net dem si sinn datt och wéi op e hien gouf bei um zu huet nach der hunn mä oder ginn nëmmen gëtt duerch iwwer ze am méi wann awer géint ier zum ech mir kann säin sech lëtzebuerg ouni"),
    cyrillic("ru", "ыэёщъ", "іїєґўђћјљњџѓќѕәғқңөұүһҗӣӯҳҷӑӗҫӳҙҡҥӧӱӹҕ", "и в не на что с по как это из для его к от у за он но а о так же был до все только то бы они или при если уже чтобы который было мы после может были также когда более время года году лет ее её их во вы я быть была еще ещё есть этого со под нет где сказал том которые между том"),
    cyrillic("uk", "іїєґщ", "ыэёъўђћјљњџѓќѕәғқңөұүһҗӣӯҳҷӑӗҫӳҙҡҥӧӱӹҕ", "і в не на що з у та до за як це для про від його але по й а або так був вже він є їх може під було також які того після які щоб через який її цього ще бути при якщо була між саме років року ми вони коли лише більше тому де все через зі із"),
    cyrillic("be", "ўіыэё", "ищъїєґђћјљњџѓќѕәғқңөұүһҗӣӯҳҷӑӗҫӳҙҡҥӧӱӹҕ", "і ў не на што з у да па як гэта для пра ад яго але а або так быў ужо ён ёсць іх можа пад было таксама якія таго пасля каб праз які яе гэтага яшчэ быць пры калі была паміж менавіта гадоў года мы яны толькі больш таму дзе усе ці са"),
    cyrillic("bg", "ъщ", "ыэёьіїєґўђћјљњџѓќѕәғқңөұүһҗӣӯҳҷӑӗҫӳҙҡҥӧӱӹҕ", "и в не на че с по като това от за се е да са до но или които който ще към си при бе беше той те след която му както още само може има през него тази този без бъде ако вече във със все така защото между един една години година между повече"),
    cyrillic("sr", "ђћјљњџ", "йщъыэёюяьіїєґўѓќѕәғқңөұүһҗӣӯҳҷӑӗҫӳҙҡҥӧӱӹҕ", "и у је на се да за су од са о како који што из а која али не би није до ће као те то по више према или још само био бити које након око без рекао може своје била све уз док има пре због код јер већ ово овај где током после србије године људи"),
    cyrillic("mk", "ѓќѕјљњџ", "йщъыэёюяьіїєґўђћәғқңөұүһҗӣӯҳҷӑӗҫӳҙҡҥӧӱӹҕ", "и во на не од се за да со е го ги како што до но или кои кој ќе кон при беше тој тие по која му уште само може има низ него оваа овој без биде ако веќе сите така затоа меѓу еден една години година повеќе според нив која сè дека"),
    cyrillic("kk", "әғқңөұүһіыэ", "їєґўђћјљњџѓќѕҗӣӯҳҷӑӗҫӳҙҡҥӧӱӹҕ", "және бұл мен бір үшін да де деп бойынша осы ол бар болып екі туралы жылы қазақстан қазақ еді деген кейін жаңа көп сол болды біз олар ғана керек дейді арқылы дейін жоқ бірақ өз енді"),
    arabic("ar", "ةىأإؤئ", "پچژگکیٹڈڑںےہھټډړښځڅېۍڕڵێۆەڤ", "في من على إلى أن عن مع هذا هذه التي الذي كان ما لا بعد قد كما بين ذلك وفي وقد أنه لم كل خلال حيث قبل عند أو ثم وهو بن كانت وقال يوم إن إنه له منذ قال وأن عام لها أي وكان دون هو هي حتى وكانت ضد"),
    arabic("fa", "پچژگکی", "ةٹڈڑںےہھټډړښځڅېۍڕڵێۆڤەى", "و در به از که این را با است برای آن یک خود تا بر هم نیز می های شد شده ای وی کرد گفت ها باید دو سال بود کند او اما اگر بین هر همه پس پیش کنند شود اند ما من داد دارد نمی"),
    arabic("ur", "ٹڈڑںےہھ", "ةىيكټډړښځڅېۍڕڵێۆە", "کے کی میں ہے اور سے کا کو اس نے کہ پر ہیں یہ بھی ایک وہ کر تھا تک جو ہو ان کیا گیا تو ہی نہیں لیے اپنے کرنے کہا بعد ساتھ تھی تھے ہوئے رہا جا دو لئے ہوا گئی"),
    arabic("ps", "ټډړښځڅېۍ", "ٹڈڑےھڕڵێۆةكۆ", "د په او چې ته له سره دی ده کې هم دا نه شوي یو لپاره وي پر شي دغه خپل وروسته هغه کړي ویلي چی دي شو یې افغانستان کال"),
    arabic("ckb", "ڕڵێۆەڤ", "ٹڈڑےةټډړښځڅېۍكيث", "لە بە و بۆ کە ئەم لەگەڵ هەر سەر یەک هەموو نییە دوای ئەو بەڵام هەیە لێ پێ کردن بووە دەکات خۆی کوردستان هەولێر"),
    devanagari("hi", "के में है की को का से और ने पर यह भी नहीं एक हैं कि इस कर लिए हो था वह जो तो या किया कहा गया साथ बाद अपने उन्होंने रहे दिया इसके थे उनके जा सकता रही हुए तक"),
    devanagari("mr", "आहे आणि या व हे ते तर मात्र असे होते की त्या केली नाही हा आहेत यांनी ही करण्यात होती त्यांच्या मध्ये आला केले एक येथे झाली म्हणून असून पण काही साठी त्यांनी तसेच असल्याचे"),
    devanagari("ne", "को छ र मा पनि ले गरेको भएको छन् हो यो लागि भने गर्न का एक तथा गरी भएका थियो नेपाल भन्ने गर्ने उनले हुन् तर बताए रहेको हुने आफ्नो गर्दै छैन सहित हुन"),
];
