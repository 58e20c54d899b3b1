//! What is taken of a page that is loaded: a picture of the whole of it, and a print.

use crate::Network;
use crate::error::Error;
use crate::visit::Visit;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::time::Duration;

/// Widths of a picture, in CSS pixels.
const WIDTHS: (u32, u32) = (1280, 1920);
/// Time for what only loads when it comes into view.
const IN_VIEW: Duration = Duration::from_secs(4);
/// Bytes of a print that are read at a time.
const PIECE: usize = 1 << 20;

impl<N: Network> Visit<'_, N> {
    /// The whole page as a picture, cut where it is higher than the bounds.
    pub(crate) async fn picture(&mut self) -> Result<Vec<u8>, Error> {
        let press = self.bounds.press;
        let measured = self.call("Page.getLayoutMetrics", json!({}), press).await?;
        let side = |name: &str| {
            let length = measured.pointer(&format!("/cssContentSize/{name}")).and_then(Value::as_f64).unwrap_or(0.0);
            // The cast saturates.
            length.ceil() as u32
        };
        let (width, height) = (side("width").clamp(WIDTHS.0, WIDTHS.1), side("height").clamp(1, self.bounds.height));
        if side("height") > height {
            self.requests.miss(format!("the picture is cut at {height} of {} pixels", side("height")));
        }
        // All of it in view at once: pictures that wait for that are asked for now.
        let view = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", view, press).await?;
        self.settle(IN_VIEW).await?;
        self.requests.close();
        let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
        let taken = json!({ "format": "png", "clip": clip, "captureBeyondViewport": true });
        let taken = self.call("Page.captureScreenshot", taken, press).await?;
        within(decoded("Page.captureScreenshot", taken.get("data"))?, self.bounds.picture)
    }

    /// The page as it prints, read piece by piece.
    pub(crate) async fn print(&mut self) -> Result<Vec<u8>, Error> {
        self.requests.close();
        let press = self.bounds.press;
        let asked = json!({ "printBackground": true, "transferMode": "ReturnAsStream" });
        let printed = self.call("Page.printToPDF", asked, press).await?;
        let stream = printed.get("stream").and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut print = Vec::new();
        loop {
            let piece = self.call("IO.read", json!({ "handle": stream, "size": PIECE }), press).await?;
            match piece.get("base64Encoded").and_then(Value::as_bool) {
                Some(true) => print.extend(decoded("IO.read", piece.get("data"))?),
                _ => print.extend(piece.get("data").and_then(Value::as_str).unwrap_or_default().bytes()),
            }
            print = within(print, self.bounds.print)?;
            if piece.get("eof").and_then(Value::as_bool).unwrap_or(true) {
                return Ok(print);
            }
        }
    }
}

fn decoded(method: &'static str, data: Option<&Value>) -> Result<Vec<u8>, Error> {
    let data = data.and_then(Value::as_str).unwrap_or_default();
    STANDARD.decode(data).map_err(|error| Error::Refused { method, why: error.to_string() })
}

fn within(made: Vec<u8>, most: usize) -> Result<Vec<u8>, Error> {
    if made.len() <= most { Ok(made) } else { Err(Error::Large { bytes: made.len(), most }) }
}
