"""What the lines say: names, dates, numbers, scanner screens, and strings that mean nothing.

Nobody's data: given names and surnames are common ones put together at random, or made of syllables."""

import pathlib
import unicodedata

ALPHABET = (pathlib.Path(__file__).parents[2] / "assets/ocr/alphabet.txt").read_text(encoding="utf-8").rstrip("\n")
INDEX = {letter: at + 1 for at, letter in enumerate(ALPHABET)}  # 0 is CTC's blank

GIVEN = """Anna Maria John Peter Paul Hans Jürgen Günther Björn Søren Åsa Märta José María Jesús Inês João Conceição
François Hélène Benoît Zoë Łukasz Małgorzata Wojciech Zbigniew Jiří Ondřej Tomáš Žofie Kateřina László Zsófia Győző
Mehmet Ayşe Gülşah İsmail Oğuz Ioana Ștefan Raluca Luka Đorđe Željko Siobhán Seán Aoife Mary Elizabeth William Robert
James Patricia Linda Michael David Susan Jennifer Karen Nancy Betty Helen Sandra Donna Ruth Sharon Laura Ahmed Fatima
Mohamed Ali Hassan Yuki Hiroshi Kenji Wei Li Ming Priya Raj Anil Olga Ivan Sergei Natalia Eva Ida Ole Kai Bo Ulf Nils
Giuseppe Francesca Niccolò Chloé Renée André Inger Øystein Håkon Þóra Guðrún Jón Sigríður Emil Noël Raphaël Xavier""".split()
FAMILY = """Smith Johnson Williams Brown Jones Miller Davis Wilson Moore Taylor Anderson Thomas Jackson White Harris
Martin Thompson Garcia Martinez Robinson Clark Lewis Lee Walker Hall Allen Young King Wright Hill Scott Green Adams
Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Köhler Größmann Weiß Jäger Núñez
Fernández González Rodríguez Peña Muñoz Gonçalves Magalhães Araújo Simões Lefèvre Bézier Château Dubois Øster Sørensen
Kjær Ångström Lindström Nyström Håkansson Kowalski Wiśniewski Wójcik Żukowski Dąbrowski Łoś Novák Svoboda Dvořák Šťastný
Černý Růžička Kovács Szőke Kőszegi Yılmaz Çelik Öztürk Doğan Şahin Ionescu Țăranu Popović Đurić Žižek O'Brien O'Neill
McDonald MacLeod Fitzgerald van-der-Berg D'Angelo Rossi Esposito Nguyen Tran Kim Park Tanaka Suzuki Chen Wang Singh Patel
Haddad Khoury Ivanova Petrov Sokolov Ek Ox Quist Quinn Zyx Illich Lilly Killian Ollie Bobb Anttila Virtanen""".split()
SCREEN = """kV mA mAs mm cm ms Hz MHz dB FOV TR TE TI SL FA NEX ETL W L WL WW C R Z X Y MI TIs TIb Gain Depth Freq Frame Im Se Ex
Acc MRN DOB ID PID Name Patient Sex Age Date Time Study Series Image Ref Physician Operator Hospital Clinic Dept Ward Room
Birth Accession Scan Protocol Supine Prone HFS FFS Head First AP PA LAT LL RL CC MLO RCC LCC Left Right Sag Cor Ax Axial
Coronal Sagittal Chest Abdomen Pelvis Skull Knee Hip Hand Foot Spine Thorax Brain Liver Kidney Heart LVOT RVOT Ao MV AV TV PV
LV RV LA RA IVSd LVIDd LVPWd EF HR bpm BSA Vmax Vmean PGmax Dist Area Vol Circ Trace ECG I II III aVR aVL aVF V1 V2 V3 V4 V5 V6
Siemens Philips GE Toshiba Canon Fujifilm Agfa Hitachi Samsung Mindray Hologic Esaote Carestream Konica Minolta Kodak
SOMATOM MAGNETOM LOGIQ Vivid EPIQ Acuson Aplio Portable Erect Standing Upright Mag Zoom Filter Contrast Venous Arterial Delay
Thickness Spacing Table Position Tilt Exposure Dose DLP CTDIvol mGy uGy Page Report Comment Diagnosis Findings Referred by
Dr Prof Mr Mrs Herr Frau geb. geboren Geburtsdatum Klinik Universität für Röntgen né née Hôpital Médecin Sexe Fecha Nacimiento
Señor Paciente Hospital Nombre Età Ospedale Nome Född Läkare Sjukhus Fødselsdato Lékař Nemocnice Szpital Kórház Hastane""".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC März Mai Okt Dez".split()
SYLLABLES = """ba be bi bo bra dan del dor el en er fa fel fin ga gar gen ha hel in is jo ka kel kor la len lin lo ma mar men mi mo
na nel nor o ol or pa per pol ra ren rin ro sa sel sen sta ta tel ten ti to ul un va ver vin wal wen wi yo za zel""".split()
DIGITS, UPPER, LOWER = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
ALIKE = "O0I1l|S5B8Z2G6.,:;-_'`rnmcleo"
MARKS = ".,:;-/()[]+*=<>%#&@'\"!?°±²³µ×§"
ACCENTED = [letter for letter in ALPHABET if ord(letter) > 191]


