"""Exports opened, counted and checked by tools that are not ours; `cargo xtask proof` runs it.

usage: proof.py FOLDER TEI_ALL.rng

FOLDER holds one corpus in every format, as the chore wrote it. What its documents hold is read from the JSON Lines with
nothing but Python's own json; every other format must say the same.
"""

import collections
import json
import logging
import pathlib
import subprocess
import sys
import unicodedata

import conllu
import duckdb
import frictionless
import jsonschema
import mlcroissant
import polars
import pyarrow.dataset
import pyarrow.parquet
import rispy
import yaml
from lxml import etree
from pyld import jsonld
from udapi.block.read.conllu import Conllu

FOLDER, TEI_ALL = map(pathlib.Path, sys.argv[1:])
HERE = pathlib.Path(__file__).parent
DOCUMENTS = [json.loads(line) for line in (FOLDER / "corpus.jsonl").open(encoding="utf-8")]
BLOCKS = [(document, block) for document in DOCUMENTS for block in document["blocks"]]
ANNOTATIONS = [(document, annotation) for document in DOCUMENTS for annotation in document["annotations"]]
ARTICLES = [part for document in DOCUMENTS for part in document["parts"] if part["kind"] in ("article", "embedded")]
# A package holds a document once, wherever it was found.
IDS = {document["id"]: document for document in DOCUMENTS}
LAYERS = collections.Counter(annotation["layer"] for _, annotation in ANNOTATIONS)


def same(found, wanted, what):
    if found != wanted:
        sys.exit(f"{what}: found {found!r:.300}, wanted {wanted!r:.300}")
    return wanted


def slice_of(document, span):
    return document["text"].encode()[span[0]:span[1]].decode()


def one_line(title):
    return title and " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in title).split())


def jsonl():
    lines = subprocess.run(["zstd", "-dc", FOLDER / "corpus.jsonl.zst"], capture_output=True, check=False)
    plain = (FOLDER / "corpus.jsonl").read_bytes()
    if lines.returncode == 0:
        same(lines.stdout, plain, "zstd")
    count = duckdb.sql(f"SELECT count(*), count(DISTINCT id) FROM read_json('{FOLDER}/corpus.jsonl.zst', maximum_object_size=100000000)").fetchall()[0]
    same(count[0], len(DOCUMENTS), "rows")
    return "duckdb", f"{count[0]} documents from Zstandard"


def package_by_duckdb():
    documents, annotations = (f"'{FOLDER}/package/{table}/*.parquet'" for table in ("documents", "annotations/*"))
    count = lambda query: duckdb.sql(query).fetchall()[0]
    same(count(f"SELECT count(*), count(DISTINCT id) FROM {documents}"), (len(IDS), len(IDS)), "documents")
    same(count(f"SELECT count(*) FROM (SELECT unnest(blocks) FROM {documents})")[0], sum(len(d["blocks"]) for d in IDS.values()), "blocks")
    # A span is of bytes, so the text is taken as bytes; each name must be the words that the JSON has there.
    rows = duckdb.sql(f"""SELECT a.document, a.span_start, a.span_end, decode(encode(d.text)[a.span_start + 1 : a.span_end])
                          FROM '{FOLDER}/package/annotations/name@*/*.parquet' a JOIN {documents} d ON d.id = a.document""").fetchall()
    for document, start, end, words in rows:
        same(words, slice_of(IDS[document], (start, end)), f"words of a name in {document}")
    total = count(f"SELECT count(*) FROM {annotations} a JOIN {documents} d ON d.id = a.document")[0]
    same(total, sum(len(d["annotations"]) for d in IDS.values()), "annotations joined with their documents")
    return "duckdb", f"{len(IDS)} documents joined with {total} annotations, {len(rows)} names at their bytes"


