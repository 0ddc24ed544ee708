//! Which texts meet, and how two of them are alike.

use crate::keys::{from_bytes, text_key, to_bytes};
use corpus_dedup::{Sketch, Thresholds};
use datafusion::{
    arrow::{
        array::{
            Array, ArrayBuilder, ArrayRef, BinaryArray, BinaryBuilder, Float64Builder, Int64Builder,
            ListArray, ListBuilder, StringBuilder, StructArray, UInt64Builder,
        },
        buffer::{NullBuffer, OffsetBuffer},
        datatypes::{DataType, Field, Fields},
    },
    common::{
        Result,
        cast::{as_binary_array, as_float64_array, as_int64_array, as_list_array, as_string_array},
        exec_err,
    },
};
use std::sync::Arc;

fn list(item: DataType) -> DataType {
    DataType::List(Arc::new(Field::new_list_field(item, true)))
}

fn sketch_fields() -> Fields {
    Fields::from(vec![
        Field::new("text", DataType::Binary, true),
        Field::new("words", DataType::Int64, true),
        Field::new("bands", list(DataType::UInt64), true),
        Field::new("fingerprints", list(DataType::UInt64), true),
        Field::new("tokens", DataType::Binary, true),
    ])
}

/// What [`sketch`] gives: the key of the text, its number of words, the keys under which it meets others, and its words.
pub(super) fn sketch_type() -> DataType {
    DataType::Struct(sketch_fields())
}

/// `corpus_sketch(text)`: what texts are compared by.
pub(super) fn sketch(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let texts = as_string_array(&columns[0])?;
    let (mut keys, mut tokens) = (BinaryBuilder::new(), BinaryBuilder::new());
    let mut words = Int64Builder::new();
    let mut bands = ListBuilder::new(UInt64Builder::new());
    let mut fingerprints = ListBuilder::new(UInt64Builder::new());
    for text in texts {
        let sketch = Sketch::of(text);
        keys.append_value(text_key(&sketch));
        words.append_value(i64::from(sketch.n_words()));
        tokens.append_value(to_bytes(sketch.words()));
        for (list, keys) in [(&mut bands, sketch.bands()), (&mut fingerprints, sketch.fingerprints())] {
            list.values().append_slice(keys);
            list.append(true);
        }
    }
    let nulls = texts.nulls().cloned();
    let columns: Vec<ArrayRef> = vec![
        Arc::new(keys.finish()),
        Arc::new(words.finish()),
        Arc::new(bands.finish()),
        Arc::new(fingerprints.finish()),
        Arc::new(tokens.finish()),
    ];
    Ok(Arc::new(StructArray::try_new(sketch_fields(), columns, nulls)?))
}

fn pair_fields() -> Fields {
    Fields::from(vec![Field::new("a", DataType::Binary, true), Field::new("b", DataType::Binary, true)])
}

/// A list of keys of texts.
pub(super) fn keys_type() -> DataType {
    list(DataType::Binary)
}

/// A list of pairs of keys.
pub(super) fn pairs_type() -> DataType {
    list(DataType::Struct(pair_fields()))
}

/// `corpus_pairs(keys, most)`: the pairs of keys that are to be compared, each with so many of those that follow it in
/// order, at most. The lower key of a pair goes first.
pub(super) fn pairs(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let (groups, most) = (as_list_array(&columns[0])?, as_int64_array(&columns[1])?);
    let (mut left, mut right) = (BinaryBuilder::new(), BinaryBuilder::new());
    let mut lengths = Vec::with_capacity(groups.len());
    let nulls = NullBuffer::union(groups.nulls(), most.nulls());
    for row in 0..groups.len() {
        if nulls.as_ref().is_some_and(|nulls| nulls.is_null(row)) {
            lengths.push(0);
            continue;
        }
        let group = groups.value(row);
        let mut keys: Vec<&[u8]> = as_binary_array(&group)?.iter().flatten().collect();
        keys.sort_unstable();
        keys.dedup();
        let most = usize::try_from(most.value(row)).unwrap_or_default();
        let before = left.len();
        for (place, key) in keys.iter().enumerate() {
            for other in keys[place + 1..].iter().take(most) {
                left.append_value(key);
                right.append_value(other);
            }
        }
        lengths.push(left.len() - before);
    }
    let columns: Vec<ArrayRef> = vec![Arc::new(left.finish()), Arc::new(right.finish())];
    let pairs = StructArray::try_new(pair_fields(), columns, None)?;
    let field = Arc::new(Field::new_list_field(DataType::Struct(pair_fields()), true));
    Ok(Arc::new(ListArray::try_new(field, OffsetBuffer::from_lengths(lengths), Arc::new(pairs), nulls)?))
}

fn likeness_fields() -> Fields {
    Fields::from(vec![
        Field::new("nearness", DataType::Int64, true),
        Field::new("relation", DataType::Utf8, true),
        Field::new("similarity", DataType::Float64, true),
    ])
}

/// What [`likeness`] gives: how close the relation is (1 the closest), the relation, and the similarity in its measure.
pub(super) fn likeness_type() -> DataType {
    DataType::Struct(likeness_fields())
}

/// `corpus_likeness(tokens, tokens, near, part, reworded)`: how two texts are alike; nothing where neither is a copy.
pub(super) fn likeness(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let tokens = |column: usize| -> Result<&BinaryArray> { as_binary_array(&columns[column]) };
    let number = |column: usize| as_float64_array(&columns[column]);
    let (left, right) = (tokens(0)?, tokens(1)?);
    let (near, part, reworded) = (number(2)?, number(3)?, number(4)?);
    let (mut nearness, mut relations) = (Int64Builder::new(), StringBuilder::new());
    let mut similarities = Float64Builder::new();
    let mut are_alike = Vec::with_capacity(left.len());
    for row in 0..left.len() {
        let [near, part, reworded] = [near, part, reworded].map(|column| column.value(row));
        let is_known = columns.iter().all(|column| !column.is_null(row));
        if is_known
            && let Some(share) = [near, part, reworded].iter().find(|share| !(0.0..=1.0).contains(*share))
        {
            return exec_err!("failed to compare texts: {share} is no share from 0 to 1");
        }
        let thresholds = Thresholds { near, part, reworded, ..Thresholds::default() };
        let found = is_known
            .then(|| thresholds.compare_words(&from_bytes(left.value(row)), &from_bytes(right.value(row))))
            .flatten();
        are_alike.push(found.is_some());
        nearness.append_option(found.map(|found| found.relation as i64));
        relations.append_option(found.map(|found| found.relation.as_str()));
        similarities.append_option(found.map(|found| found.similarity));
    }
    let columns: Vec<ArrayRef> =
        vec![Arc::new(nearness.finish()), Arc::new(relations.finish()), Arc::new(similarities.finish())];
    let nulls = NullBuffer::from(are_alike);
    Ok(Arc::new(StructArray::try_new(likeness_fields(), columns, Some(nulls))?))
}
