//! Interviews: how one starts, the Room that holds it, and what remains of it.
//!
//! [`start`] and [`exchange`] are the two requests by which one comes about; [`room`] is the object that has the call;
//! [`visit`] is what the page says to it meanwhile; [`past`] what people read afterwards.

mod archive;
pub mod choice;
mod desk;
pub mod exchange;
pub mod fairness;
mod format;
pub mod fuse;
pub mod ice;
pub mod instructions;
mod limits;
pub mod line;
pub mod missed;
pub mod past;
mod persona;
mod price;
pub mod record;
pub mod relay;
pub mod room;
pub mod start;
mod store;
pub mod ticket;
pub mod usage;
pub mod visit;
pub mod wake;
pub mod wish;
