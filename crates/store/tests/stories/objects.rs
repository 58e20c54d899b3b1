//! Blobs on a server that speaks S3: the real client, and a server in this process that knows as much as it asks for.

use crate::made::capture;
use crate::stage::Stage;
use sitrep_store::{BlobSettings, Error, S3Settings, Settings, Store, Tables};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

type Kept = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// Starts a server; its address, and what it keeps.
fn server() -> (String, Kept) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let kept = Kept::default();
    let objects = Arc::clone(&kept);
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let objects = Arc::clone(&objects);
            std::thread::spawn(move || while answer(&stream, &objects).is_some() {});
        }
    });
    (address, kept)
}

fn answer(stream: &TcpStream, kept: &Kept) -> Option<()> {
    let mut from = BufReader::new(stream);
    let (mut line, mut length, mut signed) = (String::new(), 0, false);
    from.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let (method, target) = line.split_once(' ')?;
    let (path, query) = target.split(' ').next()?.split_once('?').unwrap_or((target.split(' ').next()?, ""));
    loop {
        let mut header = String::new();
        from.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "authorization" => signed = value.contains("Credential=key/"),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body).ok()?;
    let mut kept = kept.lock().unwrap();
    let key = path.trim_start_matches("/bucket").trim_start_matches('/').to_owned();
    let (status, body) = match method {
        _ if !signed => ("403 Forbidden", b"<Error><Code>AccessDenied</Code></Error>".to_vec()),
        "PUT" => {
            kept.insert(key, body);
            ("200 OK", Vec::new())
        }
        "GET" if key.is_empty() => ("200 OK", listed(&kept, query).into_bytes()),
        _ => kept.get(&key).map_or(("404 Not Found", Vec::new()), |bytes| ("200 OK", bytes.clone())),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nETag: \"e\"\r\nLast-Modified: Mon, 21 Sep 2026 10:00:00 GMT\r\n\r\n",
        body.len()
    );
    let mut to = stream;
    to.write_all(head.as_bytes()).ok()?;
    if method != "HEAD" {
        to.write_all(&body).ok()?;
    }
    Some(())
}

/// What stands one folder deep under a prefix.
fn listed(kept: &BTreeMap<String, Vec<u8>>, query: &str) -> String {
    let prefix = query.split('&').find_map(|part| part.strip_prefix("prefix=")).unwrap_or_default().replace("%2F", "/");
    let (mut folders, mut objects) = (BTreeSet::new(), String::new());
    for (key, bytes) in kept {
        let Some(rest) = key.strip_prefix(&prefix) else { continue };
        match rest.split_once('/') {
            Some((folder, _)) => drop(folders.insert(folder)),
            None => objects.push_str(&format!(
                "<Contents><Key>{key}</Key><LastModified>2026-09-21T10:00:00.000Z</LastModified><ETag>\"e\"</ETag>\
                 <Size>{}</Size></Contents>",
                bytes.len()
            )),
        }
    }
    let folders: String = folders
        .iter()
        .map(|folder| format!("<CommonPrefixes><Prefix>{prefix}{folder}/</Prefix></CommonPrefixes>"))
        .collect();
    format!("<ListBucketResult><IsTruncated>false</IsTruncated>{objects}{folders}</ListBucketResult>")
}

fn settings(stage: &Stage, endpoint: &str, prefix: &str) -> Settings {
    let s3 = S3Settings {
        endpoint: Some(endpoint.to_owned()),
        region: "us-east-1".to_owned(),
        bucket: "bucket".to_owned(),
        prefix: prefix.to_owned(),
        access_key: "key".to_owned(),
        secret_key: "secret".to_owned(),
        path_style: true,
    };
    Settings { blobs: BlobSettings::S3(s3), ..stage.settings.clone() }
}

story!(blobs_of_a_bucket_are_put_listed_verified_and_carried, stage, {
    let (endpoint, kept) = server();
    let store = Store::open(&settings(stage, &endpoint, "desk")).unwrap();
    assert!(store.blobs().names().unwrap().is_empty());
    let names = ["one", "two"].map(|bytes| store.blobs().put(bytes.as_bytes()).unwrap());
    assert_eq!(store.blobs().put(b"one").unwrap(), names[0]);
    assert_eq!(store.blobs().get(&names[1]).unwrap().as_deref(), Some(b"two".as_slice()));
    assert!(store.blobs().exists(&names[0]).unwrap() && !store.blobs().exists(&"0".repeat(64)).unwrap());
    assert_eq!(store.blobs().names().unwrap().len(), 2);
    assert!(kept.lock().unwrap().keys().all(|key| key.starts_with("desk/")));
    for (n, name) in names.iter().enumerate() {
        stage.put(n as i64, &capture(&format!("cap-{n}"), name));
    }
    assert!(store.verify(&mut |_, _| ()).unwrap().is_clean());
    let backup = stage.settings.data.join("backup");
    store.backup(&backup, &mut |_, _| ()).unwrap();
    let new = stage.other();
    let other = Store::open(&settings(&new, &endpoint, "other")).unwrap();
    assert_eq!(other.import(&backup, &mut |_, _| ()).unwrap().tables, Tables::Same);
    assert_eq!(other.blobs().names().unwrap(), store.blobs().names().unwrap());
    let key = |prefix: &str, name: &str| format!("{prefix}/{}/{}", &name[..2], &name[2..]);
    kept.lock().unwrap().insert(key("other", &names[0]), b"changed".to_vec());
    kept.lock().unwrap().remove(&key("other", &names[1]));
    let report = other.verify(&mut |_, _| ()).unwrap();
    assert_eq!(report.damaged, 2, "{:?}", report.damage);
});

story!(a_server_that_refuses_or_is_not_there_is_named_and_the_secret_is_not, stage, {
    let (endpoint, _kept) = server();
    let mut refused = settings(stage, &endpoint, "");
    if let BlobSettings::S3(s3) = &mut refused.blobs {
        s3.access_key = "stranger".to_owned();
    }
    let error = Store::open(&refused).unwrap().blobs().put(b"x").unwrap_err();
    assert!(matches!(&error, Error::BlobStorage { place, .. } if place.contains(&endpoint)), "{error}");
    assert!(!format!("{error} {refused:?}").contains("secret_key"));
});
