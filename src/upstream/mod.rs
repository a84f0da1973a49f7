//! What other services say on the wire. Nothing here sends or waits: text and bytes in, data out.

pub mod clerk;
pub mod openai;
pub mod pdfco;
mod stamped;
pub mod stripe;
pub mod svix;
pub mod turn;
