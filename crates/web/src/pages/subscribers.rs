//! Deliveries, for the desk's editors: messages in doubt wait for a person. Only the chief sees subscribers' addresses.

use super::{Answer, Asked, done, next_page, private, said};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Form, Path, Query as Queried, State};
use serde::Deserialize;
use sitrep_model::account::{Permission, Role};
use sitrep_model::dispatch::{Delivery, DeliveryState};
use sitrep_model::id::DeskId;
use sitrep_model::subscriber::{Subscriber, SubscriberState};
use sitrep_newsroom::{Error, Newsroom, Query, Who};

const DELIVERIES: usize = 100;
const SUBSCRIBERS: usize = 100;

#[derive(Template)]
#[template(path = "room_subscribers.html")]
struct Room {
    shell: Shell,
    counts: Vec<(&'static str, u64)>,
    deliveries: Vec<Delivery>,
    /// For the chief alone.
    subscribers: Option<Vec<Line>>,
    next: Option<String>,
}

struct Line {
    subscriber: Subscriber,
    address: String,
    sections: String,
}

/// How many subscribers and messages there are, in words that the page lists.
fn counts(newsroom: &Newsroom, desk: &DeskId) -> Result<Vec<(&'static str, u64)>, Error> {
    let subscribers = [
        ("Confirmed subscribers", SubscriberState::Confirmed),
        ("Waiting for confirmation", SubscriberState::Pending),
        ("Left", SubscriberState::Left),
    ];
    let deliveries = [
        ("Messages queued", DeliveryState::Queued),
        ("Sent", DeliveryState::Sent),
        ("Refused", DeliveryState::Refused),
        ("In doubt", DeliveryState::InDoubt),
    ];
    let mut counts = Vec::new();
    for (words, state) in subscribers {
        counts.push((words, newsroom.count::<Subscriber>(desk, &[state.as_str()])?));
    }
    for (words, state) in deliveries {
        counts.push((words, newsroom.count::<Delivery>(desk, &[state.as_str()])?));
    }
    Ok(counts)
}

pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Queried(asked): Queried<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let is_chief = visitor.may(Permission::Desk(Role::Chief), Some(&desk.id));
    let (counts, deliveries, found) = app
        .ask(move |newsroom| {
            let query = Query { limit: SUBSCRIBERS, after: asked.after, ..Query::default() };
            let found = is_chief.then(|| newsroom.subscribers(&who, &of, &query)).transpose()?;
            Ok((counts(newsroom, &of)?, deliveries(newsroom, &who, &of, is_chief)?, found))
        })
        .await?;
    let line = |(subscriber, address): (Subscriber, Option<String>)| {
        let titles = subscriber.sections.iter().filter_map(|id| desk.section(id)).map(|section| section.title.as_str());
        let sections = titles.collect::<Vec<_>>().join(", ");
        Line {
            sections: if sections.is_empty() { "all".to_owned() } else { sections },
            address: address.unwrap_or_else(|| "erased".to_owned()),
            subscriber,
        }
    };
    let (subscribers, next) = match found {
        Some(found) => (Some(found.items.into_iter().map(line).collect()), next_page(found.next, "")),
        None => (None, None),
    };
    let path = format!("/newsroom/{id}/subscribers");
    let title = if is_chief { "Subscribers and deliveries" } else { "Deliveries" };
    let shell = Shell::of_desk(&visitor, desk, "subscribers", title, path);
    let shell = shell.flash(said(asked.done.as_deref()));
    private(&Room { shell, counts, deliveries, subscribers, next })
}

/// The newest deliveries, those in doubt before all others. A mail server's answer often repeats the address it is about.
fn deliveries(newsroom: &Newsroom, who: &Who, desk: &DeskId, with_addresses: bool) -> Result<Vec<Delivery>, Error> {
    let in_doubt = || vec![DeliveryState::InDoubt.as_str().to_owned()];
    let first = Query { limit: DELIVERIES, status: in_doubt(), ..Query::default() };
    let mut found = newsroom.list::<Delivery>(who, desk, &first)?.items;
    let others = newsroom.list::<Delivery>(who, desk, &Query { limit: DELIVERIES, ..Query::default() })?.items;
    found.extend(others.into_iter().filter(|other| other.value.state != DeliveryState::InDoubt));
    let told = |delivery: Delivery| Delivery {
        answer: delivery.answer.map(|answer| if with_addresses { answer } else { without_addresses(&answer) }),
        ..delivery
    };
    Ok(found.into_iter().map(|found| told(found.value)).collect())
}

/// A text with each word that holds an e-mail address left out.
fn without_addresses(text: &str) -> String {
    text.split(' ').map(|word| if word.contains('@') { "[address]" } else { word }).collect::<Vec<_>>().join(" ")
}

pub(crate) async fn send(State(app): State<App>, Path(id): Path<String>) -> Answer {
    app.desk(&id).await?;
    app.newsroom().send_due().await?;
    done(&format!("/newsroom/{id}/subscribers"), "sent")
}

#[derive(Deserialize)]
pub(crate) struct Resolved {
    act: String,
}

pub(crate) async fn resolve(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, delivery)): Path<(String, String)>,
    Form(given): Form<Resolved>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let send = match given.act.as_str() {
        "send" => true,
        "leave" => false,
        other => return Err(PageError::invalid(format!("{other:?} is no decision: send or leave"))),
    };
    let who = visitor.who().clone();
    app.ask(move |newsroom| newsroom.resolve_delivery(&who, &desk.id, &delivery, send)).await?;
    done(&format!("/newsroom/{id}/subscribers"), "decided")
}

#[cfg(test)]
mod tests {
    use super::without_addresses;

    #[test]
    fn an_answer_is_told_without_the_address() {
        let answer = "550 5.1.1 <reader@example.org>: unknown here";
        assert_eq!(without_addresses(answer), "550 5.1.1 [address] unknown here");
        assert_eq!(without_addresses("the connection ended"), "the connection ended");
    }
}
