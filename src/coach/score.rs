//! Scoring: an interview that is over is read once by a model, and what it says is checked before anybody sees it.

use serde_json::{Value, json};

use super::Line;
use super::blind::Blind;
use super::counts;
use super::evidence::Talk as Words;
use super::judge::{self, Judged, Talk};
use super::prompt::{self, About, Said};
use super::rubric::{self, Criterion};
use super::store::{self, Scored, Standing, Which};
use crate::domain::failure::Fault;
use crate::domain::form::{self, object};
use crate::domain::id::{SessionId, UserId, hexadecimal};
use crate::domain::millis::Millis;
use crate::interview::line::{Mark, Speaker};
use crate::interview::record::{self, Record};
use crate::interview::room::Score;
use crate::interview::visit::Visit;
use crate::people::directory;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::http::{Ask, Http};
use crate::port::log::Log;
use crate::port::random::Random;
use crate::upstream::openai::call::{Account, name_of};
use crate::upstream::openai::responses::{self, Answered, Question, Unanswered};

/// For one try.
const LIMIT: Millis = Millis::of_seconds(120);
/// Tries that the Room makes by itself.
pub const BY_ITSELF: i64 = 3;
/// And all, with those that the person asks for.
pub const MOST_TRIES: i64 = 12;
/// Thinking counts too. Each further try may say twice and three times as much.
const MOST_TOKENS: i64 = 8000;
const MOST_BYTES: usize = 1024 * 1024;

/// What became of a try.
pub enum Done {
    /// Nothing is left to be done, or only by the person's wish.
    Over,
    /// Somebody is at it, up to then.
    Busy(Millis),
    Failed {
        tries: i64,
        /// What the Room waits for until it tries again.
        wait: Millis,
    },
    /// There is no such interview, or not any more.
    Gone,
}

/// The Room's wish. It makes its tries and leaves the rest to the person.
pub async fn by_room<W: World>(world: &W, session: &SessionId, person: &UserId) -> Result<Score, Fault> {
    let done = attempt(world, Visit { session, person }, BY_ITSELF).await?;
    Ok(match done {
        Done::Busy(until) => Score::Again(until),
        Done::Failed { tries, wait } if tries < BY_ITSELF => Score::Again(world.clock().now().plus(wait)),
        Done::Over | Done::Failed { .. } | Done::Gone => Score::Over,
    })
}

/// One try, if it is anybody's turn.
///
/// 1. What was said, what we count of it, and whose name is not to be told.
/// 2. Take the turn.
/// 3. Where nothing can be quoted nothing is judged.
/// 4. Ask, and check what is answered.
/// 5. Write it down: the report, or why there is none yet.
pub async fn attempt<W: World>(world: &W, visit: Visit<'_>, most: i64) -> Result<Done, Fault> {
    let which = Which { session: visit.session, person: visit.person };
    // 1
    let Some(record) = record::read(world, visit).await? else { return Ok(Done::Gone) };
    let (nfkc, lists) = (|text: &str| world.nfkc(text), |wanted| world.words(wanted));
    let lines = lines(&record, &nfkc);
    let counts = form::text(&counts::count(&lines, record.language, &lists).json());
    let known = directory::names(world, visit.person).await?;
    // 2
    let now = world.clock().now();
    let (taken, standing) = store::begin(world.db(), which, &counts, most, now).await?;
    let Some(tries) = taken else { return Ok(not_taken(standing, now)) };
    // 3
    let criteria = rubric::of(record.focus);
    let known: Vec<String> = known.iter().map(|text| nfkc(text)).collect();
    let blind = Blind::of(record.language, &lists, &known.iter().map(String::as_str).collect::<Vec<_>>());
    // What nobody may ask was never asked, and what nobody could write down was not said.
    let said: Vec<Line> =
        lines.into_iter().filter(|line| !matches!(line.mark, Mark::Withdrawn | Mark::Failed)).collect();
    let words = Words::of(&said, record.language, &lists, blind, &nfkc);
    let judged = if words.can_quote() {
        // 4
        let interview = Interview { record: &record, words: &words, said: &said, criteria: &criteria };
        ask(world, visit, &interview, tries).await
    } else {
        Ok((judge::too_short(&criteria), None))
    };
    // 5
    match judged {
        Ok((judged, by)) => finish(world, which, &record, judged, by).await.map(|()| Done::Over),
        Err(why) => {
            // The Room tries again by itself; for nobody else is there anything to wait for.
            let state = if most == BY_ITSELF && tries < BY_ITSELF { "waiting" } else { "failed" };
            store::fail(world.db(), which, tries, state, why).await?;
            Ok(Done::Failed { tries, wait: wait(why, tries) })
        }
    }
}

/// A service that is busy or away is so for longer than a few seconds: half a minute, then two. What it said amiss it
/// may say right at once.
fn wait(why: &str, tries: i64) -> Millis {
    Millis::of_seconds(match (why, tries) {
        ("busy" | "unreachable", ..=1) => 30,
        ("busy" | "unreachable", _) => 120,
        _ => tries.saturating_mul(5),
    })
}

fn lines(record: &Record, nfkc: &dyn Fn(&str) -> String) -> Vec<Line> {
    let lines = record.lines.iter().zip(0..).map(|(line, number)| Line {
        number,
        speaker: line.speaker,
        text: nfkc(&line.text),
        mark: line.mark,
        at: line.at,
        end: line.end,
        typed: line.typed,
        waited: line.waited,
    });
    lines.collect()
}

