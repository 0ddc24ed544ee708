//! Counts of requests, as Prometheus reads them.

use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// Upper bounds of the classes of durations, in seconds.
const BOUNDS: [f64; 10] = [0.001, 0.003, 0.01, 0.025, 0.06, 0.1, 0.3, 1.0, 3.0, 10.0];

/// Requests answered so far, by route and status, and how long they took, by route.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    routes: Mutex<BTreeMap<String, Route>>,
}

#[derive(Debug, Default)]
struct Route {
    statuses: BTreeMap<u16, u64>,
    /// Requests by class of duration, the last class without a bound.
    classes: [u64; BOUNDS.len() + 1],
    seconds: f64,
}

impl Metrics {
    /// Counts a request. `route` is a pattern of ours, never a path as it was sent: those are without number.
    pub(crate) fn count(&self, route: &str, status: u16, took: Duration) {
        let seconds = took.as_secs_f64();
        let class = BOUNDS.iter().position(|bound| seconds <= *bound).unwrap_or(BOUNDS.len());
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = match routes.get_mut(route) {
            Some(counted) => counted,
            None => routes.entry(route.to_owned()).or_default(),
        };
        *counted.statuses.entry(status).or_default() += 1;
        counted.classes[class] += 1;
        counted.seconds += seconds;
    }

    /// The counts in the text format of Prometheus.
    pub(crate) fn show(&self) -> String {
        let routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text =
            "# HELP corpus_requests_total Requests answered.\n# TYPE corpus_requests_total counter\n"
                .to_owned();
        for (name, route) in routes.iter() {
            for (status, count) in &route.statuses {
                let _ =
                    writeln!(text, "corpus_requests_total{{route=\"{name}\",status=\"{status}\"}} {count}");
            }
        }
        text.push_str("# HELP corpus_request_seconds Time to the answer's first byte.\n");
        text.push_str("# TYPE corpus_request_seconds histogram\n");
        for (name, route) in routes.iter() {
            let mut sum = 0;
            for (bound, count) in
                BOUNDS.iter().map(f64::to_string).chain(["+Inf".to_owned()]).zip(route.classes)
            {
                sum += count;
                let _ =
                    writeln!(text, "corpus_request_seconds_bucket{{route=\"{name}\",le=\"{bound}\"}} {sum}");
            }
            let _ = writeln!(text, "corpus_request_seconds_sum{{route=\"{name}\"}} {}", route.seconds);
            let _ = writeln!(text, "corpus_request_seconds_count{{route=\"{name}\"}} {sum}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_holds_what_the_smaller_ones_hold() {
        let metrics = Metrics::default();
        metrics.count("/v1/scan", 200, Duration::from_millis(2));
        metrics.count("/v1/scan", 404, Duration::from_secs(60));
        let text = metrics.show();
        for line in [
            "corpus_requests_total{route=\"/v1/scan\",status=\"404\"} 1",
            "corpus_request_seconds_bucket{route=\"/v1/scan\",le=\"0.001\"} 0",
            "corpus_request_seconds_bucket{route=\"/v1/scan\",le=\"10\"} 1",
            "corpus_request_seconds_bucket{route=\"/v1/scan\",le=\"+Inf\"} 2",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
    }
}
