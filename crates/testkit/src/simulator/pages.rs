//! The sites' templates, a file each.

pub(super) mod arabic_1256;
pub(super) mod arabic_agency;
pub(super) mod english_wire;
pub(super) mod hebrew_site;
pub(super) mod persian_agency;
pub(super) mod russian_1251;
pub(super) mod russian_site;
