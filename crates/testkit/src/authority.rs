//! A time-stamp authority (RFC 3161) on loopback, made with the `openssl` program; and that program's own verdict on a
//! token.

use crate::site::{Asked, Reply, Site};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

const EXTENSIONS: &str = "[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nO=Exercise Time\nCN=Exercise Time Authority\n\
[root]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\n\
[stamps]\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n\
extendedKeyUsage=critical,timeStamping\nsubjectKeyIdentifier=hash\n";

/// The policy under which it stamps where none is asked for, and the other one that it knows.
pub const POLICIES: [&str; 2] = ["1.3.6.1.4.1.99999.1", "1.3.6.1.4.1.99999.2"];

/// How an authority signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    /// RSA of 2048 bits, SHA-256.
    Rsa,
    /// RSA of 3072 bits, SHA-512.
    LongRsa,
    /// ECDSA on P-384, SHA-384.
    Ecdsa,
}

/// The authority, until dropped.
#[derive(Debug)]
pub struct Authority {
    site: Site,
    folder: PathBuf,
}

impl Authority {
    /// Opens an authority on a free port, with its keys and certificates in a folder; `None` where there is no `openssl`.
    ///
    /// # Errors
    /// Those of the system, and what `openssl` says where it fails.
    pub async fn open(folder: &Path, signing: Signing) -> io::Result<Option<Self>> {
        if Command::new("openssl").arg("version").output().is_err() {
            return Ok(None);
        }
        make(folder, signing)?;
        let (place, count) = (folder.to_owned(), AtomicUsize::new(0));
        let site = Site::open(move |asked| {
            let answered = answer(&place, count.fetch_add(1, Ordering::SeqCst), asked);
            answered.unwrap_or_else(|error| Reply { status: 500, ..Reply::page("text/plain", error.to_string()) })
        });
        Ok(Some(Self { site: site.await?, folder: folder.to_owned() }))
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("{}/stamp", self.site.base())
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.site.asked("/stamp")
    }

    /// Whether `openssl ts -verify` takes a token for these bytes, by the authority's root; what it says.
    ///
    /// # Errors
    /// Those of the system.
    pub fn verifies(&self, token: &[u8], data: &[u8]) -> io::Result<(bool, String)> {
        std::fs::write(self.folder.join("token"), token)?;
        std::fs::write(self.folder.join("data"), data)?;
        let output =
            openssl(&self.folder, "ts -verify -data data -in token -token_in -CAfile root.pem -untrusted own.pem");
        let output = output?;
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        Ok((output.status.success() && said.contains("Verification: OK"), said))
    }
}

fn openssl(folder: &Path, arguments: &str) -> io::Result<Output> {
    Command::new("openssl").args(arguments.split(' ')).current_dir(folder).output()
}

/// Runs it, and takes its complaint for an error.
fn must(folder: &Path, arguments: &str) -> io::Result<()> {
    let output = openssl(folder, arguments)?;
    if output.status.success() {
        return Ok(());
    }
    Err(io::Error::other(format!("openssl {arguments}: {}", String::from_utf8_lossy(&output.stderr))))
}

fn make(folder: &Path, signing: Signing) -> io::Result<()> {
    let (key, digest) = match signing {
        Signing::Rsa => ("-newkey rsa:2048", "sha256"),
        Signing::LongRsa => ("-newkey rsa:3072", "sha512"),
        Signing::Ecdsa => ("-newkey ec -pkeyopt ec_paramgen_curve:P-384", "sha384"),
    };
    let [usual, other] = POLICIES;
    let tsa = format!(
        "[tsa]\ndefault_tsa=one\n[one]\nserial={}/serial\ncrypto_device=builtin\nsigner_digest={digest}\n\
         default_policy={usual}\nother_policies={other}\ndigests=sha256\naccuracy=secs:1\nclock_precision_digits=2\n\
         ordering=yes\ntsa_name=yes\ness_cert_id_chain=no\ness_cert_id_alg={}\n",
        folder.display(),
        if signing == Signing::Rsa { "sha1" } else { "sha256" },
    );
    std::fs::write(folder.join("ext.cnf"), EXTENSIONS)?;
    std::fs::write(folder.join("tsa.cnf"), tsa)?;
    std::fs::write(folder.join("serial"), "01\n")?;
    must(
        folder,
        &format!(
            "req -x509 {key} -nodes -keyout root.key -out root.pem -days 30 -subj /CN=Root -config ext.cnf -extensions root"
        ),
    )?;
    must(folder, &format!("req -new {key} -nodes -keyout own.key -out own.csr -config ext.cnf"))?;
    must(
        folder,
        "x509 -req -in own.csr -CA root.pem -CAkey root.key -CAcreateserial -days 30 -extfile ext.cnf -extensions stamps -out own.pem",
    )
}

fn answer(folder: &Path, number: usize, asked: &Asked) -> io::Result<Reply> {
    if asked.header("content-type") != Some("application/timestamp-query") {
        return Ok(Reply::status(415));
    }
    let (query, reply) = (format!("{number}.tsq"), format!("{number}.tsr"));
    std::fs::write(folder.join(&query), &asked.body)?;
    must(
        folder,
        &format!(
            "ts -reply -config tsa.cnf -queryfile {query} -signer own.pem -inkey own.key -chain root.pem -out {reply}"
        ),
    )?;
    Ok(Reply::page("application/timestamp-reply", std::fs::read(folder.join(reply))?))
}
