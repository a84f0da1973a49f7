//! Doubles of the platform that more than one suite of host tests stands on.

use vocahire::port::words::Words;

pub mod sqlite;
pub mod storage;
pub mod words;
