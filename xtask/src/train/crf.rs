//! Training of a linear-chain model (a conditional random field) by gradient steps, one page at a time.
//!
//! What a page's gold leaves open is summed over: a line may carry any of a set of labels.

use corpus_core::sequence::{Feature, N_BUCKETS, Weights};

/// The lines of one page with what gold says of them.
#[derive(Debug)]
pub(crate) struct Example {
    /// The features of each line.
    pub(crate) lines: Vec<Vec<Feature>>,
    /// The labels that each line may have, one bit each.
    pub(crate) allowed: Vec<u32>,
    /// How much the page counts.
    pub(crate) weight: f32,
}

/// How a model is trained.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// Models that are taught, each by the pages in another order; the weights are their mean.
    pub(crate) runs: usize,
    /// Times that each model sees each page.
    pub(crate) epochs: usize,
    /// The length of the first steps.
    pub(crate) rate: f32,
    /// How strongly weights are drawn to zero.
    pub(crate) decay: f32,
}

/// Weight 1 in the units of the weights that ship.
const UNIT: f32 = 24.0;

type Table<const N: usize> = Vec<[f32; N]>;

/// A model in training.
struct Model<const N: usize> {
    plan: Plan,
    /// A row for each bucket, then one for each label to come from.
    weights: Table<N>,
    /// Sums of squares of the gradients so far (AdaGrad).
    squares: Table<N>,
    gradient: Table<N>,
    touched: Vec<u32>,
    is_touched: Vec<bool>,
}

/// The weights that `examples` teach.
pub(crate) fn train<const N: usize>(plan: Plan, examples: &[&Example]) -> Option<Weights<N>> {
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let mut mean: Table<N> = vec![[0.0; N]; N_BUCKETS + N];
    let mut n_mean = 0.0;
    for _ in 0..plan.runs {
        let mut model: Model<N> = Model::new(plan);
        let mut order: Vec<usize> = (0..examples.len()).collect();
        for epoch in 0..plan.epochs {
            for at in (1..order.len()).rev() {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                order.swap(at, (random % (at as u64 + 1)) as usize);
            }
            for &at in &order {
                model.learn(examples[at]);
            }
            if epoch * 2 >= plan.epochs {
                n_mean += 1.0;
                for (mean, row) in mean.iter_mut().zip(&model.weights) {
                    for (mean, weight) in mean.iter_mut().zip(row) {
                        *mean += (weight - *mean) / n_mean;
                    }
                }
            }
        }
    }
    let quantised = |weight: &f32| (weight * UNIT).round().clamp(-127.0, 127.0) as i8 as u8;
    Weights::read(mean.iter().flatten().map(quantised).collect())
}

impl<const N: usize> Model<N> {
    fn new(plan: Plan) -> Self {
        let n_rows = N_BUCKETS + N;
        Model {
            plan,
            weights: vec![[0.0; N]; n_rows],
            squares: vec![[1e-3; N]; n_rows],
            gradient: vec![[0.0; N]; n_rows],
            touched: Vec::new(),
            is_touched: vec![false; n_rows],
        }
    }

    fn learn(&mut self, example: &Example) {
        let n_lines = example.lines.len();
        if n_lines == 0 {
            return;
        }
        let mut emissions = vec![[0.0_f32; N]; n_lines];
        for (row, line) in emissions.iter_mut().zip(&example.lines) {
            for feature in line {
                for (sum, weight) in row.iter_mut().zip(&self.weights[feature.0 as usize]) {
                    *sum += weight;
                }
            }
            let most = row.iter().copied().fold(f32::MIN, f32::max);
            for value in row.iter_mut() {
                *value = (*value - most).exp() + 1e-12;
            }
        }
        let mut steps = [[0.0_f32; N]; N];
        for (origin, row) in steps.iter_mut().enumerate() {
            for (to, step) in row.iter_mut().enumerate() {
                *step = self.weights[N_BUCKETS + origin][to].exp();
            }
        }
        let all = vec![u32::MAX; n_lines];
        let mut pairs = [[0.0_f32; N]; N];
        let expected = marginals(&emissions, &steps, &all, -1.0, &mut pairs);
        let given = marginals(&emissions, &steps, &example.allowed, 1.0, &mut pairs);
        for (at, line) in example.lines.iter().enumerate() {
            let mut difference = [0.0; N];
            let mut most = 0.0_f32;
            for label in 0..N {
                difference[label] = example.weight * (given[at][label] - expected[at][label]);
                most = most.max(difference[label].abs());
            }
            if most < 1e-4 {
                continue;
            }
            for feature in line {
                self.touch(feature.0);
                let row = &mut self.gradient[feature.0 as usize];
                for (sum, difference) in row.iter_mut().zip(&difference) {
                    *sum += difference;
                }
            }
        }
        for (origin, row) in pairs.iter().enumerate() {
            self.touch((N_BUCKETS + origin) as u32);
            for (sum, pair) in self.gradient[N_BUCKETS + origin].iter_mut().zip(row) {
                *sum += example.weight * pair;
            }
        }
        self.apply();
    }

