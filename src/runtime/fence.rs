//! Port `Fence` on the platform's rate limiter: `[[ratelimits]]` in `wrangler.toml`.

use worker::Env;
use worker::js_sys::{Function, Object, Promise, Reflect};
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;

use crate::port::fence::Fence;

pub struct RateLimiter {
    env: Env,
}

impl RateLimiter {
    pub fn of(env: Env) -> Self {
        Self { env }
    }

    async fn ask(&self, address: &str) -> Result<bool, JsValue> {
        let limiter = Reflect::get(&self.env, &"FENCE".into())?;
        let limit: Function = Reflect::get(&limiter, &"limit".into())?.dyn_into()?;
        let question = Object::new();
        Reflect::set(&question, &"key".into(), &address.into())?;
        let promise: Promise = limit.call1(&limiter, &question)?.unchecked_into();
        Ok(Reflect::get(&JsFuture::from(promise).await?, &"success".into())?.is_truthy())
    }
}

impl Fence for RateLimiter {
    async fn pass(&self, address: &str) -> bool {
        self.ask(address).await.unwrap_or(true)
    }
}
