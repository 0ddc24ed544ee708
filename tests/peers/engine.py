"""Runs an extractor of others over pages, for `cargo xtask bench extraction`.

usage: engine.py NAME < pages.jsonl > articles.jsonl
A page is {"id", "url", "html"}; an article {"id", "text", "title", "authors", "date"}. The last row says how many seconds
of CPU time the extraction took, without start, reading and writing."""

import json
import re
import sys
import time


def trafilatura():
    from trafilatura import bare_extraction

    def extract(html, url):
        found = bare_extraction(html, url=url, include_comments=False, with_metadata=True)
        if found is None:
            return {}
        return {"text": found.text, "title": found.title, "author": found.author, "date": found.date}

    return extract


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html, url: {"text": extract_plain_text(html, main_content=True)}


def readability():
    from lxml import html as markup
    from readability import Document

    def extract(html, url):
        document = Document(html)
        summary = markup.fromstring(document.summary())
        for block in summary.iter("p", "div", "li", "h1", "h2", "h3", "h4", "br", "tr", "td", "blockquote", "pre"):
            block.tail = "\n" + (block.tail or "")
        return {"text": summary.text_content(), "title": document.short_title()}

    return extract


ENGINES = {"trafilatura-py": trafilatura, "resiliparse": resiliparse, "readability-lxml": readability}


def main(name):
    engine = ENGINES[name]()

    def extract(page):
        try:
            return engine(page["html"], page.get("url"))
        except Exception as error:
            print(f"{name}: {page['id']}: {error}", file=sys.stderr)
            return {}

    pages = [json.loads(line) for line in sys.stdin]
    begin = time.process_time()
    articles = [extract(page) for page in pages]
    seconds = time.process_time() - begin
    for page, found in zip(pages, articles):
        authors = [author.strip() for author in re.split(r";|,", found.get("author") or "") if author.strip()]
        article = {"id": page["id"], "text": found.get("text") or "", "title": found.get("title"), "authors": authors}
        print(json.dumps(article | {"date": found.get("date")}))
    print(json.dumps({"seconds": seconds}))


main(sys.argv[1])
