//! Several changes in one transaction: the disk is waited for once, and each change still stands or falls alone.

use crate::engine::Session;
use crate::error::Error;
use crate::reader::Reader;
use crate::store::{ChangeRequest, Store};
use crate::writer::Writer;
use sitrep_model::change::Change;

/// A transaction that takes changes one by one.
pub struct Batch<'s> {
    session: &'s mut Session,
    last: Option<u64>,
}

impl Batch<'_> {
    /// One change. An error takes back what it wrote, and nothing of the changes before it.
    pub fn change<T, E: From<Error>>(
        &mut self,
        request: ChangeRequest,
        f: impl FnOnce(&mut Writer<'_>) -> Result<T, E>,
    ) -> Result<(T, Option<Change>), E> {
        let (value, change) = self.apart(|session| written(session, request, f))?;
        self.last = change.as_ref().map(|change| change.seq).or(self.last);
        Ok((value, change))
    }

    /// Reads what the changes so far have written, too.
    pub fn read<T, E: From<Error>>(&mut self, f: impl FnOnce(&mut Reader<'_>) -> Result<T, E>) -> Result<T, E> {
        // A question that fails would spoil the whole transaction on PostgreSQL.
        self.apart(|session| f(&mut Reader { session }))
    }

    /// Something of which an error takes back all that it did.
    fn apart<T, E: From<Error>>(&mut self, f: impl FnOnce(&mut Session) -> Result<T, E>) -> Result<T, E> {
        self.session.statement("SAVEPOINT apart")?;
        let result = f(self.session);
        if result.is_err() {
            self.session.statement("ROLLBACK TO SAVEPOINT apart")?;
        }
        self.session.statement("RELEASE SAVEPOINT apart")?;
        result
    }
}

impl Store {
    /// Changes that reach the disk together, once this returns. What fails outside of a change takes all of them back. Must not
    /// be called from within itself.
    pub fn changes<T, E: From<Error>>(&self, f: impl FnOnce(&mut Batch<'_>) -> Result<T, E>) -> Result<T, E> {
        let (value, last) = self.pool().write(|session| {
            let mut batch = Batch { session, last: None };
            let value = f(&mut batch)?;
            Ok::<_, E>((value, batch.last))
        })?;
        if let Some(last) = last {
            self.saw(last);
        }
        Ok(value)
    }
}

/// What one change writes, entered into the record.
pub(crate) fn written<T, E: From<Error>>(
    session: &mut Session,
    request: ChangeRequest,
    f: impl FnOnce(&mut Writer<'_>) -> Result<T, E>,
) -> Result<(T, Option<Change>), E> {
    let mut writer = Writer::new(Reader { session }, request);
    let value = f(&mut writer)?;
    Ok((value, writer.finish()?))
}