def pick(rng, items):
    return items[int(rng.integers(len(items)))]


def some(rng, letters, least, most):
    return "".join(pick(rng, letters) for _ in range(int(rng.integers(least, most + 1))))


def case(rng, word):
    kind = rng.random()
    # Python writes 'ß' as 'SS', which screens do as well.
    return word.upper() if kind < 0.45 else word if kind < 0.9 else word.lower()


def made_up(rng):
    return "".join(pick(rng, SYLLABLES) for _ in range(int(rng.integers(2, 5)))).capitalize()


def given(rng):
    return made_up(rng) if rng.random() < 0.3 else pick(rng, GIVEN)


def family(rng):
    return made_up(rng) if rng.random() < 0.3 else pick(rng, FAMILY)


def name(rng):
    one, two = family(rng), given(rng)
    form = int(rng.integers(8))
    text = [f"{one}, {two}", f"{one}^{two}", f"{two} {one}", f"{one} {two}", f"{one},{two} {pick(rng, UPPER)}.",
            f"{pick(rng, UPPER)}. {one}", f"{one}_{two}", f"{one}^{two}^{pick(rng, UPPER)}"][form]
    return case(rng, text)


def date(rng):
    y, m, d = int(rng.integers(1915, 2030)), int(rng.integers(1, 13)), int(rng.integers(1, 32))
    s = pick(rng, ["/", "-", ".", " "])
    form = int(rng.integers(9))
    return [f"{d:02}{s}{m:02}{s}{y}", f"{m:02}{s}{d:02}{s}{y}", f"{y}{s}{m:02}{s}{d:02}", f"{y}{m:02}{d:02}",
            f"{d}{s}{m}{s}{y % 100:02}", f"{d:02}-{pick(rng, MONTHS)}-{y}", f"{d} {pick(rng, MONTHS)} {y}",
            f"{pick(rng, MONTHS)} {d:02}, {y}", f"{d:02}.{m:02}.{y % 100:02}"][form]


def time(rng):
    h, m, s = int(rng.integers(24)), int(rng.integers(60)), int(rng.integers(60))
    form = int(rng.integers(4))
    return [f"{h:02}:{m:02}:{s:02}", f"{h:02}:{m:02}", f"{h % 12 + 1}:{m:02}:{s:02} {pick(rng, ['AM', 'PM'])}",
            f"{h:02}{m:02}{s:02}.{int(rng.integers(1000)):03}"][form]


