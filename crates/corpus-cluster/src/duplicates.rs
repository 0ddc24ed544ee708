//! Copies, by SQL over keys of texts: the same clusters as `corpus dupes`, and no text moves for them.
//!
//! The steps are those of [`corpus_dedup`]. Texts that share a band are compared, and joined where they are copies; then
//! the first texts of the clusters so far that share fingerprints. Which texts hang together is found in rounds: each
//! text takes the first label among its neighbours and its own label's, until none changes.

use crate::{
    engine::Engine,
    error::Error,
    keys::words_of_key,
    pipeline::Deduplicate,
    work::{KEYS, Work},
};
use corpus_dedup::{COMMON, NEIGHBOURS, RARE};
use corpus_format::ClusterRow;
use datafusion::{
    arrow::array::RecordBatch,
    common::{
        Result as Found,
        cast::{as_binary_array, as_float64_array, as_int64_array, as_string_array},
    },
};
use std::{
    collections::{BTreeMap, HashSet},
    fs,
    sync::{Mutex, PoisonError},
};

/// Rounds after which something is wrong: each at least halves the longest way.
const MOST_ROUNDS: usize = 64;

/// A document of a cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its id in the package.
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
    pub relation: String,
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
                relation: member.relation.clone(),
                similarity: member.similarity,
            };
            cluster.iter().map(row).collect::<Vec<_>>()
        };
        self.clusters.iter().zip(1..).flat_map(of_cluster).collect()
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

/// Finds copies among the texts whose keys the tasks have written.
///
/// # Errors
/// When a query fails or a table cannot be written.
pub async fn find(engine: &Engine, work: &Work, options: Deduplicate) -> Result<Clusters, Error> {
    for table in KEYS {
        engine.parquet(table, &work.keys(table, None)).await?;
    }
    let rounds = Rounds { engine, work, options, empty: Mutex::default() };
    fs::create_dir_all(work.round("a").parent().unwrap_or(work.folder()))
        .map_err(|cause| Error::io("make", work.folder(), cause))?;
    rounds
        .keep(
            "near_pairs",
            &format!(
                "SELECT DISTINCT pair['a'] AS a, pair['b'] AS b FROM (
                   SELECT unnest(corpus_pairs(array_agg(text), {NEIGHBOURS})) AS pair
                   FROM (SELECT DISTINCT key, text FROM bands) GROUP BY key HAVING count(*) > 1)"
            ),
        )
        .await?;
    rounds.compare("near").await?;
    rounds.join("near_roots", "SELECT a, b FROM near").await?;
    let join = rounds.beside("near_roots", "fingerprints.text = near_roots.node");
    let root = rounds.first(&[("near_roots", "label")], "fingerprints.text");
    rounds
        .keep(
            "common",
            &format!(
                "SELECT pair['a'] AS a, pair['b'] AS b, count(*) AS common FROM (
                   SELECT unnest(corpus_pairs(array_agg(text), {RARE})) AS pair FROM (
                     SELECT DISTINCT fingerprints.key, {root} AS text
                     FROM fingerprints {join})
                   GROUP BY key HAVING count(*) BETWEEN 2 AND {RARE})
                 GROUP BY pair['a'], pair['b']"
            ),
        )
        .await?;
    // Few pairs have enough in common, and only of those the words are read.
    rounds.of_texts("common_texts", "common", "fingerprints").await?;
    rounds
        .keep(
            "related_pairs",
            &format!(
                "SELECT p.a AS a, p.b AS b FROM common AS p
                 JOIN common_texts AS x ON p.a = x.text JOIN common_texts AS y ON p.b = y.text
                 WHERE p.common * {COMMON} >= least(x.fingerprints, y.fingerprints)"
            ),
        )
        .await?;
    rounds.compare("related").await?;
    rounds.join("roots", "SELECT a, b FROM near UNION ALL SELECT a, b FROM related").await?;
    rounds.members().await?;
    rounds.clusters().await
}

/// The tables of the wide stage, each kept when it is whole.
struct Rounds<'a> {
    engine: &'a Engine,
    work: &'a Work,
    options: Deduplicate,
    /// The tables that have no rows.
    empty: Mutex<HashSet<String>>,
}

/// The order of the members of a cluster.
const ORDER: &str = "words DESC, date ASC NULLS LAST, id ASC, text ASC, place ASC";

