//! The settings of PDF.co, which reads what a browser cannot.

use super::Reader;
use super::sound::is_service;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PdfCo {
    /// None: no file is ever sent there.
    pub key: Option<String>,
    pub url: String,
}

pub fn pdfco(reader: &mut Reader) -> PdfCo {
    PdfCo {
        key: reader.checked("PDFCO_API_KEY", |key| key.bytes().all(|byte| byte.is_ascii_graphic())),
        url: reader.checked("PDFCO_API_URL", is_service).unwrap_or_else(|| "https://api.pdf.co".to_owned()),
    }
}
