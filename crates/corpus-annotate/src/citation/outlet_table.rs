//! News agencies, papers, magazines, broadcasters and sites that are cited by name, compiled by hand from general
//! knowledge; names of one outlet stand in one line, parted by "|", the usual one first.

/// Last words of the names of papers, agencies and broadcasters.
pub(super) const LAST_WORDS: &[&str] = &[
    "advertiser",
    "argus",
    "bulletin",
    "chronicle",
    "courier",
    "daily",
    "dispatch",
    "enquirer",
    "examiner",
    "gazette",
    "herald",
    "inquirer",
    "journal",
    "ledger",
    "letters",
    "magazine",
    "mercury",
    "news",
    "newswire",
    "observer",
    "post",
    "radio",
    "reporter",
    "review",
    "sentinel",
    "telegraph",
    "times",
    "tribune",
    "tv",
    "weekly",
    "wire",
    "zeitung",
    "allgemeine",
    "presse",
    "kurier",
    "vestnik",
    "vesti",
    "gazetesi",
    "shimbun",
];

/// First words of the names of papers and broadcasters in other languages.
pub(super) const FIRST_WORDS: &[&str] = &[
    "correio",
    "correo",
    "corriere",
    "courrier",
    "diari",
    "diario",
    "diário",
    "gaceta",
    "gazeta",
    "gazzetta",
    "giornale",
    "jornal",
    "journal",
    "kurier",
    "noticias",
    "radio",
    "rádio",
    "tribuna",
    "tribune",
    "vecherny",
    "novaya",
    "dnevni",
    "dnevnik",
    "folha",
    "periódico",
    "televisión",
];

