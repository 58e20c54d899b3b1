//! TLS: certificates that are believed and such that are not, for pages and for mail.

// The lint lets tests unwrap, but not the functions that they share.
#![allow(clippy::unwrap_used)]

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use sitrep_net::{FetchSettings, Fetcher, MailSettings, Mailer, Request, Security, Trust};
use sitrep_testkit::MailSink;
use sitrep_testkit::mail::SinkSettings;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// A server's side of TLS for `localhost`, and its certificate.
fn identity() -> (TlsAcceptor, Vec<u8>) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![cert.der().clone()], key).unwrap();
    (TlsAcceptor::from(Arc::new(config)), cert.der().to_vec())
}

async fn page_server(acceptor: TlsAcceptor) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret").await;
            let _ = stream.shutdown().await;
        }
    });
    address
}

fn fetcher(trust: Trust) -> Fetcher {
    Fetcher::new(FetchSettings { trust, tries: 1, connect: Duration::from_secs(5), ..FetchSettings::default() })
        .unwrap()
}

#[tokio::test]
async fn a_page_comes_only_from_who_is_believed_and_is_who_it_should_be() {
    let (acceptor, certificate) = identity();
    let port = page_server(acceptor).await.port();
    let request = |host: &str| Request { local: true, ..Request::new(format!("https://{host}:{port}/")) };
    let believing = fetcher(Trust::default().and(certificate));
    assert_eq!(believing.fetch(&request("localhost")).await.unwrap().body, b"secret");
    assert_eq!(
        believing.fetch(&request("127.0.0.1")).await.unwrap_err().code(),
        "tls",
        "the certificate is for another name"
    );
    let stranger = fetcher(Trust::default()).fetch(&request("localhost")).await.unwrap_err();
    assert_eq!(stranger.code(), "tls");
    assert!(stranger.to_string().starts_with(&format!("no secure connection to localhost:{port}: ")), "{stranger}");
}

/// A mail server that speaks TLS: from the first byte, or after `STARTTLS`, with `said_early` smuggled in before the handshake.
async fn mail_server(acceptor: TlsAcceptor, sink: Arc<MailSink>, start_tls: bool, said_early: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            if start_tls {
                let mut request = [0; 512];
                stream.write_all(b"220 tls.example ESMTP\r\n").await.unwrap();
                let _ = stream.read(&mut request).await;
                stream.write_all(b"250-tls.example\r\n250 STARTTLS\r\n").await.unwrap();
                let _ = stream.read(&mut request).await;
                stream.write_all(format!("220 go on\r\n{said_early}").as_bytes()).await.unwrap();
            }
            let (acceptor, sink) = (acceptor.clone(), Arc::clone(&sink));
            tokio::spawn(async move {
                if let Ok(stream) = acceptor.accept(stream).await {
                    let _ = sink.converse(stream, !start_tls).await;
                }
            });
        }
    });
    port
}

fn mailer(port: u16, security: Security, trust: Trust) -> Mailer {
    let mut settings = MailSettings::new("localhost", port, security);
    (settings.user, settings.password) = (Some("desk".into()), Some("word".into()));
    Mailer::new(MailSettings { trust, ..settings }).unwrap()
}

async fn sink() -> Arc<MailSink> {
    let settings = SinkSettings { sign_in: Some(("desk".into(), "word".into())), ..SinkSettings::default() };
    Arc::new(MailSink::with(([127, 0, 0, 1], 0).into(), settings).await.unwrap())
}

#[tokio::test]
async fn mail_goes_over_tls_from_the_first_byte_and_after_starttls() {
    for (security, start_tls) in [(Security::Tls, false), (Security::StartTls, true)] {
        let ((acceptor, certificate), sink) = (identity(), sink().await);
        let port = mail_server(acceptor, Arc::clone(&sink), start_tls, "").await;
        let mailer = mailer(port, security, Trust::default().and(certificate));
        mailer.send("desk@here.example", "reader@there.example", b"Subject: x\r\n\r\ny\r\n").await.unwrap();
        assert_eq!(sink.received().len(), 1, "{security:?}");
        let strangers = self::mailer(port, security, Trust::default());
        let error = strangers.send("a@b.example", "c@d.example", b"x").await.unwrap_err();
        assert_eq!(error.code(), "mail_temporary", "{error}");
    }
}

#[tokio::test]
async fn answers_that_come_before_the_handshake_are_not_believed() {
    let ((acceptor, certificate), sink) = (identity(), sink().await);
    let port = mail_server(acceptor, Arc::clone(&sink), true, "250 smuggled\r\n").await;
    let mailer = mailer(port, Security::StartTls, Trust::default().and(certificate));
    let error = mailer.send("a@b.example", "c@d.example", b"x").await.unwrap_err();
    assert!(error.to_string().contains("smuggled"), "{error}");
}

#[tokio::test]
async fn a_server_without_starttls_is_not_spoken_to_in_the_open() {
    let sink = sink().await;
    let error = mailer(sink.address().port(), Security::StartTls, Trust::default()).check().await.unwrap_err();
    assert!(error.to_string().contains("does not offer STARTTLS"), "{error}");
    assert!(error.concerns_all());
}