fn not_taken(standing: Option<Standing>, now: Millis) -> Done {
    let Some(standing) = standing else { return Done::Gone };
    match standing.busy(now) {
        Some(until) => Done::Busy(until),
        None if standing.state == "failed" => Done::Failed { tries: standing.tries, wait: Millis::default() },
        None => Done::Over,
    }
}

/// Who judged, and by what they were told.
struct By {
    model: String,
    prompt: String,
}

/// What is to be judged.
struct Interview<'a> {
    record: &'a Record,
    words: &'a Words<'a>,
    said: &'a [Line],
    criteria: &'a [&'static Criterion],
}

/// One question to a model, and its answer held against what was said. Why not, in a word for the page.
async fn ask<W: World>(
    world: &W,
    visit: Visit<'_>,
    &Interview { record, words, said, criteria }: &Interview<'_>,
    tries: i64,
) -> Result<(Judged, Option<By>), &'static str> {
    let [title, description] =
        [Some(&record.job_title), record.job_description.as_ref()].map(|text| text.map(|text| words.blinded(text)));
    let about = About {
        job_title: title.as_deref().unwrap_or_default(),
        job_description: description.as_deref(),
        level: record.level,
        focus: record.focus,
        language: record.language.name(),
    };
    let instructions = prompt::instructions(&about, criteria);
    let tag = hexadecimal(world.random().bytes()) + &hexadecimal(world.random().bytes());
    let seen = words.seen().map(|(number, speaker, text)| Said { number, speaker, text });
    let input = prompt::input(&about, seen.filter(|line| !line.text.trim().is_empty()), &tag);
    let answered = put(world, visit.person, criteria, tries, &instructions, &input).await;
    let Answered { model, value } = answered.map_err(|unanswered| note(world, visit.session, &unanswered))?;
    let line = |number: i64| said.iter().find(|line| line.number == number);
    let talk = Talk {
        quote: &|number, quote| words.find(number, quote),
        at: &|number| line(number).map_or(0, |line| line.at.count()),
        plain: &|text| words.unquote(text),
        asked: &|number| line(number).filter(|line| line.speaker == Speaker::Interviewer).map(|line| line.text.clone()),
    };
    let judged = judge::judge(&value, criteria, &talk);
    let judged = judged.ok_or_else(|| note(world, visit.session, &Unanswered::Unreadable))?;
    Ok((judged, Some(By { model, prompt: instructions })))
}

async fn put<W: World>(
    world: &W,
    person: &UserId,
    criteria: &[&Criterion],
    tries: i64,
    instructions: &str,
    input: &str,
) -> Result<Answered, Unanswered> {
    let config = world.config();
    let key = config.openai_key().map_err(Unanswered::Failed)?;
    let question = Question {
        model: &config.coach.feedback_model,
        instructions,
        input,
        name: prompt::SCHEMA_NAME,
        schema: prompt::schema(criteria),
        max_output_tokens: MOST_TOKENS.saturating_mul(tries.clamp(1, BY_ITSELF)),
        effort: "low",
        safety_identifier: &name_of(person.as_str()),
    };
    let post = responses::ask(&Account { base: &config.voice.base_url, key }, &question);
    let ask = Ask { url: post.url, headers: post.headers, limit: LIMIT, max_bytes: MOST_BYTES };
    let reply = world.http().post(ask, post.body).await.map_err(|failure| Unanswered::Failed(failure.of("openai")))?;
    responses::read(reply.status, &reply.body)
}

/// To the log, and in the word that the page says of it.
fn note<W: World>(world: &W, session: &SessionId, unanswered: &Unanswered) -> &'static str {
    let word = word(unanswered);
    let why = match unanswered {
        Unanswered::Failed(fault) | Unanswered::Unfit(fault) => fault.reason(),
        _ => word.to_owned(),
    };
    let level = if word == "not_set_up" { "alert" } else { "warn" };
    let line = object!({ "level": level, "event": "scoring", "session": session.as_str(), "why": why });
    world.log().line(&form::text(&line));
    word
}

fn word(unanswered: &Unanswered) -> &'static str {
    match unanswered {
        Unanswered::Refused | Unanswered::Filtered | Unanswered::Unfit(_) => "refused",
        Unanswered::CutOff => "cut_off",
        Unanswered::Unreadable => "unreadable",
        Unanswered::Failed(Fault::ProviderBusy { .. }) => "busy",
        Unanswered::Failed(Fault::ProviderRefused { .. } | Fault::NotConfigured { .. }) => "not_set_up",
        Unanswered::Failed(_) => "unreachable",
    }
}

async fn finish<W: World>(
    world: &W,
    which: Which<'_>,
    record: &Record,
    Judged { mut parts, grades }: Judged,
    by: Option<By>,
) -> Result<(), Fault> {
    let now = world.clock().now();
    let model = by.as_ref().map(|by| by.model.as_str());
    let evaluated_by = object!({
        "kind": if by.is_some() { "ai" } else { "rules" },
        "service": model.map(|_| "OpenAI"), "model": model, "prompt": model.map(|_| prompt::VERSION),
        "rubric": rubric::VERSION, "rubricHash": rubric::hash(record.focus, record.level), "at": now.iso(),
    });
    if let Value::Object(parts) = &mut parts {
        parts.insert("evaluatedBy".to_owned(), evaluated_by);
        parts.insert("tooShort".to_owned(), by.is_none().into());
    }
    let scored = Scored {
        report: &form::text(&parts),
        model,
        prompt: by.as_ref().map(|by| by.prompt.as_str()),
        grades: &form::text(&json!(grades)),
    };
    store::finish(world.db(), which, &scored, now).await
}
