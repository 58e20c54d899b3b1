use super::*;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use jiff::civil::date;
use jiff::tz::TimeZone;
use std::fmt::Write as _;
use std::io::Write as _;

fn circumstances() -> Circumstances<'static> {
    Circumstances { url: None, content_type: None, zone: TimeZone::UTC, received: date(2023, 6, 21) }
}

/// A file of objects numbered from one, with its table.
fn file(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", index + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let at = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer\n<< /Size {} {trailer} >>\nstartxref\n{at}\n%%EOF", objects.len() + 1).bytes());
    out
}

fn stream(dict: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<< {dict} /Length {} >>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const UNICODE: &[u8] =
    b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap";

/// A document of pages with these contents: `/F1` is Helvetica, `/F2` takes UTF-16 and is half as wide as high.
fn document(pages: &[String], info: &str) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|index| format!("{} 0 R ", 7 + 2 * index)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!(
            "<< /Type /Pages /Kids [{kids}] /Count {} /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
            pages.len()
        )
        .into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [<< /DW 500 >>] >>"
            .to_vec(),
        stream("/Filter /FlateDecode", &packed(UNICODE)),
        format!("<< {info} >>").into_bytes(),
    ];
    for (index, content) in pages.iter().enumerate() {
        objects.push(format!("<< /Type /Page /Parent 2 0 R /Contents {} 0 R >>", 8 + 2 * index).into_bytes());
        objects.push(stream("/Filter /FlateDecode", &packed(content.as_bytes())));
    }
    file(&objects, "/Root 1 0 R /Info 6 0 R")
}

/// Lines at places, each of them in a size.
fn lines_at(lines: &[(f64, f64, f64, &str)]) -> String {
    lines.iter().fold(String::new(), |mut out, (x, y, size, text)| {
        let _ = writeln!(out, "BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET");
        out
    })
}

fn text_of(bytes: &[u8]) -> Vec<String> {
    read(bytes, &circumstances()).unwrap().paragraphs
}

#[test]
fn lines_become_paragraphs_and_what_heads_every_page_goes() {
    let page = |number: usize, lines: &[(f64, f64, f64, &str)]| {
        let head = format!("Bridge report | page {number}");
        lines_at(&[&[(72.0, 780.0, 9.0, head.as_str())], lines].concat())
    };
    let one = page(
        1,
        &[
            (72.0, 740.0, 20.0, "The bridge of the town"),
            (72.0, 700.0, 11.0, "Published: 30 May 2023"),
            (72.0, 670.0, 11.0, "The old bridge has been closed to lorries since the spring, and the repa-"),
            (72.0, 656.0, 11.0, "rations will begin in a week, said the governor of the province yesterday."),
            (72.0, 636.0, 11.0, "A second paragraph begins after some room and goes on to the follow-"),
        ],
    );
    let two = page(
        2,
        &[(72.0, 740.0, 11.0, "ing page, where it ends. The well-known bridge is old."), (72.0, 60.0, 11.0, "2")],
    );
    let info = "/Title (The bridge of the town) /Author (Nadia Sample, Jon Other) /CreationDate (D:20230529101500+03'30') \
                /ModDate (D:20230601)";
    let read = read(&document(&[one, two], info), &circumstances()).unwrap();
    assert_eq!(
        read.paragraphs,
        [
            "The bridge of the town",
            "Published: 30 May 2023",
            "The old bridge has been closed to lorries since the spring, and the reparations will begin in a week, said the governor of the province yesterday.",
            "A second paragraph begins after some room and goes on to the following page, where it ends. The well-known bridge is old.",
        ]
    );
    assert_eq!(read.title.as_deref(), Some("The bridge of the town"));
    assert_eq!(read.byline, ["Nadia Sample", "Jon Other"]);
    assert_eq!(read.published.map(|moment| moment.to_string()).as_deref(), Some("2023-05-30T00:00:00Z"));
    assert_eq!(read.modified.map(|moment| moment.to_string()).as_deref(), Some("2023-06-01T00:00:00Z"));
    assert_eq!(read.language.as_deref(), Some("en"));
}

