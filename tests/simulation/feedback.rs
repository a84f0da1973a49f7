//! Truth 12, and what else must hold of reports after each step: each grade stands on words that the person has said,
//! there is one report, it stays as it was, and it goes with its interview.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use vocahire::coach::rubric;
use vocahire::coach::score::{BY_ITSELF, MOST_TRIES};
use vocahire::domain::id::SessionId;
use vocahire::port::db::{Statement, Value};

use super::ports::Seat;
use super::sim::Sim;

/// What is known of the report on each interview.
#[derive(Default)]
pub struct Reports(RefCell<BTreeMap<String, Known>>);

#[derive(PartialEq)]
struct Known {
    state: String,
    tries: i64,
    report: Option<String>,
}

impl Reports {
    /// The report as it was written first.
    pub fn of(&self, session: &str) -> Option<Json> {
        let known = self.0.borrow();
        known.get(session)?.report.as_deref().map(|text| serde_json::from_str(text).unwrap())
    }
}

/// Where a try stands that tells D1 something: before it and after it.
pub fn step(statements: &[Statement]) -> Option<[&'static str; 2]> {
    let sql = statements.first()?.sql;
    if sql.starts_with("insert into feedback") {
        Some(["before the turn", "after the turn"])
    } else if sql.starts_with("update feedback set state = 'scored'") {
        Some(["before the report", "after the report"])
    } else if sql.starts_with("update feedback set state") {
        Some(["before the failure", "after the failure"])
    } else {
        None
    }
}

/// Whoever scores is cut off here, now and then; more often where they seldom come.
pub async fn stumble(seat: &Seat, point: &'static str) {
    if seat.mishap(if point.ends_with("failure") { 6 } else { 30 }, "a try is cut off") {
        seat.hang(point).await;
    }
}

/// D1 has changed.
pub fn written(sim: &Sim, statements: &[Statement]) {
    let mut seen: Option<&str> = None;
    for Statement { sql, values } in statements {
        let said = sql.contains("transcript_lines");
        if !said && !sql.contains("feedback") && !sql.contains("from sessions") {
            continue;
        }
        match values.first() {
            Some(Value::Text(id)) if id.starts_with("ses_") => {
                if seen.replace(id) != Some(id) {
                    look(sim, id, said);
                }
            }
            _ => nobodys(sim),
        }
    }
}

fn look(sim: &Sim, session: &str, said: bool) {
    let sql = "select state, tries, report, (select count(*) from sessions where id = ?1),
        (select count(*) from feedback_scores where session = ?1), failure, model is null, prompt is null, rubric
        from feedback where session = ?1";
    let mut found = sim.d1.prepare_cached(sql).unwrap();
    let mut rows = found.query([session]).unwrap();
    let Some(row) = rows.next().unwrap() else {
        sim.reports.0.borrow_mut().remove(session);
        return nobodys(sim);
    };
    let now = Known { state: row.get(0).unwrap(), tries: row.get(1).unwrap(), report: row.get(2).unwrap() };
    let (interviews, grades): (i64, i64) = (row.get(3).unwrap(), row.get(4).unwrap());
    let (failure, judged): (Option<String>, (bool, bool)) =
        (row.get(5).unwrap(), (row.get(6).unwrap(), row.get(7).unwrap()));
    assert_eq!(row.get::<_, String>(8).as_deref(), Ok(rubric::VERSION), "{session}: by no rubric of ours");
    assert!(rows.next().unwrap().is_none(), "{session} has two reports");
    assert_eq!(interviews, 1, "{session} has a report and is no interview");
    assert!((1..=MOST_TRIES).contains(&now.tries), "{session}: {} tries", now.tries);
    let scored = now.state == "scored";
    assert_eq!((scored, if scored { 5 } else { 0 }), (now.report.is_some(), grades), "{session} is {}", now.state);
    let mut known = sim.reports.0.borrow_mut();
    match known.get(session) {
        Some(before) if *before == now && !said => return,
        Some(before) => {
            assert!(before.report.is_none() || before.report == now.report, "{session}: the report has changed");
            assert!(before.tries <= now.tries, "{session}: tries are taken back");
            if before.state == "scoring" && now.tries > before.tries {
                sim.tally.count("feedback", "a lost turn is taken");
            }
        }
        None => {}
    }
    sim.say(|| format!("{session} is {} after {} tries: {failure:?}", now.state, now.tries));
    sim.tally.count("report", &now.state);
    failure.iter().for_each(|failure| sim.tally.count("failure", failure));
    if let Some(report) = &now.report {
        let report = serde_json::from_str(report).unwrap();
        evaluated(session, &report, judged);
        truth(sim, session, &report);
    }
    known.insert(session.to_owned(), now);
}

/// Reports and grades that belong to no interview.
fn nobodys(sim: &Sim) {
    let sql = "select (select count(*) from feedback where session not in (select id from sessions))
        + (select count(*) from feedback_scores where session not in (select session from feedback))";
    let count = sim.d1.prepare_cached(sql).unwrap().query_row([], |row| row.get::<_, i64>(0));
    assert_eq!(count, Ok(0), "a report on no interview");
}

