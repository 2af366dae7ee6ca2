"""How Sphinx reads the guides. `tools/help.sh` builds them; `fragments.py` says what comes of them."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))

project = "Rutin"
extensions = ["myst_parser", "fragments"]
root_doc = "README"
include_patterns = ["README.md", "use/*/*.md", "run/*/*.md", "reference/**.md"]
nitpicky = True
myst_heading_anchors = 4
smartquotes = False  # words stand as they were written
html_permalinks = False
html_theme = "basic"
