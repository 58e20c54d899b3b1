//! Work on many things that is divided among the processors.

use crate::error::Error;
use std::sync::Mutex;

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
    let threads = threads(THREADS).min(all.len());
    if threads < 2 {
        return Ok(all.into_iter().map(work).collect());
    }
    let count = all.len();
    // Each takes the next as it is ready: shares made beforehand would leave a processor idle behind what takes long.
    let waiting = Mutex::new(all.into_iter().enumerate());
    let next = || waiting.lock().ok()?.next();
    let parts = std::thread::scope(|scope| {
        let (work, next) = (&work, &next);
        let worker = move || {
            let mut done = Vec::with_capacity(count / threads + 1);
            while let Some((place, one)) = next() {
                done.push((place, work(one)));
            }
            done
        };
        let parts: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        parts.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>()
    });
    let mut done = Vec::with_capacity(count);
    for part in parts {
        done.extend(part.map_err(|_| Error::Internal("a thread of work on many things broke off".to_owned()))?);
    }
    done.sort_unstable_by_key(|(place, _)| *place);
    Ok(done.into_iter().map(|(_, done)| done).collect())
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
