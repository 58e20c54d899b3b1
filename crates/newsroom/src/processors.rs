//! Work on many things that is divided among the processors.

use crate::error::Error;

/// Threads at the most.
const THREADS: usize = 8;

/// How many threads work together: one for each processor, so many at the most.
pub(crate) fn threads(most: usize) -> usize {
    std::thread::available_parallelism().map_or(1, |n| n.get().min(most))
}

/// What comes of each, in their order. One thing alone is worked on where it is.
pub(crate) fn divided<T: Sync, R: Send>(all: &[T], work: impl Fn(&T) -> R + Sync) -> Result<Vec<R>, Error> {
    divided_owned(all.iter().collect(), work)
}

/// The same of things that the work takes.
pub(crate) fn divided_owned<T: Send, R: Send>(all: Vec<T>, work: impl Fn(T) -> R + Sync) -> Result<Vec<R>, Error> {
    let threads = threads(THREADS);
    if all.len() < 2 || threads < 2 {
        return Ok(all.into_iter().map(work).collect());
    }
    let (count, share) = (all.len(), all.len().div_ceil(threads));
    let mut shares: Vec<Vec<T>> = Vec::with_capacity(threads);
    let mut rest = all.into_iter();
    for _ in 0..count.div_ceil(share) {
        shares.push(rest.by_ref().take(share).collect());
    }
    let parts = std::thread::scope(|scope| {
        let work = &work;
        let parts: Vec<_> = shares
            .into_iter()
            .map(|part| scope.spawn(move || part.into_iter().map(work).collect::<Vec<R>>()))
            .collect();
        parts.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>()
    });
    let mut done = Vec::with_capacity(count);
    for part in parts {
        done.extend(part.map_err(|_| Error::Internal("a thread of work on many things broke off".to_owned()))?);
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_of_each_stands_where_it_stood() {
        for count in [0, 1, 2, 3, 17, 100] {
            let all: Vec<usize> = (0..count).collect();
            assert_eq!(divided(&all, |n| n * 2).unwrap(), all.iter().map(|n| n * 2).collect::<Vec<_>>());
        }
    }
}
