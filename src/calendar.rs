//! What a moment is called in the publication's time zone and language.

use crate::domain::{
    edition::Edition,
    listing::Month,
    time::Timestamp,
    words::{Words, words},
};
use jiff::{Zoned, civil, tz::TimeZone};

/// A time zone and the words for its days.
#[derive(Clone)]
pub struct Calendar {
    zone: TimeZone,
    words: &'static Words,
}

impl Calendar {
    /// The calendar of a zone by its IANA name; UTC where there is no such zone
    /// (settings are checked, but a zone can leave the machine's tables).
    pub fn new(zone: &str, language: &str) -> Self {
        Self { zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC), words: words(language) }
    }

    fn zoned(&self, at: Timestamp) -> Zoned {
        jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_zoned(self.zone.clone())
    }

    /// `May 21, 2025`
    pub fn date(&self, at: Timestamp) -> String {
        let day = self.zoned(at);
        format!("{} {}, {}", self.month_name(day.month()), day.day(), day.year())
    }

    /// `Thursday, July 10`
    pub fn today(&self, now: Timestamp) -> String {
        let day = self.zoned(now);
        let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
        format!("{}, {} {}", self.words.days[weekday % 7], self.month_name(day.month()), day.day())
    }

    /// The first moment of the next day.
    pub fn next_day(&self, now: Timestamp) -> Timestamp {
        let start = self.zoned(now).tomorrow().and_then(|next| next.start_of_day());
        // At the end of time there is no next day.
        start.map_or(Timestamp(i64::MAX), |start| Timestamp(start.timestamp().as_millisecond()))
    }

    /// The latest moment up to `now` that a cron pattern names, and the next one after it;
    /// `None` where there is none.
    pub fn latest(&self, pattern: &str, now: Timestamp) -> Result<[Option<Timestamp>; 2], croner::errors::CronError> {
        let cron: croner::Cron = pattern.parse()?;
        let now = self.zoned(now);
        let moment = |found: Zoned| Timestamp(found.timestamp().as_millisecond());
        // Where nothing is found the pattern names a day that never comes.
        let before = cron.find_previous_occurrence(&now, true).ok().map(moment);
        let after = cron.find_next_occurrence(&now, false).ok().map(moment);
        Ok([before, after])
    }

    /// A year (of the calendar) after a moment.
    pub fn year_after(&self, at: Timestamp) -> Option<Timestamp> {
        let end = self.zoned(at).checked_add(jiff::Span::new().years(1)).ok()?;
        Some(Timestamp(end.timestamp().as_millisecond()))
    }

    /// `May 21, 2025, 4:05 PM`
    pub fn date_time(&self, at: Timestamp) -> String {
        let time = self.zoned(at);
        let (hour, half) = (time.hour(), if time.hour() < 12 { "AM" } else { "PM" });
        let twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
        format!("{}, {twelve}:{:02} {half}", self.date(at), time.minute())
    }

    /// RFC 3339 with the zone's offset, for `<time datetime>`.
    pub fn machine(&self, at: Timestamp) -> String {
        self.zoned(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// RFC 2822 with the zone's offset, as mails and RSS have it; in English, as they must.
    pub fn mail_date(&self, at: Timestamp) -> String {
        self.zoned(at).strftime("%a, %d %b %Y %H:%M:%S %z").to_string()
    }

    /// The year it is.
    pub fn year(&self, now: Timestamp) -> i16 {
        self.zoned(now).year()
    }

    /// `July 2025`
    pub fn month(&self, month: Month) -> String {
        format!("{} {}", self.month_name(month.month), month.year)
    }

    /// `July`
    pub fn month_name(&self, month: i8) -> &'static str {
        let index = usize::try_from(i32::from(month) - 1).unwrap_or(0);
        self.words.months[index % 12]
    }

    /// The month in which a moment lies.
    pub fn month_of(&self, at: Timestamp) -> Month {
        let day = self.zoned(at);
        Month { year: day.year(), month: day.month() }
    }

    /// The first moment of a month and the first after it; `None` for a month that doesn't exist.
    pub fn span(&self, month: Month) -> Option<(Timestamp, Timestamp)> {
        let first = civil::Date::new(month.year, month.month, 1).ok()?;
        let next = first.checked_add(jiff::Span::new().months(1)).ok()?;
        let start = |day: civil::Date| {
            let zoned = day.to_zoned(self.zone.clone()).ok()?;
            Some(Timestamp(zoned.timestamp().as_millisecond()))
        };
        Some((start(first)?, start(next)?))
    }

    /// Whether a moment lies more than a year (of the calendar) before another.
    pub fn over_a_year(&self, at: Timestamp, now: Timestamp) -> bool {
        self.year_after(at).is_some_and(|end| end < now)
    }
}