def package_by_polars():
    documents = polars.scan_parquet(FOLDER / "package/documents/*.parquet")
    annotations = polars.scan_parquet(FOLDER / "package/annotations/*/*.parquet")
    texts = documents.select("id", "text").collect()
    same(dict(texts.iter_rows()), {id: document["text"] for id, document in IDS.items()}, "texts")
    roles = documents.select(polars.col("blocks").explode().struct.field("role")).collect()["role"]
    same(collections.Counter(roles), collections.Counter(b["role"] for d in IDS.values() for b in d["blocks"]), "roles")
    joined = annotations.join(documents.select("id", "language"), left_on="document", right_on="id").collect()
    same(joined.height, sum(len(d["annotations"]) for d in IDS.values()), "annotations joined with their documents")
    return "polars", f"{texts.height} texts the same, {len(roles)} roles, {joined.height} annotations joined"


def package_by_pyarrow():
    rows = {}
    for path in sorted((FOLDER / "package").rglob("*.parquet")):
        table = pyarrow.parquet.read_table(path)
        table.validate(full=True)
        rows[path.parent.name.split("@")[0]] = rows.get(path.parent.name.split("@")[0], 0) + table.num_rows
    same(rows["documents"], len(IDS), "documents")
    layers = collections.Counter(a["layer"] for d in IDS.values() for a in d["annotations"])
    same({layer: rows[layer] for layer in layers}, dict(layers), "annotations by layer")
    whole = pyarrow.dataset.dataset(FOLDER / "package/documents", format="parquet")
    same(whole.to_table(columns=["language"]).num_rows, len(IDS), "documents as one dataset")
    return "pyarrow", f"{sum(rows.values())} rows of {len(rows)} tables read and validated"


def package_by_frictionless():
    # It reads no Parquet with lists in it and knows no BLAKE3: what it checks is the description.
    path = FOLDER / "package/datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    same([str(error) for error in frictionless.Package.metadata_validate(descriptor)], [], "description")
    package = frictionless.Package(str(path))
    for resource in package.resources:
        file = FOLDER / "package" / resource.path
        same(resource.bytes, file.stat().st_size, f"bytes of {resource.path}")
        same(resource.schema.field_names, pyarrow.parquet.read_schema(file).names, f"columns of {resource.path}")
    files = {str(file.relative_to(FOLDER / "package")) for file in (FOLDER / "package").rglob("*.parquet")}
    same({resource.path for resource in package.resources}, files, "files that are described")
    return "frictionless", f"{len(package.resources)} resources, each with the columns and the length it says"


def csv_by_duckdb():
    read = lambda name: f"read_csv('{FOLDER}/tables/{name}.csv', header=true, all_varchar=true, quote='\"', escape='\"', strict_mode=true, max_line_size=100000000)"
    same(duckdb.sql(f"SELECT count(*) FROM {read('documents')}").fetchall()[0][0], len(DOCUMENTS), "documents")
    rows = duckdb.sql(f"""SELECT count(*), count(*) FILTER (decode(encode(documents.text)[blocks.start::INT + 1 : blocks."end"::INT]) = blocks.text),
                          count(*) FILTER (substr(documents.text, blocks.start_char::INT + 1, 1) = substr(blocks.text, 1, 1))
                          FROM {read('blocks')} blocks JOIN (SELECT DISTINCT ON (id) * FROM {read('documents')}) documents ON documents.id = blocks.document""").fetchall()[0]
    same(rows, (len(BLOCKS),) * 3, "blocks joined with their documents, by bytes and by characters")
    return "duckdb", f"{rows[0]} blocks joined with {len(DOCUMENTS)} documents, each span holds its text"


def csv_by_polars():
    read = lambda path: polars.read_csv(path, infer_schema=False)
    blocks = read(FOLDER / "tables/blocks.csv")
    same(blocks.height, len(BLOCKS), "blocks")
    same(sorted(blocks["role"].to_list()), sorted(block["role"] for _, block in BLOCKS), "roles")
    layers = {path.stem: read(path).height for path in (FOLDER / "tables/annotations").glob("*.csv")}
    same(layers, dict(LAYERS), "annotations by layer")
    return "polars", f"{blocks.height} blocks, {sum(layers.values())} annotations in {len(layers)} layers"


