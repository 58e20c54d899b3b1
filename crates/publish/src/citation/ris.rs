//! RIS (Research Information Systems, 2001): one tag a line, lines end with CR LF.

use super::{Style, Work};

pub(super) const STYLE: Style =
    Style { extension: "ris", media_type: "application/x-research-info-systems; charset=utf-8", label: "RIS", render };

fn render(work: &Work) -> String {
    let mut fields = vec![("TY", "RPRT".to_owned())];
    fields.extend(work.creators().into_iter().map(|name| ("AU", name.to_owned())));
    let (year, month, day) = (work.date.year(), work.date.month(), work.date.day());
    fields.extend([
        ("TI", work.title.clone()),
        ("T2", work.series.clone()),
        ("PB", work.publisher.clone()),
        ("PY", format!("{year:04}")),
        ("DA", format!("{year:04}/{month:02}/{day:02}")),
        ("UR", work.address.clone()),
        ("LA", work.language.clone()),
        ("ID", work.key.clone()),
        ("N1", work.note()),
    ]);
    let lines =
        fields.iter().filter(|(_, value)| !value.is_empty()).map(|(tag, value)| format!("{tag}  - {value}\r\n"));
    format!("{}ER  - \r\n", lines.collect::<String>())
}
