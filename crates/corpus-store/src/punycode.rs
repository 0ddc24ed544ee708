//! Names of hosts in letters beyond ASCII, as registries write them. Source: RFC 3492.

const BASE: u32 = 36;

/// A label of a host's name in ASCII: `xn--` and Punycode where it has other letters.
pub(crate) fn label(label: &str) -> String {
    match label.is_ascii() {
        true => label.to_owned(),
        false => encoded(label).map_or_else(|| label.to_owned(), |code| format!("xn--{code}")),
    }
}

/// The label in Punycode; `None` of one too long for any name.
fn encoded(label: &str) -> Option<String> {
    let letters: Vec<u32> = label.chars().map(u32::from).collect();
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let n_basic = u32::try_from(out.len()).ok()?;
    if letters.len() > 63 {
        return None;
    }
    if n_basic > 0 {
        out.push('-');
    }
    let (mut code, mut delta, mut bias, mut done) = (128_u32, 0_u32, 72_u32, n_basic);
    while (done as usize) < letters.len() {
        let next = letters.iter().copied().filter(|&letter| letter >= code).min()?;
        delta = delta.checked_add((next - code).checked_mul(done + 1)?)?;
        code = next;
        for &letter in &letters {
            if letter < code {
                delta += 1;
            } else if letter == code {
                write(&mut out, delta, bias);
                bias = adapted(delta, done + 1, done == n_basic);
                delta = 0;
                done += 1;
            }
        }
        delta += 1;
        code += 1;
    }
    Some(out)
}

/// Writes a number in digits whose weights follow `bias`.
fn write(out: &mut String, mut number: u32, bias: u32) {
    let digit = |value: u32| char::from_digit(value, BASE).unwrap_or_default();
    // Digits of Punycode are a–z and then 0–9.
    let shown = |value: u32| if value < 26 { digit(value + 10) } else { digit(value - 26) };
    let mut k = BASE;
    loop {
        let threshold = k.saturating_sub(bias).clamp(1, 26);
        if number < threshold {
            return out.push(shown(number));
        }
        let rest = BASE - threshold;
        out.push(shown(threshold + (number - threshold) % rest));
        number = (number - threshold) / rest;
        k += BASE;
    }
}

fn adapted(delta: u32, n_done: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / n_done;
    let mut k = 0;
    while delta > 455 {
        delta /= BASE - 1;
        k += BASE;
    }
    k + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn labels_are_written_as_registries_do() {
        // Examples of RFC 3492, section 7.1, and names that are registered.
        for (name, code) in [
            ("harbour", "harbour"),
            ("münchen", "xn--mnchen-3ya"),
            ("bücher", "xn--bcher-kva"),
            ("ليهمابتكلموشعربي؟", "xn--egbpdaj6bu4bxfgehfvwxn"),
            ("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"),
            ("почемужеонинеговорятпорусски", "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l"),
            ("3年b組金八先生", "xn--3b-ww4c5e180e575a65lsy2b"),
        ] {
            assert_eq!(label(name), code, "{name}");
        }
    }
}
