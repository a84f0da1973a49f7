use worker::js_sys;
use worker::wasm_bindgen::JsCast;
use worker::web_sys::WorkerGlobalScope;

use crate::port::random::Random;

pub struct PlatformRandom;

impl Random for PlatformRandom {
    /// The platform has `crypto` and gives out any number of bytes; were it refused, an id of zeros would tell.
    fn bytes(&self) -> [u8; 8] {
        let mut bytes = [0; 8];
        let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
        if let Ok(crypto) = scope.crypto() {
            let _ = crypto.get_random_values_with_u8_array(&mut bytes);
        }
        bytes
    }
}
