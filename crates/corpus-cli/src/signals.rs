//! Signals that end the command: what it has under way goes with it.

/// From now on a signal that ends this process takes along what files are under way; a process that is killed (SIGKILL)
/// leaves them to be swept by the next that writes the same. A signal that is ignored stays so, as `nohup` has it.
#[cfg(unix)]
pub(crate) fn watch() {
    use std::sync::Once;
    static WATCHED: Once = Once::new();
    WATCHED.call_once(unix::watch);
}

#[cfg(not(unix))]
pub(crate) fn watch() {}

#[cfg(unix)]
mod unix {
    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGTERM},
        iterator::Signals,
        low_level::emulate_default_handler,
    };
    use std::{fs, sync::mpsc, thread};

    pub(super) fn watch() {
        let (ready, is_ready) = mpsc::channel::<()>();
        let heed = move || {
            let ignored = ignored();
            let heeded =
                [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0);
            let Ok(mut signals) = Signals::new(heeded) else { return };
            drop(ready);
            for signal in signals.forever() {
                corpus_export::unfinished::abandon();
                let _ = emulate_default_handler(signal);
            }
        };
        // Without the thread signals end the process as ever.
        if thread::Builder::new().name("signals".to_owned()).spawn(heed).is_ok() {
            let _ = is_ready.recv();
        }
    }

    /// The signals that this process was told to ignore, a bit each; where nobody says so, all but SIGTERM may be.
    fn ignored() -> u64 {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        mask.unwrap_or(1 << (SIGHUP - 1) | 1 << (SIGINT - 1))
    }
}
