//! What OpenAI asks for what has been said, in millionths of a dollar.

use crate::port::config::Config;
use crate::upstream::openai::event::{Heard, Usage};

/// Dollars for a million tokens, `text_in/text_cached/text_out/audio_in/audio_cached/audio_out`, or for a minute. The
/// voice models cost what OpenAI's list said in November 2026. Those that write down what was heard were not on it:
/// their prices are estimates on the safe side, for operators to put right in `PRICES`.
pub const DEFAULT: &str = "\
    gpt-realtime-2.1=4/0.40/24/32/0.40/64;\
    gpt-realtime-2.1-mini=0.60/0.06/2.40/10/0.30/20;\
    gpt-4o-transcribe=2.50/2.50/10/6/6/0;\
    gpt-4o-mini-transcribe=1.25/1.25/5/3/3/0;\
    gpt-transcribe=2.50/2.50/10/6/6/0;\
    gpt-live-transcribe=2.50/2.50/10/6/6/0;\
    gpt-realtime-whisper=2.50/2.50/10/6/6/0;\
    whisper-1=0.006";

/// OpenAI hears a token in each tenth of a second of a person's speech.
const MILLIS_PER_TOKEN: i64 = 100;
const MILLIS_PER_MINUTE: i128 = 60_000;
const MILLION: i128 = 1_000_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prices(Vec<(String, Rate)>);

/// In millionths of a dollar.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Rate {
    /// For a million tokens of each kind, in the order in which they are written.
    Tokens([i64; 6]),
    Minute(i64),
}

/// What the operator has set, where it can be read; else what OpenAI's list said.
pub fn of(config: &Config) -> Prices {
    let set = config.voice.prices.as_deref().and_then(parse);
    set.or_else(|| parse(DEFAULT)).unwrap_or(Prices(Vec::new()))
}

/// None where an entry has another form, or no voice model has a price.
pub fn parse(text: &str) -> Option<Prices> {
    let entries = text.split(';').map(str::trim).filter(|entry| !entry.is_empty());
    let prices: Vec<(String, Rate)> = entries.map(entry).collect::<Option<_>>()?;
    prices.iter().any(|(_, rate)| matches!(rate, Rate::Tokens(_))).then_some(Prices(prices))
}

fn entry(text: &str) -> Option<(String, Rate)> {
    let (model, prices) = text.split_once('=')?;
    let prices: Vec<i64> = prices.split('/').map(|price| dollars(price.trim())).collect::<Option<_>>()?;
    let rate = match prices.as_slice() {
        [minute] => Rate::Minute(*minute),
        all => Rate::Tokens(all.try_into().ok()?),
    };
    let model = model.trim();
    (!model.is_empty()).then(|| (model.to_owned(), rate))
}

/// Up to six digits, a point, up to six decimals, as millionths.
fn dollars(text: &str) -> Option<i64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let plain = |part: &str| (1..=6).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    (plain(whole) && plain(decimals)).then(|| format!("{whole}{decimals:0<6}").parse().ok())?
}

/// A reply of the interviewer. A model that is not on the list costs as much as the dearest that is.
pub fn cost(prices: &Prices, model: &str, usage: &Usage) -> i64 {
    prices.of(model, |rate| match rate {
        Rate::Tokens(rates) => Some(tokens(rates, usage)),
        Rate::Minute(_) => None,
    })
}

/// A turn of the person, written down. What the model counts otherwise than its price does is turned into that.
pub fn cost_heard(prices: &Prices, model: &str, heard: &Heard) -> i64 {
    let Heard { seconds_milli, audio_in, text_in, text_out } = *heard;
    let counted = audio_in.max(text_in).max(text_out) > 0;
    prices.of(model, |rate| match rate {
        Rate::Tokens(rates) => {
            let audio_in = if counted { audio_in } else { seconds_milli / MILLIS_PER_TOKEN };
            Some(tokens(rates, &Usage { text_in, audio_in, text_out, ..Usage::default() }))
        }
        Rate::Minute(minute) => {
            let millis = seconds_milli.max(audio_in.saturating_mul(MILLIS_PER_TOKEN));
            Some(share(times(millis, *minute), MILLIS_PER_MINUTE))
        }
    })
}

impl Prices {
    fn of(&self, model: &str, cost: impl Fn(&Rate) -> Option<i64>) -> i64 {
        let known = self.0.iter().find(|(name, _)| name == model).and_then(|(_, rate)| cost(rate));
        known.or_else(|| self.0.iter().filter_map(|(_, rate)| cost(rate)).max()).unwrap_or(0)
    }
}

/// The cached ones are among those that went in.
fn tokens(rates: &[i64; 6], usage: &Usage) -> i64 {
    let Usage { text_in, text_cached, audio_in, audio_cached, text_out, audio_out } = *usage;
    let (text_new, audio_new) = (text_in.saturating_sub(text_cached), audio_in.saturating_sub(audio_cached));
    let counts = [text_new, text_cached, text_out, audio_new, audio_cached, audio_out];
    let sum = counts.into_iter().zip(*rates).fold(0_i128, |sum, (count, rate)| sum.saturating_add(times(count, rate)));
    share(sum, MILLION)
}

fn times(count: i64, rate: i64) -> i128 {
    i128::from(count.max(0)).saturating_mul(i128::from(rate))
}

/// Rounded up: what costs anything is not counted as nothing.
fn share(sum: i128, of: i128) -> i64 {
    i64::try_from(sum.saturating_add(of - 1) / of).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