/// Outlets, a line each.
pub(super) const OUTLETS: &str = "\
Reuters|Thomson Reuters
AP|Associated Press|The Associated Press
AFP|Agence France-Presse|Agence France Presse
UPI|United Press International
DPA|Deutsche Presse-Agentur
EFE|Agencia EFE
ANSA
Lusa
Belga
Keystone-SDA
TT News Agency
NTB
Ritzau
BNS|Baltic News Service
LETA
ELTA
PAP|Polish Press Agency
CTK|Czech News Agency
TASR
Agerpres
BTA|Bulgarian News Agency
Tanjug
ANA-MPA
Anadolu|Anadolu Agency
TASS|ITAR-TASS
Interfax
RIA Novosti|RIA
Sputnik
Rossiya Segodnya
Regnum
Rosbalt
RBC|RBK
BelTA|Belta
BelaPAN|Belapan
Ukrinform
UNIAN
Interfax-Ukraine
Ukrayinska Pravda|Ukrainska Pravda
Moldpres
Infotag
Armenpress
APA Azerbaijan
Kazinform
KazTAG
KABAR
24.kg
UzA
Xinhua|Xinhua News Agency
China News Service
Kyodo|Kyodo News
Jiji|Jiji Press
Yonhap|Yonhap News Agency
KCNA
Central News Agency|Central News Agency
PTI|Press Trust of India
Asian News International
IANS
Bernama
VNA|Vietnam News Agency
PNA|Philippine News Agency
IRNA
Fars|Fars News Agency
Mehr News Agency
ISNA
Saudi Press Agency|Saudi Press Agency
KUNA
NAN|News Agency of Nigeria
SAnews
AAP|Australian Associated Press
NZPA
Canadian Press|The Canadian Press
Notimex
Prensa Latina
Agencia Brasil|Agência Brasil
Telam|Télam
Andina
PA Media|Press Association
Bloomberg|Bloomberg News
Dow Jones|Dow Jones Newswires
MarketWatch
CNBC
CNN
Fox News
MSNBC
NBC|NBC News
ABC News
CBS|CBS News
PBS
NPR
C-SPAN
VOA|Voice of America
RFE/RL|Radio Free Europe|Radio Free Europe/Radio Liberty|Radio Liberty
Radio Svoboda
Radio Svaboda
Current Time
Radio Free Asia
BBC|BBC News|BBC Monitoring
Sky News
ITV News
Channel 4 News
Deutsche Welle|DW
ARD
ZDF
Tagesschau
France 24
RFI|Radio France Internationale
Euronews
RTVE
RTP
RTÉ
NRK
SVT
Yle|YLE
LRT
LSM
Polsat
TVN24
Polskie Radio
Belsat|Belsat TV
TVP
CGTN|CCTV
NHK
NDTV
Al Jazeera|Al-Jazeera
Al Arabiya
Al-Hurra
RT|Russia Today
Rossiya 1|Russia-1|Rossiya-1|Russia-1 TV
Rossiya 24|Russia-24
Channel One|Perviy Kanal|Pervyi Kanal
Ren TV
Dozhd|TV Rain
Ekho Moskvy|Echo of Moscow
CBC
ABC Radio
SABC
eNCA
Globo|O Globo
Telesur
New York Times|The New York Times|NYT
Washington Post|The Washington Post
Wall Street Journal|The Wall Street Journal|WSJ
USA Today
Los Angeles Times
Chicago Tribune
Boston Globe|The Boston Globe
Politico
Axios
The Hill
Newsweek
The Atlantic
The New Yorker
Foreign Policy
Foreign Affairs
National Interest
Vox
BuzzFeed|BuzzFeed News
HuffPost|Huffington Post|The Huffington Post
Daily Beast|The Daily Beast
Breitbart|Breitbart News
ProPublica
The Intercept
Mother Jones
National Review
Forbes
Business Insider
The Economist
Financial Times|The Financial Times
Sunday Times|The Sunday Times
The Guardian
Daily Telegraph|The Telegraph|The Daily Telegraph
The Independent
Daily Mail
Daily Mirror
Evening Standard
The Scotsman
Irish Times|The Irish Times
Le Monde
Le Figaro
Libération|Liberation
Les Echos
Mediapart
L'Express
Le Soir
De Standaard
NRC|NRC Handelsblad
De Volkskrant|Volkskrant
De Telegraaf
Der Spiegel|Spiegel
Die Zeit
Die Welt
Bild
Frankfurter Allgemeine Zeitung|FAZ|Frankfurter Allgemeine
Süddeutsche Zeitung|Sueddeutsche Zeitung
Handelsblatt
Tagesspiegel|Der Tagesspiegel
Neue Zürcher Zeitung|NZZ
Der Standard
Die Presse
Corriere della Sera
La Repubblica
La Stampa
Il Sole 24 Ore
El País|El Pais
La Vanguardia
Kathimerini
Ekathimerini
To Vima
Gazeta Wyborcza
Rzeczpospolita
Lidové noviny
Hospodářské noviny
Denník N
Népszava
HVG
B92
N1
Jutarnji list
Vijesti
Oslobođenje
Dnevnik
Adevărul
Hotnews
Digi24
Helsingin Sanomat
Dagens Nyheter
Svenska Dagbladet
Aftonbladet
Aftenposten
Berlingske
Jyllands-Posten
Postimees
Delfi
Lietuvos Rytas
15min
Kommersant
Vedomosti
Izvestia|Izvestiya
Rossiyskaya Gazeta|Rossiiskaya Gazeta
Nezavisimaya Gazeta
Novaya Gazeta
Moskovsky Komsomolets
Komsomolskaya Pravda
Argumenty i Fakty
Krasnaya Zvezda
Lenta|Lenta.ru
Gazeta.ru
Fontanka
Meduza
Mediazona
Vzglyad
EurAsia Daily
Moscow Times|The Moscow Times
Nasha Niva
Tut.by|TUT.BY
Zerkalo
Naviny.by|Naviny
Belorusskie Novosti
SB Belarus Segodnya|Belarus Segodnya
Kyiv Post|KyivPost
Kyiv Independent|The Kyiv Independent
Zerkalo Nedeli|Dzerkalo Tyzhnia
Hromadske
European Pravda|Yevropeiska Pravda
Civil Georgia|Civil.ge
Interpressnews
Eurasianet
EurActiv|Euractiv
EUobserver
EDM|Eurasia Daily Monitor
Politico Europe
Bellingcat
War on the Rocks
The Diplomat
Hürriyet|Hurriyet
Daily Sabah
Cumhuriyet
Milliyet
Haaretz
Jerusalem Post|The Jerusalem Post
Times of Israel|The Times of Israel
Ynet
Yedioth Ahronoth
Al-Ahram|Ahram Online
Asharq Al-Awsat
Al-Monitor
Middle East Eye
Gulf News
Khaleej Times
Arab News
Express Tribune
Geo News
Times of India|The Times of India
The Hindu
Hindustan Times
Indian Express|The Indian Express
Daily Star|The Daily Star
Daily Mirror Sri Lanka
Kathmandu Post
Irrawaddy|The Irrawaddy
Bangkok Post
Straits Times|The Straits Times
Malaysiakini
Jakarta Post|The Jakarta Post
Kompas
Rappler
VnExpress
South China Morning Post|SCMP
Global Times
People's Daily
China Daily
Caixin
Sixth Tone
Taipei Times
Focus Taiwan
Asahi Shimbun|The Asahi Shimbun
Mainichi Shimbun|Mainichi
Yomiuri Shimbun|Yomiuri
Nikkei|Nikkei Asia
Japan Times|The Japan Times
Korea Herald|The Korea Herald
Korea Times|The Korea Times
Chosun Ilbo
JoongAng Ilbo
Hankyoreh
NK News
Sydney Morning Herald|The Sydney Morning Herald
The Australian
New Zealand Herald
Toronto Star
Globe and Mail|The Globe and Mail
National Post
La Presse
Le Devoir
Folha de S.Paulo|Folha de São Paulo|Folha
Estadão|O Estado de S. Paulo
Clarín|Clarin
La Nación|La Nacion
Página 12
El Mercurio
La Tercera
El Espectador
La Jornada
Miami Herald
Daily Nation
The EastAfrican
New Vision
Daily Monitor
Addis Standard
Premium Times
ThisDay
Daily Trust
Daily Graphic
Jeune Afrique
Mail & Guardian
Daily Maverick
News24
Agence Ecofin
Al-Masry Al-Youm
Hespress
Tolo News|TOLOnews
Khaama Press
Twitter
Facebook
Telegram
YouTube
Wikipedia
WikiLeaks
Instagram
VKontakte";