def number(rng):
    form = int(rng.integers(7))
    return [some(rng, DIGITS, 3, 12), some(rng, UPPER, 1, 3) + some(rng, DIGITS, 4, 9),
            some(rng, DIGITS, 2, 4) + "-" + some(rng, DIGITS, 2, 4) + "-" + some(rng, DIGITS, 2, 4),
            some(rng, DIGITS + UPPER, 5, 12), f"{rng.normal(0, 100):.{int(rng.integers(0, 4))}f}",
            "1.2." + ".".join(some(rng, DIGITS, 1, 5) for _ in range(int(rng.integers(2, 6)))),
            some(rng, DIGITS, 6, 6) + "/" + some(rng, DIGITS, 3, 4)][form]


def labelled(rng):
    label = case(rng, pick(rng, ["Name", "Patient", "Pat. Name", "ID", "Pat-ID", "MRN", "DOB", "Birth Date", "Geb.", "geb. am",
                                 "Acc", "Acc#", "Accession", "Date", "Study Date", "Age", "Sex", "Dr", "Ref. Phys", "Nom", "Né le"]))
    value = pick(rng, [name, date, number, name, date, number, age])(rng)
    return label + pick(rng, [": ", ":", " ", " : ", "= ", ". ", " #"]) + value


def age(rng):
    return f"{int(rng.integers(100)):0{int(rng.integers(1, 4))}}{pick(rng, ['Y', 'y', ' Y', 'Y M', ' yrs', 'Y F', '/F', '/M'])}"


def measured(rng):
    value = f"{abs(rng.normal(0, 60)):.{int(rng.integers(0, 3))}f}"
    unit = pick(rng, ["mm", "cm", "kV", "mAs", "mA", "ms", "Hz", "MHz", "dB", "%", "cm/s", "m/s", "mmHg", "ml", "°", "cm²", "fps", "bpm"])
    return pick(rng, SCREEN) + pick(rng, [" ", ": ", " = ", ":", "="]) + value + pick(rng, ["", " "]) + unit


def screen(rng):
    words = [case(rng, pick(rng, SCREEN)) for _ in range(int(rng.integers(1, 6)))]
    return pick(rng, [" ", " ", " ", "/", "  ", "-", ", "]).join(words)


def nothing(rng):
    kind = rng.random()
    if kind < 0.3:
        letters = UPPER + LOWER + DIGITS
    elif kind < 0.4:
        letters = ALPHABET
    elif kind < 0.65:
        letters = ALIKE + UPPER + DIGITS
    elif kind < 0.85:
        letters = UPPER + LOWER + "".join(ACCENTED)
    else:
        letters = UPPER + LOWER + DIGITS + MARKS + MARKS
    return " ".join(some(rng, letters, 1, 9) for _ in range(int(rng.integers(1, 4))))


KINDS = [(name, 0.22), (date, 0.1), (time, 0.03), (number, 0.11), (labelled, 0.18), (age, 0.02), (measured, 0.1),
         (screen, 0.12), (nothing, 0.12)]


def line(rng):
    """A line of one to some fifty letters, all of the alphabet."""
    at = rng.random()
    for kind, share in KINDS:
        at -= share
        if at < 0:
            break
    text = kind(rng)
    while rng.random() < 0.16 and len(text) < 34:
        text += pick(rng, [" ", "  ", " ", " - ", " | "]) + pick(rng, KINDS)[0](rng)
    if rng.random() < 0.05 and len(text) > 6:  # a box may hold a part of a line only
        text = text[int(rng.integers(1, 5)):]
    return clean(text)[:48].strip()


FOLDED = str.maketrans("ȘșȚțÐ", "ŞşŢţĐ")


def clean(text, allowed=INDEX):
    """Without what the alphabet lacks: without its accents where it has one, else left out."""
    out = []
    for letter in text.translate(FOLDED):
        if letter in allowed:
            out.append(letter)
        else:
            out += [base for base in unicodedata.normalize("NFD", letter) if base in allowed]
    return "".join(out)
