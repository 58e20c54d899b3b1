//! What axum alone can serve on this machine: `bare_axum ADDRESS FILE` answers every request with the file's bytes, kept in
//! memory. The benches load it beside sitrep with the same bytes.

use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().ok_or("an address to listen on is wanted")?;
    let body = Bytes::from(std::fs::read(arguments.next().ok_or("a file is wanted")?)?);
    let page = get(move || std::future::ready(([(CONTENT_TYPE, "text/html; charset=utf-8")], body)));
    axum::serve(tokio::net::TcpListener::bind(address).await?, Router::new().route("/page.html", page)).await?;
    Ok(())
}
