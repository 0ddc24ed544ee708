//! Copies, by keys of texts that meet in an exchange: the same clusters as `corpus dupes`, on any number of machines.
//!
//! The steps are those of [`corpus_dedup`], each a stage of tasks. Texts that share a band are compared, and joined where
//! they are copies; then the first texts of the clusters so far that share fingerprints. What moves is keys, of some bytes
//! each; the words of the few texts that are compared are read where the task that kept them has left them. What hangs
//! together is put together in rounds: each task joins what it found, and tasks put together what others joined, until
//! there is one forest.

use crate::{
    entry::{Joined, Pair, Stands, TextId, read_entries, write_entries},
    error::Error,
    exchange::{Writer, n_tasks},
    forest::Forest,
    stages::{Reads, Stages},
    task::{COPIES, STANDS, TOGETHER},
    texts::{BANDS, Row, Texts},
    work::{Stage, Work},
};
use corpus_dedup::{Label, Likeness, Relation};
use corpus_format::ClusterRow;
use std::{
    cmp::{Ordering, Reverse},
    collections::BTreeMap,
    fmt::Write as _,
    fs,
};

/// A document of a cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its id in the package; empty where there is none.
    pub document: String,
    /// What a person calls it.
    pub id: String,
    /// The part it is in.
    pub part: u64,
    /// Its row there.
    pub row: u32,
    /// Number of words.
    pub words: u32,
    /// How it is related to the survivor, or, as a copy of a copy, to the closest member.
    pub relation: Relation,
    /// How much.
    pub similarity: f64,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clusters {
    /// Clusters in the order of their survivors' ids, each with its survivor first.
    pub clusters: Vec<Vec<Member>>,
}

impl Clusters {
    /// The rows of a package.
    pub fn rows(&self) -> Vec<ClusterRow> {
        let of_cluster = |(cluster, number): (&Vec<Member>, u64)| {
            let survivor = cluster.first().map(|member| member.document.clone()).unwrap_or_default();
            let row = move |member: &Member| ClusterRow {
                cluster: number,
                survivor: survivor.clone(),
                member: member.document.clone(),
                relation: member.relation.to_string(),
                similarity: member.similarity,
            };
            cluster.iter().map(row).collect::<Vec<_>>()
        };
        self.clusters.iter().zip(1..).flat_map(of_cluster).collect()
    }

    /// A line for each document, as `corpus dupes --format tsv` writes it: id, number of the cluster, relation, similarity.
    pub fn tsv(&self) -> String {
        let mut lines = String::new();
        for (cluster, number) in self.clusters.iter().zip(1_u64..) {
            for Member { id, relation, similarity, .. } in cluster {
                let id = id.split_whitespace().collect::<Vec<_>>().join(" ");
                // Writing to a string does not fail.
                let _ = writeln!(lines, "{id}\t{number}\t{relation}\t{similarity:.4}");
            }
        }
        lines
    }

    /// The rows of each part that are copies of something that is kept.
    pub fn copies(&self) -> BTreeMap<u64, Vec<u32>> {
        let mut copies: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
        for member in self.clusters.iter().flat_map(|cluster| &cluster[1..]) {
            copies.entry(member.part).or_default().push(member.row);
        }
        copies.values_mut().for_each(|rows| rows.sort_unstable());
        copies
    }
}

