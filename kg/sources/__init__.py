"""Files, folders, globs and standard input in; articles and reasoned rejections out.

`read_paths` never raises because of what a file holds: each input that does not become an article becomes a
`Rejection` whose `reason` is one of these stable words.

    empty            no bytes, or white space only
    binary           not text: an image, an archive, a program, ...
    unknown_format   recognised, but not read: PDF, office documents, tables, XML that is no feed
    too_large        more than `Settings.max_bytes` (a file, or one JSONL line), or a page beyond what a parser may hold
    too_deep         markup nested, or attributes swollen, beyond what any article has
    unreadable       no permission, a device, an input/output error
    not_found        no such file, or a pattern that matches nothing
    symlink_loop     a link that leads back to a folder that holds it
    truncated        a compressed file that is cut short or damaged
    bad_encoding     text in no encoding that can be told
    bad_json         not JSON
    bad_record       JSON, but not an object with a text
    no_text          no sentence of an article is left once the page furniture is gone, or only a paywall's teaser
    not_english      a text in another language, which no rule of ours can read (`Settings.any_language` lets it pass)
    duplicate_key    the key of an earlier article of this run, with other content

The same content under the same key is read once, silently; so is a file that is reached twice.
"""

from kg.sources.inputs import count_inputs
from kg.sources.reader import read_paths

__all__ = ["count_inputs", "read_paths"]
