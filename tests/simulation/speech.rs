//! What is said in a played call, by either: answers long and short, and now and then a question that nobody may ask.

use serde_json::{Value as Json, json};

use super::openai::{Call, Manner};
use super::sim::Sim;

const SAID: [&str; 9] = [
    "I bake bread every morning at four, and I sell it at six.",
    "Last year I cut the waste of our ovens by a third, because I had measured it.",
    "We had a quarrel about the night shift. I asked each of them what they needed.",
    "I would ask for the plan first,\nand then for the people who wrote it.",
    "My last oven was older than I am, and I mended it with what there was.",
    "Yes, yes, yes, yes.",
    "I don't know.",
    "No.",
    "said",
];

const ASKED: [&str; 4] = [
    "Why do you want to work in this bakery?",
    "What did you change in your last job, and how do you know that it helped?",
    "How would you plan the first week?",
    "asked",
];

const FORBIDDEN: [&str; 3] = ["Before we go on. ", "How old ", "are you?"];

impl Call {
    /// Something is said to it, at the sideband or by the page.
    pub fn hear(&self, sim: &Sim, by: &'static str, event: &Json) {
        let kind = event["type"].as_str().unwrap();
        sim.tally.count(by, kind);
        match kind {
            "response.create" => self.ask(),
            "session.update" => {
                if event["session"]["instructions"] == self.posted {
                    sim.tally.count("settings", "put back");
                }
                self.update(sim, &event["session"]);
            }
            _ => {}
        }
    }

    /// A page has it made reply after reply, as long and as dear as they can be.
    pub fn flood(&self, sim: &Sim) {
        let tokens = json!({ "text_tokens": 50_000 });
        let usage = json!({ "input_token_details": tokens, "output_token_details": { "audio_tokens": 20_000 } });
        for _ in 0..2 + sim.chance.below(5) {
            let response = json!({ "status": "completed", "output": [], "usage": usage });
            self.tell(sim, json!({ "type": "response.done", "response": response }));
        }
    }

    pub fn person(&self, sim: &Sim) {
        let (item, words) = (format!("item_{}", sim.number()), *sim.chance.pick(&SAID));
        if !self.speaks {
            let content = json!([{ "type": "input_text", "text": words }]);
            let item = json!({ "id": item, "type": "message", "role": "user", "content": content });
            return self.tell(sim, json!({ "type": "conversation.item.added", "item": item }));
        }
        self.tell(sim, json!({ "type": "input_audio_buffer.speech_started", "item_id": item }));
        if sim.chance.one_in(6) {
            let kind = "conversation.item.input_audio_transcription.failed";
            return self.tell(sim, json!({ "type": kind, "item_id": item }));
        }
        let kind = "conversation.item.input_audio_transcription.completed";
        let usage = json!({ "type": "duration", "seconds": 3 });
        self.tell(sim, json!({ "type": kind, "item_id": item, "transcript": words, "usage": usage }));
    }

    pub fn interviewer(&self, sim: &Sim, ours: bool) {
        let (item, response) = (format!("item_{}", sim.number()), format!("resp_{}", sim.number()));
        let metadata = if ours { json!({ "by": "vocahire" }) } else { Json::Null };
        self.tell(sim, json!({ "type": "response.created", "response": { "id": response, "metadata": metadata } }));
        if self.manner == Manner::Mute {
            return;
        }
        if self.manner == Manner::Fails && self.turns.get() > 3 {
            return self.tell(sim, json!({ "type": "response.done", "response": { "status": "failed" } }));
        }
        if self.spoke_at.get().is_none() {
            self.spoke_at.set(Some((sim.now.get(), sim.slept.get())));
            sim.say(|| format!("{} is heard for the first time", self.name));
        }
        self.ask_aloud(sim, &item);
        let cut = if sim.chance.one_in(8) { "incomplete" } else { "completed" };
        let usage = json!({ "output_token_details": { "audio_tokens": 10 } });
        let output = json!([{ "id": item, "status": cut }]);
        let response = json!({ "status": "completed", "output": output, "usage": usage });
        self.tell(sim, json!({ "type": "response.done", "response": response }));
    }

    /// One that nobody may ask is said word by word, so that it can be stopped.
    fn ask_aloud(&self, sim: &Sim, item: &str) {
        let [kind, name] =
            if self.speaks { ["output_audio_transcript", "transcript"] } else { ["output_text", "text"] };
        if self.speaks {
            self.tell(sim, json!({ "type": "output_audio_buffer.started" }));
        }
        let mut words = (*sim.chance.pick(&ASKED)).to_owned();
        if sim.chance.one_in(12) {
            sim.tally.count("room", "asked what nobody may ask");
            words = FORBIDDEN.concat();
            let begun = json!({ "id": item, "type": "message", "role": "assistant", "content": [] });
            self.tell(sim, json!({ "type": "conversation.item.added", "item": begun }));
            for part in FORBIDDEN {
                self.tell(sim, json!({ "type": format!("response.{kind}.delta"), "item_id": item, "delta": part }));
            }
        }
        self.tell(sim, json!({ "type": format!("response.{kind}.done"), "item_id": item, name: words }));
        if self.speaks {
            self.tell(sim, json!({ "type": "output_audio_buffer.stopped" }));
        }
    }
}