    fn touch(&mut self, row: u32) {
        if !self.is_touched[row as usize] {
            self.is_touched[row as usize] = true;
            self.touched.push(row);
        }
    }

    /// Takes the step that the gradient says.
    fn apply(&mut self) {
        let Plan { rate, decay, .. } = self.plan;
        for &row in &self.touched {
            let row = row as usize;
            self.is_touched[row] = false;
            let (weights, squares) = (&mut self.weights[row], &mut self.squares[row]);
            for ((weight, square), slope) in weights.iter_mut().zip(squares).zip(&mut self.gradient[row]) {
                let full = *slope - decay * *weight;
                *square += full * full;
                *weight += rate * full / square.sqrt();
                *slope = 0.0;
            }
        }
        self.touched.clear();
    }
}

/// How probable each label of each line is, given that each line has an allowed one. Adds what pairs of labels in a row
/// are expected, times `sign`, to `pairs`.
fn marginals<const N: usize>(
    emissions: &[[f32; N]],
    steps: &[[f32; N]; N],
    allowed: &[u32],
    sign: f32,
    pairs: &mut [[f32; N]; N],
) -> Vec<[f32; N]> {
    let n_lines = emissions.len();
    let masked = |at: usize| {
        let mut row = emissions[at];
        for (label, value) in row.iter_mut().enumerate() {
            if allowed[at] >> label & 1 == 0 {
                *value = 0.0;
            }
        }
        row
    };
    let normalise = |row: &mut [f32; N]| {
        let sum: f32 = row.iter().sum::<f32>().max(1e-30);
        row.iter_mut().for_each(|value| *value /= sum);
    };
    let mut forward = Vec::with_capacity(n_lines);
    for at in 0..n_lines {
        let mut row = masked(at);
        if at > 0 {
            let before: &[f32; N] = &forward[at - 1];
            let mut reached = [0.0; N];
            for origin in 0..N {
                for to in 0..N {
                    reached[to] += before[origin] * steps[origin][to];
                }
            }
            row.iter_mut().zip(&reached).for_each(|(value, reached)| *value *= reached);
        }
        normalise(&mut row);
        forward.push(row);
    }
    let mut behind = [1.0_f32; N];
    let mut result = vec![[0.0; N]; n_lines];
    for at in (0..n_lines).rev() {
        let mut row = forward[at];
        row.iter_mut().zip(&behind).for_each(|(value, behind)| *value *= behind);
        normalise(&mut row);
        result[at] = row;
        if at == 0 {
            break;
        }
        let mut here = masked(at);
        here.iter_mut().zip(&behind).for_each(|(value, behind)| *value *= behind);
        let mut before = [0.0; N];
        let mut sum = 0.0;
        for origin in 0..N {
            let mut total = 0.0;
            for to in 0..N {
                total += steps[origin][to] * here[to];
            }
            before[origin] = total;
            sum += forward[at - 1][origin] * total;
        }
        let factor = sign / sum.max(1e-30);
        for origin in 0..N {
            let start = forward[at - 1][origin] * factor;
            if start != 0.0 {
                for to in 0..N {
                    pairs[origin][to] += start * steps[origin][to] * here[to];
                }
            }
        }
        normalise(&mut before);
        behind = before;
    }
    result
}