impl Rounds<'_> {
    async fn keep(&self, name: &str, sql: &str) -> Result<u64, Error> {
        let n_rows = self.engine.keep(name, sql, &self.work.round(name)).await?;
        if n_rows == 0 {
            self.empty.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
        }
        Ok(n_rows)
    }

    /// What joins `table` where it has rows. A table without rows is not joined at all: on a cluster such a join never
    /// ends.
    fn beside(&self, table: &str, on: &str) -> String {
        if self.is_empty(table) { String::new() } else { format!("LEFT JOIN {table} ON {on}") }
    }

    fn is_empty(&self, table: &str) -> bool {
        self.empty.lock().unwrap_or_else(PoisonError::into_inner).contains(table)
    }

    /// The first that is known of these columns of tables that [`Rounds::beside`] joined, else `otherwise`.
    fn first(&self, columns: &[(&str, &str)], otherwise: &str) -> String {
        let known = columns.iter().filter(|(table, _)| !self.is_empty(table));
        let known: String = known.map(|(table, column)| format!("{table}.{column}, ")).collect();
        format!("coalesce({known}{otherwise})")
    }

    /// The table `name` of the texts of the table `pairs`, each once, with one of their columns.
    async fn of_texts(&self, name: &str, pairs: &str, column: &str) -> Result<u64, Error> {
        let sql = format!(
            "SELECT texts.text AS text, first_value(texts.{column}) AS {column}
             FROM texts JOIN (SELECT DISTINCT text FROM (
               SELECT a AS text FROM {pairs} UNION ALL SELECT b AS text FROM {pairs})) AS wanted
             ON texts.text = wanted.text
             GROUP BY texts.text"
        );
        self.keep(name, &sql).await
    }

    fn likeness(&self) -> String {
        let Deduplicate { near, part, reworded, .. } = self.options;
        format!("corpus_likeness(x.tokens, y.tokens, {near:?}, {part:?}, {reworded:?})")
    }

    /// Compares the pairs in the table `NAME_pairs`; the copies are the table `NAME`.
    async fn compare(&self, name: &str) -> Result<(), Error> {
        self.of_texts(&format!("{name}_texts"), &format!("{name}_pairs"), "tokens").await?;
        let likeness = self.likeness();
        let compared = format!(
            "SELECT p.a AS a, p.b AS b, {likeness} AS likeness FROM {name}_pairs AS p
             JOIN {name}_texts AS x ON p.a = x.text JOIN {name}_texts AS y ON p.b = y.text"
        );
        self.keep(&format!("{name}_compared"), &compared).await?;
        let copies = format!(
            "SELECT a, b, likeness['nearness'] AS nearness, likeness['relation'] AS relation,
                    likeness['similarity'] AS similarity
             FROM {name}_compared WHERE likeness['relation'] IS NOT NULL"
        );
        self.keep(name, &copies).await?;
        Ok(())
    }

    /// Which texts hang together by the edges of `sql`: the table `name` has a label for each, the first of its texts.
    async fn join(&self, name: &str, sql: &str) -> Result<(), Error> {
        let edges = format!("{name}_edges");
        self.keep(
            &edges,
            &format!("SELECT a AS node, b AS other FROM ({sql}) UNION SELECT b, a FROM ({sql})"),
        )
        .await?;
        self.keep(name, &format!("SELECT node, min(label) AS label FROM (
                   SELECT node, other AS label FROM {edges} UNION ALL SELECT node, node AS label FROM {edges}) GROUP BY node"))
            .await?;
        for _ in 0..MOST_ROUNDS {
            let next = format!("{name}_next");
            self.keep(
                &next,
                &format!(
                    "SELECT node, min(label) AS label FROM (
                       SELECT node, label FROM {name}
                       UNION ALL SELECT e.node, l.label FROM {edges} AS e JOIN {name} AS l ON e.other = l.node
                       UNION ALL SELECT n.node, l.label FROM {name} AS n JOIN {name} AS l ON n.label = l.node)
                     GROUP BY node"
                ),
            )
            .await?;
            let changed = format!(
                "SELECT count(*) AS n FROM {name} JOIN {next} ON {name}.node = {next}.node
                 WHERE {name}.label <> {next}.label"
            );
            let mut n_changed = 0;
            self.engine
                .each(&changed, |batch| {
                    n_changed += read(int(&batch, 0).map(|column| column.iter().flatten().sum::<i64>()))?;
                    Ok(())
                })
                .await?;
            let (from, to) = (self.work.round(&next), self.work.round(name));
            fs::rename(&from, &to).map_err(|cause| Error::io("write", &to, cause))?;
            self.engine.parquet(name, &to).await?;
            if n_changed == 0 {
                return Ok(());
            }
        }
        Err(Error::Cluster {
            what: format!("find what hangs together in {name}"),
            cause: format!("labels still change after {MOST_ROUNDS} rounds"),
        })
    }

    /// The documents of clusters, with what decides among them.
    async fn members(&self) -> Result<(), Error> {
        let join = self.beside("roots", "labels.text = roots.node");
        let root = self.first(&[("roots", "label")], "labels.text");
        self.keep(
            "labelled",
            &format!("SELECT labels.*, {root} AS cluster FROM labels {join} WHERE labels.words > 0"),
        )
        .await?;
        self.keep(
            "members",
            &format!(
                "SELECT labelled.*, s.survivor, s.survivor_id, s.survivor_place, s.n_texts FROM labelled JOIN (
                   SELECT cluster, first_value(text ORDER BY {ORDER}) AS survivor,
                          first_value(id ORDER BY {ORDER}) AS survivor_id,
                          first_value(place ORDER BY {ORDER}) AS survivor_place,
                          count(DISTINCT text) AS n_texts
                   FROM labelled GROUP BY cluster HAVING count(*) > 1) AS s
                 ON labelled.cluster = s.cluster"
            ),
        )
        .await?;
        // Each text's closest copy, whatever it is.
        self.keep(
            "closest",
            "SELECT text, first_value(relation ORDER BY nearness ASC, similarity DESC) AS relation,
                    first_value(similarity ORDER BY nearness ASC, similarity DESC) AS similarity
             FROM (SELECT a AS text, nearness, relation, similarity FROM near
                   UNION ALL SELECT b, nearness, relation, similarity FROM near
                   UNION ALL SELECT a, nearness, relation, similarity FROM related
                   UNION ALL SELECT b, nearness, relation, similarity FROM related)
             GROUP BY text",
        )
        .await?;
        self.keep(
            "survivor_pairs",
            "SELECT DISTINCT survivor AS a, text AS b FROM members WHERE n_texts > 2 AND text <> survivor",
        )
        .await?;
        self.compare("survivor").await
    }

    /// The clusters, each member with its relation to the survivor.
    async fn clusters(&self) -> Result<Clusters, Error> {
        let of_survivor =
            self.beside("survivor", "members.survivor = survivor.a AND members.text = survivor.b");
        let of_closest = self.beside("closest", "members.text = closest.text");
        let relation = self.first(&[("survivor", "relation"), ("closest", "relation")], "'exact'");
        let similarity = self.first(&[("survivor", "similarity"), ("closest", "similarity")], "1.0");
        let order = ORDER.split(", ").map(|term| format!("members.{term}")).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "SELECT members.survivor_id, members.survivor_place, members.cluster, members.document, members.id,
                    members.part, members.row, members.text,
                    CASE WHEN members.text = members.survivor THEN 'exact'
                         ELSE {relation} END AS relation,
                    CASE WHEN members.text = members.survivor THEN 1.0
                         ELSE {similarity} END AS similarity
             FROM members {of_survivor} {of_closest}
             ORDER BY members.survivor_id, members.survivor_place, members.cluster, {order}"
        );
        let mut clusters = Clusters::default();
        let mut last: Option<Vec<u8>> = None;
        self.engine.each(&sql, |batch| read(add(&batch, &mut clusters, &mut last))).await?;
        clusters.clusters.iter_mut().for_each(|cluster| tell_survivor(cluster));
        Ok(clusters)
    }
}

