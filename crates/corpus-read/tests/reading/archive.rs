//! Web archives written for a test, record by record.

use crate::folder::gzip;

/// A WARC record with these headers beside its length.
pub(crate) fn record(kind: &str, headers: &[(&str, &str)], block: &[u8]) -> Vec<u8> {
    let mut record = format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2021-05-04T03:02:01Z\r\n");
    if !headers.iter().any(|&(name, _)| name == "WARC-Record-ID") {
        record += "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-ffffffffffff>\r\n";
    }
    for (name, value) in headers {
        record += &format!("{name}: {value}\r\n");
    }
    record += &format!("Content-Length: {}\r\n\r\n", block.len());
    [record.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// A response, as a crawler records it: `head` is the status line and the headers, without the last line end.
pub(crate) fn response(n: usize, head: &str, body: &[u8]) -> Vec<u8> {
    let id = format!("<urn:uuid:00000000-0000-4000-8000-{n:012}>");
    let url = format!("https://tides.example/{n}");
    let block = [head.as_bytes(), b"\r\n\r\n", body].concat();
    let headers = [
        ("WARC-Record-ID", &*id),
        ("WARC-Target-URI", &*url),
        ("Content-Type", "application/http; msgtype=response"),
    ];
    record("response", &headers, &block)
}

/// A page in HTML.
pub(crate) fn page(n: usize) -> Vec<u8> {
    response(n, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8", body(n).as_bytes())
}

/// The page's own bytes.
pub(crate) fn body(n: usize) -> String {
    format!("<p>Page {n} of the tide tables, {}.</p>", "in many words ".repeat(n % 7))
}

/// An archive of `n` pages, each after its request; the records one by one.
pub(crate) fn records(n: usize) -> Vec<Vec<u8>> {
    let info = record("warcinfo", &[("Content-Type", "application/warc-fields")], b"software: none\r\n");
    let pages = (0..n).flat_map(|n| {
        let request = record(
            "request",
            &[("Content-Type", "application/http; msgtype=request")],
            b"GET / HTTP/1.1\r\n\r\n",
        );
        [request, page(n)]
    });
    std::iter::once(info).chain(pages).collect()
}

/// Each record in a gzip member of its own.
pub(crate) fn members(records: &[Vec<u8>]) -> Vec<u8> {
    records.iter().flat_map(gzip).collect()
}
