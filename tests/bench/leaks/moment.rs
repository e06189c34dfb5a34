use super::rng::Rng;

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub year: u32,
    pub month: u32,
    pub day: u32,
}

impl Day {
    /// A day that has no other reading as day and month are swapped in it.
    pub fn between(rng: &mut Rng, first: u32, last: u32) -> Self {
        Self { year: rng.between(first, last), month: rng.between(1, 12), day: rng.between(13, 28) }
    }

    pub fn dicom(self) -> String {
        format!("{:04}{:02}{:02}", self.year, self.month, self.day)
    }

    /// Written as people write it:
    ///
    /// | form | looks |
    /// | --- | --- |
    /// | `dicom` `iso` `dash` `slash` `dot` `us` | 19620317 1962-03-17 17-03-1962 17/03/1962 17.03.1962 03/17/1962 |
    /// | `dot2` `slash2` `us2` | 17.03.62 17/03/62 3/17/62 |
    /// | `loose` `ydot` `yslash` | 17.3.1962 1962.03.17 1962/03/17 |
    /// | `abbr` `textmdy` `textdmy` | 17-Mar-1962, March 17, 1962, 17 March 1962 |
    /// | `text` | the month's name in the language |
    /// | `cjk` `kor` `era` | 1962年3月17日 1962년 3월 17일 昭和37年3月17日 |
    pub fn written(self, form: &str, lang: &str) -> String {
        let Self { year: y, month: m, day: d } = self;
        let english = months("en")[m as usize - 1];
        match form {
            "dicom" => self.dicom(),
            "iso" => format!("{y:04}-{m:02}-{d:02}"),
            "dash" => format!("{d:02}-{m:02}-{y:04}"),
            "slash" => format!("{d:02}/{m:02}/{y:04}"),
            "dot" => format!("{d:02}.{m:02}.{y:04}"),
            "us" => format!("{m:02}/{d:02}/{y:04}"),
            "dot2" => format!("{d:02}.{m:02}.{:02}", y % 100),
            "slash2" => format!("{d:02}/{m:02}/{:02}", y % 100),
            "us2" => format!("{m}/{d}/{:02}", y % 100),
            "loose" => format!("{d}.{m}.{y:04}"),
            "ydot" => format!("{y:04}.{m:02}.{d:02}"),
            "yslash" => format!("{y:04}/{m:02}/{d:02}"),
            "abbr" => format!("{d:02}-{}-{y:04}", &english[..3]),
            "abbrspace" => format!("{d:02} {} {y:04}", english[..3].to_uppercase()),
            "textmdy" => format!("{english} {d}, {y:04}"),
            "textdmy" => format!("{d} {english} {y:04}"),
            "cjk" => format!("{y}年{m}月{d}日"),
            "kor" => format!("{y}년 {m}월 {d}일"),
            "era" => format!("昭和{}年{m}月{d}日", y.saturating_sub(1925)),
            "text" => {
                if let Some(text) = super::judging::dates::text(self, lang) {
                    return text;
                }
                let month = months(lang)[m as usize - 1];
                match lang {
                    "de" | "da" | "nb" | "fi" | "cs" => format!("{d}. {month} {y:04}"),
                    "es" | "pt" => format!("{d} de {month} de {y:04}"),
                    "hu" => format!("{y:04}. {month} {d}."),
                    "en" => format!("{month} {d}, {y:04}"),
                    _ => format!("{d} {month} {y:04}"),
                }
            }
            other => super::judging::dates::written(self, other),
        }
    }
}

/// The months as a date has them (in Slavic languages and Greek, the genitive).
fn months(lang: &str) -> [&'static str; 12] {
    let names = match lang {
        "de" => "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "fr" => "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "es" => "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "it" => {
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
        }
        "nl" => "januari februari maart april mei juni juli augustus september oktober november december",
        "pt" => "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "sv" => "januari februari mars april maj juni juli augusti september oktober november december",
        "da" | "nb" => "januar februar marts april maj juni juli august september oktober november december",
        "fi" => {
            "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta"
        }
        "pl" => {
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
        }
        "cs" => "ledna února března dubna května června července srpna září října listopadu prosince",
        "hu" => {
            "január február március április május június július augusztus szeptember október november december"
        }
        "ro" => {
            "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie"
        }
        "tr" => "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
        "el" => {
            "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου"
        }
        "ru" => "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "uk" => "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
        _ => "January February March April May June July August September October November December",
    };
    let mut all = names.split(' ');
    std::array::from_fn(|_| all.next().unwrap())
}
