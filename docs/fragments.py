"""
The guides become what the application serves as help: pages without a frame, in one file.

The frame, its style and its language are the application's (`web/pages/service/help_pages.py`), so a page is a
fragment: no script, no style, nothing from elsewhere. One build has both languages, since no word of a fragment
is Sphinx's own. The `index.md` of a guide lists its pages in their order as ordinary links, which reads where
nothing is built, too; that is the table of contents, and a page that no index lists is a warning, so an error.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.writers.html5 import HTML5Translator

DOCS = Path(__file__).parent
LANGUAGES = ("sv", "en")
INDEX = re.compile(r"(^|/)(README|index)$")
"""What a page is called that lists others."""

LISTED = re.compile(r"^(?:## (.+)|[*|][^\n]*?\]\(([\w./-]+)\.md\).*)$", re.MULTILINE)
LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])+)\]\(([^)\s#:]+)(?:#[^)\s]*)?\)")


def setup(app: Sphinx) -> None:
    app.add_builder(Help)
    app.set_translator("help", Plain)
    app.connect("source-read", prepare)


def prepare(app: Sphinx, name: str, source: list[str]) -> None:
    """Make what an index lists its table of contents, and words of links that lead to code and not to a page."""
    here = (DOCS / name).parent

    def kept(link: re.Match[str]) -> str:
        path = (here / link[2]).resolve()
        is_page = app.env.path2doc(path) in app.env.found_docs
        return link[0] if is_page or not path.exists() else link[1]

    listed = [page for _, page in LISTED.findall(source[0]) if page and INDEX.search(name)]
    source[0] = LINK.sub(kept, source[0])
    if listed:
        source[0] += "\n".join(["\n\n```{toctree}", ":hidden:", "", *listed, "```", ""])


class Plain(HTML5Translator):
    """HTML that asks for no style of Sphinx's; what is wider than the page can be moved with the keyboard."""

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        self.body.append(f'<pre tabindex="0"><code>{self.encode(node.astext())}</code></pre>\n')
        raise nodes.SkipNode

    def visit_image(self, node: nodes.image) -> None:
        """Say how large a picture is, so that nothing jumps when it comes."""
        width, height = measured(DOCS / node["uri"])
        up = "../" * self.builder.get_target_uri(self.builder.current_docname).count("/")
        address = f"../{up}static/help/{self.builder.images[node['uri']]}"
        self.body.append(
            f'<img src="{address}" alt="{self.attval(node["alt"])}"'
            f' width="{width}" height="{height}" loading="lazy">'
        )
        raise nodes.SkipNode

    def visit_table(self, node: nodes.table) -> None:
        self.body.append('<div class="scroll" tabindex="0">\n')
        super().visit_table(node)

    def visit_thead(self, node: nodes.thead) -> None:
        """Leave out a head without words, which says nothing to those who hear it."""
        if not node.astext().strip():
            raise nodes.SkipNode
        super().visit_thead(node)

    def depart_table(self, node: nodes.table) -> None:
        super().depart_table(node)
        self.body.append("</div>\n")


def measured(picture: Path) -> tuple[int, int]:
    """Read the width and height of a PNG."""
    head = picture.read_bytes()[:24]
    return int.from_bytes(head[16:20]), int.from_bytes(head[20:24])


class Help(StandaloneHTMLBuilder):
    """Writes `guides.json` (the pages, and what each index lists, as it is served) and the pictures beside it."""

    name = "help"
    search = False

    def init(self) -> None:
        super().init()
        self.pages: dict[str, dict[str, str]] = {}

    def get_outdated_docs(self) -> list[str]:
        return sorted(self.env.found_docs)

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002
        """Return where the application serves a page: below /help, in the language of the reader."""
        guide, _, page = docname.partition("/")
        language, _, rest = page.partition("/")
        return f"{guide}/{rest}" if language in LANGUAGES else docname

    def handle_page(self, pagename: str, addctx: dict[str, Any], *_: Any, **__: Any) -> None:
        title = self.env.titles[pagename].astext()
        self.pages[pagename] = {"title": title, "body": addctx["body"].strip()}

    def copy_assets(self) -> None:
        """Copy none of the theme's."""

    def finish(self) -> None:
        guides = {
            "pages": {
                name: self.pages[name]
                for name in sorted(self.pages)
                if name != self.config.root_doc
            },
            "contents": {
                each: self.parts(each) for each in sorted(self.pages) if INDEX.search(each)
            },
        }
        text = json.dumps(guides, ensure_ascii=False, indent=1)
        (Path(self.outdir) / "guides.json").write_text(text + "\n", encoding="utf-8")
        pictures = Path(self.outdir) / "pictures"
        pictures.mkdir()
        for picture, name in sorted(self.images.items()):
            shutil.copyfile(DOCS / picture, pictures / name)

    def parts(self, index: str) -> list[dict[str, Any]]:
        """Return the headings of an index and which pages come below each."""
        parts: list[dict[str, Any]] = []
        for heading, page in LISTED.findall((DOCS / f"{index}.md").read_text(encoding="utf-8")):
            if heading:
                parts.append({"title": heading, "pages": []})
            elif parts:
                path = (DOCS / index).parent / f"{page}.md"
                listed = self.env.path2doc(path.resolve())
                parts[-1]["pages"].append(self.get_target_uri(str(listed)))
        return [each for each in parts if each["pages"]]
