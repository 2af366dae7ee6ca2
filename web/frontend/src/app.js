// What every page loads. All pages work without it.

import "./css/app.css";
import "htmx.org";
import { tellOfWaiting } from "./busy.js";
import { onContent } from "./content.js";
import { tieSteps } from "./diagram.js";
import { keepDrafts } from "./drafts.js";
import { listenToKeys } from "./keyboard.js";
import { markSeveral } from "./marking.js";
import { closeMenu } from "./menu.js";
import { tellNews } from "./news.js";
import { sayNotices } from "./notices.js";
import { showBeside } from "./panes.js";
import { keepWhatStands } from "./parts.js";

onContent(keepDrafts);
onContent(sayNotices);
closeMenu(document.querySelector(".nav-more"));
onContent(tieSteps);
onContent(tellNews);
keepWhatStands();
listenToKeys();
markSeveral();
showBeside();
tellOfWaiting();
