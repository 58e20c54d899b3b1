//! A proxy that speaks HTTP `CONNECT` and SOCKS 5, and leads everything to one place, whatever it is asked for.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

type Asked = Arc<Mutex<Vec<String>>>;

/// The proxy, on a loopback port, until dropped.
#[derive(Debug)]
pub struct ProxySink {
    address: SocketAddr,
    asked: Asked,
    task: JoinHandle<()>,
}

impl ProxySink {
    /// Opens a proxy whose every way leads to `target`.
    ///
    /// # Errors
    /// Those of the system where there is no port.
    pub async fn open(target: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let (address, asked) = (listener.local_addr()?, Asked::default());
        let kept = Arc::clone(&asked);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Who is led nowhere has closed the connection.
                tokio::spawn(lead(stream, target, Arc::clone(&kept)));
            }
        });
        Ok(Self { address, asked, task })
    }

    /// Its port.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it was asked to connect to, as `name:port`.
    pub fn asked_for(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for ProxySink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn lead(mut stream: TcpStream, target: SocketAddr, asked: Asked) -> io::Result<()> {
    let first = stream.read_u8().await?;
    let place = if first == 5 { socks(&mut stream).await? } else { connect(&mut stream).await? };
    asked.lock().unwrap_or_else(PoisonError::into_inner).push(place);
    let mut onward = TcpStream::connect(target).await?;
    copy_bidirectional(&mut stream, &mut onward).await.map(|_| ())
}

async fn connect(stream: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
    let line = String::from_utf8_lossy(&head).into_owned();
    Ok(line.split(' ').nth(1).unwrap_or_default().to_owned())
}

async fn socks(stream: &mut TcpStream) -> io::Result<String> {
    let ways = stream.read_u8().await?;
    stream.read_exact(&mut vec![0; usize::from(ways)]).await?;
    stream.write_all(&[5, 0]).await?;
    let mut head = [0; 4];
    stream.read_exact(&mut head).await?;
    let length = if head[3] == 3 { usize::from(stream.read_u8().await?) } else { 4 };
    let mut name = vec![0; length];
    stream.read_exact(&mut name).await?;
    let port = stream.read_u16().await?;
    stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    Ok(format!("{}:{port}", String::from_utf8_lossy(&name)))
}
