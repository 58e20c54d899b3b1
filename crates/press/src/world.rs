//! What Typst may see: the template, the sheet, the edition's pictures, the embedded fonts, and the edition's date as
//! today. Every other file does not exist, and packages can't be asked for.

use crate::Error;
use crate::fonts::FONTS;
use crate::sheet::{Picture, Sheet};
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));

/// The templates; the first is the one that is typeset, and it imports the others.
const TEMPLATES: [(&str, &str); 2] =
    [("edition.typ", include_str!("../templates/edition.typ")), ("prose.typ", include_str!("../templates/prose.typ"))];

/// The sheet's name, as the template reads it.
const SHEET: &str = "sheet.json";

static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let source = |(name, text): &(&str, &str)| Some(Source::new(file(name)?, (*text).to_owned()));
    TEMPLATES.iter().filter_map(source).collect()
});

/// The id of a file of that name; `None` where the name is none.
fn file(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The world of one edition.
pub(crate) struct World {
    main: FileId,
    files: HashMap<FileId, Bytes>,
    today: Date,
}

impl World {
    /// The world in which a sheet is typeset.
    pub(crate) fn new(sheet: &Sheet, pictures: Vec<Picture>, today: Date) -> Result<Self, Error> {
        let missing = |name: &str| Error::Press(format!("{name} has no place among its files"));
        let main = SOURCES.first().map(Source::id).ok_or_else(|| missing("the template"))?;
        let mut files = HashMap::new();
        files.insert(file(SHEET).ok_or_else(|| missing(SHEET))?, Bytes::new(serde_json::to_vec(sheet)?));
        for picture in pictures {
            files.insert(file(&picture.name).ok_or_else(|| missing(&picture.name))?, picture.bytes);
        }
        Ok(Self { main, files, today })
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SOURCES.iter().find(|source| source.id() == id).cloned().ok_or_else(|| absent(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        let day = |number: i8| u8::try_from(number).ok();
        Datetime::from_ymd(i32::from(self.today.year()), day(self.today.month())?, day(self.today.day())?)
    }
}
