//! Which of two numbers is the month, as the dates of a page show that leave no doubt.

/// The order of day and month in dates in figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// "13/04/2023".
    DayFirst,
    /// "04/13/2023".
    MonthFirst,
}

impl Order {
    /// The order that the dates of `text` agree on which fit one reading only; `None` where there is none, or where they
    /// disagree. Dates with dots say nothing: they begin with the day everywhere.
    ///
    /// ```
    /// use corpus_core::date::Order;
    /// assert_eq!(Order::of("13/04/2023 and 03/04/2023"), Some(Order::DayFirst));
    /// assert_eq!(Order::of("4-13-2023"), Some(Order::MonthFirst));
    /// assert_eq!(Order::of("03/04/2023"), None);
    /// ```
    pub fn of(text: &str) -> Option<Order> {
        let bytes = text.as_bytes();
        let mut found = None;
        for at in memchr::memchr2_iter(b'/', b'-', bytes) {
            let Some(order) = Order::stated(bytes, at) else { continue };
            if found.is_some_and(|found| found != order) {
                return None;
            }
            found = Some(order);
        }
        found
    }

    /// The order of the date whose first separator stands at `at`, where it fits one reading only.
    fn stated(bytes: &[u8], at: usize) -> Option<Order> {
        let digits =
            |bytes: &mut dyn Iterator<Item = &u8>| bytes.take_while(|byte| byte.is_ascii_digit()).count();
        let n_first = digits(&mut bytes[..at].iter().rev().take(3));
        let rest = &bytes[at + 1..];
        let n_second = digits(&mut rest.iter().take(3));
        if !(1..=2).contains(&n_first)
            || !(1..=2).contains(&n_second)
            || rest.get(n_second) != Some(&bytes[at])
        {
            return None;
        }
        let behind = &rest[n_second + 1..];
        let n_year = digits(&mut behind.iter().take(5));
        let is_year =
            n_year == 4 && matches!(behind[0], b'1' | b'2') || n_year == 2 && n_first == 2 && n_second == 2;
        let ends = behind.get(n_year).is_none_or(|next| *next != bytes[at] && !next.is_ascii_alphabetic());
        let before = at.checked_sub(n_first + 1).map(|before| bytes[before]);
        if !is_year
            || !ends
            || before.is_some_and(|byte| matches!(byte, b'/' | b'-' | b'.') || byte.is_ascii_alphabetic())
        {
            return None;
        }
        let value =
            |digits: &[u8]| digits.iter().fold(0_u32, |value, digit| value * 10 + u32::from(digit - b'0'));
        match (value(&bytes[at - n_first..at]), value(&rest[..n_second])) {
            (13..=31, 1..=12) => Some(Order::DayFirst),
            (1..=12, 13..=31) => Some(Order::MonthFirst),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Order;

    #[test]
    fn dates_that_fit_one_reading_tell_the_order() {
        assert_eq!(Order::of("on 13/04/2023, and again on 3/4/2023"), Some(Order::DayFirst));
        assert_eq!(Order::of("04-13-23"), Some(Order::MonthFirst));
    }

    #[test]
    fn dates_that_disagree_and_what_is_no_date_tell_none() {
        assert_eq!(Order::of("13/04/2023 and 04/13/2023"), None);
        for text in [
            "13.04.2023",
            "03/04/2023",
            "13/04",
            "v1-13-04-2023",
            "2023-04-13",
            "13/04/20231",
            "a13/04/2023",
            "/",
            "1/",
        ] {
            assert_eq!(Order::of(text), None, "{text}");
        }
    }
}