/// Adds the rows of a batch; `last` is the label of the cluster that was last.
fn add(batch: &RecordBatch, clusters: &mut Clusters, last: &mut Option<Vec<u8>>) -> Found<()> {
    let binary = |column: usize| as_binary_array(batch.column(column));
    let string = |column: usize| as_string_array(batch.column(column));
    let (labels, documents, ids) = (binary(2)?, string(3)?, string(4)?);
    let (parts, rows, texts) = (int(batch, 5)?, int(batch, 6)?, binary(7)?);
    let (relations, similarities) = (string(8)?, as_float64_array(batch.column(9))?);
    for row in 0..batch.num_rows() {
        let member = Member {
            document: documents.value(row).to_owned(),
            id: ids.value(row).to_owned(),
            part: parts.value(row).try_into().unwrap_or_default(),
            row: rows.value(row).try_into().unwrap_or_default(),
            words: words_of_key(texts.value(row)),
            relation: relations.value(row).to_owned(),
            similarity: similarities.value(row),
        };
        if last.as_deref() == Some(labels.value(row)) {
            if let Some(cluster) = clusters.clusters.last_mut() {
                cluster.push(member);
            }
        } else {
            *last = Some(labels.value(row).to_owned());
            clusters.clusters.push(vec![member]);
        }
    }
    Ok(())
}

/// The survivor is told by its closest copy, not by itself.
fn tell_survivor(cluster: &mut [Member]) {
    let rank =
        |relation: &str| ["exact", "near", "contains", "reworded"].iter().position(|name| *name == relation);
    let closest = cluster[1..]
        .iter()
        .min_by(|a, b| rank(&a.relation).cmp(&rank(&b.relation)).then(b.similarity.total_cmp(&a.similarity)));
    if let Some((relation, similarity)) = closest.map(|member| (member.relation.clone(), member.similarity)) {
        cluster[0].relation = relation;
        cluster[0].similarity = similarity;
    }
}

fn int(batch: &RecordBatch, column: usize) -> Found<&datafusion::arrow::array::Int64Array> {
    as_int64_array(batch.column(column))
}

fn read<T>(found: Found<T>) -> Result<T, Error> {
    found.map_err(|cause| Error::engine("read the rows of a query", cause))
}
