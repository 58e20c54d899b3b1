//! Subscribers and deliveries, for the desk's chief; messages in doubt wait for a person.

use super::{Answer, Asked, done, next_page, private, said};
use crate::app::App;
use crate::error::PageError;
use crate::session::Visitor;
use crate::shell::Shell;
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use serde::Deserialize;
use sitrep_model::account::{Permission, Role};
use sitrep_model::dispatch::{Delivery, DeliveryState};
use sitrep_model::id::DeskId;
use sitrep_model::subscriber::{Subscriber, SubscriberState};
use sitrep_newsroom::{Error, Newsroom};

const DELIVERIES: usize = 100;
const SUBSCRIBERS: usize = 100;

#[derive(Template)]
#[template(path = "room_subscribers.html")]
struct Room {
    shell: Shell,
    counts: Vec<(&'static str, u64)>,
    deliveries: Vec<Delivery>,
    subscribers: Vec<Line>,
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
    Query(asked): Query<Asked>,
) -> Answer {
    let desk = app.desk(&id).await?;
    let (of, who) = (desk.id.clone(), visitor.who().clone());
    let (counts, deliveries, found) = app
        .ask(move |newsroom| {
            let query = sitrep_newsroom::Query { limit: DELIVERIES, ..Default::default() };
            let deliveries = newsroom.list::<Delivery>(&who, &of, &query)?.items;
            let query = sitrep_newsroom::Query { limit: SUBSCRIBERS, after: asked.after, ..Default::default() };
            Ok((counts(newsroom, &of)?, deliveries, newsroom.subscribers(&who, &of, &query)?))
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
    let subscribers = found.items.into_iter().map(line).collect();
    let deliveries = deliveries.into_iter().map(|found| found.value).collect();
    let path = format!("/newsroom/{id}/subscribers");
    let shell = Shell::of_desk(&visitor, desk, "subscribers", "Subscribers and deliveries", path);
    let shell = shell.flash(said(asked.done.as_deref()));
    private(&Room { shell, counts, deliveries, subscribers, next: next_page(found.next, "") })
}

/// Where somebody is led after an act on deliveries: the page is the chief's, the acts are every editor's.
fn back(visitor: &Visitor, desk: &DeskId) -> String {
    let page = if visitor.may(Permission::Desk(Role::Chief), Some(desk)) { "subscribers" } else { "editions" };
    format!("/newsroom/{desk}/{page}")
}

pub(crate) async fn send(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let desk = app.desk(&id).await?;
    app.newsroom().send_due().await?;
    done(&back(&visitor, &desk.id), "sent")
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
    let (who, of) = (visitor.who().clone(), desk.id.clone());
    app.ask(move |newsroom| newsroom.resolve_delivery(&who, &of, &delivery, send)).await?;
    done(&back(&visitor, &desk.id), "decided")
}
