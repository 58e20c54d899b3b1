//! Ways a message travels, one file each: from a message to an errand that `net` carries.

pub mod smtp;
pub mod web_push;