/// Finds copies among the texts that the tasks of so many files have kept; `state` is that of the files.
///
/// # Errors
/// When a task fails or a table cannot be read or written.
pub(crate) async fn find(stages: &mut Stages<'_>, n_files: u64, state: &str) -> Result<Clusters, Error> {
    let work = stages.work();
    let mut search = Search { stages, work, state };
    let n_near = n_tasks(work.files(BANDS, n_files))?;
    search.make(Stage::Near, "near-pairs", (BANDS, n_files), n_near).await?;
    let mut forest = search.compare("near", n_near).await?;
    let mut copies: Vec<Stands> = Vec::new();
    for path in work.files(COPIES, n_near) {
        copies.extend(read_entries::<Stands>(&path)?);
    }
    stand(work, n_files, &copies, &forest)?;
    search.make(Stage::Fingerprints, PRINTS, (STANDS, n_files), n_files).await?;
    let n_related = n_tasks(work.files(PRINTS, n_files))?;
    search.make(Stage::Related, "related-pairs", (PRINTS, n_files), n_related).await?;
    let related = search.compare("related", n_related).await?;
    related.texts().iter().for_each(|text| forest.add(text));
    drop(related);
    let found = found(work, &forest, &copies)?;
    let n_pairs = pair_survivors(work, &found)?;
    let survivors = if n_pairs > 0 { search.compare("survivor", 1).await? } else { Forest::default() };
    Ok(Clusters { clusters: found.iter().map(|cluster| members(cluster, &forest, &survivors)).collect() })
}

/// The table of the fingerprints of texts that are compared.
const PRINTS: &str = "prints";

/// The stages of the search.
struct Search<'s, 'a> {
    stages: &'s mut Stages<'a>,
    work: &'a Work,
    state: &'s str,
}

impl Search<'_, '_> {
    async fn make(
        &mut self,
        stage: Stage,
        makes: &str,
        (table, n_files): (&str, u64),
        n_tasks: u64,
    ) -> Result<(), Error> {
        self.stages.make(stage, makes, Reads { table, n_files }, n_tasks, self.state).await
    }

    /// Compares the pairs in so many files of the table `NAME-pairs`; gives what hangs together.
    async fn compare(&mut self, name: &str, n_files: u64) -> Result<Forest, Error> {
        let pairs = format!("{name}-pairs");
        let mut n_parts = n_tasks(self.work.files(&pairs, n_files))?;
        let mut table = format!("{name}-copies");
        self.make(Stage::Compare, &table, (&pairs, n_files), n_parts).await?;
        let mut round = 0;
        while n_parts > 1 {
            round += 1;
            let next = format!("{name}-round-{round}");
            let n_next = n_parts.div_ceil(TOGETHER);
            self.make(Stage::Join, &next, (&table, n_parts), n_next).await?;
            (table, n_parts) = (next, n_next);
        }
        let mut forest = Forest::default();
        let joined: Vec<Joined> = read_entries(&self.work.table(&table, 1))?;
        joined.iter().for_each(|text| forest.add(text));
        Ok(forest)
    }
}

/// Writes for each file which of its texts stand for others: copies for none, others for the first of their cluster.
fn stand(work: &Work, n_files: u64, copies: &[Stands], forest: &Forest) -> Result<(), Error> {
    let mut all: Vec<Stands> = copies.iter().map(|copy| Stands { for_text: None, ..*copy }).collect();
    let others = forest.texts().into_iter().filter(|joined| joined.text != joined.root);
    all.extend(others.map(|joined| Stands { text: joined.text.id, for_text: Some(joined.root.id) }));
    all.sort_unstable();
    for number in 1..=n_files {
        let begin = all.partition_point(|stands| u64::from(stands.text.part) < number);
        let end = all.partition_point(|stands| u64::from(stands.text.part) <= number);
        write_entries(&work.table(STANDS, number), &all[begin..end])?;
    }
    Ok(())
}

/// A document of a cluster, as far as it is known before the survivor is.
struct Found {
    row: Row,
    /// The text for which it stands.
    text: TextId,
    label: Label,
}