/// Who judged stands beside it.
fn evaluated(session: &str, report: &Json, without: (bool, bool)) {
    let (by, short) = (&report["evaluatedBy"], report["tooShort"].as_bool().unwrap());
    let kind = if short { "rules" } else { "ai" };
    assert_eq!((&by["kind"], without), (&json!(kind), (short, short)), "{session}: who has judged?");
    let hash = by["rubricHash"].as_str().unwrap_or_default();
    assert_eq!((&by["rubric"], hash.len()), (&json!(rubric::VERSION), 64), "{session}: by what?");
}

fn levelled(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Truth 12.
fn truth(sim: &Sim, session: &str, report: &Json) {
    let mut said =
        sim.d1.prepare_cached("select speaker, text from transcript_lines where session = ?1 and number = ?2").unwrap();
    let mut line = |number: &Json| {
        let row = said.query_row((session, number.as_i64().unwrap()), |row| Ok((row.get(0)?, row.get(1)?)));
        row.unwrap_or_else(|_| panic!("truth 12: {session} has no line {number}"))
    };
    let mut stands = |quote: &Json| {
        let (speaker, text): (String, String) = line(&quote["line"]);
        let words = levelled(quote["text"].as_str().unwrap());
        let own = speaker == "person" && levelled(&text).contains(&words);
        assert!(own, "truth 12: {session} quotes {quote}, and {speaker} said {text}");
        let long = words.split(' ').count() >= 4 || words.chars().count() >= 20;
        assert!(long && !words.contains("don't know"), "truth 12: {session} quotes {quote}");
    };
    let each = |of: &Json| of.as_array().unwrap().clone();
    let mut grades = Vec::new();
    for score in each(&report["scores"]) {
        let (quotes, grade) = (each(&score["quotes"]), score["grade"].as_i64());
        assert_eq!(grade.is_some(), !quotes.is_empty(), "truth 12: {session}: {score}");
        assert_ne!(grade.is_some(), score["reason"].is_string(), "truth 12: {session}: {score}");
        assert!(grade.is_none_or(|grade| (1..=5).contains(&grade)), "{session}: {score}");
        sim.tally.count("grade", score["reason"].as_str().unwrap_or("stands"));
        quotes.iter().for_each(&mut stands);
        grades.push((score["criterion"].as_str().unwrap().to_owned(), grade));
    }
    let remarks =
        each(&report["strengths"]).into_iter().chain(each(&report["improvements"])).chain([report["nextStep"].clone()]);
    remarks.map(|remark| remark["quote"].clone()).filter(|quote| !quote.is_null()).for_each(|quote| stands(&quote));
    assert!(
        each(&report["strengths"]).iter().all(|strength| !strength["quote"].is_null()),
        "{session}: unearned praise"
    );
    if let Some(number) = report["better"].get("line") {
        let (speaker, text) = line(number);
        assert_eq!(
            (speaker.as_str(), levelled(&text)),
            ("interviewer", levelled(report["better"]["question"].as_str().unwrap()))
        );
    }
    grades.sort();
    assert_eq!(kept(sim, session), grades, "{session}: the grades of the curves");
}

fn kept(sim: &Sim, session: &str) -> Vec<(String, Option<i64>)> {
    let sql = "select criterion, grade from feedback_scores where session = ?1 order by criterion";
    let mut found = sim.d1.prepare_cached(sql).unwrap();
    let rows = found.query_map([session], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// At the end of a history each interview is judged, or the Room has tried as often as it does.
pub fn at_rest(sim: &Sim) {
    nobodys(sim);
    let mut found = sim.d1.prepare_cached("select id from sessions").unwrap();
    let sessions: Vec<String> = found.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let known = sim.reports.0.borrow();
    for session in &sessions {
        let until = "select until from feedback where session = ?1";
        let until = sim.d1.prepare_cached(until).unwrap().query_row([session], |row| row.get::<_, i64>(0));
        let (state, tries) = known.get(session).map_or(("waiting", 0), |known| (known.state.as_str(), known.tries));
        let over = match state {
            "scored" => true,
            "failed" => tries >= BY_ITSELF,
            // Whoever was at the last try is no more.
            "scoring" => tries >= BY_ITSELF && until.unwrap() <= sim.now.get() + sim.shift.get(),
            _ => false,
        };
        // Its Room does nothing more for somebody who wanted nothing of it kept, whatever they were told.
        let dropped = || sim.room(&SessionId::parse(session).unwrap()).room().seen.borrow().deleted;
        assert!(over || dropped(), "{session} is {state} for ever, after {tries} tries");
        sim.tally.count("at rest", if state == "scored" { "scored" } else { "not scored" });
        if let Some(report) = sim.reports.of(session) {
            truth(sim, session, &report);
        }
    }
    let asked = "select session from transcript_lines where text like '%How old are you%' and mark <> 'withdrawn'";
    let mut asked = sim.d1.prepare(asked).unwrap();
    for session in asked.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap) {
        // Where the Room failed just when a question was withdrawn, it may stand there as a piece.
        let spoilt = sim.room(&SessionId::parse(&session).unwrap()).spoilt.get();
        assert!(spoilt, "what nobody may ask stands unmarked in {session}");
    }
}