def sqlite():
    def shell(query):
        run = subprocess.run(["sqlite3", "-json", FOLDER / "corpus.sqlite", query], capture_output=True, check=True, text=True)
        return json.loads(run.stdout or "[]")

    same(shell("PRAGMA integrity_check"), [{"integrity_check": "ok"}], "integrity")
    same(shell("PRAGMA foreign_key_check"), [], "references")
    counts = shell("SELECT (SELECT count(*) FROM documents) d, (SELECT count(*) FROM blocks) b, (SELECT count(*) FROM annotations) a")[0]
    same(tuple(counts.values()), (len(DOCUMENTS), len(BLOCKS), len(ANNOTATIONS)), "rows")
    for layer, count in LAYERS.items():
        same(shell(f'SELECT count(*) n FROM "layer_{layer}"')[0]["n"], count, f"view of layer {layer}")
    same(shell("SELECT count(*) n FROM articles")[0]["n"], len(ARTICLES), "view of articles")
    words = sum("the" in slice_of(document, block["span"]).lower().split() for document, block in BLOCKS)
    found = shell("SELECT count(*) n FROM blocks_fts WHERE blocks_fts MATCH 'the'")[0]["n"]
    if found < words:
        sys.exit(f"full-text index: found {found} blocks with 'the', plain splitting {words}")
    return "sqlite3", f"{counts['b']} blocks, {counts['a']} annotations, {found} blocks with 'the' by FTS5"


def tei():
    schema = etree.RelaxNG(etree.parse(TEI_ALL))
    name = {"t": "http://www.tei-c.org/ns/1.0"}
    files = [FOLDER / "corpus.xml", FOLDER / "corpus-all.xml", *sorted((FOLDER / "tei").glob("*.xml"))]
    for path in files:
        tree = etree.parse(path)
        if not schema.validate(tree):
            sys.exit(f"{path.name}: {schema.error_log.last_error}")
    tree = etree.parse(FOLDER / "corpus-all.xml")
    same(int(tree.xpath("count(//t:TEI)", namespaces=name)), len(DOCUMENTS), "documents")
    embedded = sum(part["kind"] == "embedded" for part in ARTICLES)
    same(int(tree.xpath("count(//t:floatingText)", namespaces=name)), embedded, "embedded articles")
    # All of the text is there, part by part, but for what XML cannot hold.
    squeeze = lambda text: "".join(text.replace("\ufffd", "").split())
    legal = lambda text: "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
    found = squeeze("".join(tree.xpath("//t:text//text()", namespaces=name)))
    wanted = "".join(
        squeeze(legal(slice_of(document, span)))
        for document in DOCUMENTS
        for index in range(len(document["parts"]))
        for block in document["blocks"]
        if block["part"] == index
        for span in block.get("cells") or [block["span"]]
    )
    same(found, wanted, "text")
    return "lxml", f"{len(files)} files valid against TEI All 4.3.0, {len(wanted)} characters of text the same"


def conllu_by_conllu():
    by_id = {document["id"]: document["text"].encode() for document in DOCUMENTS}
    tokens = sentences = 0
    document = None
    for sentence in conllu.parse_incr((FOLDER / "corpus.conllu").open(encoding="utf-8")):
        document = sentence.metadata.get("newdoc id", document)
        text = by_id[document]
        sentences += 1
        for token in sentence:
            tokens += 1
            covered = text[int(token["misc"]["Start"]):int(token["misc"]["End"])].decode()
            if token["form"] != covered and "\ufffd" not in token["form"]:
                sys.exit(f"CoNLL-U: {token['form']!r} is {covered!r} in the document")
    return "conllu", f"{sentences} sentences, {tokens} tokens, each at its bytes"


def conllu_by_udapi():
    # It warns of every head that is left open.
    logging.disable(logging.WARNING)
    reader = Conllu(files=[str(FOLDER / "corpus.conllu")], split_docs=False)
    from udapi.core.document import Document
    document = Document()
    reader.apply_on_document(document)
    trees = [tree for bundle in document.bundles for tree in bundle.trees]
    for tree in trees:
        # The text of the comment is the words with the spaces that SpaceAfter leaves.
        same(tree.compute_text().strip(), tree.text.strip(), f"text of {tree.sent_id}")
    return "udapi", f"{len(trees)} trees whose words give the text"