/// The documents of clusters, in the order in which they survive, and the clusters in that of their survivors' ids.
fn found(work: &Work, forest: &Forest, copies: &[Stands]) -> Result<Vec<Vec<Found>>, Error> {
    // A document, the text for which it stands, and the first text of the cluster.
    let mut ids: Vec<[TextId; 3]> = Vec::new();
    ids.extend(forest.texts().iter().map(|joined| [joined.text.id, joined.text.id, joined.root.id]));
    for copy in copies {
        let text = copy.for_text.unwrap_or(copy.text);
        let root = forest.root(text).map(|root| root.id);
        ids.push([copy.text, text, root.unwrap_or(text)]);
        if root.is_none() {
            ids.push([text; 3]);
        }
    }
    // As the texts lie in their files.
    ids.sort_unstable();
    ids.dedup();
    let mut texts = Texts::of(work);
    let mut all = Vec::with_capacity(ids.len());
    for [id, text, root] in ids {
        let row = texts.row(id)?;
        all.push((root, Found { row, text, label: texts.label(&row)? }));
    }
    all.sort_by(|(a_root, a), (b_root, b)| (a_root, a.order()).cmp(&(b_root, b.order())));
    let mut clusters: Vec<Vec<Found>> = Vec::new();
    let mut last = None;
    for (root, found) in all {
        match clusters.last_mut().filter(|_| last == Some(root)) {
            Some(cluster) => cluster.push(found),
            None => clusters.push(vec![found]),
        }
        last = Some(root);
    }
    let survivor = |a: &[Found], b: &[Found]| match (a.first(), b.first()) {
        (Some(a), Some(b)) => a.name().cmp(&b.name()),
        _ => Ordering::Equal,
    };
    clusters.sort_by(|a, b| survivor(a, b));
    Ok(clusters)
}

impl Found {
    /// What decides among the documents of a cluster.
    fn order(&self) -> impl Ord {
        let Label { id, date, place, document } = &self.label;
        let text = &self.row.text;
        (text.n_words, date.is_none(), date, id, text.hash, place, document)
    }

    /// What decides among clusters, by their survivors.
    fn name(&self) -> impl Ord {
        (&self.label.id, &self.label.place, self.row.text.id)
    }
}

/// Writes which texts are compared with the survivor of their cluster: where there are but two, what joined them says
/// how they are related. Gives the number of pairs.
fn pair_survivors(work: &Work, clusters: &[Vec<Found>]) -> Result<u64, Error> {
    let path = work.table("survivor-pairs", 1);
    let folder = path.parent().unwrap_or(work.folder());
    fs::create_dir_all(folder).map_err(|cause| Error::io("make", folder, cause))?;
    let mut writer = Writer::create(&path)?;
    let mut n_pairs = 0;
    for cluster in clusters {
        let mut texts: Vec<TextId> = cluster.iter().map(|found| found.text).collect();
        let survivor = texts.first().copied().unwrap_or_default();
        texts.sort_unstable();
        texts.dedup();
        if texts.len() > 2 {
            for text in texts.into_iter().filter(|text| *text != survivor) {
                writer.push(&Pair::of(survivor, text, 0))?;
                n_pairs += 1;
            }
        }
    }
    writer.finish()?;
    Ok(n_pairs)
}

/// The members of a cluster, the survivor first.
fn members(cluster: &[Found], forest: &Forest, survivors: &Forest) -> Vec<Member> {
    let survivor = cluster.first().map(|found| found.text);
    let member = |found: &Found| {
        let known = || survivors.closest(found.text).or_else(|| forest.closest(found.text));
        let likeness = if Some(found.text) == survivor { None } else { known() };
        let Likeness { relation, similarity } = likeness.unwrap_or(Likeness::EXACT);
        let Reverse(words) = found.row.text.n_words;
        let TextId { part, row } = found.row.text.id;
        let Label { document, id, .. } = found.label.clone();
        Member { document, id, part: u64::from(part), row, words, relation, similarity }
    };
    let mut members: Vec<Member> = cluster.iter().map(member).collect();
    // The survivor is told by its closest copy, not by itself.
    let closest = members[1..].iter().map(|member| (member.relation, member.similarity));
    if let Some(closest) = closest.min_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1))) {
        (members[0].relation, members[0].similarity) = closest;
    }
    members
}
