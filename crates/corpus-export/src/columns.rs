//! The fields of layers that tables show as columns of their own, beside the value as JSON.

/// Fields of a layer's values, in the order of their columns; none for a layer that is not listed.
pub(crate) fn of_layer(layer: &str) -> &'static [&'static str] {
    LAYERS.iter().find(|(name, _)| *name == layer).map_or(&[], |(_, fields)| fields)
}

const LAYERS: &[(&str, &[&str])] = &[
    ("time", &["type", "timex", "edtf", "anchor", "in_name"]),
    ("name", &["type", "entity", "metonym"]),
    ("post", &["entity"]),
    ("quotation", &["kind", "speaker"]),
    ("statement", &["speaker", "entity", "cue", "content", "direct", "polarity", "said_on", "outlets"]),
    ("citation", &["outlets"]),
    ("money", &["amount", "currency", "status"]),
    ("event", &["kind", "participants", "place", "when", "planned", "event"]),
    ("agreement", &["agreement"]),
    ("link", &["href", "rel"]),
    ("lemma", &["lemma"]),
    ("pos", &["upos", "xpos", "feats"]),
];
