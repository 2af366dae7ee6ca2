// What every page loads. All pages work without it.

import "./css/app.css";
import "htmx.org";
import { keepDrafts } from "./drafts.js";
import { onContent } from "./content.js";

onContent(keepDrafts);
