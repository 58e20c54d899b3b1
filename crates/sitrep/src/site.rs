//! The site on its port, until a signal ends it.

use crate::outcome::{Class, Failure};
use sitrep_newsroom::Newsroom;
use sitrep_web::{App, Settings};
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// Takes the port.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        Failure::new(Class::Unreadable, "port", format!("can't listen at {address}: {error}"))
            .hint("Choose another address with --listen.")
    })
}

/// Serves until the process is told to end; requests under way are answered.
pub async fn serve(newsroom: Newsroom, listener: TcpListener) -> Result<(), Failure> {
    let early = newsroom.clone();
    // Beside the first requests, so that neither the start nor a reader waits for it; a process that ends doesn't either.
    std::thread::spawn(move || {
        if let Err(error) = early.prepare_archives() {
            tracing::warn!(%error, "the archives could not be prepared; the first question will try again");
        }
        if let Err(error) = early.prepare_inboxes() {
            tracing::warn!(%error, "the inboxes could not be prepared; the first question will try again");
        }
    });
    let site = sitrep_web::site(App::new(Settings { newsroom }));
    let site = site.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, site)
        .with_graceful_shutdown(ended())
        .await
        .map_err(|error| Failure::new(Class::Internal, "serve", error.to_string()))
}

/// Waits for an interrupt or, where there is one, the signal to terminate.
pub async fn ended() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
