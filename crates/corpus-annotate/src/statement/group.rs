//! A verb with the small words before it: "has not been told", "to say".

use super::{
    clause::Reading,
    word::{Form, Tags},
};

/// The helpers and adverbs right before a verb, by what they make of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Group {
    /// The token that the group begins with.
    pub(super) start: usize,
    /// "is said"
    pub(super) be: bool,
    /// "has said"
    pub(super) have: bool,
    /// "will say"
    pub(super) helped: bool,
    /// "not say"
    pub(super) not: bool,
    /// "to say"
    pub(super) to: bool,
}

impl Group {
    /// Whether a verb of `form` in this group is finite.
    pub(super) fn is_finite(&self, form: Form) -> bool {
        matches!(form, Form::Past | Form::Third) || self.helped || self.be
    }
}

impl Reading<'_, '_> {
    /// The group of the verb at `at`, no further back than `lo`.
    pub(super) fn group(&self, at: usize, lo: usize) -> Group {
        let mut group = Group { start: at, ..Group::default() };
        while group.start > lo {
            let k = group.start - 1;
            if self.is(k, Tags::QUOTED | Tags::BRACKETED) {
                break;
            }
            let helper = self.is(k, Tags::ANY_AUX) && !self.is_capital(k);
            let adverb = self.is(k, Tags::ADVERB | Tags::NOT)
                && !self.is(k, Tags::DET)
                && !self.is(k, Tags::SUBJECT | Tags::PREP);
            let infinitive = self.is_word(k, "to") && group.start == at;
            if !helper && !adverb && !infinitive {
                break;
            }
            group.be |= self.is(k, Tags::BE);
            group.have |= self.is(k, Tags::HAVE);
            group.helped |= self.is(k, Tags::AUX);
            group.not |= self.is(k, Tags::NOT);
            group.to |= infinitive;
            group.start = k;
        }
        group
    }
}