def web_annotation():
    collection = json.loads((FOLDER / "annotations.json").read_text(encoding="utf-8"))
    jsonschema.validate(collection, json.loads((HERE / "annotation.schema.json").read_text()))
    items = collection["first"]["items"]
    same((len(items), collection["total"]), (len(BLOCKS) + len(ANNOTATIONS),) * 2, "annotations")
    by_id = {document["id"].removeprefix("b3:"): document["text"] for document in DOCUMENTS}
    for item in items:
        text = by_id[item["target"]["source"].rsplit(":", 1)[1]]
        quote, position = item["target"]["selector"]
        same(text[position["start"]:position["end"]], quote["exact"], item["id"])
        same(text[:position["start"]].endswith(quote["prefix"]), True, "prefix")
        same(text[position["end"]:].startswith(quote["suffix"]), True, "suffix")
    # The W3C context is not to be fetched here: its terms that we use are written out.
    oa, rdf = "http://www.w3.org/ns/oa#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    link = lambda name: {"@id": name, "@type": "@id"}
    terms = {"id": "@id", "type": "@type", "@vocab": oa, "body": link(oa + "hasBody"), "target": link(oa + "hasTarget"),
             "source": link(oa + "hasSource"), "scope": link(oa + "hasScope"), "selector": link(oa + "hasSelector"),
             "purpose": {"@id": oa + "hasPurpose", "@type": "@vocab"}, "value": rdf + "value"}
    triples = jsonld.to_rdf({"@context": terms, "@graph": items[:200]})["@default"]
    bodies = sum(triple["predicate"]["value"] == oa + "hasBody" for triple in triples)
    same(bodies, sum(len(item["body"]) for item in items[:200]), "bodies as RDF")
    return "jsonschema, pyld", f"{len(items)} annotations select what they quote; {len(triples)} triples of the first 200"


def markdown():
    notes = sorted((FOLDER / "notes").glob("*.md"))
    same(len(notes), len(ARTICLES), "notes")
    titles = collections.Counter()
    for path in notes:
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        fields = yaml.safe_load(front)
        titles[fields.get("title")] += 1
        same(fields["kind"] in ("article", "embedded"), True, path.name)
    same(titles, collections.Counter(one_line(part["title"]) for part in ARTICLES), "titles")
    return "pyyaml", f"{len(notes)} notes, front matter read"


def ris():
    references = rispy.load((FOLDER / "corpus.ris").open(encoding="utf-8"))
    same(len(references), len(ARTICLES), "references")
    same([r["title"] for r in references if r["title"] != "[untitled]"],
         [one_line(p["title"]) for p in ARTICLES if p["title"]], "titles")
    return "rispy", f"{len(references)} references"


def timelinejs():
    events = json.loads((FOLDER / "timeline.json").read_text(encoding="utf-8"))["events"]
    for event in events:
        same(isinstance(event["start_date"]["year"], int) and bool(event["text"]["headline"]), True, event["unique_id"])
    return "json", f"{len(events)} slides (no reader of theirs is on a registry that needs no browser)"


def card_by_mlcroissant():
    kept = [json.loads(line) for line in (FOLDER / "kept.jsonl").open(encoding="utf-8")]
    dataset = mlcroissant.Dataset(jsonld=FOLDER / "croissant.json")
    same(list(dataset.metadata.ctx.issues.errors), [], "the card's errors")
    records = list(dataset.records("documents"))
    same([record["documents/text"].decode() for record in records], [document["text"] for document in kept], "texts")
    same([record["documents/id"].decode() for record in records], [document["id"] for document in kept], "ids")
    return "mlcroissant", f"the card of a data set, {len(records)} documents"


CHECKS = [jsonl, package_by_duckdb, package_by_polars, package_by_pyarrow, package_by_frictionless, csv_by_duckdb, csv_by_polars, sqlite, tei, conllu_by_conllu, conllu_by_udapi, web_annotation, markdown, ris, timelinejs, card_by_mlcroissant]
print(f"{len(DOCUMENTS)} documents, {len(BLOCKS)} blocks, {len(ANNOTATIONS)} annotations, {len(ARTICLES)} articles")
for check in CHECKS:
    tool, said = check()
    print(f"{check.__name__:<24} {tool:<17} {said}", flush=True)
