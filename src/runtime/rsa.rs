//! RS256 by WebCrypto. Keys are imported for this one algorithm and for verification only.

use worker::js_sys;
use worker::js_sys::{Object, Reflect, Uint8Array};
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{CryptoKey, SubtleCrypto, WorkerGlobalScope};

use crate::domain::failure::Fault;
use crate::port::rsa::{PublicKey, Rsa};

const ALGORITHM: &str = "RSASSA-PKCS1-v1_5";

pub struct WebCrypto;

impl Rsa for WebCrypto {
    type Key = CryptoKey;

    async fn import(&self, key: &PublicKey) -> Result<CryptoKey, Fault> {
        let algorithm = object(&[("name", ALGORITHM.into()), ("hash", "SHA-256".into())]).map_err(broken)?;
        let (format, data) = match key {
            PublicKey::Jwk { n, e } => {
                ("jwk", object(&[("kty", "RSA".into()), ("n", n.into()), ("e", e.into())]).map_err(broken)?)
            }
            PublicKey::Spki(der) => ("spki", Uint8Array::from(der.as_slice()).into()),
        };
        let usages = [JsValue::from_str("verify")].iter().collect::<js_sys::Array>();
        let promise = subtle()?.import_key_with_object(format, &data, &algorithm, false, &usages).map_err(broken)?;
        JsFuture::from(promise).await.map_err(broken)?.dyn_into().map_err(broken)
    }

    async fn verify(&self, key: &CryptoKey, message: &[u8], signature: &[u8]) -> Result<bool, Fault> {
        let promise =
            subtle()?.verify_with_str_and_u8_array_and_u8_array(ALGORITHM, key, signature, message).map_err(broken)?;
        Ok(JsFuture::from(promise).await.map_err(broken)?.is_truthy())
    }
}

fn subtle() -> Result<SubtleCrypto, Fault> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    scope.crypto().map(|crypto| crypto.subtle()).map_err(broken)
}

fn object(members: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object)
}

fn broken(error: JsValue) -> Fault {
    Fault::Bug { why: format!("WebCrypto: {error:?}") }
}
