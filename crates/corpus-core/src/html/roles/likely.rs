//! Features that know what the first trees say of a line, of its neighbours and of what holds it.

use super::{
    features::{Features, Group, STARTS, signed},
    section::ends,
};
use crate::trees::{Table, scale};
use std::collections::HashMap;

/// Likelihood from which on a line counts as text of the article, in hundredths.
const LIKELY: u8 = 50;

/// A score as a likelihood, in hundredths.
pub(super) fn likelihood(score: i32) -> u8 {
    /// Scores from which on the likelihood is at least half, 51 hundredths and so on.
    const STEPS: [i32; 50] = {
        // ln(p / (1 - p)) * UNIT for p = .505, .515 … .995
        [
            5, 15, 26, 36, 46, 57, 67, 77, 88, 98, 109, 120, 131, 142, 153, 164, 176, 187, 199, 211, 223,
            235, 248, 261, 274, 288, 302, 317, 332, 347, 363, 380, 397, 415, 434, 454, 476, 498, 522, 549,
            577, 608, 643, 683, 728, 782, 849, 938, 1071, 1355,
        ]
    };
    let above = STEPS.partition_point(|&step| step <= score.abs()) as u8;
    if score < 0 { 50 - above } else { 50 + above }
}

impl Features<'_> {
    /// Adds the features that know what the first trees say of all lines.
    pub(super) fn add_likely(&self, scores: &[i32], table: &mut Table) {
        let likely: Vec<u8> = scores.iter().map(|&score| likelihood(score)).collect();
        let n_lines = likely.len();
        let page = self.labeller.page;
        // Sums of text, and of text times its likelihood, per container.
        let mut sums = vec![(0_u64, 0_u64); page.containers.len()];
        let weight = |at: usize| u64::from(self.traits[at].free.min(2000)) + 3;
        let mut total = (0, 0);
        let mut before = Vec::with_capacity(n_lines + 1);
        before.push(total);
        for (at, &value) in likely.iter().enumerate() {
            let weight = weight(at);
            let sum = &mut sums[self.traits[at].container as usize];
            sum.0 += weight;
            sum.1 += weight * u64::from(value);
            total = (total.0 + weight, total.1 + weight * u64::from(value));
            before.push(total);
        }
        let own = sums.clone();
        for at in (1..sums.len()).rev() {
            if let Some(parent) = page.containers[at].parent {
                let inner = sums[at];
                let outer = &mut sums[parent as usize];
                *outer = (outer.0 + inner.0, outer.1 + inner.1);
            }
        }
        // What containers made alike hold, and what lies in them directly.
        let groups = self.of_groups(&sums);
        let own_groups = self.of_groups(&own);
        let group = |groups: &HashMap<u32, (u64, u64)>, container: usize| {
            groups.get(&self.held[container].group).copied().unwrap_or_default()
        };
        let outer = |at: usize| page.containers[at].parent.map_or(at, |parent| parent as usize);
        let ends = ends(self.traits.iter().map(|traits| traits.level));
        let mean = |sum: (u64, u64)| sum.1.checked_div(sum.0).unwrap_or(0) as u8;
        let between = |from: usize, to: usize| {
            let (from, to) = (before[from.min(n_lines)], before[to.min(n_lines)]);
            mean((to.0 - from.0, to.1 - from.1))
        };
        let is_likely = |at: &usize| likely[*at] > LIKELY && self.traits[*at].free > 20;
        let first = (0..n_lines).find(is_likely).unwrap_or(0);
        let last = (0..n_lines).rev().find(is_likely).unwrap_or(0);
        let n_likely = (0..n_lines).filter(is_likely).count() as u32;
        let most = sums.iter().map(|&sum| mean(sum)).max().unwrap_or(0);
        let main = self.labeller.region.main as usize;
        let mut next_heading = n_lines;
        let mut run = 255;
        let mut lines_since = |at| {
            run = if is_likely(&at) { 0 } else { run + 1 };
            run
        };
        let since_likely: Vec<u32> = (0..n_lines).map(&mut lines_since).collect();
        let mut run = 255;
        for at in (0..n_lines).rev() {
            run = if is_likely(&at) { 0 } else { run + 1 };
            let mut put = |group: Group, offset: usize, value: u8| {
                table.set(at, STARTS[group as usize] + offset, value);
            };
            put(Group::Likely, 0, likely[at]);
            for (number, offset) in [-3_isize, -2, -1, 1, 2, 3].into_iter().enumerate() {
                let other = at.checked_add_signed(offset).and_then(|at| likely.get(at));
                put(Group::LikelyNear, number, other.copied().unwrap_or(0));
            }
            put(Group::LikelyNear, 6, between(at.saturating_sub(6), at));
            put(Group::LikelyNear, 7, between(at + 1, at + 7));
            put(Group::LikelyNear, 8, between(at.saturating_sub(20), at));
            put(Group::LikelyNear, 9, between(at + 1, at + 21));
            put(Group::LikelyNear, 10, scale(since_likely[at]));
            put(Group::LikelyNear, 11, scale(run));
            let container = self.traits[at].container as usize;
            let mut holder = container;
            for level in 0..4 {
                put(Group::LikelyHeld, level, mean(sums[holder]));
                holder = outer(holder);
            }
            let item = self.held[container].repeated.map(|item| item as usize);
            put(Group::LikelyHeld, 4, mean(item.map_or((0, 0), |item| sums[item])));
            put(Group::LikelyHeld, 5, mean(item.map_or((0, 0), |item| group(&groups, item))));
            let over = self.over[at];
            let of = |heading: Option<u32>| heading.map_or(0, |heading| likely[heading as usize]);
            put(Group::LikelyHeld, 6, of(over.heading));
            let below = |heading: Option<u32>| {
                heading.map_or(255, |heading| between(heading as usize + 1, ends[heading as usize]))
            };
            for (offset, value) in [of(over.outer), of(over.highest), below(over.heading), below(over.outer)]
                .into_iter()
                .enumerate()
            {
                put(Group::LikelySection, offset, value);
            }
            let alike = group(&own_groups, container);
            let others = (alike.0 - own[container].0, alike.1 - own[container].1);
            put(Group::LikelyAlike, 0, mean(alike));
            put(Group::LikelyAlike, 1, if others.0 == 0 { 255 } else { mean(others) });
            put(Group::LikelyAlike, 2, mean(group(&groups, outer(container))));
            put(Group::LikelyAlike, 3, mean(group(&groups, outer(outer(container)))));
            put(Group::LikelyHeld, 7, between(at + 1, next_heading.max(at + 1)));
            if self.traits[at].level > 0 {
                next_heading = at;
            }
            put(Group::LikelyPage, 0, mean(total));
            put(Group::LikelyPage, 1, mean(sums[main]));
            put(Group::LikelyPage, 2, signed(at, first));
            put(Group::LikelyPage, 3, signed(at, last));
            put(Group::LikelyPage, 4, scale(n_likely));
            put(Group::LikelyPage, 5, scale((total.1 / 100) as u32));
            put(Group::LikelyPage, 6, most);
            put(Group::LikelyPage, 7, between(0, at));
        }
    }

    /// The sums of containers that are made alike, by the first of them.
    fn of_groups(&self, sums: &[(u64, u64)]) -> HashMap<u32, (u64, u64)> {
        let mut groups: HashMap<u32, (u64, u64)> = HashMap::new();
        for (held, sum) in self.held.iter().zip(sums) {
            let group = groups.entry(held.group).or_default();
            *group = (group.0 + sum.0, group.1 + sum.1);
        }
        groups
    }
}