/// What is wrong with an edition's zone and moments, in an operator's words.
pub fn faults(edition: &Edition) -> Vec<String> {
    if jiff::tz::TimeZone::get(&edition.time_zone).is_err() {
        return vec![format!("time_zone: found “{}”, allowed is a name like Europe/Berlin", edition.time_zone)];
    }
    let calendar = Calendar::new(&edition.time_zone, &edition.language);
    let patterns = edition.newsletters.iter().filter(|letter| !letter.digest.is_empty());
    let mut faults: Vec<String> = patterns
        .filter(|letter| calendar.latest(&letter.digest, Timestamp(0)).is_err())
        .map(|letter| {
            format!(
                "newsletters: found “{}” as digest of {}, allowed is a cron pattern like 0 6 * * MON-FRI",
                letter.digest, letter.slug
            )
        })
        .collect();
    let wrong = edition.breaking.iter().filter(|line| parse_moment(&line.until, &calendar).is_none());
    faults.extend(
        wrong.map(|line| format!("breaking.until: found “{}”, allowed is a moment like 2027-01-04 18:00", line.until)),
    );
    faults
}

/// Reads a moment as machines write it: RFC 3339.
pub fn machine_moment(text: &str) -> Option<Timestamp> {
    Some(Timestamp(text.trim().parse::<jiff::Timestamp>().ok()?.as_millisecond()))
}

/// Reads a moment as people write it: RFC 3339, or a date and time (or a date
/// alone) in the zone of the calendar. An hour that its clocks leave out is none;
/// one that they go through twice is the first.
pub fn parse_moment(text: &str, calendar: &Calendar) -> Option<Timestamp> {
    let text = text.trim();
    if let Some(at) = machine_moment(text) {
        return Some(at);
    }
    let civil = text.parse::<civil::DateTime>().ok()?;
    let moment = calendar.zone.to_ambiguous_timestamp(civil);
    if matches!(moment.offset(), jiff::tz::AmbiguousOffset::Gap { .. }) {
        return None;
    }
    Some(Timestamp(moment.earlier().ok()?.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new_york() -> Calendar {
        Calendar::new("America/New_York", "en")
    }

    fn at(text: &str) -> Timestamp {
        parse_moment(text, &new_york()).unwrap()
    }

    #[test]
    fn days_are_those_of_the_zone() {
        let calendar = new_york();
        let late = at("2025-07-11T03:30:00Z");
        assert_eq!(calendar.today(late), "Thursday, July 10");
        assert_eq!(calendar.date(at("2025-05-21T12:00:00Z")), "May 21, 2025");
        assert_eq!(calendar.machine(late), "2025-07-10T23:30:00-04:00");
        assert_eq!(calendar.mail_date(late), "Thu, 10 Jul 2025 23:30:00 -0400");
        assert_eq!(calendar.date_time(late), "July 10, 2025, 11:30 PM");
        assert_eq!(calendar.date_time(at("2025-07-10 00:05")), "July 10, 2025, 12:05 AM");
    }

    #[test]
    fn months_begin_at_midnight_there() {
        let calendar = new_york();
        let (from, until) = calendar.span(Month { year: 2025, month: 12 }).unwrap();
        assert_eq!((from, until), (at("2025-12-01T05:00:00Z"), at("2026-01-01T05:00:00Z")));
        assert_eq!(calendar.span(Month { year: 2025, month: 13 }), None);
        assert_eq!(calendar.span(Month { year: i16::MAX, month: 1 }), None);
    }

    #[test]
    fn a_day_ends_at_midnight_there() {
        let calendar = new_york();
        assert_eq!(calendar.next_day(at("2025-07-11T03:30:00Z")), at("2025-07-11 00:00"));
        assert_eq!(calendar.next_day(at("2025-07-11 00:00")), at("2025-07-12 00:00"));
        // 25 hours long.
        assert_eq!(calendar.next_day(at("2026-11-01 00:00")).0 - at("2026-11-01 00:00").0, 25 * 3_600_000);
    }

    #[test]
    fn a_year_is_a_year() {
        let calendar = new_york();
        assert!(!calendar.over_a_year(at("2025-03-01"), at("2026-03-01")));
        assert!(calendar.over_a_year(at("2025-03-01"), at("2026-03-02")));
    }

    #[test]
    fn moments_are_read_as_people_write_them() {
        assert_eq!(at("2025-05-21"), at("2025-05-21T00:00:00-04:00"));
        assert_eq!(at("2025-05-21 09:30"), at("2025-05-21T13:30:00Z"));
        assert_eq!(parse_moment("yesterday", &new_york()), None);
        // The night in which the clocks go forward, and the one in which they go back.
        assert_eq!(parse_moment("2026-03-08 02:30", &new_york()), None);
        assert_eq!(at("2026-11-01 01:30"), at("2026-11-01T01:30:00-04:00"));
    }

    #[test]
    fn impossible_moments_do_not_panic() {
        let calendar = new_york();
        for ms in [i64::MIN, i64::MAX, 0] {
            calendar.date(Timestamp(ms));
            calendar.over_a_year(Timestamp(ms), Timestamp(i64::MAX));
        }
    }
}