#[test]
fn columns_are_read_one_after_another() {
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight"];
    let mut content = lines_at(&[(72.0, 760.0, 18.0, "A headline that goes across both of the columns")]);
    for (index, word) in words.iter().enumerate() {
        let y = 720.0 - 14.0 * index as f64;
        let (left, right) = (
            format!("left {word} fills the column with its words"),
            format!("right {word} fills the column with words"),
        );
        content += &lines_at(&[(72.0, y, 10.0, left.as_str()), (320.0, y, 10.0, right.as_str())]);
    }
    let text = text_of(&document(&[content], "")).join(" ");
    assert!(text.starts_with("A headline"));
    assert!(text.find("left eight").unwrap() < text.find("right one").unwrap(), "{text}");
}

#[test]
fn right_to_left_lines_are_read_in_order_and_shapes_become_letters() {
    // As it stands on the page, from the left: a full stop, a number, words of presentation forms.
    let visual = ".\u{fee1}\u{fefc}\u{feb3} )NATO( 1402/03/09 \u{fe96}\u{fed4}\u{fe94}";
    let hex: String = visual.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
    let content = format!("BT /F2 12 Tf 100 700 Td <{hex}> Tj ET");
    // The last word stands at the right edge and is read first.
    assert_eq!(text_of(&document(&[content], "")), ["ةفت 1402/03/09 (NATO) سلام."]);
}

#[test]
fn a_broken_table_is_made_good_by_looking_for_the_objects() {
    let whole = document(&[lines_at(&[(72.0, 700.0, 11.0, "The text is found all the same.")])], "");
    let at = memchr::memmem::find(&whole, b"xref\n").unwrap();
    for broken in
        [whole[..at].to_vec(), [b"junk before ", whole.as_slice()].concat(), whole[..whole.len() - 30].to_vec()]
    {
        assert_eq!(text_of(&broken), ["The text is found all the same."]);
    }
}

#[test]
fn objects_in_streams_are_read() {
    let content = stream("", lines_at(&[(72.0, 700.0, 11.0, "Objects may be packed.")]).as_bytes());
    let inner = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Contents 5 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
    ];
    let (mut index, mut body) = (String::new(), String::new());
    for (number, object) in inner.iter().enumerate() {
        let _ = write!(index, "{} {} ", number + 1, body.len());
        let _ = write!(body, "{object} ");
    }
    let objects = stream(
        &format!("/Type /ObjStm /N 3 /First {} /Filter /FlateDecode", index.len()),
        &packed(format!("{index}{body}").as_bytes()),
    );
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in [(4, objects), (5, content)] {
        places.push(out.len());
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let at = out.len();
    let mut rows: Vec<u8> = vec![0, 0, 0, 0];
    rows.extend((0..3).flat_map(|index| [2_u8, 0, 4, index]));
    rows.extend(places.iter().flat_map(|place| [1_u8, (place >> 8) as u8, (place & 255) as u8, 0]));
    let table = stream("/Type /XRef /W [1 2 1] /Size 6 /Root 1 0 R /Filter /FlateDecode", &packed(&rows));
    out.extend(b"6 0 obj\n");
    out.extend(table);
    out.extend(format!("\nendobj\nstartxref\n{at}\n%%EOF").bytes());
    assert_eq!(text_of(&out), ["Objects may be packed."]);
}

#[test]
fn streams_are_unpacked_by_each_filter() {
    let unpack = |bytes: &[u8], name: &str| {
        filters::unpack(bytes, &[name.as_bytes().to_vec()], &[None], 1_000)
            .map(|bytes| String::from_utf8(bytes).unwrap())
    };
    let lzw = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
    assert_eq!(unpack(&lzw, "LZWDecode").as_deref(), Ok("-----A---B"));
    assert_eq!(unpack(b"87cURD_*#TDfTZ)~>", "ASCII85Decode").as_deref(), Ok("Hello, world"));
    assert_eq!(unpack(b"48 65 6C6c 6f>", "ASCIIHexDecode").as_deref(), Ok("Hello"));
    assert_eq!(unpack(&[1, b'a', b'b', 254, b'c', 128, 9], "RunLengthDecode").as_deref(), Ok("abccc"));
    assert_eq!(unpack(&packed(b"words"), "FlateDecode").as_deref(), Ok("words"));
    assert_eq!(unpack(&packed(&[b'x'; 2_000]), "FlateDecode"), Err(filters::Fault::TooLarge));
}

