//! Sockets of those who watch a Room. The platform keeps them while the object sleeps, each with the number of the last
//! line that it was told. The crate's own bindings would bring four times as much code.

use worker::State;
use worker::js_sys::{Array, Object, Reflect};
use worker::wasm_bindgen::prelude::wasm_bindgen;
use worker::wasm_bindgen::{self, JsCast, JsValue};
use worker::web_sys::{Headers, Response, ResponseInit};

use crate::edge::LIVE_PROTOCOL;
use crate::interview::room::News;

#[wasm_bindgen]
extern "C" {
    type WebSocketPair;
    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<WebSocketPair, JsValue>;

    type Raw;
    #[wasm_bindgen(method, catch, js_name = acceptWebSocket)]
    fn accept(this: &Raw, socket: &Watcher) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = getWebSockets)]
    fn sockets(this: &Raw) -> Result<Array, JsValue>;

    type Watcher;
    #[wasm_bindgen(method, catch)]
    fn send(this: &Watcher, text: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn close(this: &Watcher, code: u16, reason: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = serializeAttachment)]
    fn keep(this: &Watcher, number: f64) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = deserializeAttachment)]
    fn kept(this: &Watcher) -> Result<JsValue, JsValue>;
}

/// Beside who comes now: a second screen, and those that were left open.
const OTHERS: usize = 4;

fn raw(state: &State) -> &Raw {
    state.as_raw().unchecked_ref()
}

/// The platform tells the newest first; who came before those makes room. It tells of them until they have gone, which
/// they may take their time for.
pub fn accept(state: &State, picture: &News) -> Result<Response, JsValue> {
    for socket in raw(state).sockets()?.iter().skip(OTHERS) {
        let _ = socket.unchecked_into::<Watcher>().close(4001, "too many watch");
    }
    let pair = WebSocketPair::new()?;
    let end = |name: &str| Reflect::get(&pair, &name.into());
    let server: Watcher = end("1")?.unchecked_into();
    raw(state).accept(&server)?;
    tell(&server, picture)?;
    let headers = Headers::new()?;
    headers.set("sec-websocket-protocol", LIVE_PROTOCOL)?;
    let init = ResponseInit::new();
    init.set_status(101);
    init.set_headers(&headers);
    Reflect::set(init.unchecked_ref::<Object>(), &"webSocket".into(), &end("0")?)?;
    Response::new_with_opt_str_and_init(None, &init)
}

/// One that has gone is told nothing, and the others are.
pub fn show(state: &State, news: &dyn Fn(i64) -> Option<News>) {
    for socket in raw(state).sockets().unwrap_or_default() {
        let socket: Watcher = socket.unchecked_into();
        let known = socket.kept().ok().and_then(|known| known.as_f64()).unwrap_or_default();
        if let Some(news) = news(known as i64) {
            let _ = tell(&socket, &news);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "an interview has some thousand lines")]
fn tell(socket: &Watcher, news: &News) -> Result<(), JsValue> {
    socket.keep(news.number as f64)?;
    socket.send(&news.text)?;
    if news.over { socket.close(1000, "over") } else { Ok(()) }
}
