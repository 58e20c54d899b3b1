//! What the stream remembers, and how it forgets: bounded by number and by time.

use super::{DAY, Kept, Stream, Thread};
use crate::fingerprint::Fingerprint;
use crate::likeness::Weighed;
use crate::telling::Telling;
use std::collections::VecDeque;

impl Stream {
    pub(super) fn open(&mut self, name: &str) -> u32 {
        let number = self.next_thread;
        self.next_thread = self.next_thread.wrapping_add(1);
        self.by_name.insert(name.into(), number);
        self.threads.insert(number, Thread { name: name.into(), members: VecDeque::new() });
        number
    }

    pub(super) fn remember(
        &mut self,
        (id, address): (&str, &str),
        story: u32,
        published: i64,
        (telling, numbers): (&Telling, &[u32]),
        fingerprint: &Fingerprint,
    ) {
        let serial = self.first.wrapping_add(u32::try_from(self.documents.len()).unwrap_or(u32::MAX));
        // Learned from before the oldest is forgotten, whose features' numbers are given away then.
        let told = self.vocabulary.learn(telling, numbers, serial);
        self.reprints.insert(id, fingerprint);
        self.by_id.insert(id.into(), serial);
        if !address.is_empty() {
            self.by_address.insert(address.into(), serial);
        }
        if let Some(thread) = self.threads.get_mut(&story) {
            thread.members.push_back(serial);
        }
        while self.documents.len() >= self.settings.documents.max(1) {
            self.forget_first();
        }
        let weighed = Weighed::of(&told, &self.vocabulary);
        let (id, address) = (id.into(), address.into());
        self.documents.push_back(Some(Kept { id, address, story, published, told, weighed, edited: false }));
    }

    /// Forgets what is older than the window, by the time of the newest document.
    pub(super) fn forget_old(&mut self) {
        let oldest = self.latest - (self.settings.days * DAY) as i64;
        while self.documents.front().is_some_and(|kept| kept.as_ref().is_none_or(|kept| kept.published < oldest)) {
            self.forget_first();
        }
    }

    fn forget_first(&mut self) {
        let Some(forgotten) = self.documents.pop_front() else { return };
        let serial = self.first;
        self.first = self.first.wrapping_add(1);
        let Some(kept) = forgotten else { return };
        self.by_id.remove(&kept.id);
        if self.by_address.get(&kept.address) == Some(&serial) {
            self.by_address.remove(&kept.address);
        }
        self.vocabulary.forget(&kept.told, serial, kept.edited);
        if let Some(thread) = self.threads.get_mut(&kept.story) {
            if thread.members.front() == Some(&serial) {
                thread.members.pop_front();
            } else {
                thread.members.retain(|other| *other != serial);
            }
            if thread.members.is_empty()
                && let Some(thread) = self.threads.remove(&kept.story)
            {
                self.by_name.remove(&thread.name);
            }
        }
        self.reprints.remove(&kept.id);
    }
}