#[test]
fn links_are_told_with_the_words_they_lie_on() {
    let bytes = document(&[lines_at(&[(72.0, 700.0, 11.0, "See the report for more.")])], "");
    let written = String::from_utf8_lossy(&bytes).into_owned();
    assert!(written.contains("/Type /Page /Parent"));
    let annotated = file(
        &[
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
            b"<< /Type /Page /Contents 4 0 R /Annots [5 0 R] /Resources << /Font << /F1 << /Subtype /Type1 /BaseFont /Courier >> >> >> >>".to_vec(),
            stream("", lines_at(&[(0.0, 700.0, 10.0, "See the report for more.")]).as_bytes()),
            b"<< /Subtype /Link /Rect [47 698 84.5 710] /A << /S /URI /URI (https://example.org/report) >> >>".to_vec(),
        ],
        "/Root 1 0 R",
    );
    let read = read(&annotated, &circumstances()).unwrap();
    assert_eq!(read.links, [Link { url: "https://example.org/report".into(), text: "report".into() }]);
}

#[test]
fn locked_files_and_pictures_are_refused_in_words() {
    let pages = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] >>".to_vec(),
        b"<< /Type /Page >>".to_vec(),
    ];
    assert_eq!(read(&file(&pages, "/Root 1 0 R"), &circumstances()), Err(Error::NoText));
    assert_eq!(read(&file(&pages, "/Root 1 0 R /Encrypt << /V 1 >>"), &circumstances()), Err(Error::Encrypted));
    assert!(matches!(read(b"%PDF-1.7 nothing else", &circumstances()), Err(Error::Damaged(_))));
}

#[test]
fn hostile_files_are_refused_in_bounds() {
    let with_pages = |kids: &str, more: Vec<Vec<u8>>| {
        let mut objects = vec![
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            format!("<< /Type /Pages /Kids [{kids}] >>").into_bytes(),
        ];
        objects.extend(more);
        file(&objects, "/Root 1 0 R")
    };
    // Pages that hold themselves, and pages that double at every level.
    assert_eq!(read(&with_pages("2 0 R", vec![]), &circumstances()), Err(Error::NoText));
    let doubled: Vec<Vec<u8>> =
        (4..60).map(|next| format!("<< /Type /Pages /Kids [{next} 0 R {next} 0 R] >>").into_bytes()).collect();
    assert_eq!(read(&with_pages("3 0 R", doubled), &circumstances()), Err(Error::NoText));
    // A length that refers to itself, lists without end, a form that draws itself.
    let own_length = b"<< /Length 3 0 R >>\nstream\nBT ET\nendstream".to_vec();
    assert!(read(&with_pages("<< /Contents 3 0 R >>", vec![own_length]), &circumstances()).is_err());
    let deep = [b"<< /Contents 4 0 R /X ".to_vec(), b"[".repeat(200_000), b">>".to_vec()].concat();
    assert!(read(&with_pages("3 0 R", vec![deep]), &circumstances()).is_err());
    let form = stream("/Subtype /Form /Resources << /XObject << /A 3 0 R >> >>", &b"/A Do ".repeat(100));
    let drawing = b"<< /Contents 5 0 R /Resources << /XObject << /A 3 0 R >> >> >>".to_vec();
    let drawn = with_pages("4 0 R", vec![form, drawing, stream("", b"/A Do")]);
    assert_eq!(read(&drawn, &circumstances()), Err(Error::TooLarge));
}

#[test]
fn bombs_are_refused_before_they_fill_the_memory() {
    let bomb = stream("/Filter /FlateDecode", &packed(&vec![b' '; 80_000_000]));
    assert!(bomb.len() < 200_000);
    let objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [<< /Contents 3 0 R >>] >>".to_vec(),
        bomb,
    ];
    assert_eq!(read(&file(&objects, "/Root 1 0 R"), &circumstances()), Err(Error::TooLarge));
    // Many objects that all are the same long string.
    let count = 30_000;
    let index: String = (0..count).map(|number| format!("{} 0 ", 100 + number)).collect();
    let long = format!("{index}({})", "A".repeat(400_000));
    let kids: String = (0..count).map(|number| format!("{} 0 R ", 100 + number)).collect();
    let objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{kids}] >>").into_bytes(),
        stream(
            &format!("/Type /ObjStm /N {count} /First {} /Filter /FlateDecode", index.len()),
            &packed(long.as_bytes()),
        ),
    ];
    let whole = file(&objects, "/Root 1 0 R");
    // Without its table the streams of objects are looked through.
    let at = memchr::memmem::find(&whole, b"xref\n").unwrap();
    let cut = [&whole[..at], b"trailer << /Root 1 0 R >>"].concat();
    assert!(matches!(read(&cut, &circumstances()), Err(Error::TooLarge | Error::NoText)));
}
